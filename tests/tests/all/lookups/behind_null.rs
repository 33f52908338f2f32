//! To-many paths behind a to-one relation that may lead to nothing.

use orm::prelude::*;
use tests::shop::{
    self, Category, CreateProduct, Item, NewItem, NewOrder, NewProduct, NewUser, Order, Product, User,
};

use super::partitions;

#[orm::test]
async fn nothing_has_no_rows(db: Db) -> orm::Result<()> {
    shop::create_tables(&db).await?;
    let users = ["a", "b", "c"].map(|email| NewUser { email: email.into(), active: true });
    let users = User::objects().bulk_create(users).execute(&db).await?;
    for (i, recipient) in [None, Some(0), Some(1), Some(2), None].into_iter().enumerate() {
        let new = NewOrder { user_id: users[i % 2], total: i as f64 };
        let recipient = recipient.map(|r: usize| users[r]);
        Order::objects().create(new).recipient_id(recipient).execute(&db).await?;
    }
    let orders = query!(Order.order_by(.id)).all(&db).await?;
    let by = |user: i64| orders.iter().filter(move |o| o.user_id == user);
    partitions! { &db, Order, &orders,
        { .user.orders.any(.total > 3.0) } => |o| by(o.user_id).any(|o| o.total > 3.0);
        { .recipient.orders.exists() } => |o| o.recipient_id.is_some_and(|r| by(r).next().is_some());
        { .recipient.orders.is_empty() } => |o| o.recipient_id.is_none_or(|r| by(r).next().is_none());
        { .recipient.orders.any(.total > 3.0) } => |o| o.recipient_id.is_some_and(|r| by(r).any(|o| o.total > 3.0));
        { .recipient.orders.all(.total < 3.0) } => |o| o.recipient_id.is_none_or(|r| by(r).all(|o| o.total < 3.0));
        { .recipient.orders.any(.recipient_id == None) } =>
            |o| o.recipient_id.is_some_and(|r| by(r).any(|o| o.recipient_id.is_none()));
    }
    Ok(())
}

#[orm::test]
async fn three_steps_away(db: Db) -> orm::Result<()> {
    shop::create_tables(&db).await?;
    let category = query!(Category.create(name = "tea")).execute(&db).await?;
    let prices = [(1.0, Some(category.id)), (9.0, Some(category.id)), (5.0, None)];
    let products = prices.map(|(price, category_id)| {
        CreateProduct::from(NewProduct { name: price.to_string(), price }).category_id(category_id)
    });
    let products = Product::objects().bulk_create(products).execute(&db).await?;
    let user = query!(User.create(email = "a", active = true)).execute(&db).await?;
    for product in products.iter().take(3) {
        let order = query!(Order.create(user_id = user.id, total = 1.0)).execute(&db).await?;
        let item = NewItem { order_id: order.id, product_id: *product, quantity: 1 };
        Item::objects().create(item).execute(&db).await?;
    }
    let items = query!(Item.order_by(.id)).all(&db).await?;
    let in_category = |i: &Item| i.product_id != products[2];
    partitions! { &db, Item, &items,
        { .product.category.products.any(.price > 8.0) } => in_category;
        { .product.category.products.any(.price > 10.0) } => |_| false;
        { .product.category.products.all(.price > 8.0) } => |i| !in_category(i);
        { .product.category.parent.products.exists() } => |_| false;
        { .order.user.orders.items.any(.product.price == 5.0) } => |_| true;
        { .order.items.any(.product.category.name == "tea") } => in_category;
    }
    Ok(())
}
