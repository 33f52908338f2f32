use proc_macro2::{Literal, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;

use super::super::checked::{Kind, Model, Relation};
use super::{Names, literals};
use crate::name;

/// `impl At<I>` for each relation, what says whether it is loaded, and the checks of both its sides.
pub(super) fn expand(model: &Model<'_>, names: &Names) -> TokenStream {
    let Names { loaded, .. } = names;
    let vis = model.vis;
    let traits = model.relations.iter().zip(loaded).map(|(relation, name)| {
        let (relation_name, how) = (name::plain(&relation.name), how_to_load(relation));
        let message = format!(
            "relation `{relation_name}` of `{}` was not loaded by the query that produced this row",
            name::plain(model.ident)
        );
        let note = format!("add it to the query with `.{how}(.{relation_name})`");
        quote! {
            #[doc(hidden)]
            #[allow(non_camel_case_types)]
            #[diagnostic::on_unimplemented(message = #message, label = "not loaded", note = #note)]
            #vis trait #name {}
        }
    });
    let implementations = model.relations.iter().enumerate().map(|(i, relation)| {
        let at = at(model, i, relation);
        let (checks, name) = (checks(model, relation), &loaded[i]);
        quote! {
            #at
            #[automatically_derived]
            #[diagnostic::do_not_recommend]
            impl<__T: ::orm::__private::Filled> #name for __T {}
            #checks
        }
    });
    quote! {
        #(#traits)*
        #(#implementations)*
    }
}

fn how_to_load(relation: &Relation<'_>) -> &'static str {
    if relation.is_many() { "prefetch_related" } else { "select_related" }
}

fn at(model: &Model<'_>, i: usize, relation: &Relation<'_>) -> TokenStream {
    let (ident, target) = (model.ident, &relation.target);
    let (index, name) = (Literal::usize_unsuffixed(i), name::plain(&relation.name));
    let (side, kind) = match &relation.kind {
        Kind::BelongsTo { nullable: false, .. } => (quote!(Declared), quote!(ExactlyOne)),
        Kind::BelongsTo { nullable: true, .. } => (quote!(Declared), quote!(OneOrNone)),
        Kind::HasOne { .. } => (quote!(Mirrored), quote!(OneOrNone)),
        Kind::HasMany { .. } => (quote!(Mirrored), quote!(Many)),
        Kind::ManyToMany { .. } => (quote!(Linked), quote!(Many)),
    };
    let data = match &relation.kind {
        Kind::BelongsTo { columns, nullable, on_delete } => {
            let columns = literals(columns);
            let on_delete = proc_macro2::Ident::new(on_delete, proc_macro2::Span::call_site());
            quote!(BelongsTo {
                columns: &[#(#columns),*],
                nullable: #nullable,
                on_delete: ::orm::__private::OnDelete::#on_delete,
            })
        }
        Kind::HasOne { mirror } => {
            let mirror = number_of(target, mirror);
            quote!(HasOne { mirror: #mirror })
        }
        Kind::HasMany { mirror } => {
            let mirror = number_of(target, mirror);
            quote!(HasMany { mirror: #mirror })
        }
        Kind::ManyToMany { through, source, far } => {
            let (source, far) = (number_of(through, source), number_of(through, far));
            quote!(ManyToMany {
                through: <#through as ::orm::__private::Model>::table,
                source: #source,
                target: #far,
            })
        }
    };
    let target_table = quote_spanned!(target.span()=> <#target as ::orm::__private::Model>::table);
    quote! {
        #[automatically_derived]
        impl ::orm::__private::At<#index> for #ident {
            type Target = #target;
            type Kind = ::orm::__private::#kind;
            type Side = ::orm::__private::#side;
            const RELATION: &'static ::orm::__private::Relation = &::orm::__private::Relation {
                name: #name,
                kind: ::orm::__private::RelationKind::#data,
                target: #target_table,
            };
        }
    }
}

/// The number of a relation of another model.
fn number_of(model: &syn::Path, relation: &proc_macro2::Ident) -> TokenStream {
    let names = quote_spanned!(model.span()=> <#model as ::orm::__private::Model>::Relations);
    quote!(<#names as ::orm::__private::Names>::GET.#relation().index())
}

/// Questions to the compiler: does the foreign key have the type of the other key, and does the other side refer
/// to this one?
fn checks(model: &Model<'_>, relation: &Relation<'_>) -> TokenStream {
    let (ident, target) = (model.ident, &relation.target);
    match &relation.kind {
        Kind::BelongsTo { columns, .. } => {
            let types: Vec<_> =
                columns.iter().map(|&i| model.columns[i].inner.unwrap_or(model.columns[i].ty)).collect();
            let (span, key) = match &types[..] {
                [ty] => (ty.span(), quote!(#ty)),
                _ => (relation.name.span(), quote!((#(#types),*))),
            };
            let target_key = quote_spanned!(target.span()=> <#target as ::orm::__private::Model>::Key);
            quote_spanned! {span=>
                const _: fn() = <#key as ::orm::__private::ForeignKey<#target_key>>::check;
            }
        }
        Kind::HasOne { mirror } | Kind::HasMany { mirror } => mirrors(target, mirror, ident),
        Kind::ManyToMany { through, source, far } => {
            let (near, far) = (number_of(through, source), number_of(through, far));
            quote_spanned! {source.span()=>
                const _: () = ::orm::__private::links::<
                    ::orm::__private::Rel<#through, { #near }>,
                    ::orm::__private::Rel<#through, { #far }>,
                    #ident,
                    #target,
                >();
            }
        }
    }
}

fn mirrors(model: &syn::Path, relation: &proc_macro2::Ident, of: impl quote::ToTokens) -> TokenStream {
    let number = number_of(model, relation);
    quote_spanned! {relation.span()=>
        const _: () = ::orm::__private::mirrors::<::orm::__private::Rel<#model, { #number }>, #of>();
    }
}
