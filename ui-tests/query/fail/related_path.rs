use orm::prelude::*;
use ui_tests::*;

fn items(user: &User) {
    let _ = query!(user.related(.orders.items).objects());
}

fn main() {}
