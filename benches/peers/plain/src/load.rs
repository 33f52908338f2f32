//! Rows with the rows they are related to.

use std::collections::HashMap;

use workloads::{Error, Sum};

use crate::{
    Plain,
    rows::{Attachment, Author, Book, Comment, Measurement, Node, Order, Product, Tag, Ticket, User, micros},
};

/// Children by the key of their parent.
fn by_parent<T>(children: Vec<T>, parent: fn(&T) -> i64) -> HashMap<i64, Vec<T>> {
    let mut groups: HashMap<i64, Vec<T>> = HashMap::new();
    for child in children {
        groups.entry(parent(&child)).or_default().push(child);
    }
    groups
}

impl<const STREAMED: bool> Plain<STREAMED> {
    pub(crate) async fn join(&self) -> Result<Sum, Error> {
        let orders = self
            .read(&self.statements.joined, &[], |row| {
                (Order::from_row(row), User::at(row, 6), Product::at(row, 10))
            })
            .await?;
        let mut sum = Sum::new();
        for (order, user, product) in &orders {
            order.add_to(&mut sum);
            user.add_to(&mut sum);
            product.add_to(&mut sum);
        }
        Ok(sum)
    }

    pub(crate) async fn n_plus_one(&self) -> Result<Sum, Error> {
        let mut sum = Sum::new();
        for order in self.read(&self.statements.newest, &[], Order::from_row).await? {
            let user = self.client.query_one(&self.statements.user, &[&order.user_id]).await?;
            let product = self.client.query_one(&self.statements.product, &[&order.product_id]).await?;
            order.add_to(&mut sum);
            User::from_row(&user).add_to(&mut sum);
            Product::at(&product, 0).add_to(&mut sum);
        }
        Ok(sum)
    }

    pub(crate) async fn prefetch(&self) -> Result<Sum, Error> {
        let authors = self.read(&self.statements.authors, &[], Author::from_row).await?;
        let ids: Vec<i64> = authors.iter().map(|author| author.id).collect();
        let books = self.read(&self.statements.books, &[&ids], Book::from_row).await?;
        let mut books = by_parent(books, |book| book.author_id);
        let authors: Vec<(Author, Vec<Book>)> = authors
            .into_iter()
            .map(|author| {
                let books = books.remove(&author.id).unwrap_or_default();
                (author, books)
            })
            .collect();
        let mut sum = Sum::new();
        for (author, books) in &authors {
            sum.author(author.id, &author.name);
            books.iter().for_each(|book| book.add_to(&mut sum, author.id));
        }
        Ok(sum)
    }

    pub(crate) async fn nested(&self) -> Result<Sum, Error> {
        let authors = self.read(&self.statements.authors, &[], Author::from_row).await?;
        let ids: Vec<i64> = authors.iter().map(|author| author.id).collect();
        let books = self.read(&self.statements.books, &[&ids], Book::from_row).await?;
        let ids: Vec<i64> = books.iter().map(|book| book.id).collect();
        let tags = self.read(&self.statements.tags, &[&ids], Tag::from_row).await?;
        let mut tags = by_parent(tags, |tag| tag.book_id);
        let mut groups: HashMap<i64, Vec<(Book, Vec<Tag>)>> = HashMap::new();
        for book in books {
            let tags = tags.remove(&book.id).unwrap_or_default();
            groups.entry(book.author_id).or_default().push((book, tags));
        }
        let authors: Vec<(Author, Vec<_>)> = authors
            .into_iter()
            .map(|author| {
                let books = groups.remove(&author.id).unwrap_or_default();
                (author, books)
            })
            .collect();
        let mut sum = Sum::new();
        for (author, books) in &authors {
            sum.author(author.id, &author.name);
            for (book, tags) in books {
                book.add_to(&mut sum, author.id);
                tags.iter().for_each(|tag| sum.tag(book.id, tag.id, &tag.name));
            }
        }
        Ok(sum)
    }

    pub(crate) async fn page(&self) -> Result<Sum, Error> {
        let tickets = self.read(&self.statements.tickets, &[], Ticket::from_row).await?;
        let ids: Vec<i64> = tickets.iter().map(|ticket| ticket.id).collect();
        let comments = self.read(&self.statements.comments, &[&ids], Comment::from_row).await?;
        let attachments = self.read(&self.statements.attachments, &[&ids], Attachment::from_row).await?;
        let mut comments = by_parent(comments, |comment| comment.ticket_id);
        let mut attachments = by_parent(attachments, |attachment| attachment.ticket_id);
        let tickets: Vec<(Ticket, Vec<Comment>, Vec<Attachment>)> = tickets
            .into_iter()
            .map(|ticket| {
                let comments = comments.remove(&ticket.id).unwrap_or_default();
                let attachments = attachments.remove(&ticket.id).unwrap_or_default();
                (ticket, comments, attachments)
            })
            .collect();
        let mut sum = Sum::new();
        for (ticket, comments, attachments) in &tickets {
            ticket.add_to(&mut sum);
            for comment in comments {
                sum.comment(ticket.id, comment.id, comment.ticket_id, &comment.body);
            }
            for file in attachments {
                sum.attachment(ticket.id, file.id, file.ticket_id, &file.name, file.bytes);
            }
        }
        Ok(sum)
    }

    pub(crate) async fn top(&self) -> Result<Sum, Error> {
        let users = self.read(&self.statements.first_users, &[], User::from_row).await?;
        let ids: Vec<i64> = users.iter().map(|user| user.id).collect();
        let orders = self.read(&self.statements.top, &[&ids], Order::from_row).await?;
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
            orders.iter().for_each(|order| order.add_to(&mut sum));
        }
        Ok(sum)
    }

    pub(crate) async fn rows(&self, count: i64) -> Result<Sum, Error> {
        let rows = self.read(&self.statements.measurements, &[&count], Measurement::from_row).await?;
        let mut sum = Sum::new();
        for row in &rows {
            sum.measurement(row.id, &row.sensor, row.value, micros(row.taken_at));
        }
        Ok(sum)
    }

    pub(crate) async fn levels(&self, levels: i64) -> Result<Sum, Error> {
        let mut read = vec![self.read(&self.statements.roots, &[], Node::from_row).await?];
        for level in 0..levels as usize {
            let ids: Vec<i64> = read[level].iter().map(|node| node.id).collect();
            read.push(self.read(&self.statements.children, &[&ids], Node::from_row).await?);
        }
        let mut below = Vec::new();
        while let Some(nodes) = read.pop() {
            let mut children = by_parent(below, |node: &Node| node.parent_id.unwrap_or_default());
            below = nodes
                .into_iter()
                .map(|node| Node { children: children.remove(&node.id).unwrap_or_default(), ..node })
                .collect();
        }
        let mut sum = Sum::new();
        below.iter().for_each(|node| node.add_to(&mut sum, 0));
        Ok(sum)
    }
}
