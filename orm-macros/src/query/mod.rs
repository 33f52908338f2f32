//! `query!`: anchor the leading dots, parse, lower the chain and the expressions in it.
//!
//! The macro only rewrites: every name the user wrote stays the user's token, so that the compiler's errors and an
//! editor's completion land on it. It binds values and opens no closure, so `?` and `.await` work inside.

mod anchor;
mod argument;
mod case;
mod chain;
mod expression;

use proc_macro2::TokenStream;
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
    let expanded = expanded.filter(|_| !errors.are_alone());
    match errors.into_tokens() {
        Some(errors) if expanded.is_some() => quote!({ #expanded; #errors }),
        Some(errors) => quote!({ #errors }),
        None => quote!({ #expanded }),
    }
}

#[cfg(test)]
mod tests;
