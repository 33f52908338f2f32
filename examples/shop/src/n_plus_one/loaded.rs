//! The same lines, from rows whose type says what was loaded.

use orm::prelude::*;
use terminal::shown;

use crate::models::{Author, Book, Order, User};

pub async fn buyers(db: Db) -> orm::Result<Vec<String>> {
    let orders = shown!(query!(Order.select_related(.user).order_by(.id)).all(&db).await?);
    Ok(orders.iter().map(|order| format!("{} {}", order.total, order.user().email)).collect())
}

pub async fn histories(db: Db) -> orm::Result<Vec<String>> {
    let users =
        shown!(query!(User.prefetch_related(.orders.order_by(.placed_at)).order_by(.id)).all(&db).await?);
    let lines = users
        .iter()
        .flat_map(|user| user.orders().iter().map(move |order| format!("{} {}", user.email, order.total)));
    Ok(lines.collect())
}

pub async fn baskets(db: Db) -> orm::Result<Vec<String>> {
    let users = shown!(
        query!(User
            .prefetch_related(.orders.order_by(.id), .orders.items.order_by(.id), .orders.items.product)
            .order_by(.id))
        .all(&db)
        .await?
    );
    let mut lines = Vec::new();
    for user in &users {
        for order in user.orders() {
            for item in order.items() {
                lines.push(format!("{} {} {}", user.email, order.id, item.product().name));
            }
        }
    }
    Ok(lines)
}

pub async fn labels(db: Db) -> orm::Result<Vec<String>> {
    let books = shown!(query!(Book.prefetch_related(.tags.order_by(.name)).order_by(.id)).all(&db).await?);
    let lines = books
        .iter()
        .flat_map(|book| book.tags().iter().map(move |tag| format!("{} {}", book.title, tag.name)));
    Ok(lines.collect())
}

pub async fn catalogue(db: Db) -> orm::Result<Vec<String>> {
    let authors = shown!(
        query!(Author
            .prefetch_related(.books.order_by(-.year), .books.tags.order_by(.name))
            .order_by(.name))
        .all(&db)
        .await?
    );
    let mut lines = Vec::new();
    for author in &authors {
        for book in author.books() {
            lines
                .extend(book.tags().iter().map(|tag| format!("{} {} {}", author.name, book.title, tag.name)));
        }
    }
    Ok(lines)
}
