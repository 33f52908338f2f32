use orm::prelude::*;
use ui_tests::User;

fn main() {
    let _ = query!(User.create("a", true));
}
