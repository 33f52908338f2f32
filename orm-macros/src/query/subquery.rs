//! Queries inside the conditions and values of another: `exists(Order.filter(.user_id == outer(.id)))`.

use proc_macro2::{Group, Ident, TokenStream, TokenTree};
use quote::quote_spanned;
use syn::spanned::Spanned;
use syn::visit_mut::{VisitMut, visit_expr_mut};
use syn::{Expr, ExprCall};

use super::anchor::{self, ROOT, inner_scope};
use super::{chain, expression};
use crate::errors::Errors;

/// What the root of the query around is called while the inner one is lowered.
const AROUND: &str = "__around";

/// Whether a call is `name(..)` with one argument.
fn is_call(call: &ExprCall, name: &str) -> bool {
    call.args.len() == 1 && matches!(&*call.func, Expr::Path(path) if path.path.is_ident(name))
}

/// Whether the expression is `outer(..)`, which is compared like a column.
pub(super) fn is_outer(expression: &Expr) -> bool {
    matches!(expression, Expr::Call(call) if matches!(&*call.func, Expr::Path(path)
        if path.path.segments.last().is_some_and(|last| last.ident == "outer")))
}

/// The call of `exists` or `subquery` on a query, where the expression is one.
pub(super) fn lower(call: &ExprCall, rows: &Ident, errors: &mut Errors) -> Option<TokenStream> {
    let (function, beside) = if is_call(call, "exists") {
        ("exists_in", TokenStream::new())
    } else if is_call(call, "subquery") {
        ("subquery", quote_spanned!(call.func.span()=> &#rows,))
    } else {
        return None;
    };
    let mut query = unwrapped(call.args[0].clone(), errors)?;
    Around { errors }.visit_expr_mut(&mut query);
    let function = Ident::new(function, call.func.span());
    let lowered = inner_scope(chain::lower(query, errors)?);
    let lowered = back(lowered);
    Some(quote_spanned!(call.func.span()=> ::orm::__private::#function(#beside #lowered)))
}

/// A query written as `query!(..)` as what stands in its parentheses.
fn unwrapped(query: Expr, errors: &mut Errors) -> Option<Expr> {
    match query {
        Expr::Macro(inner) if inner.mac.path.segments.last().is_some_and(|last| last.ident == "query") => {
            let tokens = anchor::anchor(inner.mac.tokens, errors);
            errors.keep(syn::parse2(tokens))
        }
        other => Some(other),
    }
}

/// Lowers what stands in `outer(..)`, and hides its roots from the inner query.
struct Around<'e> {
    errors: &'e mut Errors,
}

impl VisitMut for Around<'_> {
    fn visit_expr_mut(&mut self, expression: &mut Expr) {
        match expression {
            Expr::Call(call) if is_call(call, "outer") => {
                let mut argument = call.args[0].clone();
                expression::lower(&mut argument, self.errors);
                let argument = hidden(quote::ToTokens::into_token_stream(argument));
                call.args[0] = Expr::Verbatim(argument);
                let function = Ident::new("outer", call.func.span());
                *call.func = syn::parse_quote!(::orm::__private::#function);
            }
            other => visit_expr_mut(self, other),
        }
    }
}

fn hidden(tokens: TokenStream) -> TokenStream {
    renamed(tokens, &|name| name.strip_prefix(ROOT).map(|rest| format!("{AROUND}{rest}")))
}

fn back(tokens: TokenStream) -> TokenStream {
    renamed(tokens, &|name| name.strip_prefix(AROUND).map(|rest| format!("{ROOT}{rest}")))
}

fn renamed(tokens: TokenStream, name: &dyn Fn(&str) -> Option<String>) -> TokenStream {
    let rename = |token| match token {
        TokenTree::Ident(ident) => TokenTree::Ident(match name(&ident.to_string()) {
            Some(name) => Ident::new(&name, ident.span()),
            None => ident,
        }),
        TokenTree::Group(group) => {
            let mut inner = Group::new(group.delimiter(), renamed(group.stream(), name));
            inner.set_span(group.span());
            TokenTree::Group(inner)
        }
        other => other,
    };
    tokens.into_iter().map(rename).collect()
}
