use orm::prelude::*;
use ui_tests::*;

async fn run(db: Db) -> orm::Result<()> {
    for order in &query!(Order.select_related(.product)).all(&db).await? {
        println!("{:?}", order.product().category().map(|c| &c.name));
    }
    Ok(())
}

fn main() {}
