//! `#[orm::test]`.

use proc_macro2::TokenStream;
use quote::quote;
use syn::ItemFn;

use crate::errors::Errors;

pub(crate) fn test(arguments: TokenStream, item: TokenStream) -> TokenStream {
    const FORM: &str = "write `#[orm::test] async fn name(db: Db) { .. }`";
    let function: ItemFn = match syn::parse2(item) {
        Ok(function) => function,
        Err(error) => return error.to_compile_error(),
    };
    let mut errors = Errors::default();
    if !arguments.is_empty() {
        errors.push(syn::Error::new_spanned(arguments, "`#[orm::test]` takes no arguments"));
    }
    if function.sig.asyncness.is_none() {
        errors.at(function.sig.fn_token.span, format!("a database test is async: {FORM}"));
    }
    if function.sig.inputs.len() != 1 {
        errors.at(function.sig.ident.span(), format!("a database test takes the database: {FORM}"));
    }
    if let Some(errors) = errors.into_tokens() {
        return errors;
    }
    let ItemFn { attrs, vis, sig, block, .. } = function;
    let (name, inputs, output) = (&sig.ident, &sig.inputs, &sig.output);
    let text = crate::name::plain(name);
    quote! {
        #[::core::prelude::v1::test]
        #(#attrs)*
        #vis fn #name() #output {
            async fn body(#inputs) #output #block
            ::orm::testing::run(#text, body)
        }
    }
}
