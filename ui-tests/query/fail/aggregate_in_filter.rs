use orm::prelude::*;
use ui_tests::*;

fn main() {
    let _ = query!(Order.filter(.total.sum() > 1.0));
}
