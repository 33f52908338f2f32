use ui_tests::*;

fn main() {
    let _ = Order::objects().limit(5).update(|o| o.total().set(9.5));
}
