use orm::prelude::*;
use ui_tests::*;

fn main() {
    let _ = query!(User.annotate(orders = .orders.count()));
}
