//! `#[derive(Annotated)]`: a struct of values around a row.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Data, DeriveInput, Field, Fields, GenericParam, Type, Visibility};

use crate::errors::Errors;
use crate::name;

const WANTED: &str = "an annotated row is a struct with one type parameter, a field of that type for the row, and a field \
                      for each value: `struct WithCount<R> { row: R, count: i64 }`";

pub(crate) fn derive(input: TokenStream) -> TokenStream {
    let input: DeriveInput = match syn::parse2(input) {
        Ok(input) => input,
        Err(error) => return error.to_compile_error(),
    };
    let mut errors = Errors::default();
    let expanded = parse(&input, &mut errors).map(|parsed| expand(&parsed));
    let errors = errors.into_tokens();
    quote!(#errors #expanded)
}

struct Parsed<'a> {
    ident: &'a Ident,
    vis: &'a Visibility,
    row: &'a Ident,
    values: Vec<(&'a Ident, &'a Visibility, &'a Type)>,
}

fn parse<'a>(input: &'a DeriveInput, errors: &mut Errors) -> Option<Parsed<'a>> {
    let parameters: Vec<&GenericParam> = input.generics.params.iter().collect();
    let [GenericParam::Type(parameter)] = parameters[..] else {
        errors.at(input.ident.span(), WANTED);
        return None;
    };
    let Data::Struct(data) = &input.data else {
        errors.at(input.ident.span(), WANTED);
        return None;
    };
    let Fields::Named(fields) = &data.fields else {
        errors.at(input.ident.span(), WANTED);
        return None;
    };
    let is_row =
        |field: &&Field| matches!(&field.ty, Type::Path(path) if path.path.is_ident(&parameter.ident));
    let rows: Vec<&Field> = fields.named.iter().filter(is_row).collect();
    let [row] = rows[..] else {
        errors.at(parameter.span(), format!("exactly one field has the type `{}`: the row", parameter.ident));
        return None;
    };
    let others = fields.named.iter().filter(|field| !is_row(field));
    let values = others.filter_map(|field| Some((field.ident.as_ref()?, &field.vis, &field.ty))).collect();
    Some(Parsed { ident: &input.ident, vis: &input.vis, row: row.ident.as_ref()?, values })
}

fn expand(parsed: &Parsed<'_>) -> TokenStream {
    let Parsed { ident, vis, row, values } = parsed;
    let plain = name::plain(ident);
    let (scope, columns) = (format_ident!("{plain}Fields"), format_ident!("{plain}Values"));
    let names: Vec<&Ident> = values.iter().map(|(name, _, _)| *name).collect();
    let types: Vec<&Type> = values.iter().map(|(_, _, ty)| *ty).collect();
    let texts: Vec<String> = names.iter().map(|name| name::plain(name)).collect();
    let methods = values.iter().map(|(name, vis, ty)| {
        let text = name::plain(name);
        let about = format!("The annotation `{text}`.");
        quote_spanned! {ty.span()=>
            #[doc = #about]
            #vis fn #name(&self) -> ::orm::Expr<::orm::__private::Root<__U>, #ty> {
                ::orm::Expr::annotation(#text)
            }
        }
    });
    let reads = names.iter().map(|name| quote!(#name: __c.read()?));
    let about_scope = format!("What a query of [`{plain}`] can filter and order by.");
    let about_columns = format!("The values of the fields of [`{plain}`], for `annotate`.");
    let fields = values.iter().map(|(name, vis, ty)| {
        let about = format!("The value of `{}`.", name::plain(name));
        quote!(#[doc = #about] #vis #name: ::orm::__private::FieldValue<#ty>)
    });
    quote! {
        #[automatically_derived]
        impl<__R> ::core::ops::Deref for #ident<__R> {
            type Target = __R;
            fn deref(&self) -> &__R {
                &self.#row
            }
        }
        #[automatically_derived]
        impl<__R> ::core::ops::DerefMut for #ident<__R> {
            fn deref_mut(&mut self) -> &mut __R {
                &mut self.#row
            }
        }
        #[doc = #about_scope]
        #[derive(Debug)]
        #vis struct #scope<F, U>(F, ::core::marker::PhantomData<fn() -> U>);
        #[automatically_derived]
        impl<__F: ::core::default::Default, __U> ::core::default::Default for #scope<__F, __U> {
            fn default() -> Self {
                #scope(::core::default::Default::default(), ::core::marker::PhantomData)
            }
        }
        #[automatically_derived]
        impl<__F, __U> ::core::ops::Deref for #scope<__F, __U> {
            type Target = __F;
            fn deref(&self) -> &__F {
                &self.0
            }
        }
        #[automatically_derived]
        #[allow(dead_code, unreachable_pub, clippy::all, clippy::pedantic, clippy::nursery, clippy::restriction)]
        impl<__F, __U> #scope<__F, __U> {
            #(#methods)*
        }
        #[doc = #about_columns]
        #[derive(Debug)]
        #vis struct #columns {
            #(#fields,)*
        }
        #[automatically_derived]
        impl ::orm::__private::AroundValues for #columns {
            type Annotation = #ident<()>;
            fn into_outputs(self) -> ::std::vec::Vec<::orm::__private::Output> {
                ::std::vec![#(self.#names.named(#texts)),*]
            }
        }
        #[automatically_derived]
        impl ::orm::__private::Around for #ident<()> {
            type Values = #columns;
        }
        #[automatically_derived]
        impl ::orm::__private::Annotation for #ident<()> {
            type Of<__R: ::core::marker::Send + 'static> = #ident<__R>;
            type Scope<__F: ::core::default::Default, __U: 'static> = #scope<__F, __U>;
            const NAMED: &'static [&'static ::orm::__private::Shape] = &[];
            fn read<__R: ::core::marker::Send + 'static>(
                __c: &mut ::orm::__private::Cursor<'_>,
                #row: __R,
            ) -> ::core::result::Result<#ident<__R>, ::orm::__private::Mismatch> {
                ::core::result::Result::Ok(#ident { #(#reads,)* #row })
            }
            fn row<__R: ::core::marker::Send + 'static>(__of: &#ident<__R>) -> &__R {
                &__of.#row
            }
            fn row_mut<__R: ::core::marker::Send + 'static>(__of: &mut #ident<__R>) -> &mut __R {
                &mut __of.#row
            }
            fn put<__R: ::core::marker::Send + 'static>(
                _: &mut #ident<__R>,
                _: usize,
                _: &mut dyn ::core::any::Any,
            ) {
            }
        }
        const _: fn() = || {
            #(let _ = ::core::marker::PhantomData::<<#types as ::orm::__private::FieldType>::Base>;)*
        };
    }
}
