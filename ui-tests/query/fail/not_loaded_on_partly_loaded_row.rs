use orm::prelude::*;
use ui_tests::*;

async fn run(db: Db) -> orm::Result<()> {
    for order in &query!(Order.select_related(.product)).all(&db).await? {
        println!("{}", order.user().email);
    }
    Ok(())
}

fn main() {}
