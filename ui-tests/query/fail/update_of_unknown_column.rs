use orm::prelude::*;
use ui_tests::*;

fn main() {
    let _ = query!(Order.update(totl = 9.5));
}
