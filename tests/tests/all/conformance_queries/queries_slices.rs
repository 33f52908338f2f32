//! Facts of Django's test folders `queries`, `distinct_on_fields` and `get_earliest_or_latest`: positions in an order.

use orm::functions::*;
use orm::prelude::*;
use tests::library::{Author, Book};
use tests::shop::{Item, Order, User};

use super::{library, listed, shop};

#[orm::test]
async fn slices_compose(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let items = query!(Item.order_by(.id));
    assert_eq!(listed(&db, query!(items[1..4])).await?, [2, 3, 4]);
    assert_eq!(listed(&db, query!(items[1..4][1..])).await?, [3, 4]);
    assert_eq!(listed(&db, query!(items[1..4][..9])).await?, [2, 3, 4]);
    assert_eq!(listed(&db, query!(items[3..][1..2])).await?, [5]);
    assert_eq!(listed(&db, query!(items[..])).await?, [1, 2, 3, 4, 5]);
    assert_eq!(listed(&db, query!(items[1..=2])).await?, [2, 3]);
    Ok(())
}

#[orm::test]
async fn an_empty_slice_sends_nothing(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let (db, log) = db.logged();
    let items = query!(Item.order_by(.id));
    for slice in [query!(items[2..2]), query!(items[..0]), query!(items[1..3][5..]), query!(items[..3][1..1])]
    {
        assert!(slice.all(&db).await?.is_empty());
        assert_eq!(slice.count(&db).await?, 0);
        assert!(!slice.exists(&db).await?);
    }
    assert_eq!(log.count(), 0, "{log}");
    Ok(())
}

#[orm::test]
async fn a_slice_beyond_the_end_is_empty(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let items = query!(Item.order_by(.id));
    assert!(query!(items[5..]).all(&db).await?.is_empty());
    assert_eq!(query!(items[4..100]).count(&db).await?, 1);
    assert!(!query!(items[5..6]).exists(&db).await?);
    assert_eq!(query!(items[3..]).first(&db).await?.map(|item| item.id), Some(4));
    assert_eq!(query!(items[usize::MAX..]).all(&db).await?, []);
    Ok(())
}

#[orm::test]
async fn first_and_last_go_by_the_key_where_there_is_no_order(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    assert_eq!(Item::objects().first(&db).await?.map(|item| item.id), Some(1));
    assert_eq!(Item::objects().last(&db).await?.map(|item| item.id), Some(5));
    let by_quantity = query!(Item.order_by(-.quantity, .id));
    assert_eq!(by_quantity.first(&db).await?.map(|item| item.id), Some(5));
    assert_eq!(by_quantity.last(&db).await?.map(|item| item.id), Some(4));
    assert_eq!(query!(Item.filter(.quantity > 9)).first(&db).await?, None);
    assert_eq!(query!(Item.filter(.quantity > 9)).last(&db).await?, None);
    Ok(())
}

#[orm::test]
async fn earliest_and_latest_are_first_and_last_in_an_order(db: Db) -> orm::Result<()> {
    library(&db).await?;
    let by_year = query!(Book.order_by(.year));
    assert_eq!(by_year.first(&db).await?.map(|book| book.id), Some(3));
    assert_eq!(by_year.last(&db).await?.map(|book| book.id), Some(4));
    let by_birth = query!(Book.order_by(.author.born.asc().nulls_first(), .year));
    assert_eq!(by_birth.first(&db).await?.map(|book| book.id), Some(3));
    assert_eq!(by_birth.last(&db).await?.map(|book| book.id), Some(4));
    Ok(())
}

#[orm::test]
async fn get_of_a_slice_is_its_only_row(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let items = query!(Item.order_by(.id));
    assert_eq!(query!(items[2..3]).get(&db).await?.id, 3);
    assert_eq!(query!(items[4..9]).get(&db).await?.id, 5);
    assert!(query!(items[1..3]).get(&db).await.is_err_and(|error| error.is_multiple_rows()));
    assert!(query!(items[5..6]).get(&db).await.is_err_and(|error| error.is_not_found()));
    Ok(())
}

#[orm::test]
async fn distinct_on_keeps_the_first_row_of_each_in_the_order(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    assert_eq!(listed(&db, query!(Order.distinct_on(.user_id).order_by(-.total))).await?, [2, 3, 4]);
    assert_eq!(listed(&db, query!(Order.distinct_on(.user_id).order_by(.user_id, .total))).await?, [1, 3, 4]);
    assert_eq!(
        listed(&db, query!(Order.distinct_on(.user_id).order_by(-.user_id, .total))).await?,
        [4, 3, 1]
    );
    assert_eq!(
        listed(&db, query!(Order.distinct_on(.user.active).order_by(.user.active, -.id))).await?,
        [4, 3]
    );
    assert_eq!(query!(Order.distinct_on(.user_id)).count(&db).await?, 3);
    assert_eq!(query!(Order.distinct_on(.recipient_id).order_by(.id)).count(&db).await?, 3);
    Ok(())
}

#[orm::test]
async fn the_first_and_last_of_distinct_rows_are_those_of_the_list(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    for query in [
        query!(Order.distinct_on(.user_id).order_by(-.total)),
        query!(Order.distinct_on(.user_id).order_by(-.user_id, .total)),
        query!(Order.distinct_on(.user_id, .recipient_id).order_by(.user_id, -.recipient_id)),
    ] {
        let list = listed(&db, query.clone()).await?;
        assert_eq!(query.first(&db).await?.map(|order| order.id), list.first().copied());
        assert_eq!(query.last(&db).await?.map(|order| order.id), list.last().copied());
    }
    Ok(())
}

