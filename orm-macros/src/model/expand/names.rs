use proc_macro2::{Literal, TokenStream};
use quote::{quote, quote_spanned};

use super::super::checked::Model;
use super::Names;
use crate::name;

/// `OrderRelations`: the number of each relation by its name, for `loaded!` and for other models.
pub(super) fn expand(model: &Model<'_>, names: &Names) -> TokenStream {
    let Names { relations, .. } = names;
    let (vis, ident) = (model.vis, name::plain(model.ident));
    let about =
        format!("The relations of [`{ident}`] by name: what `loaded!` and other models look them up in.");
    let methods = model.relations.iter().enumerate().map(|(i, relation)| {
        let (name, target) = (&relation.name, &relation.target);
        let index = Literal::usize_unsuffixed(i);
        let vis = relation.vis;
        let about = format!("The relation `{}`.", name::plain(name));
        quote_spanned! {name.span()=>
            #[doc = #about]
            #vis const fn #name(&self) -> ::orm::__private::Name<#target, #index> {
                ::orm::__private::Name::new()
            }
        }
    });
    quote! {
        #[doc = #about]
        #[derive(Debug)]
        #vis struct #relations(());
        #[automatically_derived]
        #[allow(dead_code, unreachable_pub, clippy::all, clippy::pedantic, clippy::nursery, clippy::restriction)]
        impl #relations {
            #(#methods)*
        }
        #[automatically_derived]
        impl ::orm::__private::Names for #relations {
            const GET: &'static Self = &#relations(());
        }
    }
}
