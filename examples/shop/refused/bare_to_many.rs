#[path = "../src/models.rs"]
mod models;

use models::Author;
use orm::prelude::*;

async fn recent(db: &Db) -> orm::Result<Vec<Author>> {
    query!(Author.filter(.books.year > 2000)).all(db).await
}

fn main() {}
