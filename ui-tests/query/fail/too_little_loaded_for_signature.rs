use orm::prelude::*;
use ui_tests::*;

async fn run(db: Db) -> orm::Result<()> {
    fn show(_: &loaded!(Order { user, product })) {}
    for order in &query!(Order.select_related(.user)).all(&db).await? {
        show(order);
    }
    Ok(())
}

fn main() {}
