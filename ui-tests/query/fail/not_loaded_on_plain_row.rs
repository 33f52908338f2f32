use orm::prelude::*;
use ui_tests::*;

async fn run(db: Db) -> orm::Result<()> {
    for order in &query!(Order.filter(.total > 1.0)).all(&db).await? {
        println!("{}", order.user().email);
    }
    Ok(())
}

fn main() {}
