//! The rules that a model follows, one function each.

use proc_macro2::Ident;
use quote::quote;
use syn::{GenericArgument, LitStr, PathArguments, Type};

use super::attribute::Composite;
use super::checked::{Column, Default, Kind, Model, Relation};
use super::parse::{Field, Parsed};
use crate::errors::Errors;
use crate::name;

pub(super) fn check<'a>(parsed: Parsed<'a>, errors: &mut Errors) -> Option<Model<'a>> {
    let keyed = parsed.fields.iter().any(|field| field.primary_key.is_some());
    let columns: Vec<Column<'a>> = parsed.fields.iter().map(|field| column(field, !keyed, errors)).collect();
    check_column_names(&parsed, &columns, errors);
    check_new_row_methods(&columns, errors);
    let primary_key = primary_key(&parsed, errors);
    let mut relations: Vec<Relation<'a>> =
        parsed.fields.iter().enumerate().filter_map(|(i, field)| field_relation(i, field, errors)).collect();
    for field in &parsed.fields {
        check_relation_words(field, errors);
    }
    let indexes = indexes(&parsed, &columns, errors);
    for composite in &parsed.belongs_to {
        relations.extend(composite_relation(composite, &parsed, &columns, errors));
    }
    let vis = parsed.vis;
    relations.extend(parsed.has_many.into_iter().map(|mirror| {
        let kind = Kind::HasMany { mirror: mirror.relation };
        Relation { name: mirror.name, vis, target: mirror.target, kind }
    }));
    relations.extend(parsed.has_one.into_iter().map(|mirror| {
        let kind = Kind::HasOne { mirror: mirror.relation };
        Relation { name: mirror.name, vis, target: mirror.target, kind }
    }));
    relations.extend(parsed.many_to_many.into_iter().map(|linked| {
        let kind = Kind::ManyToMany { through: linked.through, source: linked.source, far: linked.far };
        Relation { name: linked.name, vis, target: linked.target, kind }
    }));
    let relations = distinct_relations(relations, &columns, errors);
    Some(Model {
        ident: parsed.ident,
        vis,
        table: identifier(parsed.table, || name::snake_case(&name::plain(parsed.ident)), errors),
        schema: parsed.schema.map(|schema| identifier(Some(schema), String::new, errors)),
        columns,
        primary_key: primary_key?,
        relations,
        indexes,
    })
}

/// A name is not empty, has no NUL, and fits into PostgreSQL's 63 bytes.
fn identifier(given: Option<LitStr>, default: impl FnOnce() -> String, errors: &mut Errors) -> String {
    let Some(literal) = given else { return default() };
    let value = literal.value();
    if value.is_empty() {
        errors.at(literal.span(), "a name cannot be empty");
    } else if value.len() > 63 {
        errors.at(literal.span(), "PostgreSQL cuts names longer than 63 bytes");
    } else if value.contains('\0') {
        errors.at(literal.span(), "a name cannot contain a NUL character");
    }
    value
}

/// A column. A field called `id` is generated where it is the primary key without saying so.
fn column<'a>(field: &Field<'a>, id_is_key: bool, errors: &mut Errors) -> Column<'a> {
    let inner = option_inner(field.ty);
    let docs = &field.docs;
    let integer = matches!(field.ty, Type::Path(path) if path.path.is_ident("i64")
        || path.path.is_ident("i32") || path.path.is_ident("i16"));
    let generated = name::plain(field.ident) == "id"
        && integer
        && id_is_key
        && field.default.is_none()
        && field.belongs_to.is_none();
    if let Some(key) = &field.identity {
        if !integer {
            errors.at(key.span(), "`identity` needs an `i16`, `i32` or `i64`");
        } else if let Some(default) = &field.default {
            errors.at(default.span(), "a column is either `identity` or has a `default`");
        }
    }
    let default = match &field.default {
        Some(sql) => Default::Sql(sql.value()),
        None if generated || field.identity.is_some() => Default::Identity,
        None => Default::None,
    };
    let column = field.column.clone();
    Column {
        ident: field.ident,
        vis: field.vis,
        ty: field.ty,
        inner,
        docs: quote!(#(#docs)*),
        name: identifier(column, || name::plain(field.ident), errors),
        default,
    }
}

