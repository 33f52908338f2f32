use orm::prelude::*;
use ui_tests::*;

fn main() {
    let _ = query!(Order.filter(.id == 1).returning(.id));
}
