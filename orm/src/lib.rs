//! Django's QuerySet for Rust and PostgreSQL, with relations checked by the compiler.
//!
//! [`derive(Model)`](derive@Model) describes tables and relations, [`query!`] writes lazy queries, and the type of a
//! row says which relations were loaded with it: reading another one does not compile.
//!
//! ```
//! use orm::prelude::*;
//!
//! #[derive(Model, Debug, Clone)]
//! #[model(table = "users", has_many(orders: Order.user))]
//! pub struct User {
//!     pub id: i64,
//!     pub email: String,
//!     pub active: bool,
//! }
//!
//! #[derive(Model, Debug, Clone)]
//! #[model(table = "orders")]
//! pub struct Order {
//!     pub id: i64,
//!     #[model(belongs_to = User)]
//!     pub user_id: i64,
//!     pub total: f64,
//! }
//!
//! async fn report(db: &Db, min: f64) -> orm::Result<()> {
//!     // One statement, with a JOIN.
//!     let orders = query!(Order
//!             .filter(.total > min && .user.active)
//!             .select_related(.user)
//!             .order_by(-.total)
//!             [..20])
//!         .all(db)
//!         .await?;
//!     for order in &orders {
//!         println!("{} {}", order.user().email, order.total);
//!     }
//!
//!     // Two statements, for any number of users.
//!     let users = User::objects().prefetch_related(|u| u.orders()).all(db).await?;
//!     for user in &users {
//!         println!("{} {}", user.email, user.orders().len());
//!     }
//!     Ok(())
//! }
//! # let sql = query!(Order.filter(.user.active).select_related(.user)).to_sql();
//! # assert!(sql.text().ends_with(r#"FROM "orders" t0 JOIN "users" t1 ON t1."id" = t0."user_id" WHERE t1."active""#));
//! ```
//!
//! The repository's README has a whole program, and `docs` a guide.
//!
//! # Map
//!
//! | to | there is |
//! | --- | --- |
//! | describe tables | [`derive(Model)`](derive@Model), [`derive(Enum)`](derive@Enum), [`models!`], [`Db::create_tables`] |
//! | write a query | [`query!`], or the methods of [`QuerySet`] |
//! | write conditions and orders | the methods of [`Expr`] (columns) and [`ToMany`] (to-many relations), [`Predicate`] |
//! | name the type of a row | [`loaded!`] |
//! | connect | [`Db::connect`], [`Db::builder`], [`Db::from_env`] |
//! | run | the terminals: [`all`](QuerySet::all), [`get`](QuerySet::get), [`first`](QuerySet::first), [`last`](QuerySet::last), [`count`](QuerySet::count), [`exists`](QuerySet::exists), [`in_bulk`](QuerySet::in_bulk), [`lazy`](QuerySet::lazy) |
//! | create rows | `query!(User.create(..))`, [`create`](QuerySet::create), [`bulk_create`](QuerySet::bulk_create) |
//! | run several statements as one | [`Db::transaction`], [`Db::begin`], [`Transaction`] |
//! | handle errors | [`Error`] |
//! | see every statement | [`Db::logged`], [`Db::on_query`], [`QuerySet::to_sql`] |
//! | test | `#[orm::test]` and `orm::testing`, with the feature `testing` |
//!
//! # Features
//!
//! | feature | what it adds |
//! | --- | --- |
//! | `chrono` (default) | columns of the types of `chrono` |
//! | `time`, `jiff` | columns of their types |
//! | `uuid` | `Uuid` columns |
//! | `rust_decimal` | `Decimal` columns, `numeric` |
//! | `serde_json` | `serde_json::Value` columns, `jsonb` |
//! | `testing` | a private PostgreSQL for tests and examples: `#[orm::test]`, `orm::testing`, and [`Db::from_env`] where `DATABASE_URL` is not set |
//! | `embedded` | `testing` where no PostgreSQL is installed: PGlite, within the process. Minutes to build |
//!
//! Each feature of column types re-exports its crate: `orm::chrono`, `orm::uuid`.

