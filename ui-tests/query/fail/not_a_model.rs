use orm::prelude::*;
use ui_tests::*;

fn main() {
    let _ = query!(String.filter(.total > 1.0));
}
