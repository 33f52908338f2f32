use orm::prelude::*;
use ui_tests::*;

fn main() {
    let _ = query!(User.get_or_create(.email == "a").defaults(active = true));
}