/// The `T` of `Option<T>`.
fn option_inner(ty: &Type) -> Option<&Type> {
    let Type::Path(path) = ty else { return None };
    let last = path.path.segments.last()?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
    match arguments.args.first()? {
        GenericArgument::Type(inner) if last.ident == "Option" && arguments.args.len() == 1 => Some(inner),
        _ => None,
    }
}

/// No two fields have the same column.
fn check_column_names(parsed: &Parsed<'_>, columns: &[Column<'_>], errors: &mut Errors) {
    for (i, column) in columns.iter().enumerate() {
        if let Some(first) = columns[..i].iter().find(|first| first.name == column.name) {
            let span = parsed.fields[i].column.as_ref().map_or(column.ident.span(), LitStr::span);
            let message = format!("column `{}` is already that of the field `{}`", column.name, first.ident);
            errors.at(span, message);
        }
    }
}

/// The setter of an optional column does not take the name of what inserts the row.
fn check_new_row_methods(columns: &[Column<'_>], errors: &mut Errors) {
    for column in columns.iter().filter(|column| !column.is_required() && column.ident == "execute") {
        let message = "a new row has a method `execute` already; name the field otherwise and add `column = \"execute\"`";
        errors.at(column.ident.span(), message);
    }
}

/// There is a primary key: fields marked `primary_key`, or a field called `id`. After a mistake another field stands
/// in for it.
fn primary_key(parsed: &Parsed<'_>, errors: &mut Errors) -> Option<Vec<usize>> {
    let positions = |wanted: &dyn Fn(&Field<'_>) -> bool| -> Vec<usize> {
        (0..parsed.fields.len()).filter(|&i| wanted(&parsed.fields[i])).collect()
    };
    let mut key = positions(&|field| field.primary_key.is_some());
    if key.is_empty() {
        key = positions(&|field| name::plain(field.ident) == "id");
    }
    if key.is_empty() {
        let message = "a model needs a primary key: a field `id: i64`, or `#[model(primary_key)]` on one or more fields";
        errors.at(parsed.ident.span(), message);
    }
    key.retain(|&i| {
        let nullable = option_inner(parsed.fields[i].ty).is_some();
        if nullable {
            let message = "a column of the primary key cannot be NULL";
            errors.push(syn::Error::new_spanned(parsed.fields[i].ty, message));
        }
        !nullable
    });
    if let Some(&extra) = key.get(4) {
        errors.at(parsed.fields[extra].ident.span(), "a primary key has at most four columns");
        key.truncate(4);
    }
    if key.is_empty() {
        key.extend(parsed.fields.iter().position(|field| option_inner(field.ty).is_none()));
    }
    (!key.is_empty()).then_some(key)
}

/// The relation of a field with `belongs_to`: named by `as`, or like the field without its `_id`.
fn field_relation<'a>(i: usize, field: &Field<'a>, errors: &mut Errors) -> Option<Relation<'a>> {
    let target = field.belongs_to.clone()?;
    let nullable = option_inner(field.ty).is_some();
    let name = match &field.alias {
        Some(name) => name.clone(),
        None => {
            let plain = name::plain(field.ident);
            let stem = plain.strip_suffix("_id").filter(|stem| !stem.is_empty());
            match stem.and_then(|stem| name::ident(stem, field.ident.span())) {
                Some(name) => name,
                None => {
                    let message =
                        format!("no name for this relation follows from `{plain}`; add `as = name`");
                    errors.at(field.ident.span(), message);
                    return None;
                }
            }
        }
    };
    let on_delete = on_delete(field.on_delete.as_ref(), nullable, errors);
    let kind = Kind::BelongsTo { columns: vec![i], nullable, on_delete };
    Some(Relation { name, vis: field.vis, target, kind })
}

/// `as` and `on_delete` say something about a `belongs_to`.
fn check_relation_words(field: &Field<'_>, errors: &mut Errors) {
    if field.belongs_to.is_some() {
        return;
    }
    for word in [&field.alias, &field.on_delete].into_iter().flatten() {
        errors.at(word.span(), "this says something about a relation, and the field has no `belongs_to`");
    }
}

