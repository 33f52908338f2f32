//! Lowers the methods that give names to values: `annotate`, `values`, `group_by` and their like.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote_spanned};
use syn::spanned::Spanned;
use syn::{Expr, ExprLit, Lit, Member};

use super::anchor::{inner_scope, is_rooted};
use super::chain::{self, local};
use super::record::{self, Kind};
use super::{argument, expression, rows};
use crate::errors::Errors;

/// A method that takes values.
pub(super) const METHODS: &[&str] =
    &["annotate", "alias", "values", "values_list", "group_by", "aggregate", "distinct_on"];

/// The call of the method on `__q`, where `__o` stands for the fields.
pub(super) fn lower(method: &Ident, arguments: Vec<Expr>, errors: &mut Errors) -> Option<TokenStream> {
    let name = method.to_string();
    if arguments.is_empty() {
        errors.at(method.span(), format!("`{name}` needs at least one argument"));
        return None;
    }
    if name == "values_list" || name == "distinct_on" {
        return Some(list(method, arguments, errors));
    }
    if let [Expr::Struct(literal)] = &arguments[..]
        && name == "annotate"
    {
        return declared(method, literal.clone(), errors);
    }
    let named = arguments.into_iter().map(|argument| named(&name, argument, errors)).collect::<Vec<_>>();
    let named: Vec<(Ident, Expr)> = named.into_iter().collect::<Option<_>>()?;
    distinct(&named, errors)?;
    let (kind, title) = match name.as_str() {
        "annotate" | "alias" => (Kind::Annotation, "Annotated"),
        "values" => (Kind::Record, "Values"),
        "group_by" => (Kind::Record, "Group"),
        _ => (Kind::Record, "Totals"),
    };
    let (names, values): (Vec<Ident>, Vec<Expr>) = named.into_iter().unzip();
    let of = Ident::new(if name == "aggregate" { "total" } else { "value" }, method.span());
    let (query, variables) = (local("__q", method), variables(&names));
    let values = values.into_iter().map(|value| one(value, &of, &query, errors)).collect::<Vec<_>>();
    let texts = names.iter().map(crate::name::plain);
    let items = record::items(kind, title, &names, method);
    let free = match kind {
        Kind::Annotation => record::free(&names, &query),
        Kind::Record | Kind::Prefetch => TokenStream::new(),
    };
    Some(quote_spanned! {method.span()=> {
        #(let #variables = #values;)*
        #free
        {
            #items
            let __kind = __kind(#(&#variables),*);
            ::orm::__private::#method(#query, __kind, [#(::orm::__private::output(#texts, #variables)),*])
        }
    }})
}

/// `__v0`, `__v1`, ..
fn variables(names: &[Ident]) -> Vec<Ident> {
    (0..names.len()).map(|i| Ident::new(&format!("__v{i}"), Span::mixed_site())).collect()
}

/// A value over the rows of the query.
fn one(mut value: Expr, of: &Ident, query: &Ident, errors: &mut Errors) -> TokenStream {
    expression::lower_in(&mut value, query, errors);
    let value = expression::bare(&value);
    quote_spanned!(value.span()=> ::orm::__private::#of(&#query, #value))
}

/// `values_list(.id, .email)`, `distinct_on(.user_id)`
fn list(method: &Ident, arguments: Vec<Expr>, errors: &mut Errors) -> TokenStream {
    let (query, of) = (local("__q", method), Ident::new("value", method.span()));
    let values = arguments.into_iter().map(|argument| one(argument, &of, &query, errors)).collect::<Vec<_>>();
    quote_spanned! {method.span()=> {
        let __values = (#(#values,)*);
        ::orm::__private::#method(#query, __values)
    }}
}

/// `annotate(WithCount { n: .orders.count() })`
fn declared(method: &Ident, literal: syn::ExprStruct, errors: &mut Errors) -> Option<TokenStream> {
    let (query, of) = (local("__q", method), Ident::new("value", method.span()));
    let path = &literal.path;
    let mut names = Vec::new();
    let mut values = Vec::new();
    for field in literal.fields {
        let Member::Named(name) = field.member else {
            errors.push(syn::Error::new_spanned(field.member, "a field has a name: `n: .orders.count()`"));
            return None;
        };
        let value = one(field.expr, &of, &query, errors);
        values.push(quote_spanned!(value.span()=> ::orm::__private::fits(#value)));
        names.push(name);
    }
    let free = record::free(&names, &query);
    let kind = quote_spanned!(path.span()=> <#path<()> as ::orm::__private::Around>::Values);
    Some(quote_spanned! {method.span()=> {
        #free
        type __Values = #kind;
        let __values = __Values { #(#names: #values),* };
        ::orm::__private::annotate_declared(#query, __values)
    }})
}

/// `name = value`; where the method allows, a column under its own name.
fn named(method: &str, argument: Expr, errors: &mut Errors) -> Option<(Ident, Expr)> {
    match argument {
        Expr::Assign(assign) => match &*assign.left {
            Expr::Path(path) if path.path.get_ident().is_some() => {
                Some((path.path.get_ident()?.clone(), *assign.right))
            }
            left => {
                errors.push(syn::Error::new_spanned(left, "a name is one word: `n = .orders.count()`"));
                None
            }
        },
        Expr::Field(field) if matches!(method, "values" | "group_by") && is_rooted(&field) => {
            let Member::Named(name) = field.member.clone() else { return None };
            Some((name, Expr::Field(field)))
        }
        other => {
            let column = word(&other).filter(|_| matches!(method, "values" | "group_by"));
            let message = match column {
                Some(word) => format!(
                    "a column starts with a dot: `.{word}`; any other value has a name: `{method}(name = ..)`"
                ),
                None => format!("name this value: `{method}(name = ..)`"),
            };
            errors.push(syn::Error::new_spanned(other, message));
            None
        }
    }
}

/// The word that an expression is, or that stands in its quotes.
fn word(expression: &Expr) -> Option<String> {
    match expression {
        Expr::Path(path) => path.path.get_ident().map(Ident::to_string),
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => {
            syn::parse_str::<Ident>(&text.value()).ok().map(|word| word.to_string())
        }
        _ => None,
    }
}

/// No name is given twice.
fn distinct(named: &[(Ident, Expr)], errors: &mut Errors) -> Option<()> {
    for (i, (name, _)) in named.iter().enumerate() {
        if named[..i].iter().any(|(before, _)| before == name) {
            errors.at(name.span(), format!("`{name}` is given twice"));
            return None;
        }
    }
    Some(())
}

/// `prefetch_related(.tags, recent = .books.filter(..)[..5])`: the relations without a name, then those with one.
pub(super) fn prefetch(method: &Ident, arguments: Vec<Expr>, errors: &mut Errors) -> Option<TokenStream> {
    let query = local("__q", method);
    let mut call = query.to_token_stream();
    let mut named = Vec::new();
    for argument in arguments {
        match argument {
            Expr::Assign(assign) => match (&*assign.left, *assign.right) {
                (Expr::Path(path), right) if path.path.get_ident().is_some() => {
                    named.push((path.path.get_ident()?.clone(), right));
                }
                (left, _) => {
                    errors.push(syn::Error::new_spanned(left, "a name is one word: `recent = .books`"));
                    return None;
                }
            },
            argument => {
                if let Some(refined) = rows::refined(&argument) {
                    let message = format!(
                        "a part of a relation is loaded under a name of its own: `recent = .{refined}..`; under its own \
                         name it would pass for the whole"
                    );
                    errors.push(syn::Error::new_spanned(&argument, message));
                    return None;
                }
                let path = argument::path(argument, errors)?;
                call = quote_spanned!(method.span()=> ::orm::__private::#method(#call, #path));
            }
        }
    }
    if named.is_empty() {
        return Some(call);
    }
    distinct(&named, errors)?;
    let (names, relations): (Vec<Ident>, Vec<Expr>) = named.into_iter().unzip();
    let variables = variables(&names);
    let relations: Vec<TokenStream> =
        relations.into_iter().map(|relation| relation_query(relation, errors)).collect::<Option<_>>()?;
    let items = record::items(Kind::Prefetch, "Prefetched", &names, method);
    let free = record::free(&names, &query);
    Some(quote_spanned! {method.span()=> {
        #(let #variables = #relations;)*
        let #query = #call;
        #free
        {
            #items
            let __kind = __kind(#(&#variables),*);
            let __named = [#(#variables.into_named(&#query)),*];
            ::orm::__private::prefetch_named(#query, __kind, __named)
        }
    }})
}

/// `.books.filter(..)[..5]`: the path, and the chain after it on a query set of its own.
fn relation_query(relation: Expr, errors: &mut Errors) -> Option<TokenStream> {
    let query = Ident::new("__relation", Span::mixed_site());
    let Some((mut path, chain)) = rows::split(relation.clone(), &query) else {
        let message = "expected a relation of this model: `recent = .books.filter(..)`";
        errors.push(syn::Error::new_spanned(&relation, message));
        return None;
    };
    expression::lower(&mut path, errors);
    let at = path.span();
    let chain = inner_scope(chain::lower(chain, errors)?);
    Some(quote_spanned! {at=>
        match ::orm::__private::related(#path) {
            (__path, #query) => ::orm::__private::related_by(__path, #chain),
        }
    })
}
