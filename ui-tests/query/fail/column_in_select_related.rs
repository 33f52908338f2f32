use orm::prelude::*;
use ui_tests::*;

fn main() {
    let _ = query!(Order.select_related(.total));
}
