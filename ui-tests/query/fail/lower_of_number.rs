use orm::prelude::*;
use ui_tests::*;

fn main() {
    let _ = query!(Order.filter(.total.lower() == "1"));
}
