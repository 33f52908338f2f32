use orm::prelude::*;
use ui_tests::*;

fn main() {
    let _ = query!(User.update_or_create(email = "a").defaults(active = true, email = "b"));
}
