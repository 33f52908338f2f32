use orm::prelude::*;
use ui_tests::*;

fn main() {
    let _ = query!(User.filter(.email.left("3") == "ada"));
}
