//! Rows with the rows below them.

use diesel::{dsl::array, prelude::*};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use futures_util::future;
use workloads::{Error, Sum};

use crate::{
    models::{
        Attachment, Author, Book, BookTag, Comment, Milestone, Node, Order, Project, Tag, Ticket, User,
    },
    schema::{authors, milestones, nodes, orders, projects, tags, tickets, users},
};

pub async fn prefetch(connection: &mut AsyncPgConnection) -> Result<Sum, Error> {
    let authors = authors::table.select(Author::as_select()).load(connection).await?;
    let books = Book::belonging_to(&authors).select(Book::as_select()).load(connection).await?;
    let authors: Vec<(Vec<Book>, Author)> = books.grouped_by(&authors).into_iter().zip(authors).collect();
    let mut sum = Sum::new();
    for (books, author) in &authors {
        sum.author(author.id, &author.name);
        books.iter().for_each(|book| book.add_to(&mut sum, author));
    }
    Ok(sum)
}

pub async fn nested(connection: &mut AsyncPgConnection) -> Result<Sum, Error> {
    let authors = authors::table.select(Author::as_select()).load(connection).await?;
    let books = Book::belonging_to(&authors).select(Book::as_select()).load(connection).await?;
    let tags = BookTag::belonging_to(&books)
        .inner_join(tags::table)
        .select((BookTag::as_select(), Tag::as_select()))
        .load::<(BookTag, Tag)>(connection)
        .await?;
    let tags = tags.grouped_by(&books);
    let books: Vec<(Book, Vec<(BookTag, Tag)>)> = books.into_iter().zip(tags).collect();
    let authors: Vec<_> = books.grouped_by(&authors).into_iter().zip(authors).collect();
    let mut sum = Sum::new();
    for (books, author) in &authors {
        sum.author(author.id, &author.name);
        for (book, tags) in books {
            book.add_to(&mut sum, author);
            tags.iter().for_each(|(_, tag)| sum.tag(book.id, tag.id, &tag.name));
        }
    }
    Ok(sum)
}

pub async fn page(connection: &mut AsyncPgConnection) -> Result<Sum, Error> {
    let found = tickets::table
        .inner_join(projects::table)
        .inner_join(users::table)
        .inner_join(milestones::table)
        .order(tickets::id.desc())
        .limit(20)
        .select((Ticket::as_select(), (Project::as_select(), User::as_select(), Milestone::as_select())))
        .load::<(Ticket, (Project, User, Milestone))>(connection)
        .await?;
    let (tickets, owners): (Vec<Ticket>, Vec<_>) = found.into_iter().unzip();
    let connection = &*connection;
    let (comments, attachments) = future::try_join(
        Comment::belonging_to(&tickets).select(Comment::as_select()).load(&mut &*connection),
        Attachment::belonging_to(&tickets).select(Attachment::as_select()).load(&mut &*connection),
    )
    .await?;
    let comments: Vec<Vec<Comment>> = comments.grouped_by(&tickets);
    let attachments: Vec<Vec<Attachment>> = attachments.grouped_by(&tickets);
    let tickets: Vec<_> =
        tickets.into_iter().zip(owners).zip(comments.into_iter().zip(attachments)).collect();
    let mut sum = Sum::new();
    for ((ticket, (project, user, milestone)), (comments, attachments)) in &tickets {
        sum.ticket(ticket.id, &ticket.title, ticket.project_id, ticket.user_id, ticket.milestone_id);
        sum.project(project.id, &project.name);
        user.add_to(&mut sum);
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

/// Diesel neither selects from subqueries nor joins laterally, but an array may come from a subquery of each user.
pub async fn top(connection: &mut AsyncPgConnection) -> Result<Sum, Error> {
    let newest = orders::table
        .filter(orders::user_id.eq(users::id))
        .order(orders::id.desc())
        .limit(3)
        .select(orders::id);
    let found = users::table
        .filter(users::id.le(1000))
        .select((User::as_select(), array(newest)))
        .load::<(User, Vec<i64>)>(connection)
        .await?;
    let (users, newest): (Vec<User>, Vec<Vec<i64>>) = found.into_iter().unzip();
    let orders = orders::table
        .filter(orders::id.eq_any(newest.concat()))
        .select(Order::as_select())
        .load(connection)
        .await?;
    let users: Vec<(Vec<Order>, User)> = orders.grouped_by(&users).into_iter().zip(users).collect();
    let mut sum = Sum::new();
    for (orders, user) in &users {
        user.add_to(&mut sum);
        orders.iter().for_each(|order| order.add_to(&mut sum));
    }
    Ok(sum)
}

/// A node and all below it.
struct Tree {
    node: Node,
    children: Vec<Tree>,
}

impl Tree {
    fn add_to(&self, sum: &mut Sum, parent: i64) {
        sum.node(parent, self.node.id, &self.node.name);
        self.children.iter().for_each(|child| child.add_to(sum, self.node.id));
    }
}

pub async fn levels(connection: &mut AsyncPgConnection, levels: i64) -> Result<Sum, Error> {
    let roots = nodes::table.filter(nodes::parent_id.is_null()).select(Node::as_select());
    let mut parents: Vec<Node> = roots.load(connection).await?;
    let mut above = Vec::new();
    for _ in 0..levels {
        let children = Node::belonging_to(&parents).select(Node::as_select()).load(connection).await?;
        above.push(parents);
        parents = children;
    }
    let mut below: Vec<(Node, Vec<Tree>)> = parents.into_iter().map(|node| (node, Vec::new())).collect();
    while let Some(parents) = above.pop() {
        let children = below.grouped_by(&parents).into_iter().map(trees);
        below = parents.into_iter().zip(children).collect();
    }
    let mut sum = Sum::new();
    trees(below).iter().for_each(|tree| tree.add_to(&mut sum, 0));
    Ok(sum)
}

fn trees(nodes: Vec<(Node, Vec<Tree>)>) -> Vec<Tree> {
    nodes.into_iter().map(|(node, children)| Tree { node, children }).collect()
}
