use orm::prelude::*;
use ui_tests::*;

fn save(order: &Order, db: &Db) {
    let _ = order.save_only(db, |o| o.user());
}

fn main() {}
