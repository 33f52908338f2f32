use orm::prelude::*;
use ui_tests::*;

async fn orders(db: &Db) -> orm::Result<Vec<loaded!(Order { user })>> {
    db.query_as("SELECT * FROM orders", &[]).await
}

fn main() {
    let _ = orders;
}
