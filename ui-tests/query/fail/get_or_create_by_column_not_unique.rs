use orm::prelude::*;
use ui_tests::*;

fn main() {
    let _ = query!(User.get_or_create(nick = "x").defaults(email = "a", active = true));
}
