use ui_tests::*;

fn main() {
    let _ = Order::objects().update(|o| o.user().email().set("a"));
}
