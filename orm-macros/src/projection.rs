//! `#[derive(Projection)]`: a struct of columns, expressions and other projections.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::spanned::Spanned;
use syn::{Attribute, Data, DeriveInput, Expr, Fields, GenericArgument, Path, PathArguments, Token, Type};

use crate::errors::Errors;
use crate::name;
use crate::query;

const MODEL: &str = "name the model whose rows it is made of: `#[projection(model = Order)]`";

pub(crate) fn derive(input: TokenStream) -> TokenStream {
    let input: DeriveInput = match syn::parse2(input) {
        Ok(input) => input,
        Err(error) => return error.to_compile_error(),
    };
    let mut errors = Errors::default();
    let expanded = parse(&input, &mut errors).map(|parsed| expand(&parsed, &mut errors));
    let errors = errors.into_tokens();
    quote!(#errors #expanded)
}

struct Parsed<'a> {
    ident: &'a Ident,
    model: Path,
    fields: Vec<Projected<'a>>,
}

struct Projected<'a> {
    name: &'a Ident,
    ty: &'a Type,
    from: From,
}

enum From {
    /// The column of the field's name, or an expression.
    Value(Option<Expr>),
    /// A relation.
    Relation(Ident),
}

fn parse<'a>(input: &'a DeriveInput, errors: &mut Errors) -> Option<Parsed<'a>> {
    const WANTED: &str = "a projection is a struct with named fields and no type parameters";
    let fields = match &input.data {
        Data::Struct(data) if input.generics.params.is_empty() => &data.fields,
        _ => {
            errors.at(input.ident.span(), WANTED);
            return None;
        }
    };
    let Fields::Named(fields) = fields else {
        errors.at(input.ident.span(), WANTED);
        return None;
    };
    let model = model(&input.attrs, &input.ident, errors);
    let fields = fields.named.iter().filter_map(|field| {
        let name = field.ident.as_ref()?;
        let from = from(&field.attrs, name, errors)?;
        Some(Projected { name, ty: &field.ty, from })
    });
    let fields = fields.collect();
    Some(Parsed { ident: &input.ident, model: model?, fields })
}

fn attributes(attributes: &[Attribute]) -> impl Iterator<Item = &Attribute> {
    attributes.iter().filter(|attribute| attribute.path().is_ident("projection"))
}

fn model(all: &[Attribute], ident: &Ident, errors: &mut Errors) -> Option<Path> {
    let Some(attribute) = attributes(all).next() else {
        errors.at(ident.span(), MODEL);
        return None;
    };
    let parse = |input: ParseStream| {
        let key = input.call(Ident::parse_any)?;
        if key != "model" || !input.peek(Token![=]) {
            return Err(syn::Error::new(key.span(), MODEL));
        }
        input.parse::<Token![=]>()?;
        input.parse::<Path>()
    };
    errors.keep(attribute.parse_args_with(parse))
}

fn from(all: &[Attribute], name: &Ident, errors: &mut Errors) -> Option<From> {
    let Some(attribute) = attributes(all).next() else { return Some(From::Value(None)) };
    let tokens = match &attribute.meta {
        syn::Meta::List(list) => list.tokens.clone(),
        other => {
            let message = "write what the field is: `#[projection(.user.email)]`, or `#[projection(nested)]` for a \
                           relation";
            errors.push(syn::Error::new_spanned(other, message));
            return None;
        }
    };
    if matches!(tokens.clone().into_iter().next(), Some(TokenTree::Ident(word)) if word == "nested") {
        let relation = |input: ParseStream| {
            input.call(Ident::parse_any)?;
            if input.is_empty() {
                return Ok(name.clone());
            }
            input.parse::<Token![=]>()?;
            if input.peek(Token![.]) {
                input.parse::<Token![.]>()?;
            }
            input.call(Ident::parse_any)
        };
        return errors.keep(relation.parse2(tokens)).map(From::Relation);
    }
    let expression = query::expression_of(tokens, errors)?;
    Some(From::Value(Some(expression)))
}

