use proc_macro2::TokenStream;
use quote::quote;

use super::super::checked::{Column, Model};
use super::literals;
use crate::name;

/// The value of a `KnownColumns`: what `get_or_create` and `on_conflict` ask the compiler about the model's columns.
pub(super) fn expand(model: &Model<'_>) -> TokenStream {
    let unique = model.indexes.iter().filter(|(_, unique)| *unique).map(|(columns, _)| columns);
    let keys: Vec<_> = std::iter::once(&model.primary_key).chain(unique).collect();
    let positions = keys.iter().map(|key| {
        let key = literals(key);
        quote!(&[#(#key),*])
    });
    let names: Vec<String> = keys.iter().map(|key| shown(model, key)).collect();
    let not_unique = format!(
        "this is not a declared unique key of `{}`, whose {} {}",
        name::plain(model.ident),
        if names.len() == 1 { "only one is" } else { "unique keys are" },
        names.join(", ")
    );
    let fields = model.columns.iter().map(|column| field(model, column));
    quote! {
        ::orm::__private::KnownColumns {
            fields: &[#(#fields),*],
            unique: &[#(#positions),*],
            not_unique: #not_unique,
        }
    }
}

/// `email`, or `(order_id, product_id)`.
fn shown(model: &Model<'_>, key: &[usize]) -> String {
    let names: Vec<String> = key.iter().map(|&i| name::plain(model.columns[i].ident)).collect();
    match &names[..] {
        [name] => format!("`{name}`"),
        _ => format!("`({})`", names.join(", ")),
    }
}

fn field(model: &Model<'_>, column: &Column<'_>) -> TokenStream {
    let (name, nullable) = (name::plain(column.ident), column.inner.is_some());
    let missing = match column.is_required() {
        true => {
            let model = name::plain(model.ident);
            let message = format!("a new `{model}` needs a value for `{name}`: add `.defaults({name} = ..)`");
            quote!(::core::option::Option::Some(#message))
        }
        false => quote!(::core::option::Option::None),
    };
    quote!(::orm::__private::KnownField { name: #name, nullable: #nullable, missing: #missing })
}
