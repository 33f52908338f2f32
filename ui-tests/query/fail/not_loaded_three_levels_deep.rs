use orm::prelude::*;
use ui_tests::*;

async fn run(db: Db) -> orm::Result<()> {
    for order in &query!(Order).all(&db).await? {
        println!("{:?}", order.product().category().unwrap().parent().map(|c| &c.name));
    }
    Ok(())
}

fn main() {}
