//! Lowers an expression over columns.

use proc_macro2::{Ident, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;
use syn::visit_mut::{VisitMut, visit_expr_mut};
use syn::{BinOp, Expr, ExprBinary, ExprField, ExprMethodCall, Member, UnOp};

use super::anchor::is_rooted;
use super::{argument, case, rows, subquery};
use crate::errors::Errors;

/// Rewrites what is said of columns into calls; what contains no leading dot stays as it is.
pub(super) fn lower(expression: &mut Expr, errors: &mut Errors) {
    let rows = Ident::new("__q", expression.span());
    lower_in(expression, &rows, errors);
}

/// [`lower`], where a leading dot stands for one of `rows`.
pub(super) fn lower_in(expression: &mut Expr, rows: &Ident, errors: &mut Errors) {
    Lower { rows: rows.clone(), errors }.visit_expr_mut(expression);
}

pub(super) struct Lower<'e> {
    pub(super) rows: Ident,
    pub(super) errors: &'e mut Errors,
}

impl VisitMut for Lower<'_> {
    fn visit_expr_mut(&mut self, expression: &mut Expr) {
        if let Expr::Call(call) = expression
            && let Some(lowered) = subquery::lower(call, &self.rows, self.errors)
        {
            *expression = Expr::Verbatim(lowered);
            return;
        }
        if !is_rooted(&*expression) {
            return;
        }
        if let Some(lowered) = rows::lower(expression, self.errors) {
            *expression = Expr::Verbatim(lowered);
            return;
        }
        let lowered = match expression {
            Expr::Field(field) => self.field(field),
            Expr::MethodCall(call) => self.method(call),
            Expr::Binary(binary) => self.binary(binary),
            Expr::Unary(unary) if matches!(unary.op, UnOp::Not(_)) => {
                self.visit_expr_mut(&mut unary.expr);
                let (op, inner) = (unary.op.span(), &unary.expr);
                let inner = bare(inner);
                Some(quote_spanned!(op=> ::orm::__private::not(#inner)))
            }
            // What became a call needs no parentheses, and rustc would say so.
            Expr::Paren(paren) => {
                self.visit_expr_mut(&mut paren.expr);
                match &*paren.expr {
                    Expr::Verbatim(call) => Some(call.clone()),
                    _ => None,
                }
            }
            Expr::If(conditional) if is_rooted(&conditional.cond) => {
                Some(case::lower(conditional, &self.rows, self.errors))
            }
            // Closures and blocks are left to Rust, their parts lowered.
            _ => {
                visit_expr_mut(self, expression);
                None
            }
        };
        if let Some(lowered) = lowered {
            *expression = Expr::Verbatim(lowered);
        }
    }
}

impl Lower<'_> {
    /// `.user.email` -> `fields.user().email()`
    fn field(&mut self, field: &mut ExprField) -> Option<TokenStream> {
        self.visit_expr_mut(&mut field.base);
        let (base, dot) = (&field.base, &field.dot_token);
        match &field.member {
            Member::Named(name) => {
                // The parentheses stand where the name does, so that an error marks the path and not the macro.
                let call = quote_spanned!(name.span()=> ());
                Some(quote!(#base #dot #name #call))
            }
            Member::Unnamed(_) => None,
        }
    }

    fn method(&mut self, call: &mut ExprMethodCall) -> Option<TokenStream> {
        let path = rows::is_path(&call.receiver);
        let root = matches!(&*call.receiver, Expr::Path(_)) && path;
        self.visit_expr_mut(&mut call.receiver);
        let (receiver, method, rows) = (&call.receiver, &call.method, &self.rows);
        match method.to_string().as_str() {
            "count" if root && call.args.is_empty() => {
                return Some(quote_spanned!(method.span()=> ::orm::__private::count_rows(&#rows)));
            }
            "count" if path && call.args.is_empty() => {
                return Some(quote_spanned!(method.span()=> ::orm::__private::count(#receiver)));
            }
            // Of an aggregate or a window function.
            "filter" if !path => {
                let conditions = call.args.iter().cloned();
                let rows = rows.clone();
                let conditions: Vec<_> = conditions
                    .map(|condition| argument::condition_in(condition, &rows, self.errors))
                    .collect();
                let dot = &call.dot_token;
                let calls = conditions.iter().map(|condition| quote!(#dot #method(#condition)));
                return Some(quote!(#receiver #(#calls)*));
            }
            "order_by" if !path => {
                let orders = call.args.iter().cloned();
                let orders: Vec<_> =
                    orders.map(|order| argument::order_of_any(order, &self.rows, self.errors)).collect();
                let dot = &call.dot_token;
                return Some(quote!(#receiver #dot #method([#(#orders),*])));
            }
            "partition_by" if call.args.len() > 1 => {
                call.args.iter_mut().for_each(|argument| self.visit_expr_mut(argument));
                let (dot, arguments) = (&call.dot_token, &call.args);
                let (receiver, method) = (&call.receiver, &call.method);
                return Some(quote!(#receiver #dot #method((#arguments))));
            }
            _ => {}
        }
        for argument in &mut call.args {
            self.visit_expr_mut(argument);
        }
        None
    }

    fn binary(&mut self, binary: &mut ExprBinary) -> Option<TokenStream> {
        // What is of the query around is compared like a column.
        let column = |side: &Expr| is_rooted(side) || subquery::is_outer(side);
        let rooted = match (column(&binary.left), column(&binary.right)) {
            (true, true) if subquery::is_outer(&binary.left) => {
                std::mem::swap(&mut binary.left, &mut binary.right);
                binary.op = swapped(binary.op);
                (true, true)
            }
            rooted => rooted,
        };
        self.visit_expr_mut(&mut binary.left);
        self.visit_expr_mut(&mut binary.right);
        let op = binary.op.span();
        let side = |side: &'_ Expr, rooted: bool| if rooted { bare(side).clone() } else { side.clone() };
        let (left, right) = (&side(&binary.left, rooted.0), &side(&binary.right, rooted.1));
        match binary.op {
            BinOp::And(_) => return Some(quote_spanned!(op=> ::orm::__private::and(#left, #right))),
            BinOp::Or(_) => return Some(quote_spanned!(op=> ::orm::__private::or(#left, #right))),
            _ => {}
        }
        let (name, negated) = comparison(&binary.op)?;
        let call = |function: &str, name: &str, column: &Expr, other: TokenStream| {
            let (function, name) = (Ident::new(function, op), Ident::new(name, op));
            quote_spanned! {op=>
                ::orm::__private::#function(#column, ::orm::__private::CompareOp::#name, #negated, #other)
            }
        };
        Some(match rooted {
            (true, false) if name == "Eq" && is_none(right) => {
                quote_spanned!(op=> ::orm::__private::is_none(#left, #negated))
            }
            (false, _) if name == "Eq" && is_none(left) => {
                quote_spanned!(op=> ::orm::__private::is_none(#right, #negated))
            }
            (true, true) => call("compare", name, left, quote!(#right)),
            (true, false) => call("compare_value", name, left, borrowed(right)),
            (false, _) => call("compare_value", mirrored(name), right, borrowed(left)),
        })
    }
}

/// `&value`, where `value` may be a sum.
fn borrowed(value: &Expr) -> TokenStream {
    match binds_loosely(value) {
        true => quote_spanned!(value.span()=> &(#value)),
        false => quote_spanned!(value.span()=> &#value),
    }
}

/// Whether an operator before or after the expression would take a part of it.
fn binds_loosely(expression: &Expr) -> bool {
    matches!(
        expression,
        Expr::Assign(_)
            | Expr::Binary(_)
            | Expr::Break(_)
            | Expr::Cast(_)
            | Expr::Closure(_)
            | Expr::Let(_)
            | Expr::Range(_)
            | Expr::Reference(_)
            | Expr::Return(_)
            | Expr::Unary(_)
            | Expr::Yield(_)
    )
}

/// What a macro of the user pasted (`$value`) comes in a group that the compiler would not see again, so that
/// `$value * 2` of a sum would be another number: it gets parentheses where it needs them.
pub(super) fn ungroup(expression: &mut Expr) {
    struct Ungroup;
    impl VisitMut for Ungroup {
        fn visit_expr_mut(&mut self, expression: &mut Expr) {
            while let Expr::Group(group) = expression {
                let span = group.group_token.span;
                let inner = std::mem::replace(&mut *group.expr, Expr::Verbatim(TokenStream::new()));
                *expression = match binds_loosely(&inner) {
                    true => syn::parse_quote_spanned!(span=> (#inner)),
                    false => inner,
                };
            }
            visit_expr_mut(self, expression);
        }
    }
    Ungroup.visit_expr_mut(expression);
}

/// The expression without parentheses around it: as an argument it needs none.
pub(super) fn bare(expression: &Expr) -> &Expr {
    match expression {
        Expr::Paren(paren) => bare(&paren.expr),
        other => other,
    }
}

pub(super) fn is_comparison(op: &BinOp) -> bool {
    comparison(op).is_some()
}

/// The operator's name, and whether it is the complement.
fn comparison(op: &BinOp) -> Option<(&'static str, bool)> {
    Some(match op {
        BinOp::Eq(_) => ("Eq", false),
        BinOp::Ne(_) => ("Eq", true),
        BinOp::Lt(_) => ("Lt", false),
        BinOp::Le(_) => ("Le", false),
        BinOp::Gt(_) => ("Gt", false),
        BinOp::Ge(_) => ("Ge", false),
        _ => return None,
    })
}

/// The operator that says the same with its sides exchanged, as a token.
fn swapped(op: BinOp) -> BinOp {
    let at = op.span();
    match op {
        BinOp::Lt(_) => BinOp::Gt(syn::Token![>](at)),
        BinOp::Le(_) => BinOp::Ge(syn::Token![>=](at)),
        BinOp::Gt(_) => BinOp::Lt(syn::Token![<](at)),
        BinOp::Ge(_) => BinOp::Le(syn::Token![<=](at)),
        other => other,
    }
}

/// The operator that says the same with its sides exchanged.
fn mirrored(name: &'static str) -> &'static str {
    match name {
        "Lt" => "Gt",
        "Le" => "Ge",
        "Gt" => "Lt",
        "Ge" => "Le",
        other => other,
    }
}

pub(super) fn is_none(expression: &Expr) -> bool {
    matches!(expression, Expr::Path(path) if path.path.is_ident("None"))
}
