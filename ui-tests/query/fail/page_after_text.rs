use orm::prelude::*;
use ui_tests::*;

async fn run(db: Db, after: &str) -> orm::Result<()> {
    let _ = query!(Order).page_after(&db, Some(after), 20).await?;
    Ok(())
}

fn main() {}
