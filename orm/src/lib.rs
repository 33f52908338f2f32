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
//! The repository's README has a whole program, and `docs` a guide, with a chapter for those who come from Django.
//!
//! # Map
//!
//! | to | there is |
//! | --- | --- |
//! | describe tables | [`derive(Model)`](derive@Model), [`derive(Enum)`](derive@Enum), [`models!`], [`Db::create_tables`] |
//! | write a query | [`query!`], or the methods of [`QuerySet`] |
//! | write conditions and orders | the methods of [`Expr`] (columns) and [`ToMany`] (to-many relations), [`Predicate`] |
//! | use functions of SQL, `CASE`, SQL of your own | the methods of [`Expr`], [`functions`] |
//! | load relations | [`select_related`](QuerySet::select_related), [`prefetch_related`](QuerySet::prefetch_related); a part of one under a name: `query!(Author.prefetch_related(recent = .books[..5]))` |
//! | name the type of a row | [`loaded!`] |
//! | compute values beside rows | `query!(User.annotate(n = .orders.count()))`, and `alias`; with a struct of yours [`derive(Annotated)`](derive@Annotated) |
//! | aggregate | `query!(Order.aggregate(sum = .total.sum()))`, `query!(Order.group_by(.user_id).annotate(n = .count()))`; [`aggregate`](QuerySet::aggregate) |
//! | number and compare rows | the windows in [`functions`], such as [`row_number`](functions::row_number) |
//! | ask another query in between | [`exists`](functions::exists), `subquery`, [`outer`](functions::outer); a query set in `is_in` |
//! | read parts of rows | `query!(User.values(.id, .email))`, [`values_list`](QuerySet::values_list); into a struct of yours [`project`](QuerySet::project) and [`derive(Projection)`](derive@Projection) |
//! | leave out and combine rows | [`distinct`](QuerySet::distinct), [`distinct_on`](QuerySet::distinct_on), [`union`](QuerySet::union), [`intersection`](QuerySet::intersection), [`difference`](QuerySet::difference) |
//! | connect | [`Db::connect`], [`Db::builder`], [`Db::from_env`] |
//! | run | the terminals: [`all`](QuerySet::all), [`get`](QuerySet::get), [`first`](QuerySet::first), [`last`](QuerySet::last), [`count`](QuerySet::count), [`exists`](QuerySet::exists), [`in_bulk`](QuerySet::in_bulk), [`lazy`](QuerySet::lazy) |
//! | read more rows than fit into memory | [`iterator`](QuerySet::iterator) |
//! | create rows | `query!(User.create(..))`, [`create`](QuerySet::create), [`bulk_create`](QuerySet::bulk_create), [`copy_in`](QuerySet::copy_in) |
//! | create rows unless they are there | [`get_or_create`](QuerySet::get_or_create), [`update_or_create`](QuerySet::update_or_create), [`on_conflict`](BulkCreate::on_conflict) |
//! | change and delete rows | [`update`](QuerySet::update), [`delete`](QuerySet::delete), [`bulk_update`](QuerySet::bulk_update), [`returning`](Update::returning); one row: [`Instance`] |
//! | start from a row in hand, link rows | [`Related`], [`RelatedRows`] |
//! | run several statements as one | [`Db::transaction`], [`Db::begin`], [`Transaction`]; [`Db::retry`] again if need be; [`on_commit`](Transaction::on_commit) |
//! | lock rows | [`select_for_update`](QuerySet::select_for_update), [`skip_locked`](QuerySet::skip_locked), [`of`](QuerySet::of) |
//! | handle errors | [`Error`] |
//! | write SQL | [`query_as`](Executor::query_as), [`execute`](Executor::execute), [`Db::batch_execute`] |
//! | see every statement | [`Db::logged`], [`Db::on_query`], [`QuerySet::to_sql`] |
//! | see how one is run | [`explain`](QuerySet::explain) |
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
//! | `serde` | what queries return is serializable: columns, and loaded relations nested under their names |
//! | `testing` | a private PostgreSQL for tests and examples: `#[orm::test]`, `orm::testing`, and [`Db::from_env`] where `DATABASE_URL` is not set |
//! | `embedded` | `testing` where no PostgreSQL is installed: PGlite, within the process. Minutes to build |
//!
//! Each feature of column types re-exports its crate: `orm::chrono`, `orm::uuid`.

