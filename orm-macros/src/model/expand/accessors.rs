use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote, quote_spanned};

use syn::spanned::Spanned;

use super::super::checked::{Model, Relation};
use super::Names;
use crate::name;

/// `row.user()` and `row.into_user()`.
///
/// On a row with loaded relations the return type is projected out of the slot, so that a slot without a value
/// makes the method not apply. What is then found is the plain model's method of the same name, behind `Deref`: it
/// always resolves, and fails on a bound whose message names the relation and the remedy.
pub(super) fn expand(model: &Model<'_>, names: &Names) -> TokenStream {
    let Names { with, slots, .. } = names;
    let ident = model.ident;
    let loaded = (0..slots.len()).map(|i| on_slots(names, i, &model.relations[i]));
    let not_loaded = (0..slots.len()).map(|i| on_model(model, names, i));
    quote! {
        #[automatically_derived]
        #[allow(dead_code, unreachable_pub, clippy::all, clippy::pedantic, clippy::nursery, clippy::restriction)]
        impl<#(#slots),*> #with<#(#slots),*> {
            #(#loaded)*
        }
        #[automatically_derived]
        #[allow(dead_code, unreachable_pub, clippy::all, clippy::pedantic, clippy::nursery, clippy::restriction)]
        impl #ident {
            #(#not_loaded)*
        }
    }
}

fn on_slots(names: &Names, i: usize, relation: &Relation<'_>) -> TokenStream {
    let Names { loaded, slots, types, .. } = names;
    let (name, vis, slot, ty, bound) = (&relation.name, relation.vis, &slots[i], &types[i], &loaded[i]);
    let into = into_name(relation);
    let plain = name::plain(name);
    let (about, about_into) = (
        format!("The loaded relation `{plain}`."),
        format!("The loaded relation `{plain}`, moved out of the row."),
    );
    quote_spanned! {name.span()=>
        #[doc = #about]
        #vis fn #name(&self) -> <#slot as ::orm::__private::Access<#ty>>::Ref<'_>
        where
            #slot: ::orm::__private::Access<#ty> + #bound,
        {
            ::orm::__private::Access::<#ty>::get(&self.#name)
        }
        #[doc = #about_into]
        #vis fn #into(self) -> <#slot as ::orm::__private::Access<#ty>>::Owned
        where
            #slot: ::orm::__private::Access<#ty> + #bound,
        {
            ::orm::__private::Access::<#ty>::take(self.#name)
        }
    }
}

fn on_model(model: &Model<'_>, names: &Names, i: usize) -> TokenStream {
    let Names { loaded, .. } = names;
    let (ident, relation, bound) = (model.ident, &model.relations[i], &loaded[i]);
    let (name, vis, into, index) =
        (&relation.name, relation.vis, into_name(relation), Literal::usize_unsuffixed(i));
    let span = relation.target.span();
    let kind =
        quote_spanned!(span=> <#ident as ::orm::__private::At<#index>>::Kind as ::orm::__private::Kind);
    let target = &relation.target;
    let target = quote_spanned!(span=> <#target as ::orm::__private::Model>::Assumed);
    let not_loaded = quote_spanned!(name.span()=> ::orm::__private::NotLoaded<'__a>: #bound);
    quote_spanned! {span=>
        #[doc(hidden)]
        #vis fn #name<'__a>(&'__a self) -> <#kind>::Ref<'__a, #target>
        where
            #not_loaded,
        {
            ::orm::__private::not_loaded()
        }
        #[doc(hidden)]
        #vis fn #into<'__a>(self) -> <#kind>::Owned<#target>
        where
            #not_loaded,
        {
            ::orm::__private::not_loaded()
        }
    }
}

fn into_name(relation: &Relation<'_>) -> proc_macro2::Ident {
    format_ident!("into_{}", name::plain(&relation.name), span = relation.name.span())
}
