//! Facts of Django's test folder `select_for_update`.

use orm::functions::coalesce;
use orm::prelude::*;
use tests::library::{Author, Book};
use tests::shop::{Item, Order, Product, User};

use super::{library, shop};

/// The keys of orders that others can lock while `tx` goes on.
async fn free(db: &Db) -> orm::Result<Vec<i64>> {
    db.transaction(async |tx| {
        let orders = query!(Order.order_by(.id).select_for_update().skip_locked()).all(tx).await?;
        Ok(orders.into_iter().map(|order| order.id).collect())
    })
    .await
}

#[orm::test]
async fn a_slice_locks_what_it_returns_and_passes_over(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let tx = db.begin().await?;
    let page = query!(Order.order_by(-.total).select_for_update()[1..3]).all(&tx).await?;
    assert_eq!(page.iter().map(|order| order.id).collect::<Vec<_>>(), [4, 3]);
    assert_eq!(free(&db).await?, [1, 2]);
    tx.rollback().await?;
    assert_eq!(free(&db).await?, [1, 2, 3, 4, 5]);
    Ok(())
}

#[orm::test]
async fn a_join_in_the_filter_and_in_the_order_locks_no_other_table(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let tx = db.begin().await?;
    let query = query!(Order.filter(.recipient.nick == None, .user.active).order_by(.recipient.email, -.id));
    let orders = query!(query.select_for_update().select_related(.user, .recipient)).all(&tx).await?;
    assert_eq!(orders.iter().map(|order| order.id).collect::<Vec<_>>(), [2, 4, 1]);
    assert_eq!(free(&db).await?, [3, 5]);
    let users = db.transaction(async |tx| query!(User.select_for_update().nowait()).all(tx).await);
    assert_eq!(users.await?.len(), 4);
    tx.rollback().await
}

#[orm::test]
async fn annotations_stand_beside_a_lock(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let tx = db.begin().await?;
    let query =
        query!(Order.annotate(lines = .items.count(), pieces = .items.quantity.sum()).filter(.lines > 1));
    let orders = query!(query.order_by(-.pieces).select_for_update()).all(&tx).await?;
    assert_eq!(
        orders.iter().map(|order| (order.id, order.pieces)).collect::<Vec<_>>(),
        [(5, Some(13)), (1, Some(3))]
    );
    assert_eq!(free(&db).await?, [2, 3, 4]);
    tx.rollback().await
}

#[orm::test]
async fn a_slice_with_annotations(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let tx = db.begin().await?;
    let query = query!(Order.annotate(lines = .items.count()).order_by(.id).select_for_update()[..2]);
    let orders = query.all(&tx).await?;
    assert_eq!(orders.iter().map(|order| (order.id, order.lines)).collect::<Vec<_>>(), [(1, 2), (2, 1)]);
    assert_eq!(free(&db).await?, [3, 4, 5]);
    tx.rollback().await
}

#[orm::test]
async fn values_of_locked_rows(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let tx = db.begin().await?;
    let query = query!(Order.filter(.total > 35.0).select_for_update());
    let values = query!(query.order_by(.id).values_list(.id, coalesce(.note, "none"))).all(&tx).await?;
    assert_eq!(values, [(4, "none".to_owned()), (5, "gift".to_owned())]);
    assert_eq!(free(&db).await?, [1, 2, 3]);
    tx.rollback().await
}

#[orm::test]
async fn distinct_values_lock_nothing_that_could_be_named(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    // Rows with their keys are never equal, so `distinct` says nothing of them.
    let tx = db.begin().await?;
    assert_eq!(query!(Order.distinct().select_for_update()).all(&tx).await?.len(), 5);
    // PostgreSQL locks no rows of `SELECT DISTINCT`, so it is not asked: the transaction goes on.
    let query = query!(Order.select_for_update().values_list(.user_id).distinct());
    let error = query.all(&tx).await.unwrap_err();
    assert!(error.code().is_none() && error.to_string().contains("cannot lock rows"), "{error}");
    assert_eq!(query!(Order).count(&tx).await?, 5);
    tx.rollback().await
}

#[orm::test]
async fn of_a_relation_and_of_the_relation_behind_it(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let tx = db.begin().await?;
    let query = query!(Item.filter(.order.total > 45.0).select_related(.order.user, .product.category));
    let items = query!(query.select_for_update().of(.order, .order.user).order_by(.id)).all(&tx).await?;
    assert_eq!(items.len(), 2);
    assert_eq!(free(&db).await?, [1, 2, 3, 4]);
    let others = db.transaction(async |tx| {
        let users = query!(User.order_by(.id).select_for_update().skip_locked()).all(tx).await?;
        let products = query!(Product.select_for_update().skip_locked()).all(tx).await?;
        Ok::<_, orm::Error>((users.len(), products.len()))
    });
    assert_eq!(others.await?, (3, 4), "the user is locked, and no product");
    tx.rollback().await
}

#[orm::test]
async fn prefetched_rows_are_not_locked(db: Db) -> orm::Result<()> {
    library(&db).await?;
    let tx = db.begin().await?;
    let query = query!(Author.filter(.books.exists()).prefetch_related(.books.tags).select_for_update());
    let authors = query.all(&tx).await?;
    assert_eq!(authors.iter().map(|author| author.books().len()).sum::<usize>(), 4);
    let books = db.transaction(async |tx| query!(Book.select_for_update().nowait()).all(tx).await);
    assert_eq!(books.await?.len(), 4);
    tx.rollback().await
}

#[orm::test]
async fn get_first_and_in_bulk_lock(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let tx = db.begin().await?;
    query!(Order.filter(.id == 2).select_for_update()).get(&tx).await?;
    query!(Order.select_for_update()).last(&tx).await?;
    query!(Order.order_by(.total).select_for_update()).first(&tx).await?;
    query!(Order.select_for_update()).in_bulk(&tx, [3]).await?;
    assert_eq!(free(&db).await?, [4]);
    tx.rollback().await
}

#[orm::test]
async fn a_row_deleted_meanwhile_is_left_out(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let tx = db.begin().await?;
    query!(Order.filter(.id == 4).delete()).execute(&tx).await?;
    query!(Order.filter(.id == 3).update(total = 1.0)).execute(&tx).await?;
    let waiting = tokio::spawn({
        let db = db.clone();
        async move {
            let query = query!(Order.filter(.total > 25.0).order_by(.id).select_for_update());
            db.transaction(async |tx| query.all(tx).await).await
        }
    });
    tokio::time::sleep(std::time::Duration::from_millis(150)).await;
    tx.commit().await?;
    let orders = waiting.await.expect("it ended")?;
    assert_eq!(orders.into_iter().map(|order| order.id).collect::<Vec<_>>(), [5]);
    Ok(())
}
