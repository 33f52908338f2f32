use orm::prelude::*;
use ui_tests::*;

async fn run(db: Db, after: Option<&str>) -> orm::Result<()> {
    let _ = query!(Order).page_after(&db, after, 20).await?;
    Ok(())
}

fn main() {}
