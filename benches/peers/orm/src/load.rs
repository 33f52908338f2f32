//! Rows with the rows they are related to.

use orm::prelude::*;
use workloads::Sum;

use crate::{
    Orm,
    models::{Author, Order, Product, Ticket, User},
};

impl Orm {
    pub(crate) async fn join(&self) -> orm::Result<Sum> {
        let mut sum = Sum::new();
        let orders = query!(Order.select_related(.user, .product).order_by(-.id)[..20]);
        for order in &orders.all(&self.db).await? {
            order.add_to(&mut sum);
            order.user().add_to(&mut sum);
            let product = order.product();
            sum.product(product.id, &product.name, product.price);
        }
        Ok(sum)
    }

    pub(crate) async fn n_plus_one(&self) -> orm::Result<Sum> {
        let mut sum = Sum::new();
        for order in &query!(Order.order_by(-.id)[..20]).all(&self.db).await? {
            let user = query!(User.filter(.id == order.user_id)).get(&self.db).await?;
            let product = query!(Product.filter(.id == order.product_id)).get(&self.db).await?;
            order.add_to(&mut sum);
            user.add_to(&mut sum);
            sum.product(product.id, &product.name, product.price);
        }
        Ok(sum)
    }

    pub(crate) async fn prefetch(&self) -> orm::Result<Sum> {
        let mut sum = Sum::new();
        for author in &query!(Author.prefetch_related(.books)).all(&self.db).await? {
            sum.author(author.id, &author.name);
            author.books().iter().for_each(|book| book.add_to(&mut sum, author.id));
        }
        Ok(sum)
    }

    pub(crate) async fn nested(&self) -> orm::Result<Sum> {
        let mut sum = Sum::new();
        for author in &query!(Author.prefetch_related(.books.tags)).all(&self.db).await? {
            sum.author(author.id, &author.name);
            for book in author.books() {
                book.add_to(&mut sum, author.id);
                book.tags().iter().for_each(|tag| sum.tag(book.id, tag.id, &tag.name));
            }
        }
        Ok(sum)
    }

    pub(crate) async fn page(&self) -> orm::Result<Sum> {
        let mut sum = Sum::new();
        let tickets = query!(Ticket
            .select_related(.project, .user, .milestone)
            .prefetch_related(.comments, .attachments)
            .order_by(-.id)
            [..20]);
        for ticket in &tickets.all(&self.db).await? {
            sum.ticket(ticket.id, &ticket.title, ticket.project_id, ticket.user_id, ticket.milestone_id);
            sum.project(ticket.project().id, &ticket.project().name);
            ticket.user().add_to(&mut sum);
            let milestone = ticket.milestone();
            sum.milestone(milestone.id, &milestone.title, milestone.due_at.timestamp_micros());
            for comment in ticket.comments() {
                sum.comment(ticket.id, comment.id, comment.ticket_id, &comment.body);
            }
            for file in ticket.attachments() {
                sum.attachment(ticket.id, file.id, file.ticket_id, &file.name, file.bytes);
            }
        }
        Ok(sum)
    }

    pub(crate) async fn top(&self) -> orm::Result<Sum> {
        let mut sum = Sum::new();
        let users = query!(User.filter(.id <= 1000).prefetch_related(newest = .orders.order_by(-.id)[..3]));
        for user in &users.all(&self.db).await? {
            user.add_to(&mut sum);
            user.newest.iter().for_each(|order| order.add_to(&mut sum));
        }
        Ok(sum)
    }
}
