//! By one filter the same rows are selected, counted, updated and deleted, whatever it is about; its complement is about
//! the others.

use orm::functions::{coalesce, concat, nullif, rank, row_number, when};
use orm::prelude::*;
use tests::library::{Book, BookTag, Tag};
use tests::shop::{Item, Order, Product, User};

use super::{library, shop, sorted};

/// A condition in words, and as a query of a model.
type Filters<M> = Vec<(&'static str, QuerySet<M>)>;

macro_rules! filters {
    ($model:ident: $({ $($condition:tt)* })*) => { {
        let mut filters: Filters<$model> = Vec::new();
        $(
            filters.push((stringify!($($condition)*), query!($model.filter($($condition)*))));
            filters.push((concat!("not ", stringify!($($condition)*)), query!($model.exclude($($condition)*))));
        )*
        filters
    } };
}

fn of_orders() -> Filters<Order> {
    let none: [i64; 0] = [];
    filters! { Order:
        { .note == "gift" }
        { .note != .user.nick }
        { .recipient.nick == .user.nick }
        { .recipient.nick < .note || .recipient_id == None }
        { .note.contains(.recipient.email) }
        { !(.note > "h" && .recipient.active) }
        { .recipient_id.is_in([Some(1), None]) && .total > 15.0 }
        { .id.is_in(none) || .note == None }
        { .items.count() > 1 }
        { .items.quantity.sum() > 2 }
        { .items.quantity.avg() != 5.0 }
        { .items.filter(.product.price > 5.0).count() == 0 }
        { .user.orders.total.max() > .total }
        { .recipient.orders.total.sum().default(0.0) < 25.0 }
        { .items.all(.quantity > 1) && .items.exists() }
        { .items.none(.product.category.name == "tea") }
        { .items.any(.product.category.parent.name == "drinks" && .quantity > 2) }
        { .user.profile.city == None }
        { .user.profile.city != "Paris" || .items.any(.order.user.profile.city == "Paris") }
        { .user_id.is_in(query!(User.filter(.active).values_list(.id))) }
        { .recipient_id.is_in(query!(Order.values_list(.recipient_id))) }
        { .note.is_in(query!(User.values_list(.nick))) }
        { .id.is_in(query!(Order.order_by(-.total).values_list(.id)[1..3])) }
        { .user_id.is_in(query!(Order.group_by(.user_id).annotate(n = .count()).filter(.n == 2).values_list(.user_id))) }
        { exists(Order.filter(.user_id == outer(.user_id) && .total > outer(.total))) }
        { exists(Item.filter(.order_id == outer(.id), .product.name != outer(.note))) }
        { exists(User.filter(.id == outer(.recipient_id), .email != outer(.user.email))) }
        { coalesce(.note, .recipient.nick) == "gift" }
        { coalesce(subquery(Item.filter(.order_id == outer(.id)).order_by(-.quantity).values_list(.quantity)), 0) > 2 }
        { nullif(.user.nick, "ada") == None }
        { (if .recipient.active { .recipient.nick } else if .note == None { "none" } else { .note }) != "gift" }
        { when(.items.exists(), .total).end() > 15.0 }
        { .placed_at.month() == 2 && .placed_at.at_time_zone("Europe/Berlin").day() == 11 }
        { concat((.note, .user.nick, .recipient.nick)).length() > 4 }
        { row_number().order_by(-.total) <= 2 }
        { rank().partition_by(.user_id).order_by(.total) == 1 }
        { .total.sum().over().partition_by(.user.active) > 100.0 }
    }
}

/// What is asked beside a window function may narrow what that sees, as in Django, so these have no complement.
fn of_orders_beside_windows() -> Filters<Order> {
    filters! { Order:
        { rank().partition_by(.user_id).order_by(.total) == 1 && .note != None }
        { row_number().order_by(.total) == 1 || .recipient.nick == None }
        { row_number().order_by(.total) > 1, .user.active, .items.count() > 0 }
    }
}

fn of_links() -> Filters<BookTag> {
    filters! { BookTag:
        { .book_id == 1 }
        { .book.rating > 4.0 }
        { .book.author.born == None || .tag.name == "old" }
        { .book.tags.count() > 1 }
        { .tag.books.any(.year > 2000) }
        { .tag.books.rating.max() == .book.rating }
        { row_number().partition_by(.tag_id).order_by(-.book.year) == 1 }
        { exists(BookTag.filter(.tag_id == outer(.tag_id), .book_id > outer(.book_id))) }
        { .book_id.is_in(query!(Book.filter(.author.born != None).values_list(.id))) }
    }
}

#[orm::test]
async fn orders(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    for (name, query) in of_orders().into_iter().chain(of_orders_beside_windows()) {
        let keys = query!(query.order_by(.id).values_list(.id)).all(&db).await?;
        assert_eq!(query.count(&db).await?, keys.len() as i64, "{name}");
        assert_eq!(query.exists(&db).await?, !keys.is_empty(), "{name}");

        let tx = db.begin().await?;
        let plain = query!(query.update(total = .total + 1.0).returning(.id)).execute(&tx).await?;
        assert_eq!(sorted(plain), keys, "{name}");
        tx.rollback().await?;
        let tx = db.begin().await?;
        let joined =
            query!(query.update(note = .recipient.nick, total = .items.count().cast::<f64>()).returning(.id));
        assert_eq!(sorted(joined.execute(&tx).await?), keys, "{name}");
        tx.rollback().await?;
        let tx = db.begin().await?;
        let mut rows = query!(Order).all(&tx).await?;
        rows.iter_mut().for_each(|row| row.note = Some("bulk".into()));
        assert_eq!(query!(query.bulk_update(&rows, .note)).execute(&tx).await?, keys.len() as u64, "{name}");
        let changed = query!(Order.filter(.note == "bulk").order_by(.id).values_list(.id)).all(&tx).await?;
        assert_eq!(changed, keys, "{name}");
        tx.rollback().await?;
        let tx = db.begin().await?;
        assert_eq!(sorted(query!(query.delete().returning(.id)).execute(&tx).await?), keys, "{name}");
        assert_eq!(query!(Order).count(&tx).await?, 5 - keys.len() as i64, "{name}");
        tx.rollback().await?;
    }
    Ok(())
}

#[orm::test]
async fn a_filter_and_its_complement_have_each_row_once(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    library(&db).await?;
    for pair in of_orders().chunks(2) {
        let (name, first, second) = (pair[0].0, &pair[0].1, &pair[1].1);
        let mut keys = query!(first.values_list(.id)).all(&db).await?;
        keys.extend(query!(second.values_list(.id)).all(&db).await?);
        assert_eq!(sorted(keys), [1, 2, 3, 4, 5], "{name}");
    }
    for pair in of_links().chunks(2) {
        let (name, first, second) = (pair[0].0, &pair[0].1, &pair[1].1);
        let mut keys = query!(first.values_list(.book_id, .tag_id)).all(&db).await?;
        keys.extend(query!(second.values_list(.book_id, .tag_id)).all(&db).await?);
        assert_eq!(sorted(keys), [(1, 1), (1, 2), (2, 1), (3, 2)], "{name}");
    }
    Ok(())
}

#[orm::test]
async fn links_with_composite_keys(db: Db) -> orm::Result<()> {
    library(&db).await?;
    for (name, query) in of_links() {
        let keys = query!(query.order_by(.book_id, .tag_id).values_list(.book_id, .tag_id)).all(&db).await?;
        let tx = db.begin().await?;
        let updated =
            query!(query.update(tag_id = .tag_id).returning(.book_id, .tag_id)).execute(&tx).await?;
        assert_eq!(sorted(updated), keys, "{name}");
        let joined = query!(query.update(book_id = .book.id, tag_id = .tag.id).returning(.book_id, .tag_id));
        assert_eq!(sorted(joined.execute(&tx).await?), keys, "{name}");
        let deleted = query!(query.delete().returning(.book_id, .tag_id)).execute(&tx).await?;
        assert_eq!(sorted(deleted), keys, "{name}");
        tx.rollback().await?;
    }
    Ok(())
}

#[orm::test]
async fn rows_in_hand_and_the_rows_of_their_relations(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    library(&db).await?;
    let tea = query!(Product.filter(.name == "green")).get(&db).await?;
    let items = query!(tea.related(.items).objects().filter(.quantity > 2 || .order.note == None));
    let keys = query!(items.order_by(.id).values_list(.id)).all(&db).await?;
    let tx = db.begin().await?;
    assert_eq!(sorted(query!(items.update(quantity = 9).returning(.id)).execute(&tx).await?), keys);
    assert_eq!(sorted(query!(items.delete().returning(.id)).execute(&tx).await?), keys);
    assert_eq!(query!(Item).count(&tx).await?, 6 - keys.len() as i64);
    tx.rollback().await?;

    let tag = query!(Tag.filter(.name == "old")).get(&db).await?;
    let books = query!(tag.related(.books).objects().filter(.rating == None || .author.born == None));
    let keys = query!(books.order_by(.id).values_list(.id)).all(&db).await?;
    assert_eq!(keys, [2]);
    let tx = db.begin().await?;
    let updated = query!(books.update(title = concat((.title, " by ", .author.name))).returning(.id, .title));
    assert_eq!(updated.execute(&tx).await?, [(2, "Letters by Ada".to_owned())]);
    assert_eq!(query!(books.delete().returning(.id)).execute(&tx).await?, keys);
    tx.rollback().await
}
