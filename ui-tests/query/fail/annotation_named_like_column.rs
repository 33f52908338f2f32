use orm::prelude::*;
use ui_tests::*;

fn main() {
    let _ = query!(User.annotate(email = .orders.count()));
}
