use ui_tests::*;

fn main() {
    let _ = Order::objects().select_related(|o| (o.user(), o.items()));
}
