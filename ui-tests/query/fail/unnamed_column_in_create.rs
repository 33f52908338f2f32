use orm::prelude::*;
use ui_tests::*;

fn main() {
    let _ = query!(User.create("a", true));
}
