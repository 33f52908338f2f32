use orm::prelude::*;
use ui_tests::*;

fn add(user: &User) {
    let _ = query!(user.related(.orders).add([1, 2]));
}

fn main() {}
