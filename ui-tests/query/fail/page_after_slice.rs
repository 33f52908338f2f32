use orm::prelude::*;
use ui_tests::*;

async fn run(db: Db) -> orm::Result<()> {
    let _ = query!(Order.order_by(-.total)[..20]).page_after(&db, None, 20).await?;
    Ok(())
}

fn main() {}
