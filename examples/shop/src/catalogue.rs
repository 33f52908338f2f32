//! Whom the shop knows and what it sells.

/// Address, whether active, and nick.
pub const USERS: &[(&str, bool, Option<&str>)] = &[
    ("ada@example.com", true, Some("Ada")),
    ("grace@example.com", true, Some("Amazing Grace")),
    ("edsger@example.org", true, None),
    ("barbara@example.com", true, Some("Barb")),
    ("tony@example.org", false, None),
    ("margaret@example.com", true, Some("Hamilton")),
    ("dennis@example.net", false, Some("dmr")),
    ("radia@example.net", true, None),
];

/// A book before it is in the database.
pub struct Title {
    pub title: &'static str,
    pub author: &'static str,
    pub year: i32,
    pub rating: Option<f64>,
    pub tags: &'static [&'static str],
}

pub const BOOKS: &[Title] = &[
    book(
        "The Left Hand of Darkness",
        "Ursula K. Le Guin",
        1969,
        Some(4.6),
        &["novel", "science fiction", "classic"],
    ),
    book("The Dispossessed", "Ursula K. Le Guin", 1974, Some(4.7), &["novel", "science fiction", "utopia"]),
    book("A Wizard of Earthsea", "Ursula K. Le Guin", 1968, Some(4.2), &["novel", "fantasy", "classic"]),
    book("Solaris", "Stanisław Lem", 1961, Some(4.4), &["novel", "science fiction", "classic"]),
    book("The Cyberiad", "Stanisław Lem", 1965, Some(4.5), &["stories", "science fiction", "robots"]),
    book("Kindred", "Octavia E. Butler", 1979, Some(4.5), &["novel", "history"]),
    book(
        "Parable of the Sower",
        "Octavia E. Butler",
        1993,
        Some(4.3),
        &["novel", "science fiction", "utopia"],
    ),
    book("Mort", "Terry Pratchett", 1987, Some(4.4), &["novel", "fantasy"]),
    book("Small Gods", "Terry Pratchett", 1992, Some(4.6), &["novel", "fantasy"]),
    book("Exhalation", "Ted Chiang", 2019, Some(4.5), &["stories", "science fiction", "robots"]),
    book("100% Recycled Stories", "Ted Chiang", 2026, None, &["stories"]),
    book("The Art of Computer Programming", "Donald E. Knuth", 1968, Some(5.0), &["classic"]),
    book("Untitled, Volume 5", "Donald E. Knuth", 2027, None, &[]),
    book("A Life in Letters", "Ada Lovelace", 1843, Some(3.1), &["history"]),
];

const fn book(
    title: &'static str,
    author: &'static str,
    year: i32,
    rating: Option<f64>,
    tags: &'static [&'static str],
) -> Title {
    Title { title, author, year, rating, tags }
}

/// Names and prices.
pub const OTHER_PRODUCTS: &[(&str, f64)] = &[("Bookmark", 2.5), ("Reading lamp", 39.0), ("Gift card", 25.0)];
