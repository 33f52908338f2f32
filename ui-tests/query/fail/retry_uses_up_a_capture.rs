use orm::prelude::*;
use ui_tests::*;

async fn example(db: &Db, email: String) -> orm::Result<User> {
    db.retry(|tx| async move { query!(User.create(email = email, active = true)).execute(&tx).await }).await
}

fn main() {}
