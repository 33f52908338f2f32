//! The models that the UI tests query.

use orm::prelude::*;

/// A customer.
#[derive(Model, Debug, Clone)]
#[model(table = "users", has_many(orders: Order.user), has_one(profile: Profile.user))]
pub struct User {
    /// The key.
    pub id: i64,
    /// The address.
    #[model(unique)]
    pub email: String,
    /// Whether the user may sign in.
    pub active: bool,
    /// What the user is called.
    pub nick: Option<String>,
}

/// What a user says about themselves.
#[derive(Model, Debug, Clone)]
#[model(table = "profiles")]
pub struct Profile {
    /// The key.
    pub id: i64,
    /// The user.
    #[model(belongs_to = User, unique)]
    pub user_id: i64,
}

/// What a user bought.
#[derive(Model, Debug, Clone)]
#[model(table = "orders", has_many(items: Item.order))]
pub struct Order {
    /// The key.
    pub id: i64,
    /// Who bought.
    #[model(belongs_to = User)]
    pub user_id: i64,
    /// What was bought.
    #[model(belongs_to = Product)]
    pub product_id: i64,
    /// What it cost.
    pub total: f64,
    /// What was said about it.
    pub note: Option<String>,
}

/// A line of an order.
#[derive(Model, Debug, Clone)]
#[model(table = "items")]
pub struct Item {
    /// The key.
    pub id: i64,
    /// The order.
    #[model(belongs_to = Order)]
    pub order_id: i64,
    /// How many.
    pub quantity: i32,
}

/// Something to buy.
#[derive(Model, Debug, Clone)]
#[model(table = "products")]
pub struct Product {
    /// The key.
    pub id: i64,
    /// The name.
    pub name: String,
    /// The group.
    #[model(belongs_to = Category)]
    pub category_id: Option<i64>,
}

/// A group of products.
#[derive(Model, Debug, Clone)]
#[model(table = "categories")]
pub struct Category {
    /// The key.
    pub id: i64,
    /// The name.
    pub name: String,
    /// The group that this one is in.
    #[model(belongs_to = Category, as = parent)]
    pub parent_id: Option<i64>,
}
