use orm::prelude::*;
use ui_tests::*;

fn main() {
    fn rich() -> Predicate<User> {
        Predicate::always()
    }
    let _ = query!(Order.filter(rich()));
}