/// Makes a struct around a row of it: what `annotate` computes, under a name for signatures.
///
/// ```
/// use orm::prelude::*;
/// # #[derive(Model)]
/// # #[model(has_many(books: Book.author))]
/// # pub struct Author { id: i64, name: String }
/// # #[derive(Model)]
/// # pub struct Book { id: i64, #[model(belongs_to = Author)] author_id: i64, year: i32 }
///
/// #[derive(Annotated)]
/// pub struct Counted<R> {
///     pub written: i64,
///     pub latest: Option<i32>,
///     row: R,
/// }
///
/// async fn prolific(db: &Db) -> orm::Result<Vec<Counted<Author>>> {
///     let counted = query!(Author.annotate(Counted { written: .books.count(), latest: .books.year.max() }));
///     query!(counted.filter(.written > 10).order_by(-.written)).all(db).await
/// }
/// ```
pub use orm_macros::Annotated;
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
/// Makes a struct a projection: columns, expressions and other projections, for [`QuerySet::project`].
///
/// ```
/// use orm::prelude::*;
/// # #[derive(Model)]
/// # #[model(has_many(books: Book.author))]
/// # pub struct Author { id: i64, name: String }
/// # #[derive(Model)]
/// # pub struct Book { id: i64, #[model(belongs_to = Author)] author_id: i64, title: String, year: i32 }
///
/// #[derive(Projection)]
/// #[projection(model = Book)]
/// struct Title {
///     title: String,
///     #[projection(.author.name)]
///     by: String,
///     #[projection(.year / 100)]
///     century: i32,
/// }
///
/// #[derive(Projection)]
/// #[projection(model = Author)]
/// struct Shelf {
///     name: String,
///     #[projection(nested)]
///     books: Vec<Title>,
/// }
///
/// async fn shelves(db: &Db) -> orm::Result<Vec<Shelf>> {
///     query!(Author.order_by(.name).project::<Shelf>()).all(db).await
/// }
/// ```
pub use orm_macros::Projection;
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
///
/// Values that the database computes are fields of the rows, under the names given; `values`, `group_by` and `aggregate`
/// have them in place of the rows.
///
/// ```
/// use orm::prelude::*;
/// # #[derive(Model)]
/// # #[model(has_many(books: Book.author))]
/// # pub struct Author { id: i64, name: String, born: Option<i32> }
/// # #[derive(Model)]
/// # pub struct Book { id: i64, #[model(belongs_to = Author)] author_id: i64, title: String, year: i32 }
///
/// async fn report(db: &Db) -> orm::Result<()> {
///     let authors = query!(Author.annotate(written = .books.count()).filter(.written > 2)).all(db).await?;
///     for author in &authors {
///         println!("{} wrote {}", author.name, author.written);
///     }
///     for year in query!(Book.group_by(.year).annotate(n = .count()).order_by(.year)).all(db).await? {
///         println!("{}: {}", year.year, year.n);
///     }
///     let latest: Option<i32> = query!(Book.aggregate(latest = .year.max())).get(db).await?.latest;
///     let lines = query!(Book.values(.title, by = .author.name)[..3]).all(db).await?;
///     let titles: Vec<String> = query!(Book.filter(.year > 2000).values_list(.title)).all(db).await?;
///     # let _ = (latest, lines[0].by.len(), titles);
///
///     query!(Author.filter(.books.is_empty()).delete()).execute(db).await?;
///     query!(Book.filter(.author.name == "Ada").update(year = .year + 1)).execute(db).await?;
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
/// `EXPLAIN` of a query: how PostgreSQL would run it, or did. With the feature `serde_json` as data, too.
///
/// ```
/// use orm::prelude::*;
/// # #[derive(Model)]
/// # struct Author { id: i64, name: String }
///
/// async fn example(db: &Db) -> orm::Result<()> {
///     let plan: String = query!(Author.filter(.name == "Ada")).explain().analyze(true).text(db).await?;
///     println!("{plan}");
///     Ok(())
/// }
/// ```
pub use orm_runtime::Explain;
/// What can be done with one row that was read: write it back, read it again, delete it.
///
/// ```
/// use orm::prelude::*;
/// # #[derive(Model)]
/// # struct Author { id: i64, name: String, born: Option<i32> }
///
/// async fn example(db: &Db, mut author: Author) -> orm::Result<()> {
///     author.born = Some(1815);
///     author.save(db).await?;
///     author.save_only(db, |a| (a.name(), a.born())).await?;
///     author.refresh(db).await?;
///     author.delete(db).await
/// }
/// ```
pub use orm_runtime::Instance;
/// Some of the rows of a query, and where the next ones begin.
///
/// ```
/// use orm::prelude::*;
/// use orm::{Page, PageCursor};
/// # #[derive(Model)]
/// # struct Author { id: i64, name: String, born: Option<i32> }
///
/// async fn page(db: &Db, after: Option<&str>) -> orm::Result<(Vec<Author>, Option<String>)> {
///     let after: Option<PageCursor> = after.map(str::parse).transpose()?;
///     let page: Page<Author> = query!(Author.order_by(-.born, .name)).page_after(db, after.as_ref(), 20).await?;
///     Ok((page.rows, page.next.map(|next| next.to_string())))
/// }
/// ```
pub use orm_runtime::Page;
/// The rows that a to-many relation leads to from a row in hand, and the links between them.
///
/// ```
/// use orm::prelude::*;
/// # #[derive(Model)]
/// # #[model(has_many(books: Book.author))]
/// # struct Author { id: i64, name: String }
/// # #[derive(Model)]
/// # #[model(many_to_many(tags: Tag, through = BookTag(book, tag)))]
/// # struct Book { id: i64, #[model(belongs_to = Author)] author_id: i64, year: i32 }
/// # #[derive(Model)]
/// # struct Tag { id: i64, #[model(unique)] name: String }
/// # #[derive(Model)]
/// # struct BookTag {
/// #     #[model(primary_key, belongs_to = Book)] book_id: i64,
/// #     #[model(primary_key, belongs_to = Tag)] tag_id: i64,
/// # }
///
/// async fn example(db: &Db, author: &Author, book: &Book) -> orm::Result<()> {
///     let books = query!(author.related(.books).objects().filter(.year > 2000)).all(db).await?;
///     let (tag, _) = query!(Tag.get_or_create(name = "new")).execute(db).await?;
///     let added: u64 = query!(book.related(.tags).add([tag.id])).execute(db).await?;
///     // The same without the macro.
///     book.related(|b| b.tags()).remove([tag.id]).execute(db).await?;
/// #   let _ = (books, added);
///     Ok(())
/// }
/// ```
pub use orm_runtime::Related;
/// How often, and after which pauses, a transaction that collides with others is run again.
///
/// ```
/// use orm::prelude::*;
/// use orm::{IsolationLevel, Retry};
/// # #[derive(Model)]
/// # struct Author { id: i64, name: String }
///
/// async fn example(db: &Db, name: &str) -> orm::Result<i64> {
///     db.build_transaction()
///         .isolation_level(IsolationLevel::Serializable)
///         .retry_with(Retry::new().max_attempts(5), |tx| async move {
///             query!(Author.create(name = name)).execute(&tx).await?;
///             query!(Author.filter(.name == name)).count(&tx).await
///         })
///         .await
/// }
/// ```
pub use orm_runtime::Retry;
/// The rows of a query as they are needed: a stream, made by [`QuerySet::iterator`].
///
/// ```
/// use orm::prelude::*;
/// # #[derive(Model)]
/// # struct Author { id: i64, name: String }
///
/// async fn print_all(db: &Db) -> orm::Result<()> {
///     let mut authors = query!(Author.order_by(.name)).iterator(db, 2_000);
///     while let Some(author) = authors.try_next().await? {
///         println!("{}", author.name);
///     }
///     Ok(())
/// }
/// ```
pub use orm_runtime::RowStream;
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
pub use orm_runtime::expr::{Assignment, Condition, Expression, IntoOrder, Order};
/// What the rows of raw SQL can be read as: a model, by the names of its columns, or by position a column's value or a
/// tuple of values. Raw SQL is run by [`Executor::query_as`] and [`Executor::execute`].
///
/// ```
/// use orm::prelude::*;
/// # #[derive(Model)]
/// # struct Author { id: i64, name: String, born: Option<i32> }
///
/// async fn example(db: &Db) -> orm::Result<()> {
///     let authors: Vec<Author> = db.query_as("SELECT * FROM author WHERE name ~ $1", &[&"^A"]).await?;
///     let oldest: Option<i32> = db.query_as_one("SELECT min(born) FROM author", &[]).await?;
///     let years: Vec<(i32, i64)> =
///         db.query_as("SELECT born, count(*) FROM author WHERE born < $1 GROUP BY born", &[&1900]).await?;
///     let updated: u64 = db.execute("UPDATE author SET name = upper(name)", &[]).await?;
///     # let _ = (authors, oldest, years, updated);
///     Ok(())
/// }
/// ```
pub use orm_runtime::model::FromRow;
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
/// Changes to rows, made by the methods of a [`QuerySet`].
///
/// ```
/// use orm::prelude::*;
/// # #[derive(Model)]
/// # struct Author { id: i64, name: String, born: Option<i32> }
///
/// async fn example(db: &Db, mut authors: Vec<Author>) -> orm::Result<()> {
///     let changed: u64 = query!(Author.filter(.born < 1000).update(born = None)).execute(db).await?;
///     let older = Author::objects().update(|a| a.born().set(a.born() - 1)).returning(|a| (a.id(), a.born()));
///     let older: Vec<(i64, Option<i32>)> = older.execute(db).await?;
///     let deleted: Vec<Author> = query!(Author.filter(.name == "").delete().returning()).execute(db).await?;
///
///     authors.iter_mut().for_each(|author| author.name.make_ascii_uppercase());
///     query!(Author.bulk_update(&authors, .name)).execute(db).await?;
///     # let _ = (changed, older, deleted);
///     Ok(())
/// }
/// ```
pub use orm_runtime::queryset::{BulkUpdate, Delete, Returning, Update};
#[cfg(feature = "testing")]
pub use orm_runtime::testing;
pub use orm_runtime::types::{Assign, ColumnType, FieldType};
/// A value that can be sent as the parameter of raw SQL: `&[&(dyn ToSql + Sync)]`.
pub use orm_runtime::wire::ToSql;
pub use orm_runtime::{
    BulkCreate, ChangeLinks, CopyIn, DbBuilder, DoNothing, DoUpdate, Error, Fails, GetOrCreate,
    IsolationLevel, Lazy, LoggedQuery, OnConflict, PageCursor, PoolStatus, QueryEvent, QueryLog, RelatedRows,
    Result, Statement, TransactionBuilder, UpdateOrCreate, create_tables_sql,
};
#[cfg(feature = "serde_json")]
pub use orm_runtime::{Plan, PlanNode};

