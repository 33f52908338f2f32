use orm::prelude::*;
use ui_tests::*;

fn main() {
    let _ = query!(Order).union(query!(Order.select_related(.user)));
}
