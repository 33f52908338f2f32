//! Facts of Django's test folders `delete` and `delete_regress`.

use orm::functions::{rank, row_number};
use orm::prelude::*;
use tests::library::{Author, Book, BookTag, Tag};
use tests::shop::{Category, Item, Order, Product, Profile, User};

use super::{ids, library, shop, sorted};

#[orm::test]
async fn an_aggregate_over_a_relation_decides(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let query = query!(Order.annotate(pieces = .items.quantity.sum().default(0)).filter(.pieces < 4));
    assert_eq!(sorted(query!(query.delete().returning(.id)).execute(&db).await?), [1, 3, 4]);
    assert_eq!(ids!(&db, Item), [3, 5, 6], "lines go with their orders");
    Ok(())
}

#[orm::test]
async fn two_aggregates_do_not_multiply_each_other(db: Db) -> orm::Result<()> {
    library(&db).await?;
    let query = query!(Book.filter(.tags.count() == 2 && .author.books.count() == 2));
    assert_eq!(query!(query.delete().returning(.title)).execute(&db).await?, ["Notes"]);
    assert_eq!(query!(BookTag).count(&db).await?, 2);
    Ok(())
}

#[orm::test]
async fn a_condition_on_a_nullable_average(db: Db) -> orm::Result<()> {
    library(&db).await?;
    db.batch_execute("ALTER TABLE books DROP CONSTRAINT books_author_id_fkey").await?;
    let unrated = query!(Author.filter(.books.rating.avg() == None));
    assert_eq!(query!(unrated.delete().returning(.name)).execute(&db).await?, ["Cy"]);
    let worse = query!(Author.exclude(.books.rating.avg() > 4.0));
    assert_eq!(query!(worse.delete().returning(.name)).execute(&db).await?, ["Bo"]);
    Ok(())
}

#[orm::test]
async fn all_but_the_newest_of_each(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let old =
        query!(Order.annotate(n = row_number().partition_by(.user_id).order_by(-.placed_at)).filter(.n > 1));
    assert_eq!(sorted(query!(old.delete().returning(.id)).execute(&db).await?), [1, 4]);
    Ok(())
}

#[orm::test]
async fn duplicates_of_a_composite_key_by_a_window(db: Db) -> orm::Result<()> {
    library(&db).await?;
    let second = query!(BookTag.filter(rank().partition_by(.book_id).order_by(.tag_id) > 1));
    assert_eq!(query!(second.delete().returning(.book_id, .tag_id)).execute(&db).await?, [(1, 2)]);
    assert_eq!(query!(BookTag).count(&db).await?, 3);
    Ok(())
}

#[orm::test]
async fn a_page_is_named_by_its_keys(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    // A sliced query set has no `delete`; its keys do.
    let oldest = query!(Order.order_by(.placed_at).values_list(.id)[..2]);
    assert_eq!(query!(Order.filter(.id.is_in(oldest)).delete()).execute(&db).await?, 2);
    assert_eq!(ids!(&db, Order), [3, 4, 5]);
    Ok(())
}

#[orm::test]
async fn a_subquery_on_the_table_itself(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let smaller =
        query!(Order.filter(exists(Order.filter(.user_id == outer(.user_id) && .total < outer(.total)))));
    assert_eq!(sorted(query!(smaller.delete().returning(.id)).execute(&db).await?), [2, 5]);
    Ok(())
}

#[orm::test]
async fn a_subquery_that_refers_to_a_joined_column(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let same =
        query!(Order.filter(exists(Profile.filter(.city == "Paris" && .user.email == outer(.user.email)))));
    assert_eq!(sorted(query!(same.delete().returning(.id)).execute(&db).await?), [1, 2]);
    Ok(())
}

#[orm::test]
async fn rows_reached_over_several_links_are_deleted_once(db: Db) -> orm::Result<()> {
    library(&db).await?;
    let linked = query!(Book.filter(.tags.any(.name != "art")));
    assert_eq!(query!(linked.delete()).execute(&db).await?, 3);
    assert_eq!((query!(BookTag).count(&db).await?, query!(Tag).count(&db).await?), (0, 3), "tags stay");
    Ok(())
}

#[orm::test]
async fn the_database_sets_null(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let (db, log) = db.logged();
    assert_eq!(query!(Category.filter(.name == "food").delete()).execute(&db).await?, 1);
    assert_eq!(log.count(), 1, "{log}");
    assert_eq!(
        query!(Product.filter(.category_id == None).order_by(.id).values_list(.id)).all(&db).await?,
        [3, 4]
    );
    Ok(())
}

#[orm::test]
async fn a_parent_is_refused_while_it_has_children(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let refused = query!(Category.filter(.parent_id == None).delete()).execute(&db).await.unwrap_err();
    assert!(refused.is_foreign_key_violation() && refused.table() == Some("categories"), "{refused}");
    assert_eq!(query!(Category).count(&db).await?, 3, "nothing is deleted, not even what could be");
    // Together with its children it goes in one statement.
    assert_eq!(query!(Category.delete()).execute(&db).await?, 3);
    Ok(())
}

#[orm::test]
async fn a_restricting_row_that_goes_by_a_cascade_in_the_same_statement_still_restricts(
    db: Db,
) -> orm::Result<()> {
    shop(&db).await?;
    let refused =
        query!(Product.filter(.items.any(.order.note == "gift")).delete()).execute(&db).await.unwrap_err();
    assert!(refused.is_foreign_key_violation() && refused.table() == Some("items"), "{refused}");
    assert_eq!(query!(Product.filter(.items.is_empty()).delete()).execute(&db).await?, 0);
    Ok(())
}

#[orm::test]
async fn loaded_relations_do_not_matter(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let (db, log) = db.logged();
    let query = query!(Order.select_related(.user).prefetch_related(.items).filter(.user.email == "bob@x"));
    assert_eq!(query!(query.delete()).execute(&db).await?, 1);
    assert_eq!(log.count(), 1, "{log}");
    Ok(())
}

#[orm::test]
async fn a_row_is_deleted_once(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let order = query!(Order.filter(.id == 4)).get(&db).await?;
    order.delete(&db).await?;
    assert!(order.delete(&db).await.unwrap_err().is_not_found());
    // The row in hand keeps its key, where Django sets it to `None`.
    assert_eq!(order.id, 4);
    Ok(())
}

#[orm::test]
async fn a_one_to_one_row_by_what_it_belongs_to(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    assert_eq!(query!(Profile.filter(.user.orders.any(.total == 30.0)).delete()).execute(&db).await?, 1);
    assert_eq!(query!(Profile.values_list(.user_id)).all(&db).await?, [1]);
    assert_eq!(
        query!(User.filter(.profile.city == "Paris", .orders.is_empty()).delete()).execute(&db).await?,
        0
    );
    assert_eq!(
        query!(User.filter(.profile.user_id == None, .orders.is_empty()).delete()).execute(&db).await?,
        1
    );
    Ok(())
}

#[orm::test]
async fn returned_values_are_those_before(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let deleted =
        query!(Item.filter(.quantity > 2, .order.user.active).delete().returning(.id, .quantity * 10));
    assert_eq!(sorted(deleted.execute(&db).await?), [(3, 50), (5, 30), (6, 100)]);
    Ok(())
}
