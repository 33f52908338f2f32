use orm::prelude::*;
use ui_tests::*;

fn main() {
    let _ = query!(Order.update(total = 9.5, note = None, total = 10.0));
}
