//! Gives each dot at the start of an expression something to stand on.

use proc_macro2::{Delimiter, Group, Ident, Literal, Punct, Spacing, Span, TokenStream, TokenTree};
use quote::ToTokens;

use crate::errors::Errors;

/// What stands before a leading dot. It has the dot's own span, so that the compiler marks `.user.email` and not the
/// whole macro.
pub(super) const ROOT: &str = "__o";

/// The root of a column named at a place of the user's.
pub(super) fn root(at: Span) -> Ident {
    Ident::new(ROOT, at)
}

/// The roots among the tokens: the names by which the fields are to be bound. They are spelt alike, but where a macro
/// of the user's mixes its own dots with pasted ones they are different names.
pub(super) fn roots(tokens: TokenStream) -> Vec<Ident> {
    let mut found = Vec::new();
    for token in tokens {
        match token {
            TokenTree::Ident(ident) if ident == ROOT => found.push(ident),
            TokenTree::Group(group) => found.extend(roots(group.stream())),
            TokenTree::Ident(_) | TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
    found
}

/// Whether the tokens contain a leading dot's root.
pub(super) fn is_rooted(tokens: impl ToTokens) -> bool {
    !roots(tokens.into_token_stream()).is_empty()
}

/// The tokens with roots, also those of scopes within, renamed: they belong to an inner scope, and the compiler must
/// not offer the columns of the outer one.
pub(super) fn inner_scope(tokens: TokenStream) -> TokenStream {
    let rename = |token| match token {
        TokenTree::Ident(ident) if ident.to_string().starts_with(ROOT) => {
            TokenTree::Ident(Ident::new(&format!("{ident}_"), ident.span()))
        }
        TokenTree::Group(group) => {
            let mut renamed = Group::new(group.delimiter(), inner_scope(group.stream()));
            renamed.set_span(group.span());
            TokenTree::Group(renamed)
        }
        other => other,
    };
    tokens.into_iter().map(rename).collect()
}

/// Words after which an expression may start.
const BEFORE_EXPRESSION: &[&str] = &[
    "if", "else", "match", "while", "in", "return", "break", "let", "mut", "ref", "move", "async", "unsafe",
    "as", "const",
];

/// Puts the root before each dot that starts an expression: one before which no expression can have ended. What is
/// half typed, a dot or an operator with nothing after it, is noted and left out.
pub(super) fn anchor(tokens: TokenStream, errors: &mut Errors) -> TokenStream {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut out: Vec<TokenTree> = Vec::new();
    let mut after_expression = false;
    let mut i = 0;
    while i < tokens.len() {
        let (used, ends) = step(&tokens[i..], after_expression, &mut out, errors);
        i += used;
        after_expression = ends;
    }
    drop_operators(&mut out, errors);
    out.into_iter().collect()
}

/// Handles the next few tokens; says how many, and whether they end an expression.
fn step(
    tokens: &[TokenTree],
    after_expression: bool,
    out: &mut Vec<TokenTree>,
    errors: &mut Errors,
) -> (usize, bool) {
    match &tokens[0] {
        TokenTree::Punct(dot) if dot.as_char() == '.' => match range(tokens) {
            0 => (dot_step(dot, tokens.get(1), after_expression, out, errors), true),
            used => {
                out.extend_from_slice(&tokens[..used]);
                (used, false)
            }
        },
        TokenTree::Punct(tick) if tick.as_char() == '\'' => {
            let used = tokens.len().min(2);
            out.extend_from_slice(&tokens[..used]);
            (used, false)
        }
        TokenTree::Punct(comma) if comma.as_char() == ',' => {
            drop_operators(out, errors);
            out.push(tokens[0].clone());
            (1, false)
        }
        TokenTree::Punct(punct) => {
            out.push(tokens[0].clone());
            (1, punct.as_char() == '?')
        }
        TokenTree::Ident(_) if is_macro(tokens) => {
            out.extend_from_slice(&tokens[..3]);
            (3, true)
        }
        TokenTree::Ident(ident) => {
            out.push(tokens[0].clone());
            (1, !BEFORE_EXPRESSION.contains(&ident.to_string().as_str()))
        }
        TokenTree::Group(group) => {
            let mut anchored = Group::new(group.delimiter(), anchor(group.stream(), errors));
            anchored.set_span(group.span());
            out.push(TokenTree::Group(anchored));
            (1, true)
        }
        TokenTree::Literal(_) => {
            out.push(tokens[0].clone());
            (1, true)
        }
    }
}

/// The length of a `..` or `..=` at the start.
fn range(tokens: &[TokenTree]) -> usize {
    let punct =
        |i: usize, wanted: char| matches!(tokens.get(i), Some(TokenTree::Punct(p)) if p.as_char() == wanted);
    match &tokens[0] {
        TokenTree::Punct(first) if first.spacing() == Spacing::Joint && punct(1, '.') => {
            if punct(2, '=') {
                3
            } else {
                2
            }
        }
        _ => 0,
    }
}

/// `name!(..)`: another macro, whose dots are its own.
fn is_macro(tokens: &[TokenTree]) -> bool {
    matches!(tokens.get(1), Some(TokenTree::Punct(mark)) if mark.as_char() == '!' && mark.spacing() == Spacing::Alone)
        && matches!(tokens.get(2), Some(TokenTree::Group(group)) if group.delimiter() != Delimiter::None)
        && matches!(&tokens[0], TokenTree::Ident(name) if !BEFORE_EXPRESSION.contains(&name.to_string().as_str()))
}

/// A dot and what follows it; says how many tokens that is.
fn dot_step(
    dot: &Punct,
    next: Option<&TokenTree>,
    after_expression: bool,
    out: &mut Vec<TokenTree>,
    errors: &mut Errors,
) -> usize {
    let root = || TokenTree::Ident(Ident::new(ROOT, dot.span()));
    match (next, after_expression) {
        (Some(TokenTree::Ident(_)), true) | (Some(TokenTree::Literal(_)), true) => {}
        (Some(TokenTree::Ident(_)), false) => out.push(root()),
        (Some(TokenTree::Literal(number)), false) => {
            errors.at(number.span(), format!("a number starts with a digit: `0.{number}`"));
            let whole = format!("0.{number}").parse::<Literal>().map(|mut whole| {
                whole.set_span(number.span());
                whole
            });
            out.push(TokenTree::Literal(whole.unwrap_or_else(|_| number.clone())));
            return 2;
        }
        (_, after_expression) => {
            errors.at(dot.span(), "expected the name of a column, a relation or a method after this dot");
            if !after_expression {
                out.push(root());
            }
            return 1;
        }
    }
    out.push(TokenTree::Punct(dot.clone()));
    out.extend(next.cloned());
    2
}

/// Leaves out operators at the end, where an operand is still to be typed.
fn drop_operators(out: &mut Vec<TokenTree>, errors: &mut Errors) {
    let mut dropped = None;
    while let Some(TokenTree::Punct(last)) = out.last()
        && !"?.,;".contains(last.as_char())
        && !ends_range(out)
        && !ends_generics(out)
    {
        dropped = Some(last.span());
        out.pop();
    }
    if let Some(span) = dropped {
        errors.at(span, "expected an expression after this operator");
    }
}

/// `..=` at the end, which is no operator without its operand.
fn ends_range(out: &[TokenTree]) -> bool {
    let n = out.len();
    n >= 2 && matches!(&out[n - 2], TokenTree::Punct(dot) if dot.as_char() == '.')
}

/// `>` at the end of `None::<i64>` or `as Vec<_>`.
fn ends_generics(out: &[TokenTree]) -> bool {
    let mut depth = 0;
    for (i, token) in out.iter().enumerate().rev() {
        let TokenTree::Punct(punct) = token else { continue };
        match punct.as_char() {
            '>' => depth += 1,
            '<' if depth > 1 => depth -= 1,
            '<' if depth == 1 => {
                return match i.checked_sub(1).map(|before| &out[before]) {
                    Some(TokenTree::Punct(colon)) => colon.as_char() == ':',
                    Some(TokenTree::Ident(name)) => name.to_string().starts_with(char::is_uppercase),
                    _ => false,
                };
            }
            _ => {}
        }
        if depth == 0 {
            return false;
        }
    }
    false
}
