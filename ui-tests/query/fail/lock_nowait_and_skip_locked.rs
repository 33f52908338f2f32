use orm::prelude::*;
use ui_tests::*;

fn main() {
    let _ = query!(Order.select_for_update().nowait().skip_locked());
}
