use proc_macro2::{Literal, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;

use super::super::checked::{Column, Model};
use super::Names;
use crate::name;

/// `NewOrder`, the required columns of a new row, and `CreateOrder`, what it converts into, with the optional ones.
pub(super) fn expand(model: &Model<'_>, names: &Names) -> TokenStream {
    let new = new(model, names);
    let create = create(model, names);
    let conversions = conversions(model, names);
    let values = values(model, names);
    quote!(#new #create #conversions #values)
}

fn split<'m, 'a>(model: &'m Model<'a>) -> (Vec<&'m Column<'a>>, Vec<&'m Column<'a>>) {
    model.columns.iter().partition(|column| column.is_required())
}

fn new(model: &Model<'_>, names: &Names) -> TokenStream {
    let Names { new, create, .. } = names;
    let (vis, ident) = (model.vis, name::plain(model.ident));
    let (required, optional) = split(model);
    let about = format!(
        "The required columns of a new [`{ident}`]. It converts into [`{create}`], which has a setter for each \
         optional column: {}.",
        match optional.len() {
            0 => "there is none".to_owned(),
            _ => optional.iter().map(|column| format!("`{}`", column.ident)).collect::<Vec<_>>().join(", "),
        }
    );
    let fields = required.iter().map(|column| {
        let (name, vis, ty, docs) = (column.ident, column.vis, column.ty, &column.docs);
        let about = format!("The column `{}`.", column.name);
        quote!(#docs #[doc = #about] #vis #name: #ty)
    });
    quote! {
        #[doc = #about]
        #[derive(Debug, Clone)]
        #vis struct #new {
            #(#fields,)*
        }
    }
}

fn create(model: &Model<'_>, names: &Names) -> TokenStream {
    let Names { create, new, .. } = names;
    let (vis, ident) = (model.vis, model.ident);
    let (required, optional) = split(model);
    let about = format!(
        "A new [`{}`]: made from [`{new}`], with a setter for each optional column.",
        name::plain(ident)
    );
    let (required_names, required_types) = names_and_types(&required);
    let (optional_names, optional_types) = names_and_types(&optional);
    let setters = optional.iter().map(|column| {
        let (name, vis, ty, docs) = (column.ident, column.vis, column.ty, &column.docs);
        let about = format!("Sets the column `{}`.", column.name);
        quote_spanned! {name.span()=>
            #docs
            #[doc = #about]
            #vis fn #name(mut self, value: impl ::orm::__private::Assign<#ty>) -> Self {
                self.#name = ::core::option::Option::Some(::orm::__private::Assign::assign(value));
                self
            }
        }
    });
    quote! {
        #[doc = #about]
        #[derive(Debug, Clone)]
        #[must_use = "nothing is inserted until `execute(&db)` is awaited"]
        #vis struct #create {
            #(#required_names: #required_types,)*
            #(#optional_names: ::core::option::Option<#optional_types>,)*
        }
        #[automatically_derived]
        #[allow(dead_code, unreachable_pub, clippy::all, clippy::pedantic, clippy::nursery, clippy::restriction)]
        impl #create {
            #(#setters)*
            /// Inserts the row and returns it as the database made it: one statement, `INSERT .. RETURNING`.
            ///
            /// # Errors
            ///
            /// When the database cannot be reached or refuses the row, for example for a unique column's value that
            /// exists already.
            #vis fn execute<'__db, __E: ::orm::Executor>(
                &self,
                db: &'__db __E,
            ) -> ::orm::__private::BoxFuture<'__db, ::orm::Result<#ident>> {
                ::orm::__private::execute_create(self, db)
            }
        }
    }
}

fn names_and_types<'a>(columns: &[&Column<'a>]) -> (Vec<&'a proc_macro2::Ident>, Vec<&'a syn::Type>) {
    columns.iter().map(|column| (column.ident, column.ty)).unzip()
}

fn conversions(model: &Model<'_>, names: &Names) -> TokenStream {
    let Names { create, new, .. } = names;
    let ident = model.ident;
    let (required, optional) = split(model);
    let (required, _) = names_and_types(&required);
    let (optional, _) = names_and_types(&optional);
    // The second conversion also reads every field, so that one used in queries alone is not called dead.
    quote! {
        #[automatically_derived]
        impl ::core::convert::From<#new> for #create {
            fn from(__new: #new) -> Self {
                #create {
                    #(#required: __new.#required,)*
                    #(#optional: ::core::option::Option::None,)*
                }
            }
        }
        #[automatically_derived]
        impl ::core::convert::From<#ident> for #create {
            fn from(__row: #ident) -> Self {
                #create {
                    #(#required: __row.#required,)*
                    #(#optional: ::core::option::Option::Some(__row.#optional),)*
                }
            }
        }
    }
}

fn values(model: &Model<'_>, names: &Names) -> TokenStream {
    let Names { create, .. } = names;
    let ident = model.ident;
    let puts = model.columns.iter().enumerate().map(|(i, column)| {
        let (name, index) = (column.ident, Literal::usize_unsuffixed(i));
        match column.is_required() {
            true => {
                let value = as_sql(column, &quote!(&self.#name));
                quote!(__values.put(#index, #value);)
            }
            false => {
                let value = as_sql(column, &quote!(__value));
                quote! {
                    if let ::core::option::Option::Some(__value) = &self.#name {
                        __values.put(#index, #value);
                    }
                }
            }
        }
    });
    quote! {
        #[automatically_derived]
        impl ::orm::__private::Insert for #create {
            type Model = #ident;
            fn values(&self, __values: &mut dyn ::orm::__private::Values) {
                #(#puts)*
            }
        }
    }
}

/// Gives each column of a row of the model to `__values`.
pub(super) fn values_of_row(model: &Model<'_>) -> impl Iterator<Item = TokenStream> {
    model.columns.iter().enumerate().map(|(i, column)| {
        let (name, index) = (column.ident, Literal::usize_unsuffixed(i));
        let value = as_sql(column, &quote!(&self.#name));
        quote!(__values.put(#index, #value);)
    })
}

fn as_sql(column: &Column<'_>, value: &TokenStream) -> TokenStream {
    let ty = column.base();
    let method = if column.inner.is_some() { quote!(nullable_as_sql) } else { quote!(as_sql) };
    quote_spanned!(ty.span()=> <#ty as ::orm::__private::ColumnType>::#method(#value))
}
