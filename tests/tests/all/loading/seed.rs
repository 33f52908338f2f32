//! Rows to load: some parents with children of every kind, some with none.

use orm::prelude::*;
use tests::library::{Author, Book, BookTag, NewBook, NewBookTag, NewTag, Tag};
use tests::shop::{Category, Item, NewItem, NewProfile, Order, Product, Profile, User};
use tests::{library, shop};

/// Author `n` has `n % 3` books, book `n` has `n % 4` of five tags.
pub(crate) async fn library(db: &Db, authors: usize) -> orm::Result<()> {
    library::create_tables(db).await?;
    let new =
        (1..=authors).map(|n| query!(Author.create(name = format!("author {n}"))).born(1900 + n as i32 % 90));
    let authors = Author::objects().bulk_create(new).execute(db).await?;
    let written = authors.iter().flat_map(|&author| (0..author % 3).map(move |n| (author, n)));
    let new = written.map(|(author_id, n)| NewBook {
        author_id,
        title: format!("book {n} of {author_id}"),
        year: 2000 + (author_id * 7 + n * 3) as i32 % 20,
    });
    let books = Book::objects().bulk_create(new).execute(db).await?;
    let new = ["red", "green", "blue", "old", "new"].map(|name| NewTag { name: name.into() });
    let tags = Tag::objects().bulk_create(new).execute(db).await?;
    let links = books.iter().flat_map(|&book| (0..book % 4).map(move |n| (book, (book + n) as usize % 5)));
    let new = links.map(|(book_id, tag)| NewBookTag { book_id, tag_id: tags[tag] });
    BookTag::objects().bulk_create(new).execute(db).await?;
    Ok(())
}

/// User `n` has `n % 3` orders, and a profile if `n` is odd; order `n` has `n % 4` items, and a recipient if `n` is
/// even; the last product has no category.
pub(crate) async fn shop(db: &Db, users: usize) -> orm::Result<()> {
    shop::create_tables(db).await?;
    let new =
        (1..=users).map(|n| query!(User.create(email = format!("{n}@example.com"), active = n % 2 == 0)));
    let users = User::objects().bulk_create(new).execute(db).await?;
    let new = users.iter().filter(|&&user| user % 2 == 1).map(|&user_id| NewProfile { user_id });
    Profile::objects().bulk_create(new).execute(db).await?;

    let roots = ["tea", "coffee"].map(|name| query!(Category.create(name = name)));
    let roots = Category::objects().bulk_create(roots).execute(db).await?;
    let new = (0..4).map(|n| query!(Category.create(name = format!("kind {n}"))).parent_id(roots[n % 2]));
    let kinds = Category::objects().bulk_create(new).execute(db).await?;
    let new = (0..6).map(|n| {
        let category = kinds.get(n).copied().or((n == 4).then_some(roots[0]));
        query!(Product.create(name = format!("product {n}"), price = n as f64)).category_id(category)
    });
    let products = Product::objects().bulk_create(new).execute(db).await?;

    let placed = users.iter().flat_map(|&user| (0..user % 3).map(move |_| user));
    let new = placed.enumerate().map(|(n, user)| {
        let recipient = (n % 2 == 1).then(|| users[n % users.len()]);
        query!(Order.create(user_id = user, total = n as f64)).recipient_id(recipient)
    });
    let orders = Order::objects().bulk_create(new).execute(db).await?;
    let lines =
        orders.iter().flat_map(|&order| (0..order % 4).map(move |n| (order, (order + n) as usize % 6)));
    let new =
        lines.map(|(order_id, product)| NewItem { order_id, product_id: products[product], quantity: 1 });
    Item::objects().bulk_create(new).execute(db).await?;
    Ok(())
}