#[orm::test]
async fn distinct_values_are_counted_sliced_and_found_once(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let users = query!(Order.values_list(.user_id).distinct().order_by(.user_id));
    assert_eq!(users.all(&db).await?, [1, 2, 3]);
    assert_eq!(users.count(&db).await?, 3);
    assert_eq!(query!(users[1..]).all(&db).await?, [2, 3]);
    assert_eq!(query!(users[1..]).count(&db).await?, 2);
    assert!(query!(users[2..]).exists(&db).await?);
    assert!(!query!(users[3..]).exists(&db).await?, "there are three");
    let fourth = query!(Order.values_list(.user_id).distinct()[3..]);
    assert!(query!(User.filter(exists(fourth))).all(&db).await?.is_empty());
    Ok(())
}

#[orm::test]
async fn the_last_of_distinct_values_is_that_of_the_list(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let users = query!(Item.values_list(.product_id).distinct().order_by(.id));
    assert_eq!(users.all(&db).await?, [1, 3, 2, 4]);
    assert_eq!(users.first(&db).await?, Some(1));
    assert_eq!(users.last(&db).await?, Some(4));
    Ok(())
}

#[orm::test]
async fn a_page_of_annotated_rows_is_the_page_of_the_list(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let orders = query!(Order
        .annotate(place = row_number().order_by(-.total), lines = .items.count(), some = .items.quantity.sum())
        .order_by(-.total));
    let all: Vec<_> = orders.all(&db).await?.iter().map(|o| (o.id, o.place, o.lines, o.some)).collect();
    assert_eq!(all, [(2, 1, 1, Some(3)), (1, 2, 2, Some(3)), (3, 3, 2, Some(6)), (4, 4, 0, None)]);
    let page: Vec<_> =
        query!(orders[1..3]).all(&db).await?.iter().map(|o| (o.id, o.place, o.lines, o.some)).collect();
    assert_eq!(page, all[1..3]);
    let last = orders.last(&db).await?.map(|o| (o.id, o.place, o.lines, o.some));
    assert_eq!(last, all.last().copied());
    Ok(())
}

#[orm::test]
async fn a_slice_is_aggregated_with_what_it_was_filtered_and_ordered_by(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let orders =
        query!(Order.annotate(lines = .items.count()).filter(.lines > 0).order_by(-.lines, .id)[..2]);
    let total =
        query!(orders.aggregate(n = .count(), lines = .lines.sum(), total = .total.sum())).get(&db).await?;
    assert_eq!((total.n, total.lines, total.total), (2, Some(4), Some(15.0)));
    Ok(())
}

#[orm::test]
async fn an_aggregate_is_one_row_to_count_and_exists(db: Db) -> orm::Result<()> {
    library(&db).await?;
    let total = query!(Author.filter(.id > 1).aggregate(n = .count()));
    assert_eq!(total.all(&db).await?.len(), 1);
    assert_eq!(total.count(&db).await?, 1);
    assert!(total.exists(&db).await?);
    let none = query!(Author.filter(.id > 99).aggregate(n = .count()));
    assert_eq!((none.count(&db).await?, none.exists(&db).await?), (1, true));
    Ok(())
}

#[orm::test]
async fn a_name_used_again_leaves_what_was_said_with_it_before(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let orders = query!(Order.annotate(n = .items.count(), value = .items.quantity.sum()).filter(.n > 1).order_by(-.n, .id));
    let total = query!(orders.aggregate(n = .n.sum(), value = .n.max())).get(&db).await?;
    assert_eq!((total.n, total.value), (Some(4), Some(2)));
    let values = query!(orders.values(n = .user.email, lines = .n)).all(&db).await?;
    assert_eq!((values.len(), &*values[0].n, values[0].lines), (2, "a@x", 2));
    let listed = query!(orders.filter(.value > 3).values_list(.id, .value, .n)).all(&db).await?;
    assert_eq!(listed, [(3, Some(6), 2)]);
    let groups = query!(orders.group_by(n = .value).annotate(rows = .count()).order_by(.n)).all(&db).await?;
    assert_eq!(
        groups.iter().map(|group| (group.n, group.rows)).collect::<Vec<_>>(),
        [(Some(3), 1), (Some(6), 1)]
    );
    Ok(())
}

#[orm::test]
async fn groups_and_totals_are_of_the_rows_that_a_window_or_distinct_on_leaves(db: Db) -> orm::Result<()> {
    shop(&db).await?;
    let largest = query!(Order
        .annotate(place = row_number().partition_by(.user_id).order_by(-.total))
        .filter(.place == 1));
    let distinct = query!(Order.distinct_on(.user_id).order_by(-.total));
    let total =
        query!(largest.aggregate(n = .count(), total = .total.sum(), place = .place.sum())).get(&db).await?;
    assert_eq!((total.n, total.total, total.place), (3, Some(25.0), Some(3)));
    let total = query!(distinct.aggregate(n = .count(), total = .total.sum())).get(&db).await?;
    assert_eq!((total.n, total.total), (3, Some(25.0)));
    let groups =
        query!(largest.group_by(.user.active).annotate(n = .count()).order_by(.active)).all(&db).await?;
    assert_eq!(
        groups.iter().map(|group| (group.active, group.n)).collect::<Vec<_>>(),
        [(false, 1), (true, 2)]
    );
    let groups =
        query!(distinct.group_by(.user.active).annotate(n = .count()).order_by(.active)).all(&db).await?;
    assert_eq!(
        groups.iter().map(|group| (group.active, group.n)).collect::<Vec<_>>(),
        [(false, 1), (true, 2)]
    );
    let totals = query!(largest.values_list(.total).order_by(.total)).all(&db).await?;
    assert_eq!(totals, [0.0, 5.0, 20.0]);
    Ok(())
}
