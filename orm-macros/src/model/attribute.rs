//! The words inside `#[model(..)]`, as they were written.

use proc_macro2::{Ident, Span, TokenTree};
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::{Attribute, LitStr, Path, Token, parenthesized};

use crate::errors::Errors;

/// One `key`, `key = value` or `key(..)`.
pub(super) struct Entry {
    pub(super) key: Ident,
    pub(super) value: Value,
}

pub(super) enum Value {
    None,
    Text(LitStr),
    Path(Path),
    Names(Vec<Ident>),
    HasMany(Vec<Mirror>),
    HasOne(Vec<Mirror>),
    ManyToMany(Vec<Linked>),
    BelongsTo(Box<Composite>),
}

/// `orders: Order.user`
pub(super) struct Mirror {
    pub(super) name: Ident,
    pub(super) target: Path,
    pub(super) relation: Ident,
}

/// `tags: Tag, through = BookTag(book, tag)`
pub(super) struct Linked {
    pub(super) name: Ident,
    pub(super) target: Path,
    pub(super) through: Path,
    pub(super) source: Ident,
    pub(super) far: Ident,
}

/// `shelf: Shelf, columns(room, number), on_delete = cascade`
pub(super) struct Composite {
    pub(super) name: Ident,
    pub(super) target: Path,
    pub(super) columns: Vec<Ident>,
    pub(super) on_delete: Option<Ident>,
}

/// Where an attribute stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Struct,
    Field,
}

const ON_STRUCT: &[&str] =
    &["table", "schema", "has_many", "has_one", "many_to_many", "belongs_to", "index", "unique"];
const ON_FIELD: &[&str] =
    &["column", "primary_key", "identity", "unique", "index", "default", "belongs_to", "as", "on_delete"];

/// All entries of all `#[model(..)]` among `attributes`.
pub(super) fn entries(attributes: &[Attribute], place: Place, errors: &mut Errors) -> Vec<Entry> {
    let mut all = Vec::new();
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("model")) {
        let parse = |input: ParseStream| {
            while !input.is_empty() {
                match entry(input, place) {
                    Ok(entry) => all.push(entry),
                    // The entries after a mistake are read too: each may hold another one.
                    Err(error) => {
                        errors.push(error);
                        while !input.is_empty() && !input.peek(Token![,]) {
                            input.parse::<TokenTree>()?;
                        }
                    }
                }
                if !input.is_empty() {
                    input.parse::<Token![,]>()?;
                }
            }
            Ok(())
        };
        if let Err(error) = attribute.parse_args_with(parse) {
            errors.push(error);
        }
    }
    all
}

/// Items with commas between them.
fn separated<T>(input: ParseStream, item: impl Fn(ParseStream) -> syn::Result<T>) -> syn::Result<Vec<T>> {
    let mut all = Vec::new();
    while !input.is_empty() {
        all.push(item(input)?);
        if !input.is_empty() {
            input.parse::<Token![,]>()?;
        }
    }
    Ok(all)
}

fn entry(input: ParseStream, place: Place) -> syn::Result<Entry> {
    let key = input.call(Ident::parse_any)?;
    let name = key.to_string();
    let (known, here, there) = match place {
        Place::Struct => (ON_STRUCT, "a struct", ON_FIELD),
        Place::Field => (ON_FIELD, "a field", ON_STRUCT),
    };
    if !known.contains(&name.as_str()) {
        let hint = if there.contains(&name.as_str()) {
            format!("`{name}` does not belong on {here}")
        } else {
            format!("unknown attribute `{name}`")
        };
        return Err(syn::Error::new(
            key.span(),
            format!("{hint}; on {here} there are: {}", known.join(", ")),
        ));
    }
    let value = match (place, name.as_str()) {
        (_, "table" | "schema" | "column" | "default") => Value::Text(text(input, &key)?),
        (Place::Field, "belongs_to") => Value::Path(assigned(input, &key, "belongs_to = Model")?),
        (Place::Field, "as") => Value::Names(vec![assigned(input, &key, "as = name")?]),
        (_, "on_delete") => {
            expect_equals(input, &key, "on_delete = cascade")?;
            Value::Names(vec![action(input)?])
        }
        (Place::Struct, "index" | "unique") => Value::Names(names(input, &key)?),
        (Place::Struct, "has_many") => Value::HasMany(mirrors(input, &key)?),
        (Place::Struct, "has_one") => Value::HasOne(mirrors(input, &key)?),
        (Place::Struct, "many_to_many") => Value::ManyToMany(linked(input, &key)?),
        (Place::Struct, "belongs_to") => Value::BelongsTo(Box::new(composite(input, &key)?)),
        _ => Value::None,
    };
    if !input.is_empty() && !input.peek(Token![,]) {
        return Err(input.error(format!("unexpected after `{name}`")));
    }
    Ok(Entry { key, value })
}

fn expect_equals(input: ParseStream, key: &Ident, form: &str) -> syn::Result<()> {
    if input.peek(Token![=]) {
        input.parse::<Token![=]>()?;
        return Ok(());
    }
    Err(syn::Error::new(key.span(), format!("write `{form}`")))
}

