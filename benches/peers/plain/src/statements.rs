//! The statements, prepared once.

use tokio_postgres::{Client, Statement};
use workloads::Error;

pub const USER: &str = "SELECT id, name, email, created_at FROM users WHERE id = $1";

pub(crate) struct Statements {
    pub(crate) user: Statement,
    pub(crate) product: Statement,
    pub(crate) newest: Statement,
    pub(crate) joined: Statement,
    pub(crate) users: Statement,
    pub(crate) authors: Statement,
    pub(crate) books: Statement,
    pub(crate) tags: Statement,
    pub(crate) annotated: Statement,
    pub(crate) orders: Statement,
    pub(crate) update: Statement,
    pub(crate) tickets: Statement,
    pub(crate) comments: Statement,
    pub(crate) attachments: Statement,
    pub(crate) first_users: Statement,
    pub(crate) top: Statement,
    pub(crate) measurements: Statement,
    pub(crate) roots: Statement,
    pub(crate) children: Statement,
    /// A thousand rows.
    pub(crate) insert: Statement,
}

impl Statements {
    pub(crate) async fn prepare(client: &Client) -> Result<Self, Error> {
        Ok(Self {
            user: client.prepare(USER).await?,
            product: client.prepare("SELECT id, name, price FROM products WHERE id = $1").await?,
            newest: client
                .prepare(
                    "SELECT id, user_id, product_id, quantity, total, created_at FROM orders ORDER BY id DESC LIMIT 20",
                )
                .await?,
            joined: client
                .prepare(
                    "SELECT o.id, o.user_id, o.product_id, o.quantity, o.total, o.created_at, \
                     u.id, u.name, u.email, u.created_at, p.id, p.name, p.price \
                     FROM orders o JOIN users u ON u.id = o.user_id JOIN products p ON p.id = o.product_id \
                     ORDER BY o.id DESC LIMIT 20",
                )
                .await?,
            users: client.prepare("SELECT id, name, email, created_at FROM users").await?,
            authors: client.prepare("SELECT id, name FROM authors").await?,
            books: client
                .prepare("SELECT id, author_id, title, pages, price FROM books WHERE author_id = ANY($1)")
                .await?,
            tags: client
                .prepare(
                    "SELECT b.book_id, t.id, t.name FROM book_tags b JOIN tags t ON t.id = b.tag_id \
                     WHERE b.book_id = ANY($1)",
                )
                .await?,
            annotated: client
                .prepare(
                    "SELECT u.id, u.name, u.email, u.created_at, count(o.id), sum(o.total)::bigint \
                     FROM users u JOIN orders o ON o.user_id = u.id GROUP BY u.id",
                )
                .await?,
            orders: client
                .prepare("SELECT id, user_id, product_id, quantity, total, created_at FROM orders")
                .await?,
            update: client.prepare("UPDATE books SET price = $1 WHERE id = $2").await?,
            tickets: client
                .prepare(
                    "SELECT t.id, t.title, t.project_id, t.user_id, t.milestone_id, p.id, p.name, \
                     u.id, u.name, u.email, u.created_at, m.id, m.title, m.due_at \
                     FROM tickets t JOIN projects p ON p.id = t.project_id JOIN users u ON u.id = t.user_id \
                     JOIN milestones m ON m.id = t.milestone_id ORDER BY t.id DESC LIMIT 20",
                )
                .await?,
            comments: client
                .prepare("SELECT id, ticket_id, body FROM comments WHERE ticket_id = ANY($1)")
                .await?,
            attachments: client
                .prepare("SELECT id, ticket_id, name, bytes FROM attachments WHERE ticket_id = ANY($1)")
                .await?,
            first_users: client
                .prepare("SELECT id, name, email, created_at FROM users WHERE id <= 1000")
                .await?,
            top: client
                .prepare(
                    "SELECT id, user_id, product_id, quantity, total, created_at FROM (SELECT *, \
                     row_number() OVER (PARTITION BY user_id ORDER BY id DESC) n \
                     FROM orders WHERE user_id = ANY($1)) o WHERE n <= 3",
                )
                .await?,
            measurements: client
                .prepare("SELECT id, sensor, value, taken_at FROM measurements WHERE id <= $1")
                .await?,
            roots: client.prepare("SELECT id, parent_id, name FROM nodes WHERE parent_id IS NULL").await?,
            children: client.prepare("SELECT id, parent_id, name FROM nodes WHERE parent_id = ANY($1)").await?,
            insert: client.prepare(&insert()).await?,
        })
    }
}

/// `($1, $2, $3, $4), ..` a thousand times.
fn insert() -> String {
    let rows: Vec<String> = (0..1000)
        .map(|row| format!("(${}, ${}, ${}, ${})", row * 4 + 1, row * 4 + 2, row * 4 + 3, row * 4 + 4))
        .collect();
    format!("INSERT INTO events (user_id, kind, amount, created_at) VALUES {} RETURNING id", rows.join(", "))
}