/// The `T` of `Option<T>` and `Vec<T>`, and whether it was a `Vec`.
fn inner(ty: &Type) -> (&Type, bool) {
    if let Type::Path(path) = ty
        && let Some(last) = path.path.segments.last()
        && let PathArguments::AngleBracketed(arguments) = &last.arguments
        && let Some(GenericArgument::Type(inner)) = arguments.args.first()
        && (last.ident == "Option" || last.ident == "Vec")
    {
        return (inner, last.ident == "Vec");
    }
    (ty, false)
}

fn expand(parsed: &Parsed<'_>, errors: &mut Errors) -> TokenStream {
    let Parsed { ident, model, fields } = parsed;
    let query = Ident::new("__q", proc_macro2::Span::mixed_site());
    let (mut selects, mut widths, mut counts) = (Vec::new(), Vec::new(), Vec::new());
    let (mut parts, mut named) = (Vec::new(), Vec::new());
    let (mut put_parts, mut put_named) = (Vec::new(), Vec::new());
    let mut reads = Vec::new();
    for Projected { name, ty, from } in fields {
        let text = name::plain(name);
        match from {
            From::Value(expression) => {
                let mut value = match expression {
                    Some(expression) => expression.clone(),
                    None => query::column(name),
                };
                query::lower(&mut value, &query, errors);
                let value = value.to_token_stream();
                let roots = query::roots(value.clone());
                let at = expression.as_ref().map_or(name.span(), Spanned::span);
                selects.push(quote_spanned! {at=> {
                    #(let #roots = ::orm::__private::fields(&#query);)*
                    let __value = ::orm::__private::value(&#query, #value);
                    __into.outputs.push(::orm::__private::fits::<_, _, #ty>(__value).named(#text));
                }});
                widths.push(quote!(1));
                reads.push(quote!(#name: __c.read()?));
            }
            From::Relation(relation) => {
                let number = quote_spanned! {relation.span()=>
                    <<#model as ::orm::__private::Model>::Relations as ::orm::__private::Names>::GET.#relation().index()
                };
                let rel = quote!(::orm::__private::Rel<#model, { #number }>);
                let nested = quote_spanned!(ty.span()=> <#ty as ::orm::__private::Nested<#rel>>);
                selects.push(quote!(#nested::select(__into);));
                widths.push(quote!(#nested::WIDTH));
                counts.push(quote!(#nested::MANY));
                reads.push(quote!(#name: #nested::read(__c)?));
                let (inner, many) = inner(ty);
                let shape = quote_spanned!(ty.span()=> <#inner as ::orm::__private::Projection>::SHAPE);
                let put = quote!(let __slot = #nested::put(&mut self.#name, __slot, __children)?;);
                if many {
                    named.push(shape);
                    put_named.push(put);
                } else {
                    parts.push(shape);
                    put_parts.push(put);
                }
            }
        }
    }
    quote! {
        #[automatically_derived]
        #[diagnostic::do_not_recommend]
        impl ::orm::__private::Projection for #ident {
            type Model = #model;
            const WIDTH: usize = 0 #(+ #widths)*;
            const SHAPE: &'static ::orm::__private::Shape =
                &::orm::__private::projection_shape::<#ident>(&[#(#parts),*], &[#(#named),*]);
            const MANY: usize = 0 #(+ #counts)*;
            fn select(__into: &mut ::orm::__private::Projected) {
                let #query = <#model as ::orm::__private::Model>::objects();
                let _ = &#query;
                #(#selects)*
            }
            fn read(
                __c: &mut ::orm::__private::Cursor<'_>,
            ) -> ::core::result::Result<Self, ::orm::__private::Mismatch> {
                ::core::result::Result::Ok(#ident { #(#reads),* })
            }
            fn put(
                &mut self,
                __slot: usize,
                __children: &mut dyn ::core::any::Any,
            ) -> ::core::option::Option<usize> {
                let _ = &__children;
                #(#put_parts)*
                #(#put_named)*
                ::core::option::Option::Some(__slot)
            }
        }
    }
}
