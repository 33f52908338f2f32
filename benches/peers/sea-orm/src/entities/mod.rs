//! The tables, in the entity format of SeaORM 2 and laid out as `sea-orm-cli` does.

pub mod attachment;
pub mod author;
pub mod book;
pub mod book_tag;
pub mod comment;
pub mod event;
pub mod measurement;
pub mod milestone;
pub mod node;
pub mod order;
pub mod product;
pub mod project;
pub mod tag;
pub mod ticket;
pub mod user;
