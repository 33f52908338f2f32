//! What queries load, in how many statements.

use orm::prelude::*;
use tests::library::{Author, Book, BookTag, NewAuthor, NewBook, NewBookTag, NewTag, Tag};
use tests::shop::{
    Category, Item, NewCategory, NewItem, NewOrder, NewProduct, NewUser, Order, Product, User,
};
use tests::{library, shop};

#[orm::test]
async fn first_steps(db: Db) -> orm::Result<()> {
    shop::create_tables(&db).await?;
    let user = query!(User.create(email = "ada@example.com", active = true)).nick("ada").execute(&db).await?;
    assert_eq!(user.nick.as_deref(), Some("ada"));
    let category = query!(Category.create(name = "tea")).execute(&db).await?;
    let product = query!(Product.create(name = "green", price = 2.5))
        .category_id(category.id)
        .execute(&db)
        .await?;
    let order = query!(Order.create(user_id = user.id, total = 5.0)).execute(&db).await?;
    let keys = Item::objects()
        .bulk_create([NewItem { order_id: order.id, product_id: product.id, quantity: 2 }])
        .execute(&db)
        .await?;
    assert_eq!(keys.len(), 1);

    let (db, log) = db.logged();
    let min = 1.0;
    let orders = query!(Order
        .filter(.total > min && .user.active, .user.email.ends_with("example.com"))
        .exclude(.note == "x")
        .select_related(.user)
        .prefetch_related(.items.product.category)
        .order_by(-.placed_at, .id)[..20])
    .all(&db)
    .await?;
    println!("{log}");
    assert_eq!(log.count(), 2);
    let [order] = &orders[..] else { panic!("{orders:?}") };
    assert_eq!(order.user().email, "ada@example.com");
    assert_eq!(order.items()[0].product().category().unwrap().name, "tea");
    Ok(())
}
