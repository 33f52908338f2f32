use orm::prelude::*;
use ui_tests::*;

fn main() {
    let _ = query!(Order.aggregate(total = .total));
}
