//! Lowers the methods that change rows: `update`, `bulk_update`, `delete` and `returning`.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{BinOp, Expr, ExprAssign};

use super::anchor::{is_rooted, roots};
use super::chain::local;
use super::expression::{self, is_none};
use crate::errors::Errors;

/// Whether `name` is a method for this module.
pub(super) fn is_write(name: &str) -> bool {
    matches!(name, "update" | "bulk_update" | "delete" | "returning")
}

/// The call of such a method on what `base` is.
pub(super) fn lower(
    base: &TokenStream,
    method: &Ident,
    arguments: Vec<Expr>,
    errors: &mut Errors,
) -> TokenStream {
    match method.to_string().as_str() {
        "update" => update(base, method, arguments, errors),
        "bulk_update" => bulk_update(base, method, arguments, errors),
        "returning" => returning(base, method, arguments, errors),
        _ => delete(base, method, &arguments, errors),
    }
}

/// `update(total = .total * 1.1, note = None)`
fn update(base: &TokenStream, method: &Ident, arguments: Vec<Expr>, errors: &mut Errors) -> TokenStream {
    if arguments.is_empty() {
        errors.at(method.span(), "`update` needs at least one column: `update(total = 9.5)`");
        return base.clone();
    }
    let (query, fields) = (local("__q", method), local("__c", method));
    let mut known: Vec<String> = Vec::new();
    let mut assignments = Vec::new();
    for argument in arguments {
        let Some((column, value)) = assignment(argument, errors) else { continue };
        if known.contains(&column.to_string()) {
            errors.at(column.span(), format!("`{column}` is set twice"));
            continue;
        }
        known.push(column.to_string());
        assignments.push(assigned((&query, &fields), &column, value, errors));
    }
    // A subquery among the values asks what the query is of, which is moved only then.
    let set = quote_spanned! {method.span()=> {
        let __set = [#(#assignments),*];
        ::orm::__private::update(#query, __set)
    }};
    bound(base, method, Some(&fields), &set)
}

/// `total = value`: its two sides.
fn assignment(argument: Expr, errors: &mut Errors) -> Option<(Ident, Expr)> {
    let message = match &argument {
        Expr::Assign(ExprAssign { left, right, .. }) => {
            if let Some(column) = name(left) {
                return Some((column.clone(), Expr::clone(right)));
            }
            match &**left {
                Expr::Field(field) if is_rooted(left) && matches!(&*field.base, Expr::Path(_)) => {
                    format!("the column that is set has no dot: `{} = ..`", field.member.to_token_stream())
                }
                _ => "only columns of the model itself can be set: `total = 9.5`".to_owned(),
            }
        }
        Expr::Binary(binary) => match (name(&binary.left), &binary.op) {
            (Some(column), BinOp::Eq(_)) => format!("a column is set with one `=`: `{column} = ..`"),
            (Some(column), BinOp::AddAssign(_)) => format!("write the sum: `{column} = .{column} + ..`"),
            (Some(column), BinOp::SubAssign(_)) => {
                format!("write the difference: `{column} = .{column} - ..`")
            }
            (Some(column), BinOp::MulAssign(_)) => format!("write the product: `{column} = .{column} * ..`"),
            (Some(column), BinOp::DivAssign(_)) => format!("write the quotient: `{column} = .{column} / ..`"),
            _ => "name the column: `update(total = 9.5)`".to_owned(),
        },
        _ => "name the column: `update(total = 9.5)`".to_owned(),
    };
    let wrong = match argument {
        Expr::Assign(assign) => *assign.left,
        other => other,
    };
    errors.push(syn::Error::new_spanned(wrong, message));
    None
}

fn name(expression: &Expr) -> Option<&Ident> {
    match expression {
        Expr::Path(path) if !is_rooted(path) => path.path.get_ident(),
        _ => None,
    }
}

/// `set(fields.total(), value)`
fn assigned(
    (query, fields): (&Ident, &Ident),
    column: &Ident,
    mut value: Expr,
    errors: &mut Errors,
) -> TokenStream {
    let call = quote_spanned!(column.span()=> ());
    let target = quote!(#fields.#column #call);
    if is_none(&value) {
        return quote_spanned!(value.span()=> ::orm::__private::set_none(#target));
    }
    let function = if is_rooted(&value) { "set_computed" } else { "set" };
    let function = Ident::new(function, value.span());
    expression::lower_in(&mut value, query, errors);
    let value = expression::bare(&value);
    quote_spanned!(value.span()=> ::orm::__private::#function(#target, #value))
}

/// `bulk_update(&rows, .total, .note)`
fn bulk_update(base: &TokenStream, method: &Ident, arguments: Vec<Expr>, errors: &mut Errors) -> TokenStream {
    let mut arguments = arguments.into_iter();
    let Some(rows) = arguments.next().filter(|rows| !is_rooted(rows)) else {
        errors.at(method.span(), "`bulk_update` takes rows first: `bulk_update(&orders, .total)`");
        return base.clone();
    };
    if arguments.len() == 0 {
        errors.at(method.span(), "`bulk_update` needs at least one column: `bulk_update(&orders, .total)`");
        return base.clone();
    }
    let columns: Option<Vec<_>> = arguments.map(|column| rooted(column, errors)).collect();
    let Some(columns) = columns else { return base.clone() };
    let query = local("__q", method);
    let columns = columns
        .into_iter()
        .map(|column| quote_spanned!(column.span()=> ::orm::__private::own_column(#column)));
    let call = quote_spanned! {method.span()=>
        ::orm::__private::bulk_update(#query, #rows, [#(#columns),*])
    };
    bound(base, method, None, &call)
}

/// `returning(.id, .total)`: values of this type, or of this tuple; `returning()`: whole rows.
fn returning(base: &TokenStream, method: &Ident, arguments: Vec<Expr>, errors: &mut Errors) -> TokenStream {
    let columns: Option<Vec<_>> = arguments.into_iter().map(|column| rooted(column, errors)).collect();
    let Some(columns) = columns else { return base.clone() };
    let write = local("__w", method);
    let call = match &columns[..] {
        [] => quote_spanned!(method.span()=> ::orm::__private::returning_rows(#write)),
        [column] => quote_spanned!(method.span()=> ::orm::__private::returning(#write, #column)),
        columns => quote_spanned!(method.span()=> ::orm::__private::returning(#write, (#(#columns),*))),
    };
    let ours = Span::mixed_site().located_at(method.span());
    let (roots, fields) = (roots(call.clone()), Ident::new("__fields", ours));
    let writing = quote_spanned!(method.span()=> ::orm::__private::writing(#base));
    quote_spanned!(ours=> match #writing {
        (#write, #fields) => {
            #(let #roots = #fields();)*
            #call
        }
    })
}

fn delete(base: &TokenStream, method: &Ident, arguments: &[Expr], errors: &mut Errors) -> TokenStream {
    if let Some(first) = arguments.first() {
        let message = "`delete` takes no arguments: say which rows with `filter`, and what of them comes back with \
                       `.returning(..)`";
        errors.push(syn::Error::new_spanned(first, message));
        return base.clone();
    }
    quote_spanned!(method.span()=> ::orm::__private::delete(#base))
}

/// An expression over columns; a plain name is one without its dot.
fn rooted(mut argument: Expr, errors: &mut Errors) -> Option<TokenStream> {
    if !is_rooted(&argument) {
        let message = match name(&argument) {
            Some(name) => format!("a column starts with a dot: `.{name}`"),
            None => "expected a column, which starts with a dot: `.total`".to_owned(),
        };
        errors.push(syn::Error::new_spanned(&argument, message));
        return None;
    }
    expression::lower(&mut argument, errors);
    Some(expression::bare(&argument).to_token_stream())
}

/// Binds the query set, and the fields of its model for leading dots and for `columns` to stand on.
fn bound(base: &TokenStream, method: &Ident, columns: Option<&Ident>, body: &TokenStream) -> TokenStream {
    let (ours, query) = (Span::mixed_site().located_at(method.span()), local("__q", method));
    let roots = roots(body.clone());
    let fields = columns.into_iter().chain(&roots);
    quote_spanned!(ours=> match #base {
        #query => {
            #(let #fields = ::orm::__private::own_fields(&#query);)*
            #body
        }
    })
}
