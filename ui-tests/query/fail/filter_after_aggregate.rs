use orm::prelude::*;
use ui_tests::*;

fn main() {
    let _ = query!(Order.aggregate(n = .count()).filter(.n > 1));
}
