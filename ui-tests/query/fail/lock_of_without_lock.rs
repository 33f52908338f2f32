use orm::prelude::*;
use ui_tests::*;

fn main() {
    let _ = query!(Order.of(.user));
}
