use std::{fmt, str::FromStr};

/// How many users there are: their keys are 1 to this.
pub const KEYS: i64 = 10_000;

/// A workload, with what differs from one run to the next.
///
/// What goes into the [`Sum`] is said here, and is the same for all. Every row is read into a struct that owns its
/// columns (all columns of its table, unless said otherwise), before anything is summed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Work {
    /// W1. One user by key: [`Sum::user`].
    Get(i64),
    /// W2. The 20 newest orders (`ORDER BY id DESC LIMIT 20`) with user and product, joined: [`Sum::order`],
    /// [`Sum::user`] and [`Sum::product`] of each.
    Join,
    /// W3. The same rows and sums as [`Join`](Self::Join) by 41 statements: the orders, then for each its user by key and
    /// its product by key, one after the other.
    NPlusOne,
    /// W4. All 10,000 users in a `Vec`, in no order: [`Sum::user`].
    Structs,
    /// W5. All 1,000 authors, each with its books, prefetched by a second statement: [`Sum::author`] and
    /// [`Sum::book`].
    Prefetch,
    /// W6. All authors, each with its books, each with its tags, through `book_tags`: [`Sum::author`], [`Sum::book`] and
    /// [`Sum::tag`]. Every book owns or shares its tags.
    Nested,
    /// W7. Each user that has any orders, with the number of its orders and the sum of their `total`, computed by
    /// the database: [`Sum::user`] and [`Sum::totals`].
    Annotate,
    /// W8. Inserts 10,000 events ([`Work::event`]) in one transaction or one statement, and returns their generated keys in
    /// the order of the events: [`Sum::key`] with the position. The table is empty, and its sequence begins at 1.
    Insert,
    /// W8c. The same by `COPY`, which returns no keys: [`Sum::number`] of the count of rows.
    Copy,
    /// W9. All 100,000 orders as a stream, one struct at a time, none kept: [`Sum::order`].
    Stream,
    /// W10. Sets `price` of the first 5,000 books to differing values ([`Work::price`] of the key and of what is given
    /// here), in one transaction or one statement: [`Sum::number`] of the count of rows.
    Update(i64),
    /// W11. From 16 tasks at once, over a pool of 8 connections, 25 users each by key ([`Work::key`] of what is given
    /// here): [`Sum::user`] of all 400.
    Pool(i64),
    /// W12. The 20 newest tickets (`ORDER BY id DESC LIMIT 20`) with project, user and milestone, comments and attachments:
    /// [`Sum::ticket`], and of each ticket [`Sum::project`], [`Sum::user`], [`Sum::milestone`], [`Sum::comment`] and
    /// [`Sum::attachment`].
    Page,
    /// W13. The 1,000 users whose keys are at most 1,000, each with its three newest orders (the greatest ids), and no more
    /// than these sent by the server: [`Sum::user`] and [`Sum::order`].
    Top,
    /// The first so many rows of `measurements`, by key, in a `Vec`: [`Sum::measurement`].
    Rows(i64),
    /// The 20 nodes without a parent and all below them, so many levels deep, each level prefetched by one statement:
    /// [`Sum::node`].
    Levels(i64),
}

impl Work {
    /// The key that turn `n` of task `task` asks for in [`Work::Pool`] of `seed`.
    pub fn key(seed: i64, task: i64, n: i64) -> i64 {
        (seed + task * 631 + n * 7_919).rem_euclid(KEYS) + 1
    }

    /// The event at a position, from 0, of [`Work::Insert`] and [`Work::Copy`]: `user_id`, `kind`, `amount`.
    /// Its `created_at` is [`Work::CREATED`].
    pub fn event(position: i64) -> (i64, String, i64) {
        (position % KEYS + 1, format!("kind {}", position % 17), position * 3)
    }

    /// When every event was created: seconds since 1970.
    pub const CREATED: i64 = 1_750_000_000;

    /// How many events are inserted.
    pub const EVENTS: i64 = 10_000;

    /// The price of a book after [`Work::Update`] of `seed`.
    pub fn price(book: i64, seed: i64) -> i64 {
        book * 3 + seed
    }

    /// How many books [`Work::Update`] changes.
    pub const UPDATED: i64 = 5_000;

    /// The same workload with another number, where it has one that may differ.
    pub(crate) fn at(self, seed: i64) -> Self {
        match self {
            Self::Get(_) => Self::Get(Self::key(seed, 0, 0)),
            Self::Update(_) => Self::Update(seed),
            Self::Pool(_) => Self::Pool(seed),
            work => work,
        }
    }
}

/// The names that commands use.
impl FromStr for Work {
    type Err = crate::Error;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Ok(match name.split_once(':') {
            None => match name {
                "W1" => Self::Get(1),
                "W2" => Self::Join,
                "W3" => Self::NPlusOne,
                "W4" => Self::Structs,
                "W5" => Self::Prefetch,
                "W6" => Self::Nested,
                "W7" => Self::Annotate,
                "W8" => Self::Insert,
                "W8c" => Self::Copy,
                "W9" => Self::Stream,
                "W10" => Self::Update(0),
                "W11" => Self::Pool(0),
                "W12" => Self::Page,
                "W13" => Self::Top,
                _ => return Err(format!("no workload is called `{name}`").into()),
            },
            Some(("rows", count)) => Self::Rows(count.parse()?),
            Some(("levels", count)) => Self::Levels(count.parse()?),
            Some(_) => return Err(format!("no workload is called `{name}`").into()),
        })
    }
}

impl fmt::Display for Work {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Get(_) => "W1",
            Self::Join => "W2",
            Self::NPlusOne => "W3",
            Self::Structs => "W4",
            Self::Prefetch => "W5",
            Self::Nested => "W6",
            Self::Annotate => "W7",
            Self::Insert => "W8",
            Self::Copy => "W8c",
            Self::Stream => "W9",
            Self::Update(_) => "W10",
            Self::Pool(_) => "W11",
            Self::Page => "W12",
            Self::Top => "W13",
            Self::Rows(count) => return write!(f, "rows:{count}"),
            Self::Levels(count) => return write!(f, "levels:{count}"),
        })
    }
}
