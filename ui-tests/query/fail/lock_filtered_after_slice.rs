use orm::prelude::*;
use ui_tests::*;

fn main() {
    let _ = query!(Order.select_for_update()[..5].filter(.total > 1.0));
}
