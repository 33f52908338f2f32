/// A checksum of what a peer read: it depends on every column of every row and on which child belongs to which parent,
/// but not on the order of rows, and costs a few additions.
///
/// Times are microseconds since 1970. A child's function takes the parent's key.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sum(pub u64);

impl Sum {
    /// Nothing read yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// A number by itself.
    pub fn number(&mut self, number: i64) {
        self.add(&[number]);
    }

    /// The generated key of the row inserted at a position.
    pub fn key(&mut self, position: usize, key: i64) {
        self.add(&[position as i64, key]);
    }

    /// A row of `users`.
    pub fn user(&mut self, id: i64, name: &str, email: &str, created_at: i64) {
        self.add(&[id, text(name), text(email), created_at]);
    }

    /// A row of `products`.
    pub fn product(&mut self, id: i64, name: &str, price: i64) {
        self.add(&[id, text(name), price]);
    }

    /// A row of `orders`.
    pub fn order(
        &mut self,
        id: i64,
        user_id: i64,
        product_id: i64,
        quantity: i32,
        total: i64,
        created_at: i64,
    ) {
        self.add(&[id, user_id, product_id, quantity.into(), total, created_at]);
    }

    /// The number of a user's orders, and the sum of their totals.
    pub fn totals(&mut self, user_id: i64, count: i64, total: i64) {
        self.add(&[user_id, count, total]);
    }

    /// A row of `authors`.
    pub fn author(&mut self, id: i64, name: &str) {
        self.add(&[id, text(name)]);
    }

    /// A row of `books`, under its author.
    pub fn book(&mut self, author: i64, id: i64, author_id: i64, title: &str, pages: i32, price: i64) {
        self.add(&[author, id, author_id, text(title), pages.into(), price]);
    }

    /// A row of `tags`, under a book.
    pub fn tag(&mut self, book: i64, id: i64, name: &str) {
        self.add(&[book, id, text(name)]);
    }

    /// A row of `tickets`.
    pub fn ticket(&mut self, id: i64, title: &str, project_id: i64, user_id: i64, milestone_id: i64) {
        self.add(&[id, text(title), project_id, user_id, milestone_id]);
    }

    /// A row of `projects`.
    pub fn project(&mut self, id: i64, name: &str) {
        self.add(&[id, text(name)]);
    }

    /// A row of `milestones`.
    pub fn milestone(&mut self, id: i64, title: &str, due_at: i64) {
        self.add(&[id, text(title), due_at]);
    }

    /// A row of `comments`, under a ticket.
    pub fn comment(&mut self, ticket: i64, id: i64, ticket_id: i64, body: &str) {
        self.add(&[ticket, id, ticket_id, text(body)]);
    }

    /// A row of `attachments`, under a ticket.
    pub fn attachment(&mut self, ticket: i64, id: i64, ticket_id: i64, name: &str, bytes: i64) {
        self.add(&[ticket, id, ticket_id, text(name), bytes]);
    }

    /// A row of `measurements`.
    pub fn measurement(&mut self, id: i64, sensor: &str, value: f64, taken_at: i64) {
        self.add(&[id, text(sensor), value as i64, taken_at]);
    }

    /// A row of `nodes`, under its parent, which is 0 for those without.
    pub fn node(&mut self, parent: i64, id: i64, name: &str) {
        self.add(&[parent, id, text(name)]);
    }

    /// Rows are added up, so that their order is free; within a row every place has a weight of its own.
    fn add(&mut self, row: &[i64]) {
        let row =
            row.iter().fold(17_u64, |sum, value| sum.wrapping_mul(31).wrapping_add(value.cast_unsigned()));
        self.0 = self.0.wrapping_add(row);
    }
}

fn text(text: &str) -> i64 {
    let last = text.as_bytes().last().copied().unwrap_or_default();
    (text.len() as i64) << 8 | i64::from(last)
}