/// Makes a fieldless enum a column type: a PostgreSQL enum, whose labels are the variants in `snake_case`.
///
/// ```
/// use orm::prelude::*;
///
/// #[derive(Enum, Debug, Clone, Copy, PartialEq)]
/// #[model(name = "order_status")]
/// enum Status {
///     Open,
///     #[model(name = "on hold")]
///     OnHold,
/// }
///
/// #[derive(Model)]
/// struct Order {
///     id: i64,
///     status: Status,
/// }
///
/// let held = query!(Order.filter(.status == Status::OnHold));
/// assert!(held.to_sql().text().ends_with(r#"WHERE t0."status" = $1::"order_status""#));
/// ```
pub use orm_macros::Enum;
/// Makes a struct a model: a table, whose columns are the fields.
///
/// A field called `id` of an integer type is the primary key, made by the database. `belongs_to` on a foreign key makes
/// a relation; the other side names it.
///
/// ```
/// use orm::prelude::*;
///
/// #[derive(Model, Debug, Clone)]
/// #[model(table = "authors", has_many(books: Book.author))]
/// pub struct Author {
///     pub id: i64,
///     #[model(unique)]
///     pub name: String,
///     pub born: Option<i32>,
/// }
///
/// #[derive(Model, Debug, Clone)]
/// #[model(table = "books")]
/// pub struct Book {
///     pub id: i64,
///     #[model(belongs_to = Author, on_delete = cascade)]
///     pub author_id: i64,
///     pub title: String,
/// }
///
/// let prolific = query!(Author.filter(.books.any(.title.contains("2"))));
/// # let _ = prolific;
/// ```
pub use orm_macros::Model;
/// The type of a row with relations loaded, for signatures.
///
/// ```
/// use orm::prelude::*;
/// # #[derive(Model)]
/// # #[model(has_many(books: Book.author))]
/// # pub struct Author { id: i64, name: String }
/// # #[derive(Model)]
/// # pub struct Book { id: i64, #[model(belongs_to = Author)] author_id: i64, title: String }
///
/// fn titles(author: &loaded!(Author { books })) -> Vec<&str> {
///     author.books().iter().map(|book| book.title.as_str()).collect()
/// }
///
/// loaded!(
///     /// A book with its author, and all that the author wrote.
///     pub type Entry = Book { author { books } }
/// );
///
/// async fn entries(db: &Db) -> orm::Result<Vec<Entry>> {
///     query!(Book.prefetch_related(.author.books)).all(db).await
/// }
/// ```
pub use orm_macros::loaded;
/// Writes a query in Django's words.
///
/// A chain starts from a model or from a query set. A leading dot stands for the model; everything else is Rust.
///
/// ```
/// use orm::prelude::*;
/// # #[derive(Model)]
/// # #[model(has_many(books: Book.author))]
/// # pub struct Author { id: i64, name: String, born: Option<i32> }
/// # #[derive(Model)]
/// # pub struct Book { id: i64, #[model(belongs_to = Author)] author_id: i64, title: String }
///
/// async fn search(db: &Db, term: Option<&str>) -> orm::Result<()> {
///     let mut authors = query!(Author.filter(.born != None).exclude(.books.is_empty()));
///     if let Some(term) = term {
///         authors = query!(authors.filter(.name.icontains(term) || .books.any(.title.icontains(term))));
///     }
///     let page = query!(authors.prefetch_related(.books.order_by(.title)).order_by(-.born, .id)[..20]);
///     for author in page.all(db).await? {
///         println!("{} {}", author.name, author.books().len());
///     }
///     let ada = query!(Author.create(name = "Ada")).born(1815).execute(db).await?;
/// #   let _ = ada;
///     Ok(())
/// }
/// ```
pub use orm_macros::query;
/// Runs an `async fn(db: Db)` as a test on an empty database of its own, with a runtime of its own.
///
/// ```
/// # use orm::prelude::*;
/// # #[derive(Model)]
/// # struct Author { id: i64, name: String }
/// #[orm::test]
/// async fn authors_have_names(db: Db) -> orm::Result<()> {
///     db.create_tables(models![Author]).await?;
///     query!(Author.create(name = "Ada")).execute(&db).await?;
///     assert_eq!(query!(Author.filter(.name == "Ada")).count(&db).await?, 1);
///     Ok(())
/// }
/// # fn main() {}
/// ```
#[cfg(feature = "testing")]
pub use orm_macros::test;
/// A database: what queries run on.
///
/// ```
/// use orm::prelude::*;
/// # #[derive(Model)]
/// # struct Author { id: i64, name: String }
/// use std::time::Duration;
///
/// async fn example(url: &str) -> orm::Result<()> {
///     let db = Db::builder(url).max_size(8).wait_timeout(Duration::from_secs(5)).connect().await?;
///     db.create_tables(models![Author]).await?;
///
///     let author = db
///         .transaction(async |tx| {
///             let author = query!(Author.create(name = "Ada")).execute(tx).await?;
///             query!(Author.filter(.id != author.id && .name == "Ada")).exists(tx).await?;
///             Ok(author)
///         })
///         .await?;
///
///     let (db, log) = db.logged();
///     query!(Author.filter(.id == author.id)).get(&db).await?;
///     assert_eq!(log.count(), 1, "{log}");
///
///     let slow = db.on_query(|q| {
///         if q.elapsed() > Duration::from_millis(100) {
///             eprintln!("slow: {} {:?}", q.sql(), q.params());
///         }
///     });
///     # let _ = slow;
///     Ok(())
/// }
/// ```
pub use orm_runtime::Db;
/// What a query can run on: a [`Db`] or a [`Transaction`], so that a function can take either.
///
/// ```
/// use orm::prelude::*;
/// # #[derive(Model)]
/// # struct Author { id: i64, name: String }
///
/// async fn authors(db: &impl Executor) -> orm::Result<Vec<Author>> {
///     query!(Author.order_by(.name)).all(db).await
/// }
/// ```
pub use orm_runtime::Executor;
/// A transaction, or a savepoint in one.
///
/// ```
/// use orm::prelude::*;
/// # #[derive(Model)]
/// # struct Author { id: i64, name: String }
///
/// async fn example(db: &Db) -> orm::Result<()> {
///     let mut tx = db.begin().await?;
///     query!(Author.create(name = "Ada")).execute(&tx).await?;
///     // A savepoint: what fails in it is undone, and the transaction goes on.
///     let again = tx.transaction(async |tx| query!(Author.create(name = "Ada")).execute(tx).await).await;
///     if again.is_err_and(|error| !error.is_unique_violation()) {
///         return tx.rollback().await;
///     }
///     tx.commit().await
/// }
/// ```
pub use orm_runtime::Transaction;
/// A column, or an expression over columns: what `.total` is in `query!`, and `o.total()` in a closure.
///
/// ```
/// use orm::prelude::*;
/// # #[derive(Model)]
/// # struct Author { id: i64, name: String, born: Option<i32> }
///
/// let authors = Author::objects()
///     .filter(|a| a.born().between(1800, 1899).or(a.born().is_null()))
///     .filter(|a| a.name().istarts_with("a"))
///     .exclude(|a| a.id().is_in([1, 2, 3]))
///     .order_by(|a| (a.born().desc().nulls_last(), a.name()));
/// assert!(authors.to_sql().text().ends_with(
///     r#"WHERE (t0."born" >= $1 AND t0."born" <= $2 OR t0."born" IS NULL) AND t0."name" ILIKE $3 AND t0."id" <> ALL($4) ORDER BY t0."born" DESC NULLS LAST, t0."name""#
/// ));
/// ```
pub use orm_runtime::expr::Expr;
/// A condition apart from a query.
///
/// ```
/// use orm::prelude::*;
/// # #[derive(Model)]
/// # struct Author { id: i64, name: String, born: Option<i32> }
///
/// fn known() -> Predicate<Author> {
///     Predicate::<Author>::new(|a| a.born().ne(None::<i32>))
/// }
///
/// let authors = query!(Author.filter(known(), .name != "Ada"));
/// assert!(authors.to_sql().text().ends_with(r#"WHERE t0."born" IS NOT NULL AND t0."name" <> $1"#));
/// ```
pub use orm_runtime::expr::Predicate;
/// The questions about the rows of a to-many relation.
///
/// ```
/// use orm::prelude::*;
/// # #[derive(Model)]
/// # #[model(has_many(books: Book.author))]
/// # struct Author { id: i64, name: String }
/// # #[derive(Model)]
/// # struct Book { id: i64, #[model(belongs_to = Author)] author_id: i64, year: i32 }
///
/// let by_methods = Author::objects().filter(|a| a.books().any(|b| b.year().gt(2000)));
/// let by_macro = query!(Author.filter(.books.any(.year > 2000)));
/// assert_eq!(by_methods.to_sql().text(), by_macro.to_sql().text());
/// assert!(by_macro.to_sql().text().ends_with(
///     r#"WHERE EXISTS (SELECT 1 FROM "book" t1 WHERE t1."author_id" = t0."id" AND t1."year" > $1)"#
/// ));
/// ```
pub use orm_runtime::expr::ToMany;
pub use orm_runtime::expr::{Condition, Expression, IntoOrder, Order};
pub use orm_runtime::model::{Key, Model, Row};
/// A query as a value: refined by methods, run by a terminal.
///
/// ```
/// use orm::prelude::*;
/// # #[derive(Model)]
/// # #[model(has_many(books: Book.author))]
/// # struct Author { id: i64, name: String, born: Option<i32> }
/// # #[derive(Model)]
/// # struct Book { id: i64, #[model(belongs_to = Author)] author_id: i64, year: i32 }
///
/// async fn example(db: &Db) -> orm::Result<()> {
///     let modern = Author::objects().filter(|a| a.born().gt(1900)).exclude(|a| a.books().is_empty());
///     let count: i64 = modern.count(db).await?;
///     let first: Option<Author> = modern.first(db).await?;
///     let page: Vec<Author> = modern.clone().order_by(|a| a.name()).offset(20).limit(20).all(db).await?;
///
///     let books = Book::objects().select_related(|b| b.author()).all(db).await?;
///     let names: Vec<&str> = books.iter().map(|book| book.author().name.as_str()).collect();
///     # let _ = (count, first, page, names);
///     Ok(())
/// }
/// ```
pub use orm_runtime::queryset::QuerySet;
#[cfg(feature = "testing")]
pub use orm_runtime::testing;
pub use orm_runtime::types::{Assign, ColumnType, FieldType};
pub use orm_runtime::{
    BulkCreate, DbBuilder, Error, IsolationLevel, Lazy, LoggedQuery, PoolStatus, QueryEvent, QueryLog,
    Result, Statement, TransactionBuilder, create_tables_sql,
};

