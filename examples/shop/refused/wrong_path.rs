#[path = "../src/models.rs"]
mod models;

use models::Order;
use orm::prelude::*;

async fn recent(db: &Db) -> orm::Result<Vec<Order>> {
    query!(Order.filter(.usr.active).order_by(-.placed_at)[..20]).all(db).await
}

fn main() {}
