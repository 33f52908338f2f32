use orm::prelude::*;
use ui_tests::*;

async fn run(db: Db) -> orm::Result<()> {
    for order in query!(Order).all(&db).await? {
        println!("{}", order.into_user().email);
    }
    Ok(())
}

fn main() {}
