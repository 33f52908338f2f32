use orm::prelude::*;
use ui_tests::*;

fn main() {
    let _ = query!(User.filter(exists(Order.filter(.user_id == outer(.idd)))));
}
