use orm::prelude::*;
use ui_tests::*;

fn show(order: &loaded!(Order { user })) -> String {
    order.product().name.clone()
}

fn main() {
    let _ = show;
}
