//! Lowers `if` on columns.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::visit_mut::VisitMut;
use syn::{Block, Expr, ExprIf, Stmt};

use super::anchor::is_rooted;
use super::{argument, expression};
use crate::errors::Errors;

/// `if .a { x } else if .b { y } else { z }` -> `when(a, x).when(b, y).otherwise(z)`, a `CASE`. An `else if` whose
/// condition names no column is Rust's own, within the last value.
pub(super) fn lower(conditional: &ExprIf, rows: &Ident, errors: &mut Errors) -> TokenStream {
    let word = conditional.if_token.span;
    let mut case = quote_spanned!(word=> ::orm::__private::when);
    let mut next = conditional;
    loop {
        let (first, second) = (condition(&next.cond, rows, errors), value(&next.then_branch, rows, errors));
        case.extend(quote_spanned!(word=> (#first, #second)));
        match &next.else_branch {
            None => return quote_spanned!(word=> #case.end()),
            Some((_, otherwise)) => match &**otherwise {
                Expr::If(inner) if is_rooted(&inner.cond) => {
                    case.extend(quote_spanned!(inner.if_token.span=> .when));
                    next = inner;
                }
                Expr::Block(block) => {
                    let value = value(&block.block, rows, errors);
                    return quote_spanned!(word=> #case.otherwise(#value));
                }
                other => {
                    let value = lowered(other, rows, errors);
                    return quote_spanned!(word=> #case.otherwise(#value));
                }
            },
        }
    }
}

fn condition(condition: &Expr, rows: &Ident, errors: &mut Errors) -> TokenStream {
    if let Expr::Let(pattern) = condition {
        let message = "a column has no pattern to match: compare it, as in `if .nick != None { .. }`";
        errors.push(syn::Error::new_spanned(&pattern.pat, message));
        return quote!(::orm::Predicate::always());
    }
    argument::condition_in(condition.clone(), rows, errors)
}

/// The value of a branch: a block of one expression without its braces.
fn value(block: &Block, rows: &Ident, errors: &mut Errors) -> TokenStream {
    if let [Stmt::Expr(value, None)] = block.stmts.as_slice() {
        return lowered(value, rows, errors);
    }
    let mut block = block.clone();
    expression::Lower { rows: rows.clone(), errors }.visit_block_mut(&mut block);
    block.into_token_stream()
}

fn lowered(value: &Expr, rows: &Ident, errors: &mut Errors) -> TokenStream {
    let mut value = value.clone();
    expression::lower_in(&mut value, rows, errors);
    expression::bare(&value).into_token_stream()
}
