use proc_macro2::{Literal, TokenStream};
use quote::{quote, quote_spanned};

use syn::spanned::Spanned;

use super::super::checked::Model;
use super::Names;
use crate::name;

/// `OrderFields<P>`: one method for each column and relation, at the end of the path `P`.
///
/// It is `Copy` and its methods take it by value, so that they come before those of any trait: a column can be called
/// `into` or `any`.
pub(super) fn expand(model: &Model<'_>, names: &Names) -> TokenStream {
    let Names { fields, types, .. } = names;
    let (vis, ident) = (model.vis, name::plain(model.ident));
    let about = format!(
        "The columns and relations of [`{ident}`], one method each, for the closures of the method API.\n\n\
         - `P`: the path of relations that leads here."
    );
    let columns = model.columns.iter().enumerate().map(|(i, column)| {
        let (name, vis, docs) = (column.ident, column.vis, &column.docs);
        let index = Literal::usize_unsuffixed(i);
        let span = column.base().span();
        let ty = match column.inner {
            Some(inner) => quote_spanned!(span=> ::core::option::Option<#inner>),
            None => {
                let ty = column.ty;
                quote_spanned! {span=>
                    <#ty as ::orm::__private::ColumnType>::Under<<__P as ::orm::__private::Path>::Null>
                }
            }
        };
        let about = format!("The column `{}`.", column.name);
        // Spanned at the type, as is all that asks something of it: the compiler says the same thing once.
        quote_spanned! {span=>
            #docs
            #[doc = #about]
            #vis fn #name(self) -> ::orm::Expr<__P, #ty> {
                ::orm::Expr::column(#index)
            }
        }
    });
    let relations = model.relations.iter().zip(types).map(|(relation, ty)| {
        let (name, vis, target) = (&relation.name, relation.vis, &relation.target);
        let about = format!("The relation `{}`.", name::plain(name));
        quote_spanned! {target.span()=>
            #[doc = #about]
            #vis fn #name(
                self,
            ) -> <#target as ::orm::__private::Model>::Fields<::orm::__private::To<__P, #ty>> {
                ::core::default::Default::default()
            }
        }
    });
    quote! {
        #[doc = #about]
        #vis struct #fields<P>(::core::marker::PhantomData<fn() -> P>);
        #[automatically_derived]
        impl<__P> ::core::default::Default for #fields<__P> {
            fn default() -> Self {
                #fields(::core::marker::PhantomData)
            }
        }
        #[automatically_derived]
        impl<__P> ::core::clone::Clone for #fields<__P> {
            fn clone(&self) -> Self {
                *self
            }
        }
        #[automatically_derived]
        impl<__P> ::core::marker::Copy for #fields<__P> {}
        #[automatically_derived]
        impl<__P> ::core::fmt::Debug for #fields<__P> {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.write_str(::core::stringify!(#fields))
            }
        }
        #[automatically_derived]
        #[diagnostic::do_not_recommend]
        impl<__P: ::orm::__private::Path> ::orm::__private::Fields for #fields<__P> {
            type Path = __P;
        }
        #[automatically_derived]
        #[allow(dead_code, unreachable_pub, clippy::all, clippy::pedantic, clippy::nursery, clippy::restriction)]
        impl<__P: ::orm::__private::Path> #fields<__P> {
            #(#columns)*
            #(#relations)*
        }
    }
}