fn composite_relation<'a>(
    composite: &Composite,
    parsed: &Parsed<'a>,
    columns: &[Column<'a>],
    errors: &mut Errors,
) -> Option<Relation<'a>> {
    let positions = positions(&composite.columns, columns, errors)?;
    let nullable = positions.iter().any(|&i| columns[i].inner.is_some());
    let all_nullable = positions.iter().all(|&i| columns[i].inner.is_some());
    let on_delete = on_delete(composite.on_delete.as_ref(), all_nullable, errors);
    let kind = Kind::BelongsTo { columns: positions, nullable, on_delete };
    Some(Relation { name: composite.name.clone(), vis: parsed.vis, target: composite.target.clone(), kind })
}

/// `on_delete` is one of PostgreSQL's actions, and `set_null` needs a key that can be NULL.
fn on_delete(given: Option<&Ident>, nullable: bool, errors: &mut Errors) -> &'static str {
    let Some(given) = given else { return "NoAction" };
    match given.to_string().as_str() {
        "no_action" => "NoAction",
        "restrict" => "Restrict",
        "cascade" => "Cascade",
        "set_null" if !nullable => {
            errors.at(
                given.span(),
                "`set_null` needs a foreign key that can be NULL: make the field an `Option`",
            );
            "SetNull"
        }
        "set_null" => "SetNull",
        "set_default" => "SetDefault",
        other => {
            let message = format!(
                "unknown action `{other}`; there are: no_action, restrict, cascade, set_null, set_default"
            );
            errors.at(given.span(), message);
            "NoAction"
        }
    }
}

/// Indexes name fields of the model.
fn indexes(parsed: &Parsed<'_>, columns: &[Column<'_>], errors: &mut Errors) -> Vec<(Vec<usize>, bool)> {
    let mut all = Vec::new();
    for (i, field) in parsed.fields.iter().enumerate() {
        if field.unique {
            all.push((vec![i], true));
        }
        if field.index {
            all.push((vec![i], false));
        }
    }
    for (names, unique) in &parsed.indexes {
        all.extend(positions(names, columns, errors).map(|positions| (positions, *unique)));
    }
    all
}

fn positions(names: &[Ident], columns: &[Column<'_>], errors: &mut Errors) -> Option<Vec<usize>> {
    let mut positions = Vec::new();
    for name in names {
        match columns.iter().position(|column| name::plain(column.ident) == name::plain(name)) {
            Some(i) if positions.contains(&i) => errors.at(name.span(), format!("`{name}` is named twice")),
            Some(i) => positions.push(i),
            None => errors.at(name.span(), format!("the model has no field `{name}`")),
        }
    }
    (positions.len() == names.len()).then_some(positions)
}

/// Relations, columns and the methods that every row has do not share names.
fn distinct_relations<'a>(
    relations: Vec<Relation<'a>>,
    columns: &[Column<'_>],
    errors: &mut Errors,
) -> Vec<Relation<'a>> {
    const TAKEN: &[&str] = &["clone", "eq", "ne", "fmt", "drop", "deref", "objects"];
    let mut distinct: Vec<Relation<'a>> = Vec::new();
    for relation in relations {
        let name = name::plain(&relation.name);
        let message = if distinct.iter().any(|first| name::plain(&first.name) == name) {
            format!("there is already a relation `{name}`; give one of them another name")
        } else if columns.iter().any(|column| name::plain(column.ident) == name) {
            format!("relation `{name}` has the name of a column; give it another one with `as = name`")
        } else if let Some(other) = distinct.iter().find(|other| clash(&name, &name::plain(&other.name))) {
            format!(
                "relation `{name}` clashes with what moves `{}` out of a row; give it another name",
                other.name
            )
        } else if TAKEN.contains(&name.as_str()) {
            format!("a relation cannot be called `{name}`: rows have a method of that name")
        } else {
            distinct.push(relation);
            continue;
        };
        errors.at(relation.name.span(), message);
    }
    distinct
}

/// Whether one relation is called like the method that moves the other one out of its row.
fn clash(a: &str, b: &str) -> bool {
    a.strip_prefix("into_") == Some(b) || b.strip_prefix("into_") == Some(a)
}
