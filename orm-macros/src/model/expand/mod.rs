//! What a checked model becomes: one file a generated item.

mod accessors;
mod fields;
mod insert;
mod model;
mod names;
mod relations;
mod row;
mod table;
mod unique;

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

use super::checked::Model;
use crate::name;

pub(super) fn expand(model: &Model<'_>) -> TokenStream {
    let names = Names::new(model);
    let mut out = model::expand(model, &names);
    out.extend(fields::expand(model, &names));
    out.extend(insert::expand(model, &names));
    out.extend(names::expand(model, &names));
    if !model.relations.is_empty() {
        out.extend(relations::expand(model, &names));
        out.extend(row::expand(model, &names));
        out.extend(accessors::expand(model, &names));
    }
    out
}

/// The names of the generated items.
struct Names {
    fields: Ident,
    with: Ident,
    relations: Ident,
    new: Ident,
    create: Ident,
    /// For each relation the trait that says that it is loaded.
    loaded: Vec<Ident>,
    /// For each relation the type parameter of its slot.
    slots: Vec<Ident>,
    /// For each relation its type.
    types: Vec<TokenStream>,
}

impl Names {
    fn new(model: &Model<'_>) -> Names {
        let ident = model.ident;
        let plain = name::plain(ident);
        let all = 0..model.relations.len();
        Names {
            fields: format_ident!("{plain}Fields", span = ident.span()),
            with: format_ident!("{plain}With", span = ident.span()),
            relations: format_ident!("{plain}Relations", span = ident.span()),
            new: format_ident!("New{plain}", span = ident.span()),
            create: format_ident!("Create{plain}", span = ident.span()),
            loaded: model
                .relations
                .iter()
                .map(|relation| {
                    let name = name::plain(&relation.name);
                    format_ident!("{plain}_{name}_Loaded", span = relation.name.span())
                })
                .collect(),
            slots: all.clone().map(|i| format_ident!("__S{i}")).collect(),
            types: all
                .map(|i| {
                    let i = Literal::usize_unsuffixed(i);
                    quote!(::orm::__private::Rel<#ident, #i>)
                })
                .collect(),
        }
    }
}

/// Small numbers as they are written by hand.
fn literals(numbers: &[usize]) -> Vec<Literal> {
    numbers.iter().map(|&number| Literal::usize_unsuffixed(number)).collect()
}
