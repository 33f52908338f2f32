//! Users, orders and products.

use chrono::{DateTime, Utc};
use orm::prelude::*;

/// A customer.
#[derive(Model, Debug, Clone, PartialEq)]
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
    /// Since when.
    #[model(default = "now()")]
    pub created_at: DateTime<Utc>,
}

/// What a user says about themselves.
#[derive(Model, Debug, Clone, PartialEq)]
#[model(table = "profiles")]
pub struct Profile {
    /// The user, and the key.
    #[model(primary_key, belongs_to = User, on_delete = cascade)]
    pub user_id: i64,
    /// Where they live.
    pub city: Option<String>,
}

/// A group of products, within another one or not.
#[derive(Model, Debug, Clone, PartialEq)]
#[model(table = "categories", has_many(products: Product.category, children: Category.parent))]
pub struct Category {
    /// The key.
    pub id: i64,
    /// The name.
    pub name: String,
    /// The group that this one is in.
    #[model(belongs_to = Category, as = parent)]
    pub parent_id: Option<i64>,
}

/// Something to buy.
#[derive(Model, Debug, Clone, PartialEq)]
#[model(table = "products", has_many(items: Item.product))]
pub struct Product {
    /// The key.
    pub id: i64,
    /// The name.
    pub name: String,
    /// The price of one.
    pub price: f64,
    /// The group.
    #[model(belongs_to = Category, on_delete = set_null)]
    pub category_id: Option<i64>,
}

/// What a user bought.
#[derive(Model, Debug, Clone, PartialEq)]
#[model(table = "orders", has_many(items: Item.order), index(user_id, placed_at))]
pub struct Order {
    /// The key.
    pub id: i64,
    /// Who bought.
    #[model(belongs_to = User)]
    pub user_id: i64,
    /// Who gets it, where that is somebody else.
    #[model(belongs_to = User)]
    pub recipient_id: Option<i64>,
    /// What it cost.
    pub total: f64,
    /// What was said about it.
    pub note: Option<String>,
    /// When.
    #[model(default = "now()")]
    pub placed_at: DateTime<Utc>,
}

/// A line of an order.
#[derive(Model, Debug, Clone, PartialEq)]
#[model(table = "items", unique(order_id, product_id))]
pub struct Item {
    /// The key.
    pub id: i64,
    /// The order.
    #[model(belongs_to = Order, on_delete = cascade)]
    pub order_id: i64,
    /// What was bought.
    #[model(belongs_to = Product, on_delete = restrict)]
    pub product_id: i64,
    /// How many.
    pub quantity: i32,
}

/// Creates the tables.
///
/// # Errors
///
/// When the database refuses.
pub async fn create_tables(db: &Db) -> orm::Result<()> {
    db.create_tables(models![User, Profile, Category, Product, Order, Item]).await
}
