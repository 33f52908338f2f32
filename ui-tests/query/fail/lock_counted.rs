use orm::prelude::*;
use ui_tests::*;

async fn example(tx: &Transaction<'_>) -> orm::Result<i64> {
    query!(Order.select_for_update().skip_locked()).count(tx).await
}

fn main() {}
