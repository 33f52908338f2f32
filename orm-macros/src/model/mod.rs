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
    // A model with mistakes is expanded too, without what was wrong: otherwise every use of it would be an error.
    let errors = errors.into_tokens();
    let model = model.map(|model| expand::expand(&model));
    quote::quote!(#errors #model)
}
