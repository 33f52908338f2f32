//! Defects that were found in review, each with what it did.

use orm::prelude::*;

#[derive(Model, Debug, Clone, PartialEq)]
#[model(table = "shelves")]
struct Shelf {
    #[model(primary_key)]
    room: String,
    #[model(primary_key)]
    number: i16,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[model(table = "volumes", belongs_to(shelf: Shelf, columns(room, number)))]
struct Volume {
    id: i64,
    room: String,
    number: Option<i16>,
}

/// The columns of a foreign key stood in for those of the other row, though the key referred to none.
#[orm::test]
async fn a_key_that_is_null_in_part_refers_to_no_row(db: Db) -> orm::Result<()> {
    db.create_tables(models![Shelf, Volume]).await?;
    query!(Shelf.create(room = "n", number = 1)).execute(&db).await?;
    let placed = query!(Volume.create(room = "n")).number(1).execute(&db).await?;
    let lying_about = query!(Volume.create(room = "n")).execute(&db).await?;
    assert_eq!(query!(Volume.filter(.shelf.room == "n")).all(&db).await?, [placed]);
    assert_eq!(query!(Volume.filter(.shelf.room == None)).all(&db).await?, [lying_about]);
    Ok(())
}

#[derive(Model, Debug, Clone, PartialEq)]
#[model(
    table = "parents",
    has_many(children: Child.parent),
    many_to_many(friends: Parent, through = Friend(one, other))
)]
struct Parent {
    id: i64,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[model(table = "children")]
struct Child {
    id: i64,
    #[model(belongs_to = Parent)]
    parent_id: i64,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[model(table = "friends")]
struct Friend {
    #[model(primary_key, belongs_to = Parent)]
    one_id: i64,
    #[model(primary_key, belongs_to = Parent)]
    other_id: i64,
}

/// Keys of another width were never found, and the children silently missing. Those of a linking table are converted.
#[orm::test]
async fn a_key_column_of_another_type_is_no_empty_relation(db: Db) -> orm::Result<()> {
    db.batch_execute(
        "CREATE TABLE parents (id bigint PRIMARY KEY);
         CREATE TABLE children (id bigint PRIMARY KEY, parent_id int NOT NULL);
         CREATE TABLE friends (one_id int NOT NULL, other_id int NOT NULL);
         INSERT INTO parents VALUES (1);
         INSERT INTO children VALUES (1, 1);
         INSERT INTO friends VALUES (1, 1);",
    )
    .await?;
    let children = query!(Parent.prefetch_related(.children)).all(&db).await;
    assert!(children.is_err_and(|error| error.is_decode() && error.to_string().contains("parent_id")));
    let friends = query!(Parent.prefetch_related(.friends)).get(&db).await?;
    assert_eq!(friends.friends(), [Parent { id: 1 }]);
    Ok(())
}

/// The arrays of a domain have a type of their own, which nobody knows.
#[orm::test]
async fn links_whose_keys_are_of_a_domain(db: Db) -> orm::Result<()> {
    db.batch_execute(
        "CREATE DOMAIN parent_id AS bigint CHECK (value > 0);
         CREATE TABLE parents (id parent_id PRIMARY KEY);
         CREATE TABLE friends (one_id parent_id, other_id parent_id);
         INSERT INTO parents VALUES (1), (2), (3);
         INSERT INTO friends VALUES (1, 2), (1, 3), (2, NULL), (NULL, 1), (3, 9);",
    )
    .await?;
    let parents = query!(Parent.prefetch_related(.friends.order_by(.id)).order_by(.id)).all(&db).await?;
    let friends = parents.iter().map(|parent| parent.friends().iter().map(|friend| friend.id).collect());
    assert_eq!(friends.collect::<Vec<Vec<i64>>>(), [vec![2, 3], vec![], vec![]]);
    Ok(())
}

#[derive(Model, Debug, Clone, PartialEq)]
#[model(table = "countries")]
struct Country {
    #[model(primary_key)]
    code: String,
}

/// A padded key was read with its blanks, and did not equal itself any more.
#[orm::test]
async fn a_padded_text_is_not_read_as_text(db: Db) -> orm::Result<()> {
    db.batch_execute(
        "CREATE TABLE countries (code char(4) PRIMARY KEY); INSERT INTO countries VALUES ('US')",
    )
    .await?;
    let found = query!(Country).all(&db).await;
    assert!(found.is_err_and(|error| error.is_decode() && error.to_string().contains("code")));
    Ok(())
}

/// Each condition put in front of a list of them nested it one deeper, until the stack overflowed.
#[test]
fn long_lists_of_conditions_stay_flat_on_either_side() {
    let condition = |id: i64| Predicate::<Parent>::new(|parent| parent.id().eq(id));
    let any = (0..5_000).fold(Predicate::never(), |any, id| condition(id) | any);
    let none = (0..5_000).fold(Predicate::always(), |all, id| !condition(id) & all);
    let query = query!(Parent.filter(any, none));
    assert_eq!(query.to_sql().params().len(), 10_000);
}

macro_rules! parents {
    ($($condition:tt)*) => {
        query!(Parent.filter(.id > 0 && $($condition)* || .children.any(.id > 0 && $($condition)*)))
    };
}

/// Dots of a macro and dots given to it had different names.
#[test]
fn a_macro_may_mix_its_own_dots_with_given_ones() {
    assert_eq!(parents!(.id < 9).to_sql().params().len(), 4);
}

#[derive(Model)]
struct User {
    id: i64,
    #[model(belongs_to = Parent)]
    profile_image_id: i64,
}

/// `User` with `profile_image` and this with `image` made items of one name.
#[derive(Model)]
struct UserProfile {
    id: i64,
    #[model(belongs_to = Parent)]
    image_id: i64,
}

#[test]
fn models_and_relations_of_similar_names_live_side_by_side() {
    assert_eq!(models![User, UserProfile].map(|table| table.relations.len()), [1, 1]);
}

/// Excluded was what matched any argument, though a filter keeps what matches all.
#[orm::test]
async fn exclude_with_several_arguments_is_the_rest_of_such_a_filter(db: Db) -> orm::Result<()> {
    db.create_tables(models![Parent]).await?;
    Parent::objects().bulk_create([NewParent {}, NewParent {}, NewParent {}]).execute(&db).await?;
    let kept = query!(Parent.filter(.id > 1, .id < 3)).count(&db).await?;
    let left = query!(Parent.exclude(.id > 1, .id < 3)).count(&db).await?;
    assert_eq!((kept, left), (1, 2));
    Ok(())
}

#[derive(Model)]
#[model(table = "imports")]
struct Import {
    #[model(primary_key)]
    code: String,
    id: i64,
}

/// A field called `id` was generated even where another one is the key.
#[orm::test]
async fn an_id_that_is_not_the_key_is_a_column_like_others(db: Db) -> orm::Result<()> {
    db.create_tables(models![Import]).await?;
    let row = query!(Import.create(code = "x", id = 7)).execute(&db).await?;
    assert_eq!((row.code.as_str(), row.id), ("x", 7));
    Ok(())
}
