//! Rows with what belongs to them, by `include`.

use toasty::Db;
use workloads::{Error, Sum};

use crate::models::{Author, Book, Node, Order, Ticket};

pub async fn join(db: &mut Db) -> Result<Sum, Error> {
    let orders = Order::all()
        .include(Order::fields().user())
        .include(Order::fields().product())
        .order_by(Order::fields().id().desc())
        .limit(20)
        .exec(db)
        .await?;
    let mut sum = Sum::new();
    for order in &orders {
        order.add_to(&mut sum);
        order.user.get().add_to(&mut sum);
        order.product.get().add_to(&mut sum);
    }
    Ok(sum)
}

fn add_book(sum: &mut Sum, author: &Author, book: &Book) {
    sum.book(author.id, book.id, book.author_id, &book.title, book.pages, book.price);
}

pub async fn prefetch(db: &mut Db) -> Result<Sum, Error> {
    let authors = Author::all().include(Author::fields().books()).exec(db).await?;
    let mut sum = Sum::new();
    for author in &authors {
        sum.author(author.id, &author.name);
        for book in author.books.get() {
            add_book(&mut sum, author, book);
        }
    }
    Ok(sum)
}

pub async fn nested(db: &mut Db) -> Result<Sum, Error> {
    let authors = Author::all().include(Author::fields().books().tags()).exec(db).await?;
    let mut sum = Sum::new();
    for author in &authors {
        sum.author(author.id, &author.name);
        for book in author.books.get() {
            add_book(&mut sum, author, book);
            for tag in book.tags.get() {
                sum.tag(book.id, tag.id, &tag.name);
            }
        }
    }
    Ok(sum)
}

pub async fn page(db: &mut Db) -> Result<Sum, Error> {
    let tickets = Ticket::all()
        .include(Ticket::fields().project())
        .include(Ticket::fields().user())
        .include(Ticket::fields().milestone())
        .include(Ticket::fields().comments())
        .include(Ticket::fields().attachments())
        .order_by(Ticket::fields().id().desc())
        .limit(20)
        .exec(db)
        .await?;
    let mut sum = Sum::new();
    for ticket in &tickets {
        sum.ticket(ticket.id, &ticket.title, ticket.project_id, ticket.user_id, ticket.milestone_id);
        let (project, milestone) = (ticket.project.get(), ticket.milestone.get());
        sum.project(project.id, &project.name);
        ticket.user.get().add_to(&mut sum);
        sum.milestone(milestone.id, &milestone.title, milestone.due_at.as_microsecond());
        for comment in ticket.comments.get() {
            sum.comment(ticket.id, comment.id, comment.ticket_id, &comment.body);
        }
        for file in ticket.attachments.get() {
            sum.attachment(ticket.id, file.id, file.ticket_id, &file.name, file.bytes);
        }
    }
    Ok(sum)
}

pub async fn levels(db: &mut Db, count: i64) -> Result<Sum, Error> {
    let mut roots = Node::filter(Node::fields().parent_id().is_none());
    if count > 0 {
        let mut path = Node::fields().children();
        for _ in 1..count {
            path = path.children();
        }
        roots = roots.include(path);
    }
    let roots = roots.exec(db).await?;
    let mut sum = Sum::new();
    add_nodes(&mut sum, 0, &roots);
    Ok(sum)
}

fn add_nodes(sum: &mut Sum, parent: i64, nodes: &[Node]) {
    for node in nodes {
        sum.node(parent, node.id, &node.name);
        // Below the last level nothing is loaded.
        if !node.children.is_unloaded() {
            add_nodes(sum, node.id, node.children.get());
        }
    }
}
