use orm::prelude::*;
use ui_tests::*;

fn user(order: &Order) {
    let _ = order.related(|o| o.user());
}

fn main() {}
