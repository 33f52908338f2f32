use orm::prelude::*;
use ui_tests::*;

async fn save(db: &Db, rows: Vec<NewUser>) -> orm::Result<()> {
    query!(User.bulk_create(rows).on_conflict(.email)).execute(db).await?;
    Ok(())
}

fn main() {}
