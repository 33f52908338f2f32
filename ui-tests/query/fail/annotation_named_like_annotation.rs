use orm::prelude::*;
use ui_tests::*;

fn main() {
    let _ = query!(User.annotate(n = .orders.count()).annotate(n = .id));
}
