//! The local structs in which `annotate`, `values` and their like keep what has a name.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};

/// What a struct of names is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Values beside the row.
    Annotation,
    /// Relations beside the row.
    Prefetch,
    /// Values in place of the row.
    Record,
}

/// The items that a struct of `names` is made of, and the function `__kind` that finds its type from its values.
pub(super) fn items(kind: Kind, title: &str, names: &[Ident], at: &Ident) -> TokenStream {
    let title = Ident::new(title, at.span());
    let parameters: Vec<Ident> = (0..names.len()).map(|i| format_ident!("__V{i}")).collect();
    let items = match kind {
        Kind::Annotation => annotation(&title, names, &parameters),
        Kind::Prefetch => prefetch(&title, names, &parameters),
        Kind::Record => record(&title, names, &parameters),
    };
    let around = match kind {
        Kind::Record => TokenStream::new(),
        Kind::Annotation | Kind::Prefetch => around_row(&title, &parameters),
    };
    quote!(#items #around)
}

/// What a struct around a row has.
fn around_row(title: &Ident, parameters: &[Ident]) -> TokenStream {
    quote! {
        impl<__R, #(#parameters),*> ::core::ops::Deref for #title<__R, #(#parameters),*> {
            type Target = __R;
            fn deref(&self) -> &__R {
                &self.__row
            }
        }
        impl<__R, #(#parameters),*> ::core::ops::DerefMut for #title<__R, #(#parameters),*> {
            fn deref_mut(&mut self) -> &mut __R {
                &mut self.__row
            }
        }
        #[allow(dead_code, clippy::all, clippy::pedantic, clippy::nursery, clippy::restriction)]
        impl<__R, #(#parameters),*> #title<__R, #(#parameters),*> {
            fn into_row(self) -> __R {
                self.__row
            }
        }
    }
}

/// The methods that the implementations of `Annotation` share.
fn row_methods() -> TokenStream {
    quote! {
        fn row<__R: ::core::marker::Send + 'static>(__of: &Self::Of<__R>) -> &__R {
            &__of.__row
        }
        fn row_mut<__R: ::core::marker::Send + 'static>(__of: &mut Self::Of<__R>) -> &mut __R {
            &mut __of.__row
        }
    }
}

fn annotation(title: &Ident, names: &[Ident], parameters: &[Ident]) -> TokenStream {
    let (scope, methods) = (scope(names, parameters), row_methods());
    let texts = names.iter().map(crate::name::plain);
    let reads = names.iter().map(|name| quote!(#name: __c.read()?));
    quote! {
        #[derive(Debug, Clone, PartialEq)]
        #[allow(dead_code)]
        struct #title<__R, #(#parameters),*> {
            #(#names: #parameters,)*
            __row: __R,
        }
        ::orm::__serialize_around!(#title __row [#(#parameters)*] #([#names #texts])*);
        #scope
        impl<#(#parameters: ::orm::__private::FieldType),*> ::orm::__private::Annotation
            for #title<(), #(#parameters),*>
        {
            type Of<__R: ::core::marker::Send + 'static> = #title<__R, #(#parameters),*>;
            type Scope<__F: ::core::default::Default, __U: 'static> = __Scope<__F, __U, #(#parameters),*>;
            const NAMED: &'static [&'static ::orm::__private::Shape] = &[];
            fn read<__R: ::core::marker::Send + 'static>(
                __c: &mut ::orm::__private::Cursor<'_>,
                __row: __R,
            ) -> ::core::result::Result<Self::Of<__R>, ::orm::__private::Mismatch> {
                ::core::result::Result::Ok(#title { #(#reads,)* __row })
            }
            #methods
            fn put<__R: ::core::marker::Send + 'static>(
                _: &mut Self::Of<__R>,
                _: usize,
                _: &mut dyn ::core::any::Any,
            ) {
            }
        }
        #[allow(clippy::too_many_arguments)]
        fn __kind<__U, #(#parameters),*>(
            #(_: &::orm::Expr<::orm::__private::Root<__U>, #parameters>),*
        ) -> ::core::marker::PhantomData<#title<(), #(#parameters),*>> {
            ::core::marker::PhantomData
        }
    }
}

fn prefetch(title: &Ident, names: &[Ident], parameters: &[Ident]) -> TokenStream {
    let methods = row_methods();
    let texts = names.iter().map(crate::name::plain);
    let puts = names.iter().zip(parameters).enumerate().map(|(i, (name, parameter))| {
        quote! {
            if __slot == #i {
                if let ::core::option::Option::Some(__rows) = __children
                    .downcast_mut::<::std::vec::Vec<<#parameter as ::orm::__private::Selects>::Out>>()
                {
                    __of.#name = ::core::mem::take(__rows);
                }
                return;
            }
        }
    });
    quote! {
        #[derive(Debug, Clone, PartialEq)]
        #[allow(dead_code)]
        struct #title<__R, #(#parameters),*> {
            #(#names: ::std::vec::Vec<#parameters>,)*
            __row: __R,
        }
        ::orm::__serialize_around!(#title __row [#(#parameters)*] #([#names #texts])*);
        struct __Kind<#(#parameters),*>(::core::marker::PhantomData<fn() -> (#(#parameters,)*)>);
        impl<#(#parameters: ::orm::__private::Selects),*> ::orm::__private::Annotation
            for __Kind<#(#parameters),*>
        {
            type Of<__R: ::core::marker::Send + 'static> =
                #title<__R, #(<#parameters as ::orm::__private::Selects>::Out),*>;
            type Scope<__F: ::core::default::Default, __U: 'static> = __F;
            const NAMED: &'static [&'static ::orm::__private::Shape] =
                &[#(<#parameters as ::orm::__private::Selects>::SHAPE),*];
            fn read<__R: ::core::marker::Send + 'static>(
                _: &mut ::orm::__private::Cursor<'_>,
                __row: __R,
            ) -> ::core::result::Result<Self::Of<__R>, ::orm::__private::Mismatch> {
                ::core::result::Result::Ok(#title { #(#names: ::std::vec::Vec::new(),)* __row })
            }
            #methods
            fn put<__R: ::core::marker::Send + 'static>(
                __of: &mut Self::Of<__R>,
                __slot: usize,
                __children: &mut dyn ::core::any::Any,
            ) {
                #(#puts)*
            }
        }
        #[allow(clippy::too_many_arguments)]
        fn __kind<__M, #(#parameters),*>(
            #(_: &::orm::__private::Related<__M, #parameters>),*
        ) -> ::core::marker::PhantomData<__Kind<#(#parameters),*>> {
            ::core::marker::PhantomData
        }
    }
}

