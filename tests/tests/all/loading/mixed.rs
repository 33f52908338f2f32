//! Paths mixed and repeated, in any order.

use orm::prelude::*;
use tests::library::{Author, Book, Tag};
use tests::shop::{Category, Item, Order, User};

use super::seed;

#[orm::test]
async fn the_order_of_paths_and_of_methods_does_not_matter(db: Db) -> orm::Result<()> {
    seed::shop(&db, 7).await?;
    let expected =
        query!(Order.select_related(.user.profile).prefetch_related(.items.product.category, .user.orders)
        .order_by(.id))
        .all(&db)
        .await?;
    // That these can be compared says that their types are the same.
    let others = [
        query!(Order.prefetch_related(.items.product.category, .user.orders).select_related(.user.profile)),
        query!(Order.prefetch_related(.user.orders).select_related(.user.profile)
            .prefetch_related(.items.product.category)),
        query!(Order.prefetch_related(.items).select_related(.user).prefetch_related(.user.orders, .user.profile)
            .prefetch_related(.items.product).prefetch_related(.items.product.category)),
    ];
    for query in others {
        let (db, log) = db.logged();
        assert_eq!(query!(query.order_by(.id)).all(&db).await?, expected);
        assert_eq!(log.count(), 3, "{log}");
    }
    Ok(())
}

#[orm::test]
async fn a_path_loaded_twice_is_loaded_once(db: Db) -> orm::Result<()> {
    seed::library(&db, 5).await?;
    let (db, log) = db.logged();
    let once = query!(Book.select_related(.author).prefetch_related(.tags).order_by(.id)).all(&db).await?;
    let first = log.queries().into_iter().map(|query| query.sql).collect::<Vec<_>>();
    log.clear();
    let twice =
        query!(Book.select_related(.author, .author).prefetch_related(.tags, .author).prefetch_related(.tags)
        .order_by(.id))
        .all(&db)
        .await?;
    assert_eq!(once, twice);
    assert_eq!(log.queries().into_iter().map(|query| query.sql).collect::<Vec<_>>(), first);
    Ok(())
}

#[orm::test]
async fn a_prefix_after_the_longer_path_takes_nothing_away(db: Db) -> orm::Result<()> {
    seed::library(&db, 5).await?;
    let (db, log) = db.logged();
    let authors = query!(Author.prefetch_related(.books.tags).prefetch_related(.books)).all(&db).await?;
    assert!(authors.iter().flat_map(|author| author.books()).any(|book| !book.tags().is_empty()));
    assert_eq!(log.count(), 4, "{log}");
    Ok(())
}

#[orm::test]
async fn of_two_orders_for_one_path_the_last_holds(db: Db) -> orm::Result<()> {
    seed::library(&db, 5).await?;
    let query = query!(Author.prefetch_related(.books.order_by(.id)).prefetch_related(.books.order_by(-.id)));
    let author = query!(query.filter(.id == 2)).get(&db).await?;
    assert!(author.books().len() == 2 && author.books()[0].id > author.books()[1].id);
    Ok(())
}

#[orm::test]
async fn a_later_path_without_an_order_keeps_the_order(db: Db) -> orm::Result<()> {
    seed::library(&db, 5).await?;
    let query =
        query!(Author.prefetch_related(.books.order_by(-.id)).prefetch_related(.books.tags.order_by(-.name)));
    for author in query.all(&db).await? {
        assert!(author.books().is_sorted_by(|a, b| a.id > b.id));
        assert!(author.books().iter().all(|book| book.tags().is_sorted_by(|a, b| a.name > b.name)));
    }
    Ok(())
}

#[orm::test]
async fn siblings_do_not_mix(db: Db) -> orm::Result<()> {
    seed::shop(&db, 7).await?;
    let categories =
        query!(Category.prefetch_related(.children, .products).select_related(.parent)).all(&db).await?;
    let (mut children, mut products) = (0, 0);
    for category in &categories {
        assert!(category.children().iter().all(|child| child.parent_id == Some(category.id)));
        assert!(category.products().iter().all(|product| product.category_id == Some(category.id)));
        children += category.children().len();
        products += category.products().len();
    }
    assert_eq!((children, products), (4, 5));
    Ok(())
}

#[orm::test]
async fn to_one_below_to_many(db: Db) -> orm::Result<()> {
    seed::shop(&db, 7).await?;
    let users =
        query!(User.prefetch_related(.orders.recipient.profile, .orders.items.product)).all(&db).await?;
    let mut items = 0;
    for order in users.iter().flat_map(|user| user.orders()) {
        assert_eq!(order.recipient().map(|user| user.id), order.recipient_id);
        let profile = order.recipient().and_then(|user| user.profile());
        assert_eq!(profile.is_some(), order.recipient_id.is_some_and(|id| id % 2 == 1));
        assert!(order.items().iter().all(|item| item.product().id == item.product_id));
        items += order.items().len();
    }
    assert_eq!(items as i64, query!(Item).count(&db).await?);
    Ok(())
}

#[orm::test]
async fn three_to_many_levels(db: Db) -> orm::Result<()> {
    seed::library(&db, 9).await?;
    let tags =
        query!(Tag.prefetch_related(.books.author.books.tags.order_by(.id)).order_by(.id)).all(&db).await?;
    assert!(!tags.is_empty());
    for tag in &tags {
        for book in tag.books() {
            let author = book.author();
            let id = author.id;
            let expected = query!(Book.filter(.author_id == id)).count(&db).await?;
            assert_eq!(author.books().len() as i64, expected);
            let again = author.books().iter().find(|other| other.id == book.id).expect("the book itself");
            assert!(again.tags().contains(tag));
            assert!(again.tags().is_sorted_by_key(|tag| tag.id));
        }
    }
    Ok(())
}

#[orm::test]
async fn a_cyclic_path_goes_round(db: Db) -> orm::Result<()> {
    seed::shop(&db, 5).await?;
    let (db, log) = db.logged();
    let users =
        query!(User.prefetch_related(.orders.user.orders.order_by(.id)).order_by(.id)).all(&db).await?;
    assert_eq!((users.len(), log.count()), (5, 3), "{log}");
    for user in &users {
        let id = user.id;
        let orders = query!(Order.filter(.user_id == id).order_by(.id)).all(&db).await?;
        assert_eq!(user.orders().len(), orders.len());
        for order in user.orders() {
            assert_eq!(**order.user(), **user);
            assert_eq!(order.user().orders(), orders);
        }
    }
    Ok(())
}
