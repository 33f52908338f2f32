use orm::prelude::*;
use ui_tests::*;

fn main() {
    let _ = query!(Order.filter(.total > 1.0).nowait());
}