fn record(title: &Ident, names: &[Ident], parameters: &[Ident]) -> TokenStream {
    let scope = scope(names, parameters);
    let texts = names.iter().map(crate::name::plain);
    let reads = names.iter().map(|name| quote!(#name: __c.read()?));
    quote! {
        #[derive(Debug, Clone, PartialEq)]
        #[allow(dead_code)]
        struct #title<#(#parameters),*> {
            #(#names: #parameters,)*
        }
        ::orm::__serialize_record!(#title [#(#parameters)*] #([#names #texts])*);
        #scope
        impl<#(#parameters: ::orm::__private::FieldType),*> ::orm::__private::Record for #title<#(#parameters),*> {
            type Scope<__F: ::core::default::Default, __U: 'static> = __Scope<__F, __U, #(#parameters),*>;
            fn read(
                __c: &mut ::orm::__private::Cursor<'_>,
            ) -> ::core::result::Result<Self, ::orm::__private::Mismatch> {
                ::core::result::Result::Ok(#title { #(#reads,)* })
            }
        }
        #[allow(clippy::too_many_arguments)]
        fn __kind<__U, #(#parameters),*>(
            #(_: &::orm::Expr<::orm::__private::Root<__U>, #parameters>),*
        ) -> ::core::marker::PhantomData<#title<#(#parameters),*>> {
            ::core::marker::PhantomData
        }
    }
}

/// What later queries can filter and order by: the names, and behind them what there was before.
fn scope(names: &[Ident], parameters: &[Ident]) -> TokenStream {
    let methods = names.iter().zip(parameters).map(|(name, parameter)| {
        let text = crate::name::plain(name);
        quote_spanned! {name.span()=>
            fn #name(&self) -> ::orm::Expr<::orm::__private::Root<__U>, #parameter> {
                ::orm::Expr::annotation(#text)
            }
        }
    });
    quote! {
        struct __Scope<__F, __U, #(#parameters),*>(
            __F,
            ::core::marker::PhantomData<fn() -> (__U, #(#parameters),*)>,
        );
        impl<__F: ::core::default::Default, __U, #(#parameters),*> ::core::default::Default
            for __Scope<__F, __U, #(#parameters),*>
        {
            fn default() -> Self {
                __Scope(::core::default::Default::default(), ::core::marker::PhantomData)
            }
        }
        impl<__F, __U, #(#parameters),*> ::core::ops::Deref for __Scope<__F, __U, #(#parameters),*> {
            type Target = __F;
            fn deref(&self) -> &__F {
                &self.0
            }
        }
        #[allow(dead_code, clippy::all, clippy::pedantic, clippy::nursery, clippy::restriction)]
        impl<__F, __U, #(#parameters: ::orm::__private::FieldType),*> __Scope<__F, __U, #(#parameters),*> {
            #(#methods)*
        }
    }
}

/// Names that traits in the user's scope give to methods of all columns and relations: `ToMany`, and those of Rust's
/// prelude. The compiler could not tell them from ours.
const METHODS_OF_TRAITS: &[&str] = &[
    "aggregate",
    "all",
    "any",
    "count",
    "exists",
    "filter",
    "into",
    "is_empty",
    "none",
    "order_by",
    "try_into",
];

/// Asks the compiler whether the names are free: no column, relation or annotation of the query's rows has them.
pub(super) fn free(names: &[Ident], query: &Ident) -> TokenStream {
    let ours = Span::mixed_site();
    let name_trait = Ident::new("__Free", ours);
    let names = || names.iter().filter(|name| !METHODS_OF_TRAITS.contains(&&*name.to_string()));
    let methods = names().map(|name| {
        quote_spanned! {name.span()=>
            fn #name(self) -> ::orm::__private::Free
            where
                Self: ::core::marker::Sized,
            {
                ::orm::__private::Free
            }
        }
    });
    let checks = names().map(|name| {
        let call = quote_spanned!(name.span()=> ::orm::__private::taken(&#query).#name());
        quote_spanned!(name.span()=> ::orm::__private::free(#call);)
    });
    quote! {
        {
            #[allow(dead_code, clippy::all, clippy::pedantic, clippy::nursery, clippy::restriction)]
            trait #name_trait {
                #(#methods)*
            }
            impl<__T: ::orm::__private::LastNames> #name_trait for __T {}
            #(#checks)*
        }
    }
}
