use std::collections::HashMap;

use orm::prelude::*;

async fn orders(db: &Db) -> orm::Result<()> {
    for order in db.query_as::<HashMap<String, String>>("SELECT * FROM orders", &[]).await? {
        println!("{order:?}");
    }
    Ok(())
}

fn main() {
    let _ = orders;
}
