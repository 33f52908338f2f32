//! Lowers an expression over columns.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;
use syn::visit_mut::{VisitMut, visit_expr_mut};
use syn::{BinOp, Expr, ExprBinary, ExprField, ExprMethodCall, Member, UnOp};

use super::anchor::{inner_scope, is_rooted, roots};
use super::chain::local;
use super::{argument, case};
use crate::errors::Errors;

/// Rewrites what is said of columns into calls; what contains no leading dot stays as it is.
pub(super) fn lower(expression: &mut Expr, errors: &mut Errors) {
    Lower { errors }.visit_expr_mut(expression);
}

pub(super) struct Lower<'e> {
    pub(super) errors: &'e mut Errors,
}

impl VisitMut for Lower<'_> {
    fn visit_expr_mut(&mut self, expression: &mut Expr) {
        if !is_rooted(&*expression) {
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
                Some(case::lower(conditional, self.errors))
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
        self.visit_expr_mut(&mut call.receiver);
        let name = call.method.to_string();
        if is_rooted(&call.receiver) {
            match name.as_str() {
                "any" | "all" | "none" if call.args.len() == 1 => {
                    let condition = argument::condition(call.args[0].clone(), self.errors);
                    return Some(scoped(&call.receiver, &call.method, &condition));
                }
                "order_by" => {
                    let orders = call.args.iter().cloned();
                    let rows = local("__r", &call.method);
                    let orders: Vec<_> =
                        orders.map(|order| argument::order(order, &rows, self.errors)).collect();
                    let order = quote!([#(#orders),*]);
                    return Some(scoped(&call.receiver, &Ident::new("ordered", call.method.span()), &order));
                }
                "exists" | "is_empty" if call.args.is_empty() => {
                    let (receiver, method) = (&call.receiver, &call.method);
                    return Some(quote_spanned! {method.span()=>
                        ::orm::__private::#method(::orm::__private::many_rows(#receiver).0)
                    });
                }
                "filter" | "exclude" | "count" | "sum" | "avg" | "min" | "max" => {
                    let message = format!(
                        "there is no `{name}` on a relation; ask about its rows with `any`, `all`, `none`, `exists` or \
                         `is_empty`"
                    );
                    self.errors.alone(call.method.span(), message);
                    return None;
                }
                _ => {}
            }
        }
        for argument in &mut call.args {
            self.visit_expr_mut(argument);
        }
        None
    }

    fn binary(&mut self, binary: &mut ExprBinary) -> Option<TokenStream> {
        let rooted = (is_rooted(&binary.left), is_rooted(&binary.right));
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

/// `any(path, condition)`, where leading dots in the condition stand for the rows at the end of the path.
fn scoped(receiver: &Expr, method: &Ident, body: &TokenStream) -> TokenStream {
    let ours = Span::mixed_site().located_at(method.span());
    let (relation, fields) = (local("__r", method), Ident::new("__fields", ours));
    let roots = roots(body.clone()).into_iter().map(|root| Ident::new(&format!("{root}_"), root.span()));
    let body = inner_scope(body.clone());
    let rows = quote_spanned!(method.span()=> ::orm::__private::many_rows(#receiver));
    let call = quote_spanned!(method.span()=> ::orm::__private::#method(#relation, #body));
    quote_spanned!(ours=> match #rows {
        (#relation, #fields) => {
            #(let #roots = #fields;)*
            #call
        }
    })
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

fn is_none(expression: &Expr) -> bool {
    matches!(expression, Expr::Path(path) if path.path.is_ident("None"))
}
