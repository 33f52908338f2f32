use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::super::checked::Model;
use super::Names;
use crate::name;

/// `OrderWith<..>`: a row with a slot for each relation.
pub(super) fn expand(model: &Model<'_>, names: &Names) -> TokenStream {
    let Names { with, slots, fields, .. } = names;
    let (ident, vis) = (model.ident, model.vis);
    let relations: Vec<_> = model.relations.iter().map(|relation| &relation.name).collect();
    let parameters: Vec<_> =
        relations.iter().map(|name| format_ident!("{}", name::camel_case(&name::plain(name)))).collect();
    let about = about(model, &parameters);
    // The user sees these names where rustc prints the definition, so they are the relations'.
    let declared: Vec<_> = slots.iter().map(|slot| quote!(#slot = ())).collect();
    let first = &slots[0];
    let width = model.columns.len();
    let name = name::plain(with);
    let shown: Vec<_> = relations.iter().map(|name| name::plain(name)).collect();
    let slot_impls = (0..slots.len()).map(|i| slot(model, names, i));
    quote! {
        #[doc = #about]
        #vis struct #with<#(#declared),*> {
            __row: #ident,
            #(#relations: #slots,)*
        }
        #[automatically_derived]
        #[diagnostic::do_not_recommend]
        impl<#(#slots),*> ::orm::__private::RowType for #with<#(#slots),*> {}
        #[automatically_derived]
        impl<#(#slots: ::orm::__private::Stored),*> ::orm::__private::Row for #with<#(#slots),*> {
            type Model = #ident;
            type Scope = #fields<::orm::__private::Root<#ident>>;
            const SHAPE: &'static ::orm::__private::Shape = &::orm::__private::Shape::new(
                <#ident as ::orm::__private::Model>::table,
                &[#(<#slots as ::orm::__private::Stored>::SHAPE),*],
                ::orm::__private::new_level::<Self>,
            );
            const WIDTH: usize = #width #(+ <#slots as ::orm::__private::Stored>::WIDTH)*;
            const MANY: usize = 0 #(+ <#slots as ::orm::__private::Stored>::MANY)*;
            fn decode(
                __c: &mut ::orm::__private::Cursor<'_>,
            ) -> ::core::result::Result<Self, ::orm::__private::Mismatch> {
                ::core::result::Result::Ok(#with {
                    __row: ::orm::__private::Row::decode(__c)?,
                    #(#relations: ::orm::__private::Stored::decode(__c)?,)*
                })
            }
            fn fill(
                &mut self,
                __slot: usize,
                __children: &mut dyn ::core::any::Any,
            ) -> ::core::option::Option<usize> {
                #(let __slot = ::orm::__private::Stored::fill(&mut self.#relations, __slot, __children)?;)*
                ::core::option::Option::Some(__slot)
            }
            fn model(&self) -> &#ident {
                &self.__row
            }
            fn model_mut(&mut self) -> &mut #ident {
                &mut self.__row
            }
        }
        #(#slot_impls)*
        ::orm::__serialize_with!(#with #first #ident #([#relations #shown #slots])*);
        #[automatically_derived]
        impl<#(#slots),*> ::core::ops::Deref for #with<#(#slots),*> {
            type Target = #ident;
            fn deref(&self) -> &#ident {
                &self.__row
            }
        }
        #[automatically_derived]
        impl<#(#slots),*> ::core::ops::DerefMut for #with<#(#slots),*> {
            fn deref_mut(&mut self) -> &mut #ident {
                &mut self.__row
            }
        }
        #[automatically_derived]
        impl<#(#slots),*> ::core::convert::From<#with<#(#slots),*>> for #ident {
            fn from(__row: #with<#(#slots),*>) -> Self {
                __row.__row
            }
        }
        #[automatically_derived]
        impl<#(#slots: ::core::fmt::Debug),*> ::core::fmt::Debug for #with<#(#slots),*>
        where
            #ident: ::orm::__private::DebugRow<#first>,
        {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.debug_struct(#name)
                    .field("row", ::orm::__private::DebugRow::<#first>::debug(&self.__row))
                    #(.field(#shown, &self.#relations))*
                    .finish()
            }
        }
        #[automatically_derived]
        impl<#(#slots: ::core::clone::Clone),*> ::core::clone::Clone for #with<#(#slots),*>
        where
            #ident: ::orm::__private::CloneRow<#first>,
        {
            fn clone(&self) -> Self {
                #with {
                    __row: ::orm::__private::CloneRow::<#first>::clone_row(&self.__row),
                    #(#relations: ::core::clone::Clone::clone(&self.#relations),)*
                }
            }
        }
        #[automatically_derived]
        impl<#(#slots: ::core::cmp::PartialEq),*> ::core::cmp::PartialEq for #with<#(#slots),*>
        where
            #ident: ::orm::__private::EqRow<#first>,
        {
            fn eq(&self, other: &Self) -> bool {
                ::orm::__private::EqRow::<#first>::eq_row(&self.__row, &other.__row)
                    #(&& self.#relations == other.#relations)*
            }
        }
    }
}

fn about(model: &Model<'_>, parameters: &[proc_macro2::Ident]) -> String {
    let ident = name::plain(model.ident);
    let mut about = format!(
        "A [`{ident}`] with loaded relations: one slot for each, in the order declared; `()` is not loaded.\n\n\
         Dereferences to the `{ident}`. Name such a type with `loaded!({ident} {{ .. }})`.\n\n"
    );
    for (relation, parameter) in model.relations.iter().zip(parameters) {
        let name = name::plain(&relation.name);
        about.push_str(&format!("- slot of `{name}` ({parameter}): what was loaded of the relation\n"));
    }
    about
}

/// The place of relation number `i` in the plain row and in one with loaded relations.
fn slot(model: &Model<'_>, names: &Names, i: usize) -> TokenStream {
    let Names { with, slots, types, .. } = names;
    let (ident, relation, this) = (model.ident, &types[i], &slots[i]);
    let replaced = (0..slots.len()).map(|j| match j == i {
        true => quote!(__X),
        false => {
            let other = &slots[j];
            quote!(#other)
        }
    });
    let first = (0..=i).map(|j| if j == i { quote!(__X) } else { quote!(()) });
    quote! {
        #[automatically_derived]
        impl ::orm::__private::Slot<#relation> for #ident {
            type Value = ();
            type Set<__X: ::orm::__private::Stored> = #with<#(#first),*>;
        }
        #[automatically_derived]
        impl<#(#slots: ::orm::__private::Stored),*> ::orm::__private::Slot<#relation> for #with<#(#slots),*> {
            type Value = #this;
            type Set<__X: ::orm::__private::Stored> = #with<#(#replaced),*>;
        }
    }
}
