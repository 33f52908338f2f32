//! Rows with what belongs to them: a statement for each relation, put together by key.

use std::collections::HashMap;

use sqlx::PgPool;
use workloads::{Error, Sum};

use crate::models::{Attachment, Author, Book, BookTag, Comment, Node, Order, TicketRow, User};

type TaggedBook = (Book, Vec<BookTag>);

/// The children of each parent.
fn by_parent<T>(rows: Vec<T>, parent: impl Fn(&T) -> i64) -> HashMap<i64, Vec<T>> {
    let mut groups: HashMap<i64, Vec<T>> = HashMap::new();
    for row in rows {
        groups.entry(parent(&row)).or_default().push(row);
    }
    groups
}

async fn authors(pool: &PgPool) -> sqlx::Result<Vec<(Author, Vec<Book>)>> {
    let authors: Vec<Author> = sqlx::query_as("SELECT id, name FROM authors").fetch_all(pool).await?;
    let ids: Vec<i64> = authors.iter().map(|author| author.id).collect();
    let books: Vec<Book> =
        sqlx::query_as("SELECT id, author_id, title, pages, price FROM books WHERE author_id = ANY($1)")
            .bind(ids)
            .fetch_all(pool)
            .await?;
    let mut books = by_parent(books, |book| book.author_id);
    Ok(authors
        .into_iter()
        .map(|author| {
            let books = books.remove(&author.id).unwrap_or_default();
            (author, books)
        })
        .collect())
}

pub async fn prefetch(pool: &PgPool) -> Result<Sum, Error> {
    let authors = authors(pool).await?;
    let mut sum = Sum::new();
    for (author, books) in &authors {
        sum.author(author.id, &author.name);
        for book in books {
            sum.book(author.id, book.id, book.author_id, &book.title, book.pages, book.price);
        }
    }
    Ok(sum)
}

pub async fn nested(pool: &PgPool) -> Result<Sum, Error> {
    let authors = authors(pool).await?;
    let ids: Vec<i64> = authors.iter().flat_map(|(_, books)| books).map(|book| book.id).collect();
    let tags: Vec<BookTag> = sqlx::query_as(
        "SELECT bt.book_id, t.id, t.name FROM book_tags bt JOIN tags t ON t.id = bt.tag_id
         WHERE bt.book_id = ANY($1)",
    )
    .bind(ids)
    .fetch_all(pool)
    .await?;
    let mut tags = by_parent(tags, |tag| tag.book_id);
    let authors: Vec<(Author, Vec<TaggedBook>)> = authors
        .into_iter()
        .map(|(author, books)| {
            let books = books.into_iter().map(|book| {
                let tags = tags.remove(&book.id).unwrap_or_default();
                (book, tags)
            });
            (author, books.collect())
        })
        .collect();
    let mut sum = Sum::new();
    for (author, books) in &authors {
        sum.author(author.id, &author.name);
        for (book, tags) in books {
            sum.book(author.id, book.id, book.author_id, &book.title, book.pages, book.price);
            for tag in tags {
                sum.tag(book.id, tag.id, &tag.name);
            }
        }
    }
    Ok(sum)
}

