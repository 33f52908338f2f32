use orm::prelude::*;
use ui_tests::*;

fn main() {
    let _ = query!(Order.prefetch_related(who = .user));
}
