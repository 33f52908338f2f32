use orm::prelude::*;
use ui_tests::*;

fn main() {
    let name = 1;
    let _ = query!(User.values(name));
    let _ = query!(User.values(.id, "email"));
    let _ = query!(User.group_by(name));
}
