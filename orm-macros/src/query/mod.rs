//! `query!`: anchor the leading dots, parse, lower the chain and the expressions in it.
//!
//! The macro only rewrites: every name the user wrote stays the user's token, so that the compiler's errors and an
//! editor's completion land on it. It binds values and opens no closure, so `?` and `.await` work inside.

mod anchor;
mod argument;
mod assign;
mod case;
mod chain;
mod expression;
mod record;
mod row;
mod rows;
mod subquery;
mod upsert;
mod values;

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::errors::Errors;

pub(crate) fn query(input: TokenStream) -> TokenStream {
    let mut errors = Errors::default();
    let anchored = anchor::anchor(input, &mut errors);
    let expanded = match syn::parse2::<syn::Expr>(anchored) {
        Ok(mut expression) => {
            expression::ungroup(&mut expression);
            chain::lower(expression, &mut errors)
        }
        Err(error) => {
            errors.push(error);
            None
        }
    };
    // What could be understood is emitted beside the mistakes, and first: an editor compares what it sees with what it
    // would see after one more word, place by place.
    match errors.into_tokens() {
        Some(errors) if expanded.is_some() => quote!({ #expanded; #errors }),
        Some(errors) => quote!({ #errors }),
        None => quote!({ #expanded }),
    }
}

/// An expression over columns in an attribute: `.user.email`.
pub(crate) fn expression_of(tokens: TokenStream, errors: &mut Errors) -> Option<syn::Expr> {
    let anchored = anchor::anchor(tokens, errors);
    let mut expression: syn::Expr = errors.keep(syn::parse2(anchored))?;
    expression::ungroup(&mut expression);
    Some(expression)
}

/// The column of a name.
pub(crate) fn column(name: &Ident) -> syn::Expr {
    let root = Ident::new(anchor::ROOT, name.span());
    syn::parse_quote_spanned!(name.span()=> #root.#name)
}

/// Rewrites what is said of the columns of `rows` into calls.
pub(crate) fn lower(expression: &mut syn::Expr, rows: &Ident, errors: &mut Errors) {
    expression::lower_in(expression, rows, errors);
}

/// The names by which the fields are to be bound.
pub(crate) fn roots(tokens: TokenStream) -> Vec<Ident> {
    anchor::roots(tokens)
}

#[cfg(test)]
mod tests;
