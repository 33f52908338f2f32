//! Queries in loops: what an ORM with lazy attributes does behind one's back, and this one only when told to.

use orm::prelude::*;

use crate::models::{Author, Book, Item, Order, Product, Tag, User};

pub async fn buyers(db: Db) -> orm::Result<Vec<String>> {
    let mut lines = Vec::new();
    for order in query!(Order.order_by(.id)).all(&db).await? {
        let user = query!(User.filter(.id == order.user_id)).get(&db).await?;
        lines.push(format!("{} {}", order.total, user.email));
    }
    Ok(lines)
}

pub async fn histories(db: Db) -> orm::Result<Vec<String>> {
    let mut lines = Vec::new();
    for user in query!(User.order_by(.id)).all(&db).await? {
        let orders = query!(Order.filter(.user_id == user.id).order_by(.placed_at)).all(&db).await?;
        lines.extend(orders.iter().map(|order| format!("{} {}", user.email, order.total)));
    }
    Ok(lines)
}

pub async fn baskets(db: Db) -> orm::Result<Vec<String>> {
    let mut lines = Vec::new();
    for user in query!(User.order_by(.id)).all(&db).await? {
        for order in query!(Order.filter(.user_id == user.id).order_by(.id)).all(&db).await? {
            for item in query!(Item.filter(.order_id == order.id).order_by(.id)).all(&db).await? {
                let product = query!(Product.filter(.id == item.product_id)).get(&db).await?;
                lines.push(format!("{} {} {}", user.email, order.id, product.name));
            }
        }
    }
    Ok(lines)
}

pub async fn labels(db: Db) -> orm::Result<Vec<String>> {
    let mut lines = Vec::new();
    for book in query!(Book.order_by(.id)).all(&db).await? {
        lines.extend(tags(&db, &book).await?.iter().map(|tag| format!("{} {}", book.title, tag.name)));
    }
    Ok(lines)
}

pub async fn catalogue(db: Db) -> orm::Result<Vec<String>> {
    let mut lines = Vec::new();
    for author in query!(Author.order_by(.name)).all(&db).await? {
        for book in query!(Book.filter(.author_id == author.id).order_by(-.year)).all(&db).await? {
            let tags = tags(&db, &book).await?;
            lines.extend(tags.iter().map(|tag| format!("{} {} {}", author.name, book.title, tag.name)));
        }
    }
    Ok(lines)
}

async fn tags(db: &Db, book: &Book) -> orm::Result<Vec<Tag>> {
    query!(Tag.filter(.books.any(.id == book.id)).order_by(.name)).all(db).await
}
