use orm::prelude::*;
use ui_tests::*;

fn main() {
    let _ = query!(Order.update(total = .user_id + 1));
}