#[doc(no_inline)]
pub use orm_runtime::crates::*;

/// What most programs want in scope: `use orm::prelude::*`.
pub mod prelude {
    pub use crate::{
        Db, Enum, Executor, Model, Predicate, QuerySet, ToMany, Transaction, loaded, models, query,
    };
}

/// The tables of models, in a list: what [`Db::create_tables`] and [`create_tables_sql`] take.
///
/// ```
/// use orm::prelude::*;
///
/// #[derive(Model)]
/// #[model(table = "notes")]
/// struct Note {
///     id: i64,
///     text: String,
/// }
///
/// let sql = orm::create_tables_sql(models![Note]);
/// assert!(sql.starts_with(r#"CREATE TABLE "notes" ("#));
/// ```
#[macro_export]
macro_rules! models {
    ($($model:ty),* $(,)?) => {
        [$(<$model as $crate::Model>::table()),*]
    };
}

/// The types and traits behind models and queries, for signatures and for reading the compiler's messages.
pub mod types {
    pub use orm_runtime::expr::{Integral, List, ManyRows, Number, Operand, Ordered, Orders, Term, Textual};
    pub use orm_runtime::model::{
        Access, At, ExactlyOne, Fields, ForeignKey, Kind, Lens, Links, Many, Mirrors, Nonempty, NotLoaded,
        OneOrNone, Path, Rel, Relation, Root, SingleValued, Slot, To, ToManyPath, ToOne, links, mirrors,
    };
    pub use orm_runtime::queryset::{
        IsRelation, LoadPaths, Prefetch, PrefetchPaths, Refinable, SelectRelated, Slice, Sliced, State, Whole,
    };
    pub use orm_runtime::types::{
        ArrayElement, Comparable, Mismatch, NonNull, Null, Nullability, Nullable, SqlType, ToValue,
    };
}

