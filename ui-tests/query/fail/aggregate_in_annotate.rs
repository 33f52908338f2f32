use orm::prelude::*;
use ui_tests::*;

fn main() {
    let _ = query!(Order.annotate(sum = .total.sum()));
}
