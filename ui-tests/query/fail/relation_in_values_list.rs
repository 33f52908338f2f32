use orm::prelude::*;
use ui_tests::*;

fn main() {
    let _ = query!(Order.values_list(.user));
}
