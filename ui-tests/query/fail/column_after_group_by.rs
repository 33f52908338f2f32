use orm::prelude::*;
use ui_tests::*;

fn main() {
    let _ = query!(Order.group_by(.user_id).annotate(t = .total));
}
