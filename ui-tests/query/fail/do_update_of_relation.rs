use orm::prelude::*;
use ui_tests::*;

fn save(rows: Vec<NewOrder>) {
    let _ = query!(Order.bulk_create(rows).on_conflict(.id).do_update(.total, .user));
}

fn main() {}
