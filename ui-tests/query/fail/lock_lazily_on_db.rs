use orm::prelude::*;
use ui_tests::*;

async fn example(db: &Db) -> orm::Result<usize> {
    query!(Order.select_for_update()).lazy(db).len().await
}

fn main() {}
