use orm::prelude::*;
use ui_tests::*;

fn main() {
    let users: Vec<User> = Vec::new();
    let _ = query!(Order.bulk_update(&users, .total));
}
