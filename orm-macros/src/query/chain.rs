//! Lowers the chain of methods that makes a query.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Expr, ExprIndex, ExprMethodCall, ExprPath};

use super::anchor::{is_rooted, roots};
use super::{argument, assign, row, upsert, values};
use crate::errors::Errors;

/// The chain as Rust; nothing where it does not start.
pub(super) fn lower(chain: Expr, errors: &mut Errors) -> Option<TokenStream> {
    Some(match chain {
        Expr::MethodCall(call) => method(call, errors)?,
        Expr::Index(index) => slice(index, errors)?,
        Expr::Await(awaited) => {
            let (base, dot, word) = (lower(*awaited.base, errors)?, awaited.dot_token, awaited.await_token);
            quote!(#base #dot #word)
        }
        Expr::Try(tried) => {
            let (base, mark) = (lower(*tried.expr, errors)?, tried.question_token);
            quote!(#base #mark)
        }
        // A method that is still being typed.
        Expr::Field(field) if is_query(&field.base) => {
            let (base, dot, member) = (lower(*field.base, errors)?, field.dot_token, field.member);
            quote!(#base #dot #member)
        }
        Expr::Path(path) if is_model(&path) => {
            quote_spanned!(path.span()=> <#path as ::orm::__private::Model>::objects())
        }
        source if is_rooted(&source) => {
            let message = "a query starts from a model or from a query set: `query!(Order.filter(..))`";
            errors.push(syn::Error::new_spanned(&source, message));
            return None;
        }
        // A variable is not used up: query sets are values.
        source @ (Expr::Path(_) | Expr::Field(_)) => {
            quote_spanned!(source.span()=> ::orm::__private::source(&#source))
        }
        source => quote_spanned!(source.span()=> ::orm::__private::temporary(#source)),
    })
}

/// Whether an expression is known to be a query set, and not a variable or a field that may be one.
fn is_query(expression: &Expr) -> bool {
    match expression {
        Expr::Path(path) => is_model(path),
        Expr::Field(field) => is_query(&field.base),
        _ => true,
    }
}

/// Whether a path names a type, as types are named in Rust, and not a variable. No query set can be a constant, so a
/// name in capitals is a type too.
pub(super) fn is_model(path: &ExprPath) -> bool {
    let last = path.path.segments.last();
    last.is_some_and(|last| crate::name::plain(&last.ident).starts_with(char::is_uppercase))
}

fn method(call: ExprMethodCall, errors: &mut Errors) -> Option<TokenStream> {
    if upsert::is_upsert(&call) {
        return upsert::upsert(call, errors);
    }
    if upsert::takes_columns(&call) {
        return upsert::on_columns(call, errors);
    }
    if row::is_related(&call) {
        return row::related(call, errors);
    }
    let ExprMethodCall { receiver, dot_token, method, turbofish, args, .. } = call;
    let arguments: Vec<Expr> = args.into_iter().collect();
    let name = method.to_string();
    if is_variable(&receiver) && !is_known(&name) && !arguments.iter().any(is_rooted) {
        // A method of the user's own, which makes a query set.
        let call = quote!(#receiver #dot_token #method #turbofish (#(#arguments),*));
        return Some(quote_spanned!(method.span()=> ::orm::__private::temporary(#call)));
    }
    if name == "create" {
        return argument::create(&receiver, &method, arguments, errors);
    }
    let base = lower(*receiver, errors)?;
    if assign::is_write(&name) {
        return Some(assign::lower(&base, &method, arguments, errors));
    }
    let lowered = match name.as_str() {
        "filter" => {
            let query = local("__q", &method);
            let conditions =
                arguments.into_iter().map(|argument| argument::condition_in(argument, &query, errors));
            nested(&method, conditions.collect(), errors)
        }
        // Excluded is what passes a filter with the same arguments: all of them.
        "exclude" => {
            let query = local("__q", &method);
            let conditions =
                arguments.into_iter().map(|argument| argument::condition_in(argument, &query, errors));
            let all = conditions.reduce(|a, b| quote_spanned!(method.span()=> ::orm::__private::and(#a, #b)));
            nested(&method, all.into_iter().collect(), errors)
        }
        name if values::METHODS.contains(&name) => values::lower(&method, arguments, errors)?,
        "prefetch_related" if !arguments.is_empty() => values::prefetch(&method, arguments, errors)?,
        "select_related" | "prefetch_related" | "of" => {
            let paths: Option<_> =
                arguments.into_iter().map(|argument| argument::path(argument, errors)).collect();
            nested(&method, paths?, errors)
        }
        "order_by" => {
            let query = local("__q", &method);
            let orders = arguments.into_iter().map(|argument| argument::order(argument, &query, errors));
            let orders: Vec<_> = orders.collect();
            quote_spanned! {method.span()=> {
                let __orders = [#(#orders),*];
                ::orm::__private::order_by(#query, __orders)
            }}
        }
        "select_for_update"
        | "select_for_share"
        | "select_for_key_share"
        | "nowait"
        | "skip_locked"
        | "no_key"
            if arguments.is_empty() =>
        {
            let query = local("__q", &method);
            quote_spanned!(method.span()=> ::orm::__private::#method(#query))
        }
        _ => {
            let Some(rooted) = arguments.iter().find(|argument| is_rooted(argument)) else {
                return Some(quote!(#base #dot_token #method #turbofish (#(#arguments),*)));
            };
            if !TAKES_NO_COLUMNS.contains(&name.as_str()) {
                // No method of a query set: the compiler says so, and which one is meant.
                return Some(quote!(#base #dot_token #method()));
            }
            let message = format!("`{name}` takes no columns: a leading dot means nothing here");
            errors.push(syn::Error::new_spanned(rooted, message));
            return None;
        }
    };
    Some(with_fields(&base, &method, &lowered))
}

/// A variable or a field, which may be anything.
fn is_variable(expression: &Expr) -> bool {
    match expression {
        Expr::Path(path) => !is_model(path),
        Expr::Field(field) => is_variable(&field.base),
        _ => false,
    }
}

/// Whether query sets have a method of this name.
fn is_known(name: &str) -> bool {
    TAKES_COLUMNS.contains(&name)
        || TAKES_NO_COLUMNS.contains(&name)
        || values::METHODS.contains(&name)
        || assign::is_write(name)
}

/// Methods of a query set whose arguments name columns or relations, beside those with lists of their own.
const TAKES_COLUMNS: &[&str] =
    &["filter", "exclude", "order_by", "select_related", "prefetch_related", "of", "create"];

/// Methods of a query set that have arguments, but no columns among them.
const TAKES_NO_COLUMNS: &[&str] = &[
    "all",
    "get",
    "first",
    "last",
    "count",
    "exists",
    "in_bulk",
    "load_into",
    "page_after",
    "lazy",
    "select_for_update",
    "select_for_share",
    "select_for_key_share",
    "nowait",
    "skip_locked",
    "no_key",
    "limit",
    "offset",
    "distinct",
    "reverse",
    "union",
    "union_all",
    "intersection",
    "difference",
    "project",
    "iterator",
    "explain",
    "clone",
    "bulk_create",
    "copy_in",
    "to_sql",
];

/// A name of ours at a place of the user's.
pub(super) fn local(name: &str, at: &Ident) -> Ident {
    Ident::new(name, at.span())
}

/// Binds the query set, and the fields that a leading dot stands for.
fn with_fields(base: &TokenStream, method: &Ident, body: &TokenStream) -> TokenStream {
    let (ours, query) = (Span::mixed_site().located_at(method.span()), local("__q", method));
    let roots = roots(body.clone());
    quote_spanned!(ours=> match #base {
        #query => {
            #(let #roots = ::orm::__private::fields(&#query);)*
            #body
        }
    })
}

/// `filter(filter(__q, a), b)`: one call for each argument.
fn nested(method: &Ident, arguments: Vec<TokenStream>, errors: &mut Errors) -> TokenStream {
    let query = local("__q", method);
    if arguments.is_empty() {
        errors.at(method.span(), format!("`{method}` needs at least one argument"));
    }
    // What looks at the query comes before what takes it.
    let variables = (0..).map(|i| Ident::new(&format!("__a{i}"), Span::mixed_site()));
    let (mut before, mut call) = (TokenStream::new(), quote!(#query));
    for (argument, variable) in arguments.into_iter().zip(variables) {
        let argument = match mentions(&argument, &query) {
            true => {
                before.extend(quote!(let #variable = #argument;));
                quote!(#variable)
            }
            false => argument,
        };
        call = quote_spanned!(method.span()=> ::orm::__private::#method(#call, #argument));
    }
    match before.is_empty() {
        true => call,
        false => quote!({ #before #call }),
    }
}

/// Whether a name stands among the tokens.
fn mentions(tokens: &TokenStream, name: &Ident) -> bool {
    tokens.clone().into_iter().any(|token| match token {
        TokenTree::Ident(ident) => ident == *name,
        TokenTree::Group(group) => mentions(&group.stream(), name),
        TokenTree::Punct(_) | TokenTree::Literal(_) => false,
    })
}

fn slice(index: ExprIndex, errors: &mut Errors) -> Option<TokenStream> {
    let ExprIndex { expr, index, bracket_token, .. } = index;
    let base = lower(*expr, errors)?;
    Some(quote_spanned!(bracket_token.span.join()=> ::orm::__private::slice(#base, #index)))
}
