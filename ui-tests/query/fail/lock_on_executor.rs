use orm::prelude::*;
use ui_tests::*;

async fn example(db: &impl Executor) -> orm::Result<Order> {
    query!(Order.select_for_update()).get(db).await
}

fn main() {}
