use orm::prelude::*;
use ui_tests::*;

loaded!(type Full = Order { user { orders }, product { category { parent } } });

async fn load(db: &Db, term: Option<&str>) -> orm::Result<Vec<Full>> {
    let mut orders = query!(Order.filter(.total > 1.0));
    if let Some(term) = term {
        orders = query!(orders.filter(.product.name.icontains(term)));
    }
    query!(orders.prefetch_related(.user.orders).select_related(.product.category.parent)).all(db).await
}

async fn show(db: &Db) -> orm::Result<usize> {
    let orders = load(db, Some("tea")).await?;
    let named = |order: &Full| order.product().category().and_then(|c| c.parent()).is_some();
    Ok(orders.iter().filter(|order| named(order) && !order.user().orders().is_empty()).count())
}

fn main() {
    let _ = show;
}
