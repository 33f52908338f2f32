use orm::prelude::*;
use ui_tests::*;

async fn run(db: Db) -> orm::Result<()> {
    let _ = query!(Order.page_after(.id, 20)).await?;
    Ok(())
}

fn main() {}
