use orm::prelude::*;
use ui_tests::*;

fn main() {
    let user = 1_i64;
    let _ = query!(Order.filter(.id == 1).update(user = user));
}