#[doc(no_inline)]
pub use orm_runtime::crates::*;

/// Functions of SQL over several columns or none, `CASE`, windows, subqueries, and SQL of your own. Functions of one
/// column are methods of [`Expr`].
///
/// ```
/// use orm::functions::{coalesce, days, now, sql};
/// use orm::prelude::*;
/// # use orm::chrono::{DateTime, Utc};
/// # #[derive(Model)]
/// # struct User { id: i64, email: String, nick: Option<String>, created_at: DateTime<Utc> }
///
/// let recent = query!(User.filter(.created_at > now() - days(7)).order_by(coalesce(.nick, .email).lower()));
/// assert!(recent.to_sql().text().ends_with(
///     r#"WHERE t0."created_at" > (now() - make_interval(hours => $1)) ORDER BY lower(coalesce(t0."nick", t0."email"))"#
/// ));
///
/// let known = query!(User.order_by(if .nick == None { 1 } else { 0 }, .id));
/// assert!(known.to_sql().text().ends_with(
///     r#"ORDER BY CASE WHEN t0."nick" IS NULL THEN $1 ELSE $2 END, t0."id""#
/// ));
///
/// let term = "ada";
/// let similar = query!(User.filter(sql::<f32, _>("similarity($1, $2)", (.email, term)) > 0.3));
/// assert!(similar.to_sql().text().ends_with(r#"WHERE (similarity(t0."email", $1)) > $2"#));
/// ```
///
/// A window function is a value of each row, and can be filtered by; so can another query.
///
/// ```
/// use orm::functions::{exists, outer, row_number};
/// use orm::prelude::*;
/// # #[derive(Model)]
/// # struct User { id: i64, email: String }
/// # #[derive(Model)]
/// # struct Order { id: i64, #[model(belongs_to = User)] user_id: i64, total: f64 }
///
/// let largest = query!(Order
///     .annotate(place = row_number().partition_by(.user_id).order_by(-.total))
///     .filter(.place <= 3));
/// assert!(largest.to_sql().text().contains(
///     r#"row_number() OVER (PARTITION BY t1."user_id" ORDER BY t1."total" DESC)"#
/// ));
///
/// let buyers = query!(User.filter(exists(Order.filter(.user_id == outer(.id)))));
/// assert!(buyers.to_sql().text().ends_with(
///     r#"WHERE EXISTS (SELECT 1 FROM "order" t1 WHERE t1."user_id" = t0."id")"#
/// ));
/// ```
pub mod functions {
    pub use orm_runtime::expr::{
        cume_dist, dense_rank, first_value, lag, lag_by, last_value, lead, lead_by, nth_value, ntile,
        percent_rank, rank, row_number,
    };
    #[cfg(feature = "uuid")]
    pub use orm_runtime::functions::random_uuid;
    pub use orm_runtime::functions::{
        Case, Constant, Interval, SearchQuery, Unit, coalesce, concat, condition, current_date, days,
        function, greatest, hours, least, minutes, months, now, nullif, pi, random, seconds, sql, weeks,
        when, years,
    };
    pub use orm_runtime::queryset::{exists_in as exists, outer};
}

