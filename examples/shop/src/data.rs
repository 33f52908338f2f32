//! Filling the shop: `bulk_create` is one statement, whatever the number of rows.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, TimeDelta};
use orm::prelude::*;
use terminal::{Table, count, heading, log_head, say};

use crate::catalogue::{BOOKS, OTHER_PRODUCTS, USERS};
use crate::models::{Author, Book, BookTag, Item, NewItem, Order, Product, Tag, User};

const ORDERS: usize = 40;
/// 2026-01-01, midnight.
const OPENING: DateTime<chrono::Utc> = match DateTime::from_timestamp(1_767_225_600, 0) {
    Some(time) => time,
    None => DateTime::UNIX_EPOCH,
};

/// Makes all rows and says what that took.
pub async fn fill(db: &Db) -> orm::Result<()> {
    heading("Filling the shop: bulk_create");
    say(
        "Each table is filled by one INSERT, which takes a column's values as one array. The keys come back in the \
         order of the rows.",
    );
    let (db, log) = db.logged();
    let users = users(&db).await?;
    let books = books(&db).await?;
    let products = products(&db, &books).await?;
    let orders = orders(&db, &users).await?;
    items(&db, &orders, &products).await?;

    let mut table = Table::new(["table", "#rows", "#statements"]);
    for query in log.queries() {
        let (_, insert) = query.sql.split_once("INSERT INTO \"").unwrap_or_default();
        let (name, _) = insert.split_once('"').unwrap_or_default();
        table.row([name.to_owned(), query.rows.to_string(), "1".to_owned()]);
    }
    table.print();
    say(&format!("The first of these {}:", count(log.count(), "statement")));
    log_head(&log, 1);
    Ok(())
}

async fn users(db: &Db) -> orm::Result<Vec<i64>> {
    let users = USERS
        .iter()
        .map(|&(email, active, nick)| query!(User.create(email = email, active = active)).nick(nick));
    User::objects().bulk_create(users).execute(db).await
}

/// Books with their authors and tags.
async fn books(db: &Db) -> orm::Result<Vec<i64>> {
    let names: BTreeSet<&str> = BOOKS.iter().map(|book| book.author).collect();
    let rows = names.iter().map(|&name| query!(Author.create(name = name)));
    let keys = Author::objects().bulk_create(rows).execute(db).await?;
    let authors: HashMap<&str, i64> = names.into_iter().zip(keys).collect();

    let names: BTreeSet<&str> = BOOKS.iter().flat_map(|book| book.tags.iter().copied()).collect();
    let rows = names.iter().map(|&name| query!(Tag.create(name = name)));
    let keys = Tag::objects().bulk_create(rows).execute(db).await?;
    let tags: HashMap<&str, i64> = names.into_iter().zip(keys).collect();

    let rows = BOOKS.iter().map(|book| {
        let author_id = authors[book.author];
        query!(Book.create(author_id = author_id, title = book.title, year = book.year)).rating(book.rating)
    });
    let books = Book::objects().bulk_create(rows).execute(db).await?;

    let links = books.iter().zip(BOOKS).flat_map(|(&book_id, book)| {
        let tag_ids = book.tags.iter().map(|tag| tags[tag]);
        tag_ids.map(move |tag_id| query!(BookTag.create(book_id = book_id, tag_id = tag_id)))
    });
    BookTag::objects().bulk_create(links).execute(db).await?;
    Ok(books)
}

async fn products(db: &Db, books: &[i64]) -> orm::Result<Vec<i64>> {
    let of_books = books.iter().zip(BOOKS).enumerate().map(|(i, (&id, book))| {
        query!(Product.create(name = book.title, price = 9.0 + i as f64)).book_id(id)
    });
    let others =
        OTHER_PRODUCTS.iter().map(|&(name, price)| query!(Product.create(name = name, price = price)));
    Product::objects().bulk_create(of_books.chain(others)).execute(db).await
}

/// Orders of all users but the last.
async fn orders(db: &Db, users: &[i64]) -> orm::Result<Vec<i64>> {
    let buyers = &users[..users.len() - 1];
    let orders = (0..ORDERS).map(|i| {
        let placed_at = OPENING + TimeDelta::hours(17 * i as i64);
        let coupon = (i % 5 == 0).then_some("WELCOME");
        query!(Order.create(user_id = buyers[i * 5 % buyers.len()], total = (i * 37 % 190) as f64 + 10.0))
            .coupon(coupon)
            .placed_at(placed_at)
    });
    Order::objects().bulk_create(orders).execute(db).await
}

/// One to three lines of each order.
async fn items(db: &Db, orders: &[i64], products: &[i64]) -> orm::Result<Vec<i64>> {
    let items = orders.iter().enumerate().flat_map(|(i, &order_id)| {
        (0..1 + i % 3).map(move |line| {
            let product_id = products[(i * 7 + line * 3) % products.len()];
            NewItem { order_id, product_id, quantity: 1 + (i % 2) as i32 }
        })
    });
    Item::objects().bulk_create(items).execute(db).await
}