/// The functions that `query!` writes, one for each method and operator. They are here for the compiler's messages to
/// name; write `query!`, or the methods.
pub mod query {
    pub use orm_runtime::expr::MinMax;
    pub use orm_runtime::expr::{
        all, and, any, asc, compare, compare_value, desc, exists, is_empty, is_none,
    };
    pub use orm_runtime::expr::{many_rows, none, not, or, ordered};
    pub use orm_runtime::model::{Group, Grouped, Records, ValuesList, WholeRows};
    pub use orm_runtime::queryset::{
        Aggregated, IsFree, OneToMany, RowValue, Source, TotalValue, create, exclude, filter, free, order_by,
        prefetch_related, related, select_related, slice, source, temporary, total, value,
    };
}

/// What generated code uses. Not for anything else: it changes without notice.
#[doc(hidden)]
pub mod __private {
    pub use orm_runtime::ast::{ArithmeticOp, CompareOp};
    pub use orm_runtime::expr::*;
    pub use orm_runtime::model::*;
    pub use orm_runtime::queryset::*;
    pub use orm_runtime::schema::{Column, ColumnDefault, Index, OnDelete, Relation, RelationKind, Table};
    pub use orm_runtime::types::{
        ArrayElement, Assign, ColumnType, Cursor, FieldType, Mismatch, Nullability, SqlType, ToValue, Wrap,
    };
    pub use orm_runtime::wire::*;
    pub use orm_runtime::{__own_value, execute_create};
}

#[doc(hidden)]
pub use orm_runtime::{__serialize_around, __serialize_record};

/// Functions for the expressions in queries: `use orm::functions::*`.
pub mod functions {
    pub use orm_runtime::expr::{
        cume_dist, dense_rank, first_value, lag, lag_by, last_value, lead, lead_by, nth_value, ntile,
        percent_rank, rank, row_number,
    };
    pub use orm_runtime::queryset::{exists_in as exists, outer};
}
