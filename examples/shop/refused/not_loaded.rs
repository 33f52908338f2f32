#[path = "../src/models.rs"]
mod models;

use models::Order;
use orm::prelude::*;

async fn emails(db: &Db) -> orm::Result<()> {
    let orders = query!(Order.filter(.total > 100.0)).all(db).await?;
    for order in &orders {
        println!("{}", order.user().email);
    }
    Ok(())
}

fn main() {}
