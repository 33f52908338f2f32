//! `loaded!(Order { user, product { category } })`.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::{Attribute, Path, Token, Visibility, braced, token};

pub(crate) fn loaded(input: TokenStream) -> TokenStream {
    match syn::parse2::<Loaded>(input) {
        Ok(Loaded { alias: None, row }) => row.expand(),
        Ok(Loaded { alias: Some(Alias { attributes, vis, name }), row }) => {
            let row = row.expand();
            quote!(#(#attributes)* #vis type #name = #row;)
        }
        Err(error) => error.to_compile_error(),
    }
}

struct Loaded {
    alias: Option<Alias>,
    row: Row,
}

/// `pub type OrderRow =`
struct Alias {
    attributes: Vec<Attribute>,
    vis: Visibility,
    name: Ident,
}

struct Row {
    model: Path,
    relations: Vec<Relation>,
}

struct Relation {
    name: Ident,
    relations: Vec<Relation>,
}

impl Parse for Loaded {
    fn parse(input: ParseStream) -> syn::Result<Self> {
        let attributes = input.call(Attribute::parse_outer)?;
        let vis: Visibility = input.parse()?;
        let alias = if input.peek(Token![type]) {
            input.parse::<Token![type]>()?;
            let name = input.parse()?;
            input.parse::<Token![=]>()?;
            Some(Alias { attributes, vis, name })
        } else {
            None
        };
        let row = Row { model: input.parse()?, relations: relations(input)? };
        if alias.is_some() && input.peek(Token![;]) {
            input.parse::<Token![;]>()?;
        }
        Ok(Loaded { alias, row })
    }
}

fn relations(input: ParseStream) -> syn::Result<Vec<Relation>> {
    if !input.peek(token::Brace) {
        return Ok(Vec::new());
    }
    let content;
    braced!(content in input);
    let relation = |input: ParseStream| {
        Ok(Relation { name: input.call(Ident::parse_any)?, relations: relations(input)? })
    };
    Ok(content.parse_terminated(relation, Token![,])?.into_iter().collect())
}

impl Row {
    fn expand(&self) -> TokenStream {
        let model = &self.model;
        let names = quote! {
            <<#model as ::orm::__private::Model>::Relations as ::orm::__private::Names>::GET
        };
        let list = list(&names, &self.relations);
        quote!(::orm::__private::Load<#model, #list>)
    }
}

/// The relations as nested pairs. Each is found by name from the names of the model before it, so that the text
/// grows with the depth and not with its square.
fn list(names: &TokenStream, relations: &[Relation]) -> TokenStream {
    relations.iter().rev().fold(quote!(()), |rest, Relation { name, relations }| {
        let below = list(&quote!(#names.#name().of()), relations);
        quote!((::orm::__private::With<{ #names.#name().index() }, #below>, #rest))
    })
}
