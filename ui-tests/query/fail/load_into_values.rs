use orm::prelude::*;
use ui_tests::*;

async fn run(db: Db, users: Vec<User>) -> orm::Result<()> {
    let _ = query!(User.values(.id)).load_into(&db, users).await?;
    Ok(())
}

fn main() {}
