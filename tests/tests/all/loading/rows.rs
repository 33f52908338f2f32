//! Rows with relations loaded, as values and in signatures.

#![allow(clippy::type_complexity, reason = "`loaded!` writes the types")]

use orm::prelude::*;
use tests::library::{Author, Book, Tag};
use tests::shop::{Order, User};

use super::seed;

loaded!(
    /// An author with everything written, tagged.
    type Shelf = Author { books { tags } }
);

fn tags(author: &Shelf) -> Vec<&str> {
    author.books().iter().flat_map(|book| book.tags()).map(|tag: &Tag| tag.name.as_str()).collect()
}

fn cities(orders: &[loaded!(Order { recipient, user { profile } })]) -> usize {
    orders.iter().filter(|order| order.user().profile().is_some() || order.recipient().is_some()).count()
}

async fn shelves(db: &impl Executor) -> orm::Result<Vec<Shelf>> {
    query!(Author.prefetch_related(.books.tags).order_by(.id)).all(db).await
}

#[orm::test]
async fn loaded_names_the_type_of_a_query_whatever_the_order(db: Db) -> orm::Result<()> {
    seed::library(&db, 4).await?;
    let shelves = shelves(&db).await?;
    assert_eq!(tags(&shelves[0]).len(), 1);
    seed::shop(&db, 4).await?;
    let orders: Vec<loaded!(Order { user { profile }, recipient })> =
        query!(Order.select_related(.recipient, .user.profile)).all(&db).await?;
    assert_eq!(cities(&orders), 3);
    let plain: loaded!(Order) = query!(Order.filter(.id == 1)).get(&db).await?;
    assert_eq!(plain, *orders[0]);
    Ok(())
}

#[orm::test]
async fn into_moves_a_relation_out(db: Db) -> orm::Result<()> {
    seed::shop(&db, 4).await?;
    let order = query!(Order.select_related(.user, .recipient).filter(.id == 2)).get(&db).await?;
    let (copy, key) = (order.clone(), order.recipient_id);
    let recipient: Option<User> = order.into_recipient();
    assert_eq!(recipient.map(|user| user.id), key);
    let user: User = copy.into_user();
    assert_eq!(user.id, 2);
    let user = query!(User.prefetch_related(.orders.items).filter(.id == 2)).get(&db).await?;
    let orders: Vec<loaded!(Order { items })> = user.into_orders();
    assert_eq!(orders.len(), 2);
    assert_eq!(orders.into_iter().flat_map(|order| order.into_items()).count(), 5);
    Ok(())
}

#[orm::test]
async fn a_loaded_row_is_its_model_too(db: Db) -> orm::Result<()> {
    seed::library(&db, 4).await?;
    fn title(book: &Book) -> &str {
        &book.title
    }
    let book = query!(Book.select_related(.author).filter(.id == 1)).get(&db).await?;
    assert_eq!((title(&book), book.key()), ("book 0 of 1", 1));
    let plain: Book = Book::clone(&book);
    assert_eq!(plain, query!(Book.filter(.id == 1)).get(&db).await?);
    Ok(())
}

#[orm::test]
async fn loaded_rows_are_cloned_and_compared_with_all_they_hold(db: Db) -> orm::Result<()> {
    seed::library(&db, 4).await?;
    let one = shelves(&db).await?;
    let two = one.clone();
    assert_eq!(one, two);
    query!(Tag.create(name = "unused")).execute(&db).await?;
    assert_eq!(one, shelves(&db).await?);
    db.batch_execute("UPDATE tags SET name = 'crimson' WHERE name = 'red'").await?;
    let changed = shelves(&db).await?;
    assert!(one != changed, "a difference three levels deep");
    assert!(one.iter().zip(&changed).all(|(a, b)| **a == **b), "the authors are as they were");
    Ok(())
}

#[orm::test]
async fn debug_shows_what_was_loaded(db: Db) -> orm::Result<()> {
    seed::library(&db, 4).await?;
    let book = query!(Book.select_related(.author).filter(.id == 1)).get(&db).await?;
    let text = format!("{book:?}");
    assert!(text.contains("book 0 of 1") && text.contains("author 1"), "{text}");
    let text = format!("{:?}", query!(Book.prefetch_related(.tags).filter(.id == 1)).get(&db).await?);
    assert!(text.contains("tags") && !text.contains("author 1"), "{text}");
    Ok(())
}

#[orm::test]
async fn a_loaded_row_can_be_changed_and_turned_back_into_its_model(db: Db) -> orm::Result<()> {
    seed::library(&db, 2).await?;
    let mut book = query!(Book.select_related(.author).order_by(.id)).first(&db).await?.expect("a book");
    book.title.push_str(", revised");
    assert!(book.title.ends_with(", revised") && !book.author().name.is_empty());
    let plain: Book = book.into();
    assert!(plain.title.ends_with(", revised"));
    Ok(())
}
