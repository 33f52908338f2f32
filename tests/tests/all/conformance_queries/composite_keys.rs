//! Facts of Django's test folders `composite_pk` and `foreign_object`: keys of several columns.

use orm::prelude::*;

#[derive(Model, Debug, Clone, PartialEq)]
#[model(table = "shelves", has_many(copies: Copy.shelf, spares: Copy.spare))]
struct Shelf {
    #[model(primary_key)]
    room: String,
    #[model(primary_key)]
    number: i32,
    label: Option<String>,
}

/// A copy on a shelf, with another shelf for it or half of its key.
#[derive(Model, Debug, Clone, PartialEq)]
#[model(
    table = "copies",
    belongs_to(shelf: Shelf, columns(room, shelf_number)),
    belongs_to(spare: Shelf, columns(spare_room, spare_number))
)]
struct Copy {
    id: i64,
    room: String,
    shelf_number: i32,
    spare_room: Option<String>,
    spare_number: Option<i32>,
}

async fn shelves(db: &Db) -> orm::Result<()> {
    db.create_tables(models![Shelf, Copy]).await?;
    db.batch_execute(
        "INSERT INTO shelves VALUES ('a', 1, 'one'), ('a', 2, NULL), ('b', 1, 'three');
         INSERT INTO copies (room, shelf_number, spare_room, spare_number) VALUES ('a', 1, 'b', 1), ('a', 1, 'b', NULL),
            ('a', 2, NULL, 1), ('b', 1, NULL, NULL)",
    )
    .await
}

fn keys(shelves: &[Shelf]) -> Vec<(&str, i32)> {
    shelves.iter().map(|shelf| (&*shelf.room, shelf.number)).collect()
}

#[orm::test]
async fn first_and_last_go_by_the_whole_key(db: Db) -> orm::Result<()> {
    shelves(&db).await?;
    assert_eq!(Shelf::objects().first(&db).await?.map(|shelf| shelf.key()), Some(("a".into(), 1)));
    assert_eq!(Shelf::objects().last(&db).await?.map(|shelf| shelf.key()), Some(("b".into(), 1)));
    assert_eq!(query!(Shelf.filter(.room == "a")).last(&db).await?.map(|shelf| shelf.number), Some(2));
    Ok(())
}

#[orm::test]
async fn in_bulk_finds_pairs_and_not_their_parts(db: Db) -> orm::Result<()> {
    shelves(&db).await?;
    let wanted = [("a".to_owned(), 2), ("b".to_owned(), 1), ("b".to_owned(), 2)];
    let found = Shelf::objects().in_bulk(&db, wanted).await?;
    assert_eq!(found.len(), 2);
    assert_eq!(found[&("b".to_owned(), 1)].label.as_deref(), Some("three"));
    let labelled = query!(Shelf.filter(.label != None)).in_bulk(&db, [("a".to_owned(), 2)]).await?;
    assert!(labelled.is_empty());
    Ok(())
}

#[orm::test]
async fn half_a_foreign_key_leads_nowhere(db: Db) -> orm::Result<()> {
    shelves(&db).await?;
    let copies = query!(Copy.select_related(.shelf, .spare).order_by(.id)).all(&db).await?;
    let spares: Vec<_> = copies.iter().map(|copy| copy.spare().is_some()).collect();
    assert_eq!(spares, [true, false, false, false]);
    assert_eq!(query!(Copy.filter(.spare.room == None)).count(&db).await?, 3);
    assert_eq!(query!(Copy.filter(.spare.number == 1)).get(&db).await?.id, 1);
    assert_eq!(query!(Copy.exclude(.spare.number == 1)).count(&db).await?, 3);
    assert_eq!(query!(Copy.filter(.spare.label != .shelf.label)).count(&db).await?, 3);
    Ok(())
}

#[orm::test]
async fn questions_and_counts_go_by_the_whole_key(db: Db) -> orm::Result<()> {
    shelves(&db).await?;
    let shelves = query!(Shelf.order_by(.room, .number));
    assert_eq!(keys(&query!(shelves.filter(.copies.any(.id > 2))).all(&db).await?), [("a", 2), ("b", 1)]);
    assert_eq!(keys(&query!(shelves.filter(.spares.exists())).all(&db).await?), [("b", 1)]);
    assert_eq!(
        keys(&query!(shelves.exclude(.spares.any(.room == "a"))).all(&db).await?),
        [("a", 1), ("a", 2)]
    );
    let counts = query!(shelves.annotate(n = .copies.count(), s = .spares.count()));
    let all: Vec<_> = counts.all(&db).await?.iter().map(|shelf| (shelf.n, shelf.s)).collect();
    assert_eq!(all, [(2, 0), (1, 0), (1, 1)]);
    let page: Vec<_> = query!(counts[1..]).all(&db).await?.iter().map(|shelf| (shelf.n, shelf.s)).collect();
    assert_eq!(page, all[1..]);
    let some: Vec<_> =
        query!(counts.filter(.label != None, .n > 1)).all(&db).await?.iter().map(|s| s.s).collect();
    assert_eq!(some, [0]);
    Ok(())
}

#[orm::test]
async fn relations_by_the_whole_key_are_prefetched_and_sliced_for_each_parent(db: Db) -> orm::Result<()> {
    shelves(&db).await?;
    let shelves = query!(Shelf
        .prefetch_related(.copies.order_by(.id), .spares, last = .copies.order_by(-.id)[..1])
        .order_by(.room, .number))
    .all(&db)
    .await?;
    let loaded: Vec<_> = shelves
        .iter()
        .map(|shelf| (shelf.copies().len(), shelf.spares().len(), shelf.last.first().map(|copy| copy.id)))
        .collect();
    assert_eq!(loaded, [(2, 0, Some(2)), (1, 0, Some(3)), (1, 1, Some(4))]);
    Ok(())
}

#[orm::test]
async fn a_path_leads_through_a_composite_key_and_back(db: Db) -> orm::Result<()> {
    shelves(&db).await?;
    assert_eq!(query!(Copy.filter(.shelf.copies.any(.id == 2))).count(&db).await?, 2);
    assert_eq!(query!(Copy.filter(.spare.copies.any(.id == 4))).get(&db).await?.id, 1);
    assert_eq!(query!(Copy.exclude(.spare.copies.exists())).count(&db).await?, 3);
    assert_eq!(query!(Copy.filter(.spare.spares.is_empty())).count(&db).await?, 3);
    let beside = query!(Copy.annotate(n = .spare.copies.count()).order_by(.id)).all(&db).await?;
    assert_eq!(beside.iter().map(|copy| copy.n).collect::<Vec<_>>(), [1, 0, 0, 0]);
    Ok(())
}

#[orm::test]
async fn subqueries_compare_the_columns_of_a_key_one_by_one(db: Db) -> orm::Result<()> {
    shelves(&db).await?;
    let full = query!(Shelf.filter(exists(Copy.filter(.room == outer(.room), .shelf_number == outer(.number), .id < 3))));
    assert_eq!(keys(&full.all(&db).await?), [("a", 1)]);
    let union = query!(Shelf.filter(.room == "b")).union(query!(Shelf.filter(.number == 1)));
    assert_eq!(keys(&query!(union.order_by(.room)).all(&db).await?), [("a", 1), ("b", 1)]);
    Ok(())
}
