use orm::prelude::*;
use ui_tests::*;

fn main() {
    let _ = query!(Order.update(total = 9.5).returning(.id, .totl));
}
