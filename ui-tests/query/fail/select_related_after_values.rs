use orm::prelude::*;
use ui_tests::*;

fn main() {
    let _ = query!(Order.values(.id).select_related(.user));
}
