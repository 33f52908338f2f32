use ui_tests::*;

fn main() {
    let _ = Order::objects().filter(|o| o.total().gt(1.0)).skip_locked();
}
