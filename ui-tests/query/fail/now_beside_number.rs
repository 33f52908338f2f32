use orm::functions::now;
use orm::prelude::*;
use ui_tests::*;

fn main() {
    let _ = query!(Order.filter(.total > now()));
}
