//! The statements, prepared once.

use tokio_postgres::{Client, Statement};
use workloads::Error;

macro_rules! statements {
    ($($name:ident: $sql:literal)+) => {
        pub struct Statements {
            $(pub $name: Statement,)+
        }

        impl Statements {
            pub async fn prepare(client: &Client) -> Result<Self, Error> {
                Ok(Self { $($name: client.prepare($sql).await?,)+ })
            }
        }
    };
}

statements! {
    user: "SELECT id, name, email, created_at FROM users WHERE id = $1"
    product: "SELECT id, name, price FROM products WHERE id = $1"
    newest: "SELECT id, user_id, product_id, quantity, total, created_at
        FROM orders ORDER BY id DESC LIMIT 20"
    // LATERAL and OFFSET 0 spare the nodes that remember rows (Memoize): few keys come twice.
    joined: "SELECT o.id, o.user_id, o.product_id, o.quantity, o.total, o.created_at,
            u.id, u.name, u.email, u.created_at, p.id, p.name, p.price
        FROM (SELECT * FROM orders ORDER BY id DESC LIMIT 20) o
        CROSS JOIN LATERAL (SELECT * FROM users WHERE id = o.user_id OFFSET 0) u
        CROSS JOIN LATERAL (SELECT * FROM products WHERE id = o.product_id OFFSET 0) p
        ORDER BY o.id DESC"
    users: "COPY users (id, name, email, created_at) TO STDOUT (FORMAT binary)"
    annotated: "SELECT u.id, u.name, u.email, u.created_at, o.count, o.total
        FROM (SELECT user_id, count(*), sum(total)::bigint AS total FROM orders GROUP BY user_id) o
        JOIN users u ON u.id = o.user_id"
    orders: "COPY orders (id, user_id, product_id, quantity, total, created_at) TO STDOUT (FORMAT binary)"
    measurements: "SELECT id, sensor, value, taken_at FROM measurements WHERE id <= $1"

    authors: "SELECT id, name FROM authors"
    books: "SELECT id, author_id, title, pages, price FROM books WHERE author_id IN (SELECT id FROM authors)"
    // All links in one row: 30,000 rows cost more than their two numbers.
    links: "SELECT coalesce(array_agg(book_id), '{}'), coalesce(array_agg(tag_id), '{}') FROM book_tags
        WHERE book_id IN (SELECT id FROM books WHERE author_id IN (SELECT id FROM authors))"
    tags: "SELECT id, name FROM tags WHERE id = ANY($1)"

    tickets: "SELECT t.id, t.title, t.project_id, t.user_id, t.milestone_id, p.id, p.name,
            u.id, u.name, u.email, u.created_at, m.id, m.title, m.due_at
        FROM tickets t JOIN projects p ON p.id = t.project_id JOIN users u ON u.id = t.user_id
        JOIN milestones m ON m.id = t.milestone_id ORDER BY t.id DESC LIMIT 20"
    comments: "SELECT id, ticket_id, body FROM comments WHERE ticket_id = ANY($1)"
    attachments: "SELECT id, ticket_id, name, bytes FROM attachments WHERE ticket_id = ANY($1)"

    first_users: "SELECT id, name, email, created_at FROM users WHERE id <= 1000"
    top: "SELECT o.id, o.user_id, o.product_id, o.quantity, o.total, o.created_at FROM users u
        CROSS JOIN LATERAL (SELECT * FROM orders WHERE user_id = u.id ORDER BY id DESC LIMIT 3) o
        WHERE u.id <= 1000"

    roots: "SELECT id, parent_id, name FROM nodes WHERE parent_id IS NULL"
    children: "SELECT id, parent_id, name FROM nodes WHERE parent_id = ANY($1)"

    keys: "SELECT array_agg(nextval('events_id_seq')) FROM generate_series(1, $1::bigint)"
    copy_with_keys: "COPY events (user_id, kind, amount, created_at, id) FROM STDIN (FORMAT binary)"
    copy: "COPY events (user_id, kind, amount, created_at) FROM STDIN (FORMAT binary)"
    update: "UPDATE books SET price = n.price FROM unnest($1::bigint[], $2::bigint[]) n (id, price)
        WHERE books.id = n.id"
}