/// What most programs want in scope: `use orm::prelude::*`.
pub mod prelude {
    pub use crate::{
        Annotated, Db, Enum, Executor, Instance, Model, Predicate, Projection, QuerySet, Related, ToMany,
        Transaction, loaded, models, query,
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
    pub use orm_runtime::expr::{
        Assigned, Assignments, Calculated, Columns, Comparable, Computed, Count, FitsInto, FrameRange, Given,
        GroupOf, Integral, List, ManyRows, MinMax, Number, Operand, Ordered, Orders, Output, Outputs,
        OwnColumn, Rows, Settable, TakesNull, Term, Textual, Unrelated,
    };
    pub use orm_runtime::functions::{
        Argument, Arguments, Array, Calendar, Clock, Collection, Container, Fractional, HasDate, HasTime,
        Timestamp,
    };
    #[cfg(feature = "serde_json")]
    pub use orm_runtime::functions::{Json, JsonKey};
    pub use orm_runtime::model::{
        Access, Aliased, Annotated, Annotation, At, ExactlyOne, Fields, ForeignKey, Group, Grouped, Kind,
        LastNames, Lens, Links, Many, ManyToMany, Mirrors, Multiplicity, Nested, Nonempty, NotLoaded, One,
        OneOrNone, OverMany, Path, ProjectionOf, Record, Records, Rel, Relation, Root, Selects, Several,
        SingleValued, Slot, To, ToManyPath, ToOne, Tuple, ValuesList, WholeRows, Windowed, links, mirrors,
    };
    pub use orm_runtime::queryset::{
        Aggregated, Around, AroundValues, Countable, FieldValue, Fits, IsFree, IsRelation, LoadPaths,
        LockPath, LockPaths, Lockable, Locked, Locking, NotWaiting, OneToMany, Outer, Prefetch,
        PrefetchPaths, ReadOnly, Refinable, Required, RowValue, SelectRelated, Slice, Sliced, State,
        TotalValue, Undecided, Unlocked, ValueList, Waiting, Whole, Writable, Writing,
    };
    pub use orm_runtime::types::{
        ArrayElement, Mismatch, NonNull, Null, Nullability, Nullable, SqlType, ToValue,
    };
    pub use orm_runtime::{ManyOf, Runs};
}

/// The functions that `query!` writes, one for each method and operator. They are here for the compiler's messages to
/// name; write `query!`, or the methods.
pub mod query {
    pub use orm_runtime::expr::{
        MinMax, all, and, any, asc, column_value, compare, compare_value, count, count_rows, desc, exists,
        filtered, in_order, is_empty, is_none, largest_first, many_rows, none, not, or, ordered, over,
        own_column, set, set_computed, set_none,
    };
    pub use orm_runtime::model::{Group, Grouped, Records, ValuesList, WholeRows};
    pub use orm_runtime::queryset::{
        Aggregated, IsFree, OneToMany, RowValue, Source, TotalValue, aggregate, alias, annotate,
        annotate_declared, bulk_update, create, delete, distinct_on, exclude, filter, fits, free, group_by,
        no_key, nowait, of, order_by, output, prefetch_named, prefetch_related, related, related_by,
        returning, returning_rows, select_for_key_share, select_for_share, select_for_update, select_related,
        skip_locked, slice, source, subquery, temporary, total, update, value, values, values_list, writing,
    };
    pub use orm_runtime::{get_or_create, update_or_create};
}

/// What generated code uses. Not for anything else: it changes without notice.
#[doc(hidden)]
pub mod __private {
    pub use orm_runtime::ast::{ArithmeticOp, CompareOp, Output};
    pub use orm_runtime::expr::*;
    pub use orm_runtime::model::*;
    pub use orm_runtime::queryset::*;
    pub use orm_runtime::schema::{
        Column, ColumnDefault, Index, OnDelete, Quoted, Relation, RelationKind, Table,
    };
    pub use orm_runtime::types::{
        ArrayElement, Assign, ColumnType, Cursor, FieldType, Mismatch, Nullability, SqlType, ToValue, Wrap,
    };
    pub use orm_runtime::wire::*;
    pub use orm_runtime::{__own_value, execute_create, get_or_create, update_or_create};
}

#[doc(hidden)]
pub use orm_runtime::{__serialize_around, __serialize_record, __serialize_with};
