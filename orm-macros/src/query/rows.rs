//! What is asked of the rows of a relation: `.orders.filter(.total > 5.0).count()`.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote_spanned};
use syn::spanned::Spanned;
use syn::{Expr, ExprMethodCall, Member};

use super::anchor::{ROOT, inner_scope, is_rooted, roots};
use super::argument;
use super::chain::local;
use super::expression::{self, bare};
use crate::errors::Errors;

/// Methods that make one value of many.
const AGGREGATES: &[&str] = &[
    "sum",
    "avg",
    "min",
    "max",
    "stddev",
    "stddev_pop",
    "variance",
    "variance_pop",
    "string_agg",
    "array_agg",
    "json_agg",
    "bool_and",
    "bool_or",
];

/// `.user.orders`: the root, and names after it.
pub(super) fn is_path(expression: &Expr) -> bool {
    match expression {
        Expr::Path(path) => path.path.is_ident(ROOT),
        Expr::Field(field) => matches!(field.member, Member::Named(_)) && is_path(&field.base),
        _ => false,
    }
}

/// Whether the expression is the root itself: the rows of the query.
fn is_root(expression: &Expr) -> bool {
    matches!(expression, Expr::Path(_)) && is_path(expression)
}

/// `.orders.filter(..)`: a path, and what leaves out some of its rows.
fn is_filtered(expression: &Expr) -> bool {
    match expression {
        Expr::MethodCall(call) => {
            (call.method == "filter" || call.method == "exclude")
                && (is_filtered(&call.receiver) || (is_path(&call.receiver) && !is_root(&call.receiver)))
        }
        _ => false,
    }
}

