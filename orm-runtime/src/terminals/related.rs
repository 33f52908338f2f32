use std::fmt;

use super::links::ChangeLinks;
use crate::ast::{ColumnRef, CompareOp, Expr, Part, Predicate, Template, Value};
use crate::model::{Fields, Key, Many, ManyToMany, Model, Relation, Root, To};
use crate::queryset::QuerySet;
use crate::schema::{RelationKind, Table};
use crate::sql::{Side, quoted, quoted_table};

/// The rows that a to-many relation leads to from a row in hand. Implemented for every model.
pub trait Related: Model {
    /// The rows of the to-many relation that the closure names: to be queried, or, where they are linked by a third
    /// table, to be linked to this row and unlinked. Nothing is sent.
    ///
    /// `author.related(|a| a.books()).objects().filter(|b| b.year().gt(2000)).all(&db)`
    fn related<F, R>(&self, relation: impl FnOnce(Self::Fields<Root<Self>>) -> F) -> RelatedRows<R>
    where
        F: ManyOf<Self, R>,
        R: Relation<Source = Self>,
    {
        relation(Default::default());
        RelatedRows { key: self.key() }
    }
}

#[diagnostic::do_not_recommend]
impl<M: Model> Related for M {}

/// A to-many relation of the model `M`: what `related` takes.
///
/// - `M`: the model.
/// - `R`: the relation.
#[diagnostic::on_unimplemented(
    message = "`related` takes a to-many relation of the row itself",
    label = "not a to-many relation of `{M}`",
    note = "a to-one relation has no rows to choose from: load it with `.select_related(..)`"
)]
pub trait ManyOf<M, R> {}

#[diagnostic::do_not_recommend]
impl<M: Model, R: Relation<Source = M, Kind = Many>, F: Fields<Path = To<Root<M>, R>>> ManyOf<M, R> for F {}

/// The rows of a to-many relation of one row.
///
/// - `R`: the relation.
pub struct RelatedRows<R: Relation> {
    key: <R::Source as Model>::Key,
}

impl<R: Relation> RelatedRows<R> {
    /// The rows, as a lazy query.
    pub fn objects(&self) -> QuerySet<R::Target> {
        let mut query = QuerySet::new();
        query.select_mut().filter = belongs::<R>(self.key.values());
        query
    }

    /// Links the row to those with these keys; links that are there stay. `execute(&db)` says how many are new.
    ///
    /// One statement, `INSERT .. ON CONFLICT DO NOTHING`; none for no keys.
    pub fn add(&self, keys: impl IntoIterator<Item = <R::Target as Model>::Key>) -> ChangeLinks
    where
        R: ManyToMany,
    {
        ChangeLinks::add(self.side(), arrays(keys))
    }

    /// Deletes the links to the rows with these keys, and not the rows. `execute(&db)` says how many there were.
    ///
    /// One statement, `DELETE`; none for no keys.
    pub fn remove(&self, keys: impl IntoIterator<Item = <R::Target as Model>::Key>) -> ChangeLinks
    where
        R: ManyToMany,
    {
        ChangeLinks::remove(self.side(), arrays(keys))
    }

    /// Makes the links of the row exactly those to the rows with these keys. `execute(&db)` says how many were deleted
    /// or inserted.
    ///
    /// One statement, `WITH (DELETE ..), (INSERT ..)`: links that stay are not touched.
    pub fn set(&self, keys: impl IntoIterator<Item = <R::Target as Model>::Key>) -> ChangeLinks
    where
        R: ManyToMany,
    {
        ChangeLinks::set(self.side(), arrays(keys))
    }

    /// Deletes all links of the row. `execute(&db)` says how many there were.
    ///
    /// One statement, `DELETE`.
    pub fn clear(&self) -> ChangeLinks
    where
        R: ManyToMany,
    {
        ChangeLinks::clear(self.side())
    }

    fn side(&self) -> Option<Side> {
        let RelationKind::ManyToMany { through, source, target } = R::RELATION.kind else {
            // Only a many-to-many relation is `ManyToMany`.
            return None;
        };
        let through = through();
        let (near, far) = (through.foreign_key(source), through.foreign_key(target));
        Some(Side { through, near, far, key: self.key.values() })
    }
}

impl<R: Relation> fmt::Debug for RelatedRows<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RelatedRows").field("key", &self.key.values()).finish()
    }
}

/// The keys column by column; `None` where there is none.
fn arrays<K: Key>(keys: impl IntoIterator<Item = K>) -> Option<Vec<Value>> {
    let keys: Vec<K> = keys.into_iter().collect();
    (!keys.is_empty()).then(|| K::arrays(&keys))
}

/// The condition that a row of the target belongs to the row with this key.
fn belongs<R: Relation>(key: Vec<Value>) -> Predicate {
    let table = <R::Target as Model>::table;
    match R::RELATION.kind {
        RelationKind::HasMany { mirror } | RelationKind::HasOne { mirror } => {
            let columns = table().foreign_key(mirror);
            let equal = columns.iter().zip(key).map(|(&index, value)| Predicate::Compare {
                op: CompareOp::Eq,
                left: Expr::Column(ColumnRef { path: None, table, index }),
                right: Expr::Value(value),
                negated: false,
            });
            equal.fold(Predicate::Const(true), Predicate::and)
        }
        RelationKind::ManyToMany { through, source, target } => {
            let through = through();
            linked(table, through, (through.foreign_key(source), key), through.foreign_key(target))
        }
        RelationKind::BelongsTo { .. } => Predicate::Const(false),
    }
}

/// `EXISTS (SELECT 1 FROM "book_tags" l WHERE l."tag_id" = t0."id" AND l."book_id" = $1)`
fn linked(
    target: fn() -> &'static Table,
    through: &'static Table,
    (near, key): (&[usize], Vec<Value>),
    far: &[usize],
) -> Predicate {
    let from = quoted_table(through);
    let mut parts = vec![Part::Text(format!("EXISTS (SELECT 1 FROM {from} l WHERE ").into())];
    let ours = target().primary_key.iter();
    let ours = ours.map(|&index| Expr::Column(ColumnRef { path: None, table: target, index }));
    let pairs = far.iter().zip(ours).chain(near.iter().zip(key.into_iter().map(Expr::Value)));
    for (i, (&column, value)) in pairs.enumerate() {
        let name = quoted(through.columns[column].name);
        let and = if i == 0 { "" } else { " AND " };
        parts.push(Part::Text(format!("{and}l.{name} = ").into()));
        parts.push(Part::Expr(value));
    }
    parts.push(Part::Text(")".into()));
    let expr = Expr::Template(Box::new(Template { parts, nullable: false }));
    Predicate::Bool { expr, negated: false }
}
