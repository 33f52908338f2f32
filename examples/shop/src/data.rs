//! Filling the shop: `bulk_create` is one statement, whatever the number of rows.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta};
use orm::prelude::*;
use terminal::{Table, count, heading, log_head, say};

use crate::models::{Author, Book, BookTag, Item, NewItem, Order, Product, Tag, User};

const USERS: &[(&str, bool, Option<&str>)] = &[
    ("ada@example.com", true, Some("Ada")),
    ("grace@example.com", true, Some("Amazing Grace")),
    ("edsger@example.org", true, None),
    ("barbara@example.com", true, Some("Barb")),
    ("tony@example.org", false, None),
    ("margaret@example.com", true, Some("Hamilton")),
    ("dennis@example.net", false, Some("dmr")),
    ("radia@example.net", true, None),
];

/// Title, author, year, rating and tags.
const BOOKS: &[(&str, &str, i32, Option<f64>, &[&str])] = &[
    ("The Left Hand of Darkness", "Ursula K. Le Guin", 1969, Some(4.6), &["novel", "science fiction", "classic"]),
    ("The Dispossessed", "Ursula K. Le Guin", 1974, Some(4.7), &["novel", "science fiction", "utopia"]),
    ("A Wizard of Earthsea", "Ursula K. Le Guin", 1968, Some(4.2), &["novel", "fantasy", "classic"]),
    ("Solaris", "Stanisław Lem", 1961, Some(4.4), &["novel", "science fiction", "classic"]),
    ("The Cyberiad", "Stanisław Lem", 1965, Some(4.5), &["stories", "science fiction", "robots"]),
    ("Kindred", "Octavia E. Butler", 1979, Some(4.5), &["novel", "history"]),
    ("Parable of the Sower", "Octavia E. Butler", 1993, Some(4.3), &["novel", "science fiction", "utopia"]),
    ("Mort", "Terry Pratchett", 1987, Some(4.4), &["novel", "fantasy"]),
    ("Small Gods", "Terry Pratchett", 1992, Some(4.6), &["novel", "fantasy"]),
    ("Exhalation", "Ted Chiang", 2019, Some(4.5), &["stories", "science fiction", "robots"]),
    ("100% Recycled Stories", "Ted Chiang", 2026, None, &["stories"]),
    ("The Art of Computer Programming", "Donald E. Knuth", 1968, Some(5.0), &["classic"]),
    ("Untitled, Volume 5", "Donald E. Knuth", 2027, None, &[]),
    ("A Life in Letters", "Ada Lovelace", 1843, Some(3.1), &["history"]),
];

const OTHER_PRODUCTS: &[(&str, f64)] = &[("Bookmark", 2.5), ("Reading lamp", 39.0), ("Gift card", 25.0)];
const ORDERS: usize = 40;
/// 2026-01-01, midnight.
const OPENING: DateTime<chrono::Utc> = match DateTime::from_timestamp(1_767_225_600, 0) {
    Some(time) => time,
    None => DateTime::UNIX_EPOCH,
};

/// Makes all rows and says what that took.
pub async fn fill(db: &Db) -> orm::Result<()> {
    heading("Filling the shop: bulk_create");
    say("Each table is filled by one INSERT, which takes a column's values as one array. The keys come back in the \
         order of the rows.");
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
    let users = USERS.iter().map(|&(email, active, nick)| {
        query!(User.create(email = email, active = active)).nick(nick)
    });
    User::objects().bulk_create(users).execute(db).await
}

/// Books with their authors and tags.
async fn books(db: &Db) -> orm::Result<Vec<i64>> {
    let authors = numbered(BOOKS.iter().map(|book| book.1));
    let tags = numbered(BOOKS.iter().flat_map(|book| book.4.iter().copied()));
    let author_ids = Author::objects()
        .bulk_create(in_order(&authors).into_iter().map(|name| query!(Author.create(name = name))))
        .execute(db)
        .await?;
    let tag_ids = Tag::objects()
        .bulk_create(in_order(&tags).into_iter().map(|name| query!(Tag.create(name = name))))
        .execute(db)
        .await?;
    let books = BOOKS.iter().map(|&(title, author, year, rating, _)| {
        query!(Book.create(author_id = author_ids[authors[author]], title = title, year = year)).rating(rating)
    });
    let book_ids = Book::objects().bulk_create(books).execute(db).await?;
    let links = book_ids.iter().zip(BOOKS).flat_map(|(&book_id, book)| {
        let (tags, tag_ids) = (&tags, &tag_ids);
        book.4.iter().map(move |&tag| query!(BookTag.create(book_id = book_id, tag_id = tag_ids[tags[tag]])))
    });
    BookTag::objects().bulk_create(links).execute(db).await?;
    Ok(book_ids)
}

async fn products(db: &Db, books: &[i64]) -> orm::Result<Vec<i64>> {
    let of_books = books.iter().zip(BOOKS).enumerate().map(|(i, (&book, &(title, ..)))| {
        query!(Product.create(name = title, price = 9.0 + i as f64)).book_id(book)
    });
    let others = OTHER_PRODUCTS.iter().map(|&(name, price)| query!(Product.create(name = name, price = price)));
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

/// Each distinct name with a number, counted from 0 in the order of appearance.
fn numbered<'a>(names: impl Iterator<Item = &'a str>) -> HashMap<&'a str, usize> {
    names.fold(HashMap::new(), |mut numbers, name| {
        let next = numbers.len();
        numbers.entry(name).or_insert(next);
        numbers
    })
}

fn in_order<'a>(numbers: &HashMap<&'a str, usize>) -> Vec<&'a str> {
    let mut names: Vec<&str> = numbers.keys().copied().collect();
    names.sort_by_key(|name| numbers[name]);
    names
}
