//! What rows add to a sum.

use workloads::Sum;

use crate::entities::{author, book, order, product, user};

pub fn user(sum: &mut Sum, user: &user::Model) {
    sum.user(user.id, &user.name, &user.email, user.created_at.timestamp_micros());
}

pub fn product(sum: &mut Sum, product: &product::Model) {
    sum.product(product.id, &product.name, product.price);
}

pub fn order(sum: &mut Sum, order: &order::Model) {
    let created_at = order.created_at.timestamp_micros();
    sum.order(order.id, order.user_id, order.product_id, order.quantity, order.total, created_at);
}

pub fn book(sum: &mut Sum, author: &author::Model, book: &book::Model) {
    sum.book(author.id, book.id, book.author_id, &book.title, book.pages, book.price);
}
