//! Rows with the rows they are related to.

use std::{collections::HashMap, rc::Rc};

use foldhash::fast::RandomState;
use futures_util::future::{try_join, try_join3};
use plain::rows::{Attachment, Author, Book, Comment, Node, Order, Ticket, User};
use workloads::{Error, Sum};

use crate::Best;

/// A tag, which all books share that have it.
struct Tag {
    id: i64,
    name: String,
}

/// Puts children, which come with the key of their parent, under their parents.
fn under<P, C>(
    parents: Vec<P>,
    key: fn(&P) -> i64,
    children: impl Iterator<Item = (i64, C)>,
) -> Vec<(P, Vec<C>)> {
    let positions: HashMap<i64, usize, RandomState> =
        parents.iter().enumerate().map(|(position, parent)| (key(parent), position)).collect();
    let mut parents: Vec<_> = parents.into_iter().map(|parent| (parent, Vec::new())).collect();
    for (parent, child) in children {
        if let Some(position) = positions.get(&parent) {
            parents[*position].1.push(child);
        }
    }
    parents
}

impl Best {
    /// The statements are sent together.
    pub async fn prefetch(&self) -> Result<Sum, Error> {
        let (authors, books) = try_join(
            self.all::<Author>(&self.statements.authors, &[]),
            self.all::<Book>(&self.statements.books, &[]),
        )
        .await?;
        let books = books.into_iter().map(|book| (book.author_id, book));
        let authors = under(authors, |author| author.id, books);
        let mut sum = Sum::new();
        for (author, books) in &authors {
            sum.author(author.id, &author.name);
            books.iter().for_each(|book| book.add_to(&mut sum, author.id));
        }
        Ok(sum)
    }

    /// Authors, books and links are read together, then each tag once.
    pub async fn nested(&self) -> Result<Sum, Error> {
        let (authors, books, mut links) = try_join3(
            self.all::<Author>(&self.statements.authors, &[]),
            self.all::<Book>(&self.statements.books, &[]),
            self.all::<(Vec<i64>, Vec<i64>)>(&self.statements.links, &[]),
        )
        .await?;
        let (book_ids, tag_ids) = links.pop().unwrap_or_default();
        let mut distinct = tag_ids.clone();
        distinct.sort_unstable();
        distinct.dedup();
        let tags = self.all::<(i64, String)>(&self.statements.tags, &[&distinct]).await?;
        let tags: HashMap<i64, Rc<Tag>, RandomState> =
            tags.into_iter().map(|(id, name)| (id, Rc::new(Tag { id, name }))).collect();
        let links = book_ids.into_iter().zip(tag_ids);
        let links = links.filter_map(|(book, tag)| Some((book, Rc::clone(tags.get(&tag)?))));
        let books = under(books, |book| book.id, links);
        let books = books.into_iter().map(|(book, tags)| (book.author_id, (book, tags)));
        let authors = under(authors, |author| author.id, books);
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

    /// Comments and attachments are read together.
    pub async fn page(&self) -> Result<Sum, Error> {
        let tickets = self.all::<Ticket>(&self.statements.tickets, &[]).await?;
        let ids: Vec<i64> = tickets.iter().map(|ticket| ticket.id).collect();
        let (comments, attachments) = try_join(
            self.all::<Comment>(&self.statements.comments, &[&ids]),
            self.all::<Attachment>(&self.statements.attachments, &[&ids]),
        )
        .await?;
        let comments = comments.into_iter().map(|comment| (comment.ticket_id, comment));
        let attachments = attachments.into_iter().map(|file| (file.ticket_id, file));
        let tickets = under(tickets, |ticket| ticket.id, comments);
        let tickets = under(tickets, |(ticket, _)| ticket.id, attachments);
        let mut sum = Sum::new();
        for ((ticket, comments), attachments) in &tickets {
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

    /// The statements are sent together.
    pub async fn top(&self) -> Result<Sum, Error> {
        let (users, orders) = try_join(
            self.all::<User>(&self.statements.first_users, &[]),
            self.all::<Order>(&self.statements.top, &[]),
        )
        .await?;
        let orders = orders.into_iter().map(|order| (order.user_id, order));
        let users = under(users, |user| user.id, orders);
        let mut sum = Sum::new();
        for (user, orders) in &users {
            user.add_to(&mut sum);
            orders.iter().for_each(|order| order.add_to(&mut sum));
        }
        Ok(sum)
    }

    pub async fn levels(&self, levels: i64) -> Result<Sum, Error> {
        let mut read = vec![self.all::<Node>(&self.statements.roots, &[]).await?];
        for level in 0..levels as usize {
            let ids: Vec<i64> = read[level].iter().map(|node| node.id).collect();
            read.push(self.all(&self.statements.children, &[&ids]).await?);
        }
        let mut below: Vec<Node> = Vec::new();
        while let Some(nodes) = read.pop() {
            let children = below.into_iter().map(|node| (node.parent_id.unwrap_or_default(), node));
            below = under(nodes, |node| node.id, children)
                .into_iter()
                .map(|(node, children)| Node { children, ..node })
                .collect();
        }
        let mut sum = Sum::new();
        below.iter().for_each(|node| node.add_to(&mut sum, 0));
        Ok(sum)
    }
}
