use proc_macro2::{Literal, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;

use super::super::checked::{Column, Default, Model};
use super::literals;
use crate::name;

/// The table as data: the value of a `static Table`.
pub(super) fn expand(model: &Model<'_>) -> TokenStream {
    let (ident, table) = (name::plain(model.ident), &model.table);
    let schema = match &model.schema {
        Some(schema) => quote!(::core::option::Option::Some(#schema)),
        None => quote!(::core::option::Option::None),
    };
    let columns = model.columns.iter().map(column);
    let key = literals(&model.primary_key);
    let this = model.ident;
    let relations = (0..model.relations.len()).map(|i| {
        let i = Literal::usize_unsuffixed(i);
        quote!(<#this as ::orm::__private::At<#i>>::RELATION)
    });
    let indexes = model.indexes.iter().map(|(columns, unique)| {
        let columns = literals(columns);
        quote!(::orm::__private::Index { columns: &[#(#columns),*], unique: #unique })
    });
    quote! {
        ::orm::__private::Table {
            model: #ident,
            schema: #schema,
            name: #table,
            columns: &[#(#columns),*],
            primary_key: &[#(#key),*],
            relations: &[#(#relations),*],
            indexes: &[#(#indexes),*],
            quoted: ::orm::__private::Quoted::new(),
        }
    }
}

fn column(column: &Column<'_>) -> TokenStream {
    let (field, name) = (name::plain(column.ident), &column.name);
    let (ty, nullable) = (column.base(), column.inner.is_some());
    let sql = quote_spanned!(ty.span()=> <#ty as ::orm::__private::ColumnType>::SQL);
    let default = match &column.default {
        Default::None => quote!(None),
        Default::Identity => quote!(Identity),
        Default::Sql(sql) => quote!(Sql(#sql)),
    };
    quote! {
        ::orm::__private::Column {
            field: #field,
            name: #name,
            ty: #sql,
            nullable: #nullable,
            default: ::orm::__private::ColumnDefault::#default,
        }
    }
}
