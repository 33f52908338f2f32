//! `#[derive(Model)]`: parse, check, expand.

mod attribute;
mod check;
mod checked;
mod expand;
mod parse;

use proc_macro2::TokenStream;
use syn::DeriveInput;

use crate::errors::Errors;

pub(crate) fn derive(input: TokenStream) -> TokenStream {
    let input: DeriveInput = match syn::parse2(input) {
        Ok(input) => input,
        Err(error) => return error.to_compile_error(),
    };
    let mut errors = Errors::default();
    let model = parse::parse(&input, &mut errors).and_then(|parsed| check::check(parsed, &mut errors));
    match (model, errors.into_tokens()) {
        (Some(model), None) => expand::expand(&model),
        // Without an implementation every use of the model would be an error of its own.
        (_, errors) => {
            let fallback = expand::fallback(&input);
            quote::quote!(#errors #fallback)
        }
    }
}
