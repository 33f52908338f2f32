//! The macros of the `orm` crate. Depend on `orm`, not on this crate.
//!
//! Each goes one way: tokens are parsed into what the user wrote, with its spans; what was written is checked, all
//! mistakes at once; what passed is expanded, one file for each generated item.

mod errors;
mod loaded;
mod model;
mod name;
mod pg_enum;
mod query;
mod test;

use proc_macro::TokenStream;

/// Makes a struct a model of a database table.
///
/// See the guide's chapters on models and relations for every attribute.
#[proc_macro_derive(Model, attributes(model))]
pub fn derive_model(input: TokenStream) -> TokenStream {
    model::derive(input.into()).into()
}

/// Makes a fieldless enum the type of columns: a PostgreSQL enum, whose labels are the variants in `snake_case`.
///
/// `#[model(name = "..")]` on the enum names the PostgreSQL type, and on a variant its label. The enum must be
/// `Clone` and `Debug`. [`create_tables`] creates the type with the first table that uses it.
///
/// [`create_tables`]: https://docs.rs/orm
#[proc_macro_derive(Enum, attributes(model))]
pub fn derive_enum(input: TokenStream) -> TokenStream {
    pg_enum::derive(input.into()).into()
}

/// Writes a query in Django's words, with columns and relations checked by the compiler.
///
/// A chain starts from a model or from a query set. A dot at the start of an expression stands for the model:
/// `.user.email`. Everything else is ordinary Rust, evaluated where it stands; values are bound as parameters.
#[proc_macro]
pub fn query(input: TokenStream) -> TokenStream {
    query::query(input.into()).into()
}

/// The type of a row with loaded relations: `loaded!(Order { user, product { category } })`.
///
/// `loaded!(pub type OrderRow = Order { user });` declares an alias.
#[proc_macro]
pub fn loaded(input: TokenStream) -> TokenStream {
    loaded::loaded(input.into()).into()
}

/// Runs an `async fn(db: Db)` as a test on an empty database of its own.
///
/// The database comes from `DATABASE_URL`, or from a private server started for the tests.
#[proc_macro_attribute]
pub fn test(arguments: TokenStream, item: TokenStream) -> TokenStream {
    test::test(arguments.into(), item.into()).into()
}
