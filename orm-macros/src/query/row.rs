//! Lowers what starts from a row in hand.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::{Expr, ExprMethodCall};

use super::anchor::{is_rooted, roots};
use super::argument;
use super::chain::is_model;
use super::upsert::closure;
use crate::errors::Errors;

/// Whether a call is `book.related(.tags)`.
pub(super) fn is_related(call: &ExprMethodCall) -> bool {
    call.method == "related"
}

/// `book.related(.tags)` -> `book.related(|fields| fields.tags())`. What stands before it is a row, and Rust.
pub(super) fn related(call: ExprMethodCall, errors: &mut Errors) -> Option<TokenStream> {
    let ExprMethodCall { receiver, dot_token, method, args, .. } = call;
    if matches!(&*receiver, Expr::Path(path) if is_model(path)) {
        errors.at(method.span(), "`related` starts from a row: `query!(book.related(.tags))`");
        return None;
    }
    let mut arguments = args.into_iter();
    let (Some(relation), None) = (arguments.next(), arguments.next()) else {
        errors.at(method.span(), "`related` takes one relation: `book.related(.tags)`");
        return None;
    };
    let relation = match &relation {
        Expr::Closure(closure) if !is_rooted(&relation) => quote!(#closure),
        _ => {
            let relation = argument::path(relation, errors)?;
            closure(&method, &roots(relation.clone()), &relation)
        }
    };
    Some(quote_spanned! {method.span()=> {
        use ::orm::Related as _;
        #receiver #dot_token #method(#relation)
    }})
}