/// The relation that a chain starts from, and the chain with `query` in its place.
pub(super) fn split(expression: Expr, query: &Ident) -> Option<(Expr, Expr)> {
    match expression {
        path if is_path(&path) && !is_root(&path) => Some((path, syn::parse_quote!(#query))),
        Expr::MethodCall(mut call) => {
            let (path, receiver) = split(*call.receiver, query)?;
            *call.receiver = receiver;
            Some((path, Expr::MethodCall(call)))
        }
        Expr::Index(mut index) => {
            let (path, base) = split(*index.expr, query)?;
            *index.expr = base;
            Some((path, Expr::Index(index)))
        }
        _ => None,
    }
}

/// The relation of which the expression is a part, where it is one.
pub(super) fn refined(expression: &Expr) -> Option<String> {
    let inner = match expression {
        Expr::MethodCall(call) if call.method == "order_by" => return refined(&call.receiver),
        Expr::MethodCall(call) => &call.receiver,
        Expr::Index(index) => &index.expr,
        _ => return None,
    };
    let query = Ident::new("__relation", Span::call_site());
    let (path, _) = split(Expr::clone(inner), &query)?;
    let Expr::Field(field) = path else { return None };
    Some(field.member.to_token_stream().to_string())
}

/// What is asked of the rows of a relation, where the expression is that.
pub(super) fn lower(expression: &Expr, errors: &mut Errors) -> Option<TokenStream> {
    if let Expr::MethodCall(call) = expression
        && let Some(lowered) = question(call, errors)
    {
        return Some(lowered);
    }
    let (rows, value) = beyond(expression)?;
    // What comes after the filter is said of the rows themselves.
    let rows_ident = local("__r", &method_of(&rows)?);
    let mut value = value;
    expression::lower_in(&mut value, &rows_ident, errors);
    let value = bare(&value);
    let body = over(&rows_ident, value);
    scoped(&rows, &rows_ident, &body, errors)
}

/// `.orders.any(..)`, `.orders.filter(..).count()`, `.items.sum(.quantity * .price)`
fn question(call: &ExprMethodCall, errors: &mut Errors) -> Option<TokenStream> {
    let (receiver, method, name) = (&*call.receiver, &call.method, call.method.to_string());
    if !is_path(receiver) && !is_filtered(receiver) {
        return None;
    }
    let rows = local("__r", method);
    let at = method.span();
    match name.as_str() {
        "any" | "all" | "none" if call.args.len() == 1 => {
            let condition = argument::condition_in(call.args[0].clone(), &rows, errors);
            let body = quote_spanned!(at=> ::orm::__private::#method(#rows, #condition));
            scoped(receiver, &rows, &body, errors)
        }
        "exists" | "is_empty" if call.args.is_empty() => {
            let body = quote_spanned!(at=> ::orm::__private::#method(#rows));
            scoped(receiver, &rows, &body, errors)
        }
        "count" if call.args.is_empty() && is_filtered(receiver) => {
            let body = quote_spanned!(at=> ::orm::__private::count(#rows));
            scoped(receiver, &rows, &body, errors)
        }
        "aggregate" if call.args.len() == 1 => {
            let mut value = call.args[0].clone();
            expression::lower_in(&mut value, &rows, errors);
            let value = bare(&value);
            let body = over(&rows, value);
            scoped(receiver, &rows, &body, errors)
        }
        _ if AGGREGATES.contains(&name.as_str()) && call.args.first().is_some_and(is_rooted) => {
            let mut arguments = call.args.iter().cloned();
            let mut value = arguments.next()?;
            expression::lower_in(&mut value, &rows, errors);
            let body = over(&rows, quote_spanned!(at=> (#value).#method(#(#arguments),*)));
            scoped(receiver, &rows, &body, errors)
        }
        "order_by" if is_path(receiver) => {
            let orders = call.args.iter().cloned();
            let orders: Vec<_> = orders.map(|order| argument::order(order, &rows, errors)).collect();
            let body = quote_spanned! {at=> {
                let __orders = [#(#orders),*];
                ::orm::__private::ordered(#rows, __orders)
            }};
            scoped(receiver, &rows, &body, errors)
        }
        _ => None,
    }
}

/// An expression of aggregates over the rows; it may ask about them itself, to count them.
fn over(rows: &Ident, value: impl ToTokens) -> TokenStream {
    let at = value.to_token_stream().span();
    quote_spanned! {at=> {
        let __value = #value;
        ::orm::__private::over(#rows, __value)
    }}
}

/// Splits `.orders.filter(..).total.sum()` into the rows and what is said of them, on a root of its own.
fn beyond(expression: &Expr) -> Option<(Expr, Expr)> {
    match expression {
        Expr::Field(field) => {
            let mut field = field.clone();
            let (rows, base) = base_of(&field.base)?;
            *field.base = base;
            Some((rows, Expr::Field(field)))
        }
        Expr::MethodCall(call) => {
            let mut call = call.clone();
            let (rows, base) = base_of(&call.receiver)?;
            *call.receiver = base;
            Some((rows, Expr::MethodCall(call)))
        }
        _ => None,
    }
}

fn base_of(base: &Expr) -> Option<(Expr, Expr)> {
    if is_filtered(base) {
        let root = Ident::new(ROOT, base.span());
        return Some((base.clone(), syn::parse_quote!(#root)));
    }
    beyond(base)
}

fn method_of(rows: &Expr) -> Option<Ident> {
    match rows {
        Expr::MethodCall(call) => Some(call.method.clone()),
        _ => None,
    }
}

/// `body`, where `rows` are the rows of the relation, and leading dots stand for them.
fn scoped(relation: &Expr, rows: &Ident, body: &TokenStream, errors: &mut Errors) -> Option<TokenStream> {
    let mut filters = Vec::new();
    let mut path = relation.clone();
    while let Expr::MethodCall(call) = path {
        let condition = call.args.into_iter().map(|argument| argument::condition_in(argument, rows, errors));
        let at = call.method.span();
        let condition = condition.reduce(|a, b| quote_spanned!(at=> ::orm::__private::and(#a, #b)));
        let Some(condition) = condition else {
            errors.at(at, format!("`{}` needs at least one argument", call.method));
            return None;
        };
        let condition = match call.method == "exclude" {
            true => quote_spanned!(at=> ::orm::__private::not(#condition)),
            false => condition,
        };
        filters.push(quote_spanned!(at=> let #rows = ::orm::__private::filtered(#rows, #condition);));
        path = *call.receiver;
    }
    filters.reverse();
    expression::lower(&mut path, errors);
    let ours = Span::mixed_site().located_at(rows.span());
    let fields = Ident::new("__fields", ours);
    let inner: TokenStream = filters.into_iter().chain([body.clone()]).collect();
    let roots = roots(inner.clone()).into_iter().map(|root| Ident::new(&format!("{root}_"), root.span()));
    let inner = inner_scope(inner);
    let relation = quote_spanned!(rows.span()=> ::orm::__private::many_rows(#path));
    Some(quote_spanned!(ours=> match #relation {
        (#rows, #fields) => {
            #(let #roots = #fields;)*
            #inner
        }
    }))
}
