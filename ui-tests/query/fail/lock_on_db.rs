use orm::prelude::*;
use ui_tests::*;

async fn example(db: &Db) -> orm::Result<()> {
    query!(Order.filter(.total > 1.0).select_for_update()[..10]).all(db).await?;
    Ok(())
}

fn main() {}
