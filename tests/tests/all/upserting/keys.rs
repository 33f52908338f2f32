//! Conflicts on keys that are given, made of several columns, or beside arrays.

use orm::prelude::*;
use tests::library::{self, Author, Book, BookTag, NewAuthor, NewBook, NewBookTag, NewTag, Tag};

#[derive(Model, Debug, Clone, PartialEq)]
#[model(table = "counters")]
struct Counter {
    #[model(primary_key)]
    name: String,
    #[model(primary_key, default = "1")]
    version: i32,
    count: i64,
}

#[orm::test]
async fn composite_keys_with_defaults(db: Db) -> orm::Result<()> {
    db.create_tables(models![Counter]).await?;
    let new = |name: &str, count| CreateCounter::from(NewCounter { name: name.into(), count });
    Counter::objects().bulk_create([new("a", 1)]).execute(&db).await?;
    let rows = || [new("b", 2), new("a", 3), new("a", 4).version(2), new("b", 5)];
    let keys =
        query!(Counter.bulk_create(rows()).on_conflict(.name, .version).do_nothing()).execute(&db).await?;
    assert_eq!(keys, [Some(("b".into(), 1)), None, Some(("a".into(), 2)), None]);
    let keys =
        query!(Counter.bulk_create(rows()[..3].to_vec()).on_conflict(.version, .name).do_update(.count))
            .execute(&db)
            .await?;
    assert_eq!(keys, [("b".into(), 1), ("a".into(), 1), ("a".into(), 2)]);
    let counts = query!(Counter.order_by(.name, .version)).all(&db).await?;
    assert_eq!(counts.iter().map(|c| c.count).collect::<Vec<_>>(), [3, 4, 2]);
    Ok(())
}

#[orm::test]
async fn rows_that_are_all_key(db: Db) -> orm::Result<()> {
    library::create_tables(&db).await?;
    let author = Author::objects().bulk_create([NewAuthor { name: "a".into() }]).execute(&db).await?[0];
    let book = NewBook { author_id: author, title: "t".into(), year: 1 };
    let book_id = Book::objects().bulk_create([book]).execute(&db).await?[0];
    let tags = ["x", "y"].map(|name| NewTag { name: name.into() });
    let tags = Tag::objects().bulk_create(tags).execute(&db).await?;
    let link = |tag_id| NewBookTag { book_id, tag_id };
    let rows = [link(tags[0]), link(tags[0]), link(tags[1])];
    let keys = BookTag::objects().bulk_create(rows).ignore_conflicts().execute(&db).await?;
    assert_eq!(keys, [Some((book_id, tags[0])), None, Some((book_id, tags[1]))]);
    Ok(())
}

#[derive(Model, Debug, Clone, PartialEq)]
#[model(table = "lists")]
struct List {
    id: i64,
    #[model(unique)]
    name: String,
    numbers: Vec<i32>,
    #[model(unique, default = "'none'")]
    label: String,
}

#[orm::test]
async fn rows_with_arrays(db: Db) -> orm::Result<()> {
    db.create_tables(models![List]).await?;
    let new = |name: &str, numbers: &[i32]| {
        CreateList::from(NewList { name: name.into(), numbers: numbers.to_vec() }).label(name)
    };
    let old = List::objects().bulk_create([new("a", &[1])]).execute(&db).await?;
    let rows = || [new("b", &[2, 2]), new("a", &[3])];
    let keys = query!(List.bulk_create(rows()).on_conflict(.name).do_nothing()).execute(&db).await?;
    assert!(keys[0].is_some() && keys[1].is_none());
    let updated =
        query!(List.bulk_create(rows()).on_conflict(.name).do_update(.numbers)).execute(&db).await?;
    assert_eq!(updated, [keys[0].unwrap(), old[0]]);
    assert_eq!(query!(List.filter(.numbers == [3])).get(&db).await?.name, "a");
    Ok(())
}

#[orm::test]
async fn a_key_that_no_row_sets(db: Db) -> orm::Result<()> {
    db.create_tables(models![List]).await?;
    let new = |name: &str| NewList { name: name.into(), numbers: vec![] };
    let create = |name| query!(List.bulk_create([new(name)]).on_conflict(.label).do_update(.name));
    let first = create("a").execute(&db).await?;
    assert_eq!(create("b").execute(&db).await?, first);
    assert_eq!(query!(List).get(&db).await?.name, "b");
    Ok(())
}
