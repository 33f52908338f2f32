use orm::prelude::*;
use ui_tests::*;

async fn run(db: Db, orders: Vec<Order>) -> orm::Result<()> {
    let _ = query!(User.prefetch_related(.orders)).load_into(&db, orders).await?;
    Ok(())
}

fn main() {}
