use orm::prelude::*;
use ui_tests::*;

fn main() {
    let _ = query!(Order[..5].filter(.total > 1.0));
}
