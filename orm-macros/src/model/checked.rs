//! A model in which every reference holds: what expansion can rely on.

use proc_macro2::{Ident, TokenStream};
use syn::{Path, Type, Visibility};

pub(super) struct Model<'a> {
    pub(super) ident: &'a Ident,
    pub(super) vis: &'a Visibility,
    pub(super) table: String,
    pub(super) schema: Option<String>,
    pub(super) columns: Vec<Column<'a>>,
    pub(super) primary_key: Vec<usize>,
    pub(super) relations: Vec<Relation<'a>>,
    /// The columns of each, and whether it is unique.
    pub(super) indexes: Vec<(Vec<usize>, bool)>,
}

pub(super) struct Column<'a> {
    pub(super) ident: &'a Ident,
    pub(super) vis: &'a Visibility,
    pub(super) ty: &'a Type,
    /// The type inside `Option<..>`, where the field is one.
    pub(super) inner: Option<&'a Type>,
    /// The user's documentation of the field.
    pub(super) docs: TokenStream,
    pub(super) name: String,
    pub(super) default: Default,
}

#[derive(Clone, PartialEq, Eq)]
pub(super) enum Default {
    None,
    Identity,
    Sql(String),
}

pub(super) struct Relation<'a> {
    pub(super) name: Ident,
    pub(super) vis: &'a Visibility,
    pub(super) target: Path,
    pub(super) kind: Kind,
}

pub(super) enum Kind {
    BelongsTo { columns: Vec<usize>, nullable: bool, on_delete: &'static str },
    HasMany { mirror: Ident },
    HasOne { mirror: Ident },
    ManyToMany { through: Path, source: Ident, far: Ident },
}

impl Column<'_> {
    /// The field's type without its `Option`.
    pub(super) fn base(&self) -> &Type {
        self.inner.unwrap_or(self.ty)
    }

    /// Whether a new row must have a value for it.
    pub(super) fn is_required(&self) -> bool {
        self.inner.is_none() && self.default == Default::None
    }
}

impl Relation<'_> {
    pub(super) fn is_many(&self) -> bool {
        matches!(self.kind, Kind::HasMany { .. } | Kind::ManyToMany { .. })
    }
}
