//! Rows with the rows below them.

use std::collections::HashMap;

use sea_orm::{
    Condition, DatabaseConnection, FromQueryResult, LoaderTrait, QueryOrder, QuerySelect, QueryTrait,
    entity::prelude::*,
    sea_query::{Asterisk, ExprTrait, JoinType, Query},
};
use workloads::{Error, Sum};

use crate::{
    entities::{attachment, author, book, comment, milestone, node, order, project, tag, ticket, user},
    sums,
};

pub async fn prefetch(db: &DatabaseConnection) -> Result<Sum, Error> {
    let authors = author::Entity::find().all(db).await?;
    let books = authors.load_many(book::Entity::find(), db).await?;
    let mut sum = Sum::new();
    for (author, books) in authors.iter().zip(&books) {
        sum.author(author.id, &author.name);
        books.iter().for_each(|book| sums::book(&mut sum, author, book));
    }
    Ok(sum)
}

pub async fn nested(db: &DatabaseConnection) -> Result<Sum, Error> {
    let authors = author::Entity::find().all(db).await?;
    let books = authors.load_many(book::Entity::find(), db).await?;
    let counts: Vec<usize> = books.iter().map(Vec::len).collect();
    let books: Vec<book::Model> = books.into_iter().flatten().collect();
    let tags = books.load_many(tag::Entity::find(), db).await?;
    let mut books = books.into_iter().zip(tags);
    let authors: Vec<(author::Model, Vec<_>)> = authors
        .into_iter()
        .zip(counts)
        .map(|(author, count)| (author, books.by_ref().take(count).collect()))
        .collect();
    let mut sum = Sum::new();
    for (author, books) in &authors {
        sum.author(author.id, &author.name);
        for (book, tags) in books {
            sums::book(&mut sum, author, book);
            tags.iter().for_each(|tag| sum.tag(book.id, tag.id, &tag.name));
        }
    }
    Ok(sum)
}

pub async fn page(db: &DatabaseConnection) -> Result<Sum, Error> {
    let found = ticket::Entity::find()
        .find_also_related(project::Entity)
        .find_also_related(user::Entity)
        .find_also(ticket::Entity, milestone::Entity)
        .order_by_desc(ticket::COLUMN.id)
        .limit(20)
        .all(db)
        .await?;
    let mut tickets = Vec::with_capacity(found.len());
    let mut owners = Vec::with_capacity(found.len());
    for (ticket, project, user, milestone) in found {
        tickets.push(ticket);
        owners.push((project, user, milestone));
    }
    let comments = tickets.load_many(comment::Entity::find(), db).await?;
    let attachments = tickets.load_many(attachment::Entity::find(), db).await?;
    let mut sum = Sum::new();
    for ((ticket, owners), (comments, attachments)) in
        tickets.iter().zip(&owners).zip(comments.iter().zip(&attachments))
    {
        let (Some(project), Some(user), Some(milestone)) = owners else {
            return Err("a ticket lacks what it belongs to".into());
        };
        sum.ticket(ticket.id, &ticket.title, ticket.project_id, ticket.user_id, ticket.milestone_id);
        sum.project(project.id, &project.name);
        sums::user(&mut sum, user);
        sum.milestone(milestone.id, &milestone.title, milestone.due_at.timestamp_micros());
        for comment in comments {
            sum.comment(ticket.id, comment.id, comment.ticket_id, &comment.body);
        }
        for file in attachments {
            sum.attachment(ticket.id, file.id, file.ticket_id, &file.name, file.bytes);
        }
    }
    Ok(sum)
}

/// The loaders have no limit for each parent: the second statement joins laterally.
pub async fn top(db: &DatabaseConnection) -> Result<Sum, Error> {
    let users = user::Entity::find().filter(user::COLUMN.id.lte(1000)).all(db).await?;
    let newest = order::Entity::find()
        .filter(Expr::col((order::Entity, order::COLUMN.user_id)).equals((user::Entity, user::COLUMN.id)))
        .order_by_desc(order::COLUMN.id)
        .limit(3)
        .into_query();
    let statement = Query::select()
        .column(("newest", Asterisk))
        .from(user::Entity)
        .join_lateral(JoinType::InnerJoin, newest, "newest", Condition::all())
        .and_where(user::COLUMN.id.lte(1000))
        .take();
    let orders = order::Model::find_by_statement(db.get_database_backend().build(&statement)).all(db).await?;
    let mut newest: HashMap<i64, Vec<order::Model>> = HashMap::new();
    for order in orders {
        newest.entry(order.user_id).or_default().push(order);
    }
    let users: Vec<(user::Model, Vec<order::Model>)> = users
        .into_iter()
        .map(|user| {
            let orders = newest.remove(&user.id).unwrap_or_default();
            (user, orders)
        })
        .collect();
    let mut sum = Sum::new();
    for (user, orders) in &users {
        sums::user(&mut sum, user);
        orders.iter().for_each(|order| sums::order(&mut sum, order));
    }
    Ok(sum)
}

/// A node and all below it.
struct Tree {
    node: node::Model,
    children: Vec<Tree>,
}

impl Tree {
    fn add_to(&self, sum: &mut Sum, parent: i64) {
        sum.node(parent, self.node.id, &self.node.name);
        self.children.iter().for_each(|child| child.add_to(sum, self.node.id));
    }
}

pub async fn levels(db: &DatabaseConnection, levels: i64) -> Result<Sum, Error> {
    let mut parents = node::Entity::find().filter(node::COLUMN.parent_id.is_null()).all(db).await?;
    // Nodes, and how many children each has.
    let mut above: Vec<(Vec<node::Model>, Vec<usize>)> = Vec::new();
    for _ in 0..levels {
        let children = parents.load_self_many(node::Entity::find(), node::Relation::Children, db).await?;
        above.push((parents, children.iter().map(Vec::len).collect()));
        parents = children.into_iter().flatten().collect();
    }
    let mut trees: Vec<Tree> = parents.into_iter().map(|node| Tree { node, children: Vec::new() }).collect();
    while let Some((parents, counts)) = above.pop() {
        let mut below = trees.into_iter();
        trees = parents
            .into_iter()
            .zip(counts)
            .map(|(node, count)| Tree { node, children: below.by_ref().take(count).collect() })
            .collect();
    }
    let mut sum = Sum::new();
    trees.iter().for_each(|tree| tree.add_to(&mut sum, 0));
    Ok(sum)
}
