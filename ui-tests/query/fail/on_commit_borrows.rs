use orm::prelude::*;

async fn example(db: &Db, mut sent: Vec<i64>) -> orm::Result<()> {
    db.transaction(async |tx| {
        tx.on_commit(|| sent.push(1));
        Ok(())
    })
    .await
}

fn main() {}
