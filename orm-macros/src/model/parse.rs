//! What the user wrote, with nothing judged but each attribute by itself.

use proc_macro2::Ident;
use syn::{Attribute, Data, DeriveInput, Fields, LitStr, Path, Type, Visibility};

use super::attribute::{Composite, Entry, Linked, Mirror, Place, Value, entries};
use crate::errors::Errors;

pub(super) struct Parsed<'a> {
    pub(super) ident: &'a Ident,
    pub(super) vis: &'a Visibility,
    pub(super) table: Option<LitStr>,
    pub(super) schema: Option<LitStr>,
    pub(super) fields: Vec<Field<'a>>,
    pub(super) has_many: Vec<Mirror>,
    pub(super) has_one: Vec<Mirror>,
    pub(super) many_to_many: Vec<Linked>,
    pub(super) belongs_to: Vec<Composite>,
    /// The columns of each, and whether it is unique.
    pub(super) indexes: Vec<(Vec<Ident>, bool)>,
}

pub(super) struct Field<'a> {
    pub(super) ident: &'a Ident,
    pub(super) vis: &'a Visibility,
    pub(super) ty: &'a Type,
    pub(super) docs: Vec<&'a Attribute>,
    pub(super) column: Option<LitStr>,
    pub(super) primary_key: Option<Ident>,
    pub(super) identity: Option<Ident>,
    pub(super) unique: bool,
    pub(super) index: bool,
    pub(super) default: Option<LitStr>,
    pub(super) belongs_to: Option<Path>,
    pub(super) alias: Option<Ident>,
    pub(super) on_delete: Option<Ident>,
}

pub(super) fn parse<'a>(input: &'a DeriveInput, errors: &mut Errors) -> Option<Parsed<'a>> {
    let mut parsed = Parsed {
        ident: &input.ident,
        vis: &input.vis,
        table: None,
        schema: None,
        fields: Vec::new(),
        has_many: Vec::new(),
        has_one: Vec::new(),
        many_to_many: Vec::new(),
        belongs_to: Vec::new(),
        indexes: Vec::new(),
    };
    let mut given = Given::default();
    for Entry { key, value } in entries(&input.attrs, Place::Struct, errors) {
        let single = key == "table" || key == "schema";
        if single && !given.once(&key, errors) {
            continue;
        }
        match value {
            Value::Text(text) if key == "table" => parsed.table = Some(text),
            Value::Text(text) => parsed.schema = Some(text),
            Value::HasMany(mirrors) => parsed.has_many.extend(mirrors),
            Value::HasOne(mirrors) => parsed.has_one.extend(mirrors),
            Value::ManyToMany(linked) => parsed.many_to_many.extend(linked),
            Value::BelongsTo(composite) => parsed.belongs_to.push(*composite),
            Value::Names(columns) => parsed.indexes.push((columns, key == "unique")),
            Value::None | Value::Path(_) => {}
        }
    }
    parsed.fields = fields(input, errors)?.into_iter().map(|(ident, f)| field(ident, f, errors)).collect();
    Some(parsed)
}

fn fields<'a>(input: &'a DeriveInput, errors: &mut Errors) -> Option<Vec<(&'a Ident, &'a syn::Field)>> {
    const WANTED: &str = "a model is a struct with named fields, one for each column of its table";
    if let Some(parameter) = input.generics.params.first() {
        errors.push(syn::Error::new_spanned(parameter, "a model has no type parameters or lifetimes"));
        return None;
    }
    let fields = match &input.data {
        Data::Struct(data) => match &data.fields {
            Fields::Named(fields) => &fields.named,
            Fields::Unnamed(fields) => {
                errors.push(syn::Error::new_spanned(fields, WANTED));
                return None;
            }
            Fields::Unit => {
                errors.at(input.ident.span(), WANTED);
                return None;
            }
        },
        Data::Enum(data) => {
            errors.at(data.enum_token.span, format!("{WANTED}; for a column's type use `#[derive(Enum)]`"));
            return None;
        }
        Data::Union(data) => {
            errors.at(data.union_token.span, WANTED);
            return None;
        }
    };
    Some(fields.iter().filter_map(|field| Some((field.ident.as_ref()?, field))).collect())
}

fn field<'a>(ident: &'a Ident, field: &'a syn::Field, errors: &mut Errors) -> Field<'a> {
    let mut parsed = Field {
        ident,
        vis: &field.vis,
        ty: &field.ty,
        docs: field.attrs.iter().filter(|attribute| attribute.path().is_ident("doc")).collect(),
        column: None,
        primary_key: None,
        identity: None,
        unique: false,
        index: false,
        default: None,
        belongs_to: None,
        alias: None,
        on_delete: None,
    };
    let mut given = Given::default();
    for Entry { key, value } in entries(&field.attrs, Place::Field, errors) {
        if !given.once(&key, errors) {
            continue;
        }
        match value {
            Value::Text(text) if key == "column" => parsed.column = Some(text),
            Value::Text(text) => parsed.default = Some(text),
            Value::Path(path) => parsed.belongs_to = Some(path),
            Value::Names(names) if key == "as" => parsed.alias = names.into_iter().next(),
            Value::Names(names) => parsed.on_delete = names.into_iter().next(),
            Value::None if key == "primary_key" => parsed.primary_key = Some(key),
            Value::None if key == "identity" => parsed.identity = Some(key),
            Value::None if key == "unique" => parsed.unique = true,
            Value::None => parsed.index = true,
            Value::HasMany(_) | Value::HasOne(_) | Value::ManyToMany(_) | Value::BelongsTo(_) => {}
        }
    }
    parsed
}

/// The keys seen so far.
#[derive(Default)]
struct Given(Vec<String>);

impl Given {
    fn once(&mut self, key: &Ident, errors: &mut Errors) -> bool {
        let name = key.to_string();
        if self.0.contains(&name) {
            errors.at(key.span(), format!("`{name}` is given twice"));
            return false;
        }
        self.0.push(name);
        true
    }
}
