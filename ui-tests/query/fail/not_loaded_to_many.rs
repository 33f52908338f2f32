use orm::prelude::*;
use ui_tests::*;

async fn run(db: Db) -> orm::Result<()> {
    for user in &query!(User).all(&db).await? {
        println!("{}", user.orders().len());
    }
    Ok(())
}

fn main() {}
