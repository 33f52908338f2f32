use orm::prelude::*;
use ui_tests::*;

fn main() {
    let _ = query!(User.prefetch_related(.orders.filter(.total > 1.0)));
}
