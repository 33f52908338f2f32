use orm::prelude::*;
use ui_tests::*;

fn main() {
    let _ = query!(Item.filter(.quantity.round() == 1));
}
