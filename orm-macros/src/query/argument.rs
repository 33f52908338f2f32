//! Lowers the arguments of a query's methods.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{BinOp, Expr, ExprBinary, ExprUnary, UnOp};

use super::anchor::is_rooted;
use super::expression::{self, is_comparison};
use crate::errors::Errors;

/// A condition: what `filter`, `exclude` and `any` take. `&&`, `||` and `!` combine conditions there, whether columns
/// are named beside them or predicates made before.
///
/// It is on the rows of `rows`, which may be those of a relation.
pub(super) fn condition_in(argument: Expr, rows: &Ident, errors: &mut Errors) -> TokenStream {
    match argument {
        Expr::Binary(ExprBinary { left, op: op @ (BinOp::And(_) | BinOp::Or(_)), right, .. }) => {
            let function = if matches!(op, BinOp::And(_)) { "and" } else { "or" };
            let function = Ident::new(function, op.span());
            let (left, right) = (condition_in(*left, rows, errors), condition_in(*right, rows, errors));
            quote_spanned!(op.span()=> ::orm::__private::#function(#left, #right))
        }
        Expr::Unary(ExprUnary { op: op @ UnOp::Not(_), expr, .. }) => {
            let inner = condition_in(*expr, rows, errors);
            quote_spanned!(op.span()=> ::orm::__private::not(#inner))
        }
        Expr::Paren(paren) => condition_in(*paren.expr, rows, errors),
        Expr::Binary(binary) if is_comparison(&binary.op) && !is_rooted(&binary) => {
            let message =
                "there is no column in this comparison: a column starts with a dot, as in `.total > min`";
            errors.push(syn::Error::new_spanned(binary, message));
            quote!(::orm::Predicate::always())
        }
        Expr::Assign(assign) => {
            let message = "a condition compares with `==`, and a column starts with a dot: `.title == title`";
            errors.push(syn::Error::new_spanned(assign, message));
            quote!(::orm::Predicate::always())
        }
        mut argument => {
            expression::lower_in(&mut argument, rows, errors);
            argument.into_token_stream()
        }
    }
}

/// A path of relations: what `select_related` and `prefetch_related` take.
pub(super) fn path(mut argument: Expr, errors: &mut Errors) -> Option<TokenStream> {
    if matches!(&argument, Expr::Path(name) if name.path.get_ident().is_some()) && !is_rooted(&argument) {
        let message = format!("a relation starts with a dot: `.{}`", argument.to_token_stream());
        errors.push(syn::Error::new_spanned(&argument, message));
        return None;
    }
    expression::lower(&mut argument, errors);
    Some(argument.into_token_stream())
}

/// An order of `rows`: a `-` in front of it means largest first.
pub(super) fn order(argument: Expr, rows: &Ident, errors: &mut Errors) -> TokenStream {
    match argument {
        Expr::Unary(unary) if matches!(unary.op, UnOp::Neg(_)) => {
            let mut inner = *unary.expr;
            expression::lower_in(&mut inner, rows, errors);
            let inner = expression::bare(&inner);
            quote_spanned!(inner.span()=> ::orm::__private::desc(&#rows, #inner))
        }
        mut argument => {
            expression::lower_in(&mut argument, rows, errors);
            quote_spanned!(argument.span()=> ::orm::__private::asc(&#rows, #argument))
        }
    }
}

/// An order of whatever rows the expressions in it are of.
pub(super) fn order_of_any(argument: Expr, rows: &Ident, errors: &mut Errors) -> TokenStream {
    let (function, mut inner) = match argument {
        Expr::Unary(unary) if matches!(unary.op, UnOp::Neg(_)) => ("largest_first", *unary.expr),
        argument => ("in_order", argument),
    };
    expression::lower_in(&mut inner, rows, errors);
    let inner = expression::bare(&inner);
    let function = Ident::new(function, inner.span());
    quote_spanned!(inner.span()=> ::orm::__private::#function(#inner))
}

/// `User.create(email = e)`: the struct of the required columns, so that a missing one is the compiler's own error.
pub(super) fn create(
    receiver: &Expr,
    method: &Ident,
    arguments: Vec<Expr>,
    errors: &mut Errors,
) -> Option<TokenStream> {
    let Expr::Path(model) = receiver else {
        errors.at(method.span(), "`create` starts from a model: `query!(User.create(email = e))`");
        return None;
    };
    let mut columns = Vec::new();
    let mut unnamed = false;
    for argument in arguments {
        match argument {
            Expr::Assign(assign) if is_name(&assign.left) => {
                let (name, value) = (&assign.left, &assign.right);
                let value = quote_spanned!(value.span()=> ::orm::Assign::assign(#value));
                columns.push(quote!(#name: #value));
            }
            other => {
                let message = "name the column: `create(email = e)`";
                errors.push(syn::Error::new_spanned(other, message));
                unnamed = true;
            }
        }
    }
    if unnamed {
        return None;
    }
    // An alias, since a struct literal cannot start with a projection.
    Some(quote_spanned! {method.span()=> {
        type __New = <#model as ::orm::__private::Model>::New;
        ::orm::__private::create::<#model>(__New { #(#columns),* })
    }})
}

fn is_name(expression: &Expr) -> bool {
    matches!(expression, Expr::Path(path) if path.path.get_ident().is_some())
}