/// The word after `on_delete =`.
fn action(input: ParseStream) -> syn::Result<Ident> {
    let unquoted = |error: syn::Error| syn::Error::new(error.span(), "write a word: `on_delete = cascade`");
    input.call(Ident::parse_any).map_err(unquoted)
}

fn text(input: ParseStream, key: &Ident) -> syn::Result<LitStr> {
    let form = format!("{key} = \"..\"");
    expect_equals(input, key, &form)?;
    input.parse().map_err(|error| syn::Error::new(error.span(), format!("expected a text: `{form}`")))
}

fn assigned<T: Parse>(input: ParseStream, key: &Ident, form: &str) -> syn::Result<T> {
    expect_equals(input, key, form)?;
    input.parse()
}

fn names(input: ParseStream, key: &Ident) -> syn::Result<Vec<Ident>> {
    if !input.peek(syn::token::Paren) {
        return Err(syn::Error::new(key.span(), format!("write `{key}(column, ..)`")));
    }
    let content;
    parenthesized!(content in input);
    let names = content.parse_terminated(Ident::parse_any, Token![,])?;
    if names.is_empty() {
        return Err(syn::Error::new(key.span(), format!("name at least one column: `{key}(column, ..)`")));
    }
    Ok(names.into_iter().collect())
}

fn list<'a>(input: ParseStream<'a>, key: &Ident, form: &str) -> syn::Result<syn::parse::ParseBuffer<'a>> {
    if !input.peek(syn::token::Paren) {
        return Err(syn::Error::new(key.span(), format!("write `{form}`")));
    }
    let content;
    parenthesized!(content in input);
    Ok(content)
}

fn mirrors(input: ParseStream, key: &Ident) -> syn::Result<Vec<Mirror>> {
    let form = format!("{key}(name: Model.relation)");
    let content = list(input, key, &form)?;
    let mirror = |input: ParseStream| {
        let (name, target) = named_target(input, &form)?;
        if !input.peek(Token![.]) {
            let message = format!("name the `belongs_to` of the other model that this mirrors: `{form}`");
            return Err(syn::Error::new_spanned(&target, message));
        }
        input.parse::<Token![.]>()?;
        Ok(Mirror { name, target, relation: input.call(Ident::parse_any)? })
    };
    separated(&content, mirror)
}

/// `name: path::to::Model`
fn named_target(input: ParseStream, form: &str) -> syn::Result<(Ident, Path)> {
    let name = input.call(Ident::parse_any)?;
    if !input.peek(Token![:]) {
        return Err(syn::Error::new(name.span(), format!("write `{form}`")));
    }
    input.parse::<Token![:]>()?;
    Ok((name, input.parse()?))
}

fn linked(input: ParseStream, key: &Ident) -> syn::Result<Vec<Linked>> {
    const FORM: &str = "many_to_many(tags: Tag, through = BookTag(book, tag))";
    let content = list(input, key, FORM)?;
    let mut all = Vec::new();
    while !content.is_empty() {
        let (name, target) = named_target(&content, FORM)?;
        let unfinished = |span: Span| {
            syn::Error::new(
                span,
                format!("say which model links the two, and by which of its relations: `{FORM}`"),
            )
        };
        if !content.peek(Token![,]) {
            return Err(unfinished(name.span()));
        }
        content.parse::<Token![,]>()?;
        let word: Ident = content.call(Ident::parse_any).map_err(|_| unfinished(name.span()))?;
        if word != "through" {
            return Err(unfinished(word.span()));
        }
        content.parse::<Token![=]>()?;
        let through: Path = content.parse()?;
        if !content.peek(syn::token::Paren) {
            return Err(unfinished(word.span()));
        }
        let ends;
        parenthesized!(ends in content);
        let ends = ends.parse_terminated(Ident::parse_any, Token![,])?;
        let mut ends = ends.into_iter();
        let (Some(source), Some(far), None) = (ends.next(), ends.next(), ends.next()) else {
            return Err(unfinished(word.span()));
        };
        all.push(Linked { name, target, through, source, far });
        if content.peek(Token![,]) {
            content.parse::<Token![,]>()?;
        }
    }
    Ok(all)
}

fn composite(input: ParseStream, key: &Ident) -> syn::Result<Composite> {
    const FORM: &str = "belongs_to(name: Model, columns(a, b))";
    let content = list(input, key, FORM)?;
    let (name, target) = named_target(&content, FORM)?;
    let (mut columns, mut on_delete) = (Vec::new(), None);
    while content.peek(Token![,]) {
        content.parse::<Token![,]>()?;
        if content.is_empty() {
            break;
        }
        let word: Ident = content.call(Ident::parse_any)?;
        if word == "columns" {
            columns = names(&content, &word)?;
        } else if word == "on_delete" {
            expect_equals(&content, &word, "on_delete = cascade")?;
            on_delete = Some(action(&content)?);
        } else {
            return Err(syn::Error::new(
                word.span(),
                format!("write `{FORM}`, and perhaps `on_delete = ..`"),
            ));
        }
    }
    if columns.is_empty() {
        return Err(syn::Error::new(name.span(), format!("name the columns of the foreign key: `{FORM}`")));
    }
    Ok(Composite { name, target, columns, on_delete })
}
