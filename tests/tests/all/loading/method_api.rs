//! The method API makes the same queries as `query!`.

use orm::prelude::*;
use tests::library::Author;
use tests::shop::{Item, Order};

use super::seed;

#[orm::test]
async fn loading_by_methods_and_by_query(db: Db) -> orm::Result<()> {
    seed::shop(&db, 7).await?;
    let (min, suffix) = (0.0, "example.com");
    let by_macro = query!(Order
        .filter(.total > min && .user.email.ends_with(suffix), .items.any(.quantity == 1))
        .exclude(.user.active)
        .select_related(.user.profile, .recipient)
        .prefetch_related(.items.product.category)
        .order_by(-.placed_at, .id)[..20]);
    let by_methods = Order::objects()
        .filter(|o| o.total().gt(min).and(o.user().email().ends_with(suffix)))
        .filter(|o| o.items().any(|i| i.quantity().eq(1)))
        .exclude(|o| o.user().active())
        .select_related(|o| (o.user().profile(), o.recipient()))
        .prefetch_related(|o| o.items().product().category())
        .order_by(|o| (o.placed_at().desc(), o.id()))
        .limit(20);
    assert_eq!(by_macro.to_sql().text(), by_methods.to_sql().text());
    assert_eq!(format!("{:?}", by_macro.to_sql().params()), format!("{:?}", by_methods.to_sql().params()));
    let rows = by_macro.all(&db).await?;
    assert!(!rows.is_empty());
    assert_eq!(rows, by_methods.all(&db).await?);
    Ok(())
}

#[orm::test]
async fn prefetch_of_a_tuple_and_in_an_order(db: Db) -> orm::Result<()> {
    seed::library(&db, 7).await?;
    let by_macro =
        query!(Author.prefetch_related(.books.order_by(-.year), .books.tags.order_by(.name)).order_by(.id));
    let by_methods = Author::objects()
        .prefetch_related(|a| {
            (a.books().order_by(|b| b.year().desc()), a.books().tags().order_by(|t| t.name()))
        })
        .order_by(|a| a.id());
    let (db, log) = db.logged();
    let rows = by_macro.all(&db).await?;
    let statements = log.queries().into_iter().map(|query| (query.sql, query.params)).collect::<Vec<_>>();
    log.clear();
    assert_eq!(rows, by_methods.all(&db).await?);
    assert_eq!(
        log.queries().into_iter().map(|query| (query.sql, query.params)).collect::<Vec<_>>(),
        statements
    );
    assert_eq!(statements.len(), 4);
    Ok(())
}

#[orm::test]
async fn six_paths_in_one_tuple(db: Db) -> orm::Result<()> {
    seed::shop(&db, 7).await?;
    let items = Item::objects()
        .select_related(|i| {
            let (order, user) = (i.order(), i.order().user());
            (
                order,
                i.product(),
                user,
                i.order().recipient(),
                i.product().category(),
                i.order().user().profile(),
            )
        })
        .order_by(|i| i.id());
    let expected = query!(Item
        .select_related(.product.category, .order.user.profile, .order.recipient)
        .order_by(.id));
    assert_eq!(items.all(&db).await?, expected.all(&db).await?);
    Ok(())
}
