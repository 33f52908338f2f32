use orm::prelude::*;
use ui_tests::*;

fn main() {
    let _ = query!(.filter(.total > 1.0));
}