pub async fn page(pool: &PgPool) -> Result<Sum, Error> {
    let tickets: Vec<TicketRow> = sqlx::query_as(
        "SELECT t.id, t.title, t.project_id, t.user_id, t.milestone_id,
                p.name AS project_name,
                u.name AS user_name, u.email AS user_email, u.created_at AS user_created_at,
                m.title AS milestone_title, m.due_at AS milestone_due_at
         FROM tickets t
         JOIN projects p ON p.id = t.project_id
         JOIN users u ON u.id = t.user_id
         JOIN milestones m ON m.id = t.milestone_id
         ORDER BY t.id DESC LIMIT 20",
    )
    .fetch_all(pool)
    .await?;
    let ids: Vec<i64> = tickets.iter().map(|ticket| ticket.id).collect();
    let comments: Vec<Comment> =
        sqlx::query_as("SELECT id, ticket_id, body FROM comments WHERE ticket_id = ANY($1)")
            .bind(&ids)
            .fetch_all(pool)
            .await?;
    let attachments: Vec<Attachment> =
        sqlx::query_as("SELECT id, ticket_id, name, bytes FROM attachments WHERE ticket_id = ANY($1)")
            .bind(&ids)
            .fetch_all(pool)
            .await?;
    let mut comments = by_parent(comments, |comment| comment.ticket_id);
    let mut attachments = by_parent(attachments, |attachment| attachment.ticket_id);
    let page: Vec<(TicketRow, Vec<Comment>, Vec<Attachment>)> = tickets
        .into_iter()
        .map(|ticket| {
            let comments = comments.remove(&ticket.id).unwrap_or_default();
            let attachments = attachments.remove(&ticket.id).unwrap_or_default();
            (ticket, comments, attachments)
        })
        .collect();
    let mut sum = Sum::new();
    for (ticket, comments, attachments) in &page {
        sum.ticket(ticket.id, &ticket.title, ticket.project_id, ticket.user_id, ticket.milestone_id);
        sum.project(ticket.project_id, &ticket.project_name);
        let created_at = ticket.user_created_at.timestamp_micros();
        sum.user(ticket.user_id, &ticket.user_name, &ticket.user_email, created_at);
        sum.milestone(
            ticket.milestone_id,
            &ticket.milestone_title,
            ticket.milestone_due_at.timestamp_micros(),
        );
        for comment in comments {
            sum.comment(ticket.id, comment.id, comment.ticket_id, &comment.body);
        }
        for file in attachments {
            sum.attachment(ticket.id, file.id, file.ticket_id, &file.name, file.bytes);
        }
    }
    Ok(sum)
}

pub async fn top(pool: &PgPool) -> Result<Sum, Error> {
    let users: Vec<User> = sqlx::query_as("SELECT id, name, email, created_at FROM users WHERE id <= 1000")
        .fetch_all(pool)
        .await?;
    let ids: Vec<i64> = users.iter().map(|user| user.id).collect();
    let orders: Vec<Order> = sqlx::query_as(
        "SELECT o.id, o.user_id, o.product_id, o.quantity, o.total, o.created_at
         FROM unnest($1::bigint[]) AS u (id)
         CROSS JOIN LATERAL (SELECT * FROM orders WHERE user_id = u.id ORDER BY id DESC LIMIT 3) o",
    )
    .bind(ids)
    .fetch_all(pool)
    .await?;
    let mut orders = by_parent(orders, |order| order.user_id);
    let users: Vec<(User, Vec<Order>)> = users
        .into_iter()
        .map(|user| {
            let orders = orders.remove(&user.id).unwrap_or_default();
            (user, orders)
        })
        .collect();
    let mut sum = Sum::new();
    for (user, orders) in &users {
        user.add_to(&mut sum);
        for order in orders {
            order.add_to(&mut sum);
        }
    }
    Ok(sum)
}

pub async fn levels(pool: &PgPool, count: i64) -> Result<Sum, Error> {
    let roots: Vec<Node> = sqlx::query_as("SELECT id, parent_id, name FROM nodes WHERE parent_id IS NULL")
        .fetch_all(pool)
        .await?;
    let mut levels = vec![roots];
    for level in 0..count as usize {
        let ids: Vec<i64> = levels[level].iter().map(|node| node.id).collect();
        let nodes: Vec<Node> =
            sqlx::query_as("SELECT id, parent_id, name FROM nodes WHERE parent_id = ANY($1)")
                .bind(ids)
                .fetch_all(pool)
                .await?;
        levels.push(nodes);
    }
    // From the lowest level up, each goes into the one above.
    let mut nodes = Vec::new();
    while let Some(mut level) = levels.pop() {
        let mut children = by_parent(nodes, |node: &Node| node.parent_id.unwrap_or_default());
        for node in &mut level {
            node.children = children.remove(&node.id).unwrap_or_default();
        }
        nodes = level;
    }
    let mut sum = Sum::new();
    add(&mut sum, 0, &nodes);
    Ok(sum)
}

fn add(sum: &mut Sum, parent: i64, nodes: &[Node]) {
    for node in nodes {
        sum.node(parent, node.id, &node.name);
        add(sum, node.id, &node.children);
    }
}
