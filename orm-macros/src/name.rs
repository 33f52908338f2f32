//! Names derived from names.

use proc_macro2::{Ident, Span};
use syn::ext::IdentExt;

/// `OrderItem` -> `order_item`.
pub(crate) fn snake_case(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 4);
    let mut previous_lower = false;
    for character in name.chars() {
        if character.is_uppercase() && previous_lower {
            out.push('_');
        }
        previous_lower = character.is_lowercase() || character.is_numeric();
        out.extend(character.to_lowercase());
    }
    out
}

/// `order_items` -> `OrderItems`.
pub(crate) fn camel_case(name: &str) -> String {
    let words = name.split('_').map(|word| {
        let mut characters = word.chars();
        let first = characters.next().map(char::to_uppercase);
        first.into_iter().flatten().chain(characters).collect::<String>()
    });
    words.collect()
}

/// The identifier without `r#`.
pub(crate) fn plain(ident: &Ident) -> String {
    ident.unraw().to_string()
}

/// `name` as an identifier, raw where it is a keyword; `None` where it cannot be one.
pub(crate) fn ident(name: &str, span: Span) -> Option<Ident> {
    if let Ok(mut ident) = syn::parse_str::<Ident>(name) {
        ident.set_span(span);
        return Some(ident);
    }
    if matches!(name, "self" | "Self" | "super" | "crate" | "" | "_") {
        return None;
    }
    syn::parse_str::<Ident>(&format!("r#{name}")).ok().map(|mut ident| {
        ident.set_span(span);
        ident
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cases() {
        assert_eq!(snake_case("OrderItem"), "order_item");
        assert_eq!(snake_case("HTTPLog2Entry"), "httplog2_entry");
        assert_eq!(camel_case("order_items"), "OrderItems");
        assert_eq!(camel_case("größe"), "Größe");
    }

    #[test]
    fn keywords_become_raw_and_self_cannot() {
        assert_eq!(ident("type", Span::call_site()).unwrap().to_string(), "r#type");
        assert!(ident("self", Span::call_site()).is_none());
        assert!(ident("", Span::call_site()).is_none());
    }
}
