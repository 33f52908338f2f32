use orm::prelude::*;
use ui_tests::*;

fn main() {
    let _ = query!(Order.aggregate(n = .count()).values_list(.id));
}
