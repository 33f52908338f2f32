//! The macros of the `orm` crate. Depend on `orm`, not on this crate.
//!
//! Each goes one way: tokens are parsed into what the user wrote, with its spans; what was written is checked, all
//! mistakes at once; what passed is expanded, one file for each generated item.

mod annotated;
mod errors;
mod loaded;
mod model;
mod name;
mod pg_enum;
mod projection;
mod query;
#[cfg(test)]
mod size;
mod test;

use proc_macro::TokenStream;

/// The struct has named fields, one for each column. Attributes are in `#[model(..)]`, on the struct and on fields; the
/// guide's chapters on models and relations have them all. Beside the struct the derive makes `OrderFields`,
/// `OrderWith`, `OrderRelations`, `NewOrder` and `CreateOrder`, for a model `Order`.
#[proc_macro_derive(Model, attributes(model))]
pub fn derive_model(input: TokenStream) -> TokenStream {
    model::derive(input.into()).into()
}

/// `#[projection(model = Order)]` on the struct names the model. A field is the column of its name; with
/// `#[projection(.user.email)]` what stands there, and with `#[projection(nested)]` the relation of its name as another
/// projection, `nested = user` naming it.
#[proc_macro_derive(Projection, attributes(projection))]
pub fn derive_projection(input: TokenStream) -> TokenStream {
    projection::derive(input.into()).into()
}

/// The struct has one type parameter, which is the type of one of its fields: the row. The other fields are values that
/// a query computes beside it.
#[proc_macro_derive(Annotated)]
pub fn derive_annotated(input: TokenStream) -> TokenStream {
    annotated::derive(input.into()).into()
}

/// `#[model(name = "..")]` on the enum names the PostgreSQL type, and on a variant its label. The enum must be
/// `Clone` and `Debug`. `create_tables` creates the type with the first table that uses it.
#[proc_macro_derive(Enum, attributes(model))]
pub fn derive_enum(input: TokenStream) -> TokenStream {
    pg_enum::derive(input.into()).into()
}

/// Values are bound as parameters. The macro only rewrites the chain into calls, and opens no closure, so `?` and
/// `.await` work inside it. The guide's chapter on queries has the grammar.
#[proc_macro]
pub fn query(input: TokenStream) -> TokenStream {
    query::query(input.into()).into()
}

/// `loaded!(Order { user, product { category } })` is the type, whatever the order of the names;
/// `loaded!(pub type OrderRow = Order { user });` declares an alias.
#[proc_macro]
pub fn loaded(input: TokenStream) -> TokenStream {
    loaded::loaded(input.into()).into()
}

/// The database comes from `DATABASE_URL`, or from a private server started for the tests.
#[proc_macro_attribute]
pub fn test(arguments: TokenStream, item: TokenStream) -> TokenStream {
    test::test(arguments.into(), item.into()).into()
}
