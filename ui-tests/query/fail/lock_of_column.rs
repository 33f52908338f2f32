use orm::prelude::*;
use ui_tests::*;

fn main() {
    let _ = query!(Order.select_for_update().of(.user.email));
}
