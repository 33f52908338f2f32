use proc_macro2::{Literal, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;

use super::super::checked::Model;
use super::{Names, insert, table, unique};

/// `impl Model`, `impl Row` and `impl FromRow` for the struct itself.
pub(super) fn expand(model: &Model<'_>, names: &Names) -> TokenStream {
    let Names { fields, with, relations, new, create, .. } = names;
    let ident = model.ident;
    let table = table::expand(model);
    let known = unique::expand(model);
    let columns: Vec<_> = model.columns.iter().map(|column| column.ident).collect();
    let decodes = model.columns.iter().map(|column| {
        let ty = column.base();
        let read = if column.inner.is_some() { quote!(read_nullable) } else { quote!(read) };
        quote_spanned!(ty.span()=> <#ty as ::orm::__private::ColumnType>::#read(__c)?)
    });
    let width = Literal::usize_unsuffixed(columns.len());
    let assumed = match model.relations.len() {
        0 => quote!(#ident),
        n => {
            let assumed = std::iter::repeat_n(quote!(::orm::__private::Assumed), n);
            quote!(#with<#(#assumed),*>)
        }
    };
    let key_types: Vec<_> = model.primary_key.iter().map(|&i| model.columns[i].ty).collect();
    let key_fields: Vec<_> = model.primary_key.iter().map(|&i| columns[i]).collect();
    let (key_type, key) = match (&key_types[..], &key_fields[..]) {
        ([ty], [field]) => (quote!(#ty), quote!(::core::clone::Clone::clone(&self.#field))),
        _ => (quote!((#(#key_types),*)), quote!((#(::core::clone::Clone::clone(&self.#key_fields)),*))),
    };
    let values = insert::values_of_row(model);
    let objects = format!("All rows of `{}`, as a lazy query.", model.table);
    quote! {
        #[automatically_derived]
        #[diagnostic::do_not_recommend]
        impl ::orm::__private::Model for #ident {
            type Fields<__P: ::orm::__private::Path> = #fields<__P>;
            type Relations = #relations;
            type Assumed = #assumed;
            type Key = #key_type;
            type New = #new;
            type Create = #create;
            const COLUMNS: &'static ::orm::__private::KnownColumns = &#known;
            fn table() -> &'static ::orm::__private::Table {
                static TABLE: ::orm::__private::Table = #table;
                &TABLE
            }
            type Objects = ::orm::QuerySet<#ident>;
            fn key(&self) -> #key_type {
                #key
            }
            fn values(&self, __values: &mut dyn ::orm::__private::Values) {
                #(#values)*
            }
            fn objects() -> Self::Objects {
                ::orm::QuerySet::new()
            }
        }
        #[automatically_derived]
        #[diagnostic::do_not_recommend]
        impl ::orm::__private::RowType for #ident {}
        #[automatically_derived]
        #[diagnostic::do_not_recommend]
        impl ::orm::__private::Row for #ident {
            type Model = #ident;
            type Scope = #fields<::orm::__private::Root<#ident>>;
            const SHAPE: &'static ::orm::__private::Shape = &::orm::__private::Shape::new(
                <#ident as ::orm::__private::Model>::table,
                &[],
                ::orm::__private::new_level::<#ident>,
            );
            const WIDTH: usize = #width;
            const MANY: usize = 0;
            fn decode(
                __c: &mut ::orm::__private::Cursor<'_>,
            ) -> ::core::result::Result<Self, ::orm::__private::Mismatch> {
                ::core::result::Result::Ok(Self { #(#columns: #decodes),* })
            }
            fn fill(&mut self, __slot: usize, _: &mut dyn ::core::any::Any) -> ::core::option::Option<usize> {
                ::core::option::Option::Some(__slot)
            }
            fn model(&self) -> &Self {
                self
            }
            fn model_mut(&mut self) -> &mut Self {
                self
            }
        }
        #[automatically_derived]
        #[diagnostic::do_not_recommend]
        impl ::orm::__private::FromRow for #ident {
            fn columns() -> ::std::vec::Vec<::orm::__private::ResultColumn> {
                ::orm::__private::named_columns(<#ident as ::orm::__private::Model>::table())
            }
            fn from_row(
                __c: &mut ::orm::__private::Cursor<'_>,
            ) -> ::core::result::Result<Self, ::orm::__private::Mismatch> {
                ::orm::__private::Row::decode(__c)
            }
        }
        #[allow(dead_code, unreachable_pub, clippy::all, clippy::pedantic, clippy::nursery, clippy::restriction)]
        impl #ident {
            #[doc = #objects]
            pub fn objects() -> ::orm::QuerySet<#ident> {
                ::orm::QuerySet::new()
            }
        }
    }
}
