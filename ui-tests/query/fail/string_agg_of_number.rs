use orm::prelude::*;
use ui_tests::*;

fn main() {
    let _ = query!(Order.aggregate(s = .total.string_agg(",")));
}
