use orm::prelude::*;
use ui_tests::*;

fn main() {
    let _ = query!(User.update(email = .nick));
}
