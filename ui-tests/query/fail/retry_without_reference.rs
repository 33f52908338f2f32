use orm::prelude::*;
use ui_tests::*;

async fn example(db: &Db) -> orm::Result<Vec<User>> {
    db.retry(async |tx| query!(User).all(tx).await).await
}

fn main() {}
