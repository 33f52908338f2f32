use orm::prelude::*;
use ui_tests::*;

async fn run(db: Db) -> orm::Result<()> {
    let _ = query!(Order.count(.total)).await?;
    Ok(())
}

fn main() {}
