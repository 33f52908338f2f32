use orm::prelude::*;
use ui_tests::*;

fn of(user: &User) {
    let _ = query!(Profile.get_or_create(user = user.id));
}

fn main() {}
