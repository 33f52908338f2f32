use orm::prelude::*;
use ui_tests::*;

fn save(rows: Vec<NewUser>) {
    let _ = query!(User.bulk_create(rows).on_conflict(.nick).do_nothing());
}

fn main() {}
