use std::cell::Cell;
use std::sync::Arc;

use smallvec::SmallVec;

use super::Writer;
use super::over::{OverJoin, Strategy};
use crate::ast::{Base, ColumnRef, Expr, Keys, Lock, Node, Order, Predicate, Select, outer_expressions};
use crate::model::Shape;
use crate::schema::{PathNode, Relation, RelationKind, Table};

/// The tables of one `FROM`: the query's own, and the joins that its clauses need.
#[derive(Debug)]
pub(super) struct From<'o> {
    table: &'static Table,
    pub(super) alias: u32,
    base: Base,
    joins: SmallVec<[Join; 3]>,
    pub(super) overs: Vec<OverJoin>,
    pub(super) strategy: Strategy,
    /// The `FROM` of the query around this one.
    pub(super) outer: Option<&'o From<'o>>,
    /// The join that paths start from while an expression below it is written; `None` is the query's own table.
    origin: Cell<Option<usize>>,
}

#[derive(Debug)]
struct Join {
    /// The join that this one hangs on; `None` is the query's own table.
    parent: Option<usize>,
    /// The relation, by its position in the parent's table.
    index: usize,
    relation: &'static Relation,
    table: &'static Table,
    alias: u32,
    outer: bool,
}

impl<'o> From<'o> {
    /// The rows of `table`.
    pub(super) fn new(table: &'static Table, writer: &mut Writer) -> From<'o> {
        From {
            table,
            alias: writer.alias(),
            base: Base::Table,
            joins: SmallVec::new(),
            overs: Vec::new(),
            strategy: Strategy::Correlated,
            outer: None,
            origin: Cell::new(None),
        }
    }

    /// The rows of a query, within another one or not.
    pub(super) fn of(select: &Select, outer: Option<&'o From<'o>>, writer: &mut Writer) -> From<'o> {
        From { base: select.base.clone(), outer, ..From::new((select.table)(), writer) }
    }

    /// The rows at the end of `path`, in a subquery of what `around` is of.
    pub(super) fn inner(path: &'static PathNode, around: &From<'o>, writer: &mut Writer) -> From<'o> {
        From { outer: around.outer, ..From::new((path.relation.target)(), writer) }
    }

    /// The alias of the table at the end of join `at`.
    #[inline]
    fn alias_of(&self, at: Option<usize>) -> u32 {
        at.map_or(self.alias, |at| self.joins[at].alias)
    }

    /// The table at the end of join `at`.
    pub(super) fn table_of(&self, at: Option<usize>) -> &'static Table {
        at.map_or(self.table, |at| self.joins[at].table)
    }

    /// The join over relation `index` of the table at the end of `parent`; made where there is none yet.
    pub(super) fn join(&mut self, parent: Option<usize>, index: usize, writer: &mut Writer) -> usize {
        if let Some(found) = self.joins.iter().position(|join| join.parent == parent && join.index == index) {
            return found;
        }
        let relation = &self.table_of(parent).relations[index];
        let outer = relation.is_nullable() || parent.is_some_and(|parent| self.joins[parent].outer);
        let (table, alias) = ((relation.target)(), writer.alias());
        self.joins.push(Join { parent, index, relation, table, alias, outer });
        self.joins.len() - 1
    }

    fn join_path(&mut self, path: Option<&'static PathNode>, writer: &mut Writer) -> Option<usize> {
        let Some(path) = path else { return self.origin.get() };
        let parent = self.join_path(path.parent, writer);
        Some(self.join(parent, path.index, writer))
    }

    /// Makes the joins for what `shape` loads in the parent's statement.
    pub(super) fn need_shape(&mut self, shape: &Shape, at: Option<usize>, writer: &mut Writer) {
        for (index, slot) in shape.slots.iter().enumerate() {
            if let Some(slot) = slot
                && !self.table_of(at).relations[index].is_many()
            {
                let joined = self.join(at, index, writer);
                self.need_shape(slot, Some(joined), writer);
            }
        }
    }

    /// Makes the joins that a condition needs.
    pub(super) fn need_predicate(&mut self, predicate: &Predicate, writer: &mut Writer) {
        // What most conditions are made of, without going through the parts one by one.
        match predicate {
            Predicate::Const(_) => {}
            Predicate::And(parts) | Predicate::Or(parts) => {
                parts.iter().for_each(|part| self.need_predicate(part, writer));
            }
            Predicate::Compare { op: _, left, right, negated: _ } => {
                self.need(left, writer);
                self.need(right, writer);
            }
            other => other.walk(&mut |node| self.need_node(node, writer)),
        }
    }

    /// Makes the joins that an order needs.
    pub(super) fn need_order(&mut self, order: &[Order], writer: &mut Writer) {
        for Order { expr, ty: _, descending: _, nulls: _ } in order {
            self.need(expr, writer);
        }
    }

    /// Makes the joins to the tables that a lock names.
    pub(super) fn need_lock(&mut self, lock: Option<&Lock>, writer: &mut Writer) {
        for path in lock.into_iter().flat_map(|lock| &lock.of) {
            self.join_path(Some(path), writer);
        }
    }

    /// Makes the joins that an expression needs.
    pub(super) fn need(&mut self, expr: &Expr, writer: &mut Writer) {
        match expr {
            Expr::Value(_) | Expr::Column(ColumnRef { path: None, .. }) => {}
            Expr::Column(column) => {
                self.join_path(nearest(*column).path, writer);
            }
            other => other.walk(&mut |node| self.need_node(node, writer)),
        }
    }

    fn need_node(&mut self, node: Node<'_>, writer: &mut Writer) -> bool {
        match node {
            Node::Expr(Expr::Column(column)) => {
                self.join_path(nearest(*column).path, writer);
            }
            Node::Expr(Expr::Over(over)) => self.need_over(over, writer),
            Node::Expr(Expr::Below { path, expr }) => {
                let before = self.origin.get();
                let at = self.join_path(Some(path), writer);
                self.origin.set(at);
                self.need(expr, writer);
                self.origin.set(before);
            }
            Node::Predicate(Predicate::Exists { path, filter: _, negated: _ }) => {
                for column in key_of(first_many(path)) {
                    self.join_path(nearest(column).path, writer);
                }
            }
            Node::Expr(Expr::Subquery(select))
            | Node::Predicate(
                Predicate::ExistsQuery { select, negated: _ }
                | Predicate::InQuery { expr: _, select, negated: _ },
            ) => self.need_subquery(select, writer),
            _ => {}
        }
        true
    }

    fn need_subquery(&mut self, select: &Arc<Select>, writer: &mut Writer) {
        outer_expressions(select, &mut |expr| self.need(expr, writer));
    }

    /// Whether any join was made.
    pub(super) fn is_joined(&self) -> bool {
        !self.joins.is_empty()
    }

    /// Writes a column; its joins were made before.
    #[inline]
    pub(super) fn write_column(&self, column: ColumnRef, writer: &mut Writer) {
        let column = nearest(column);
        let at = self.find(column.path);
        writer.column(self.alias_of(at), (column.table)(), column.index);
    }

    /// The alias of the table at the end of a path; its joins were made before.
    pub(super) fn alias_of_path(&self, path: &'static PathNode) -> u32 {
        self.alias_of(self.find(Some(path)))
    }

    #[inline]
    fn find(&self, path: Option<&'static PathNode>) -> Option<usize> {
        match path {
            None => self.origin.get(),
            Some(path) => self.find_join(path),
        }
    }

    fn find_join(&self, path: &'static PathNode) -> Option<usize> {
        let parent = self.find(path.parent);
        self.joins.iter().position(|join| join.parent == parent && join.index == path.index)
    }

    /// Whether what is written is said of another table than the query's own.
    pub(super) fn is_below(&self) -> bool {
        self.origin.get().is_some()
    }

    /// Writes, by `write`, what is said of the table at the end of `path`.
    pub(super) fn below(&self, path: &'static PathNode, write: impl FnOnce()) {
        let before = self.origin.replace(self.find(Some(path)));
        write();
        self.origin.set(before);
    }

    /// Writes the name of an extra column beside those of the query's own table: `x0`, where none of these is called so.
    pub(super) fn write_extra(&self, writer: &mut Writer, number: u32) {
        let mut prefix = String::from("x");
        let is_taken = |prefix: &str, name: &str| {
            name.strip_prefix(prefix).is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()))
        };
        while self.table.columns.iter().any(|column| is_taken(&prefix, column.name)) {
            prefix.push('x');
        }
        writer.push(&prefix).number(number.into());
    }

    /// Writes all columns of the table at the end of join `at`, as rows are decoded from them.
    pub(super) fn write_columns_of(&self, at: Option<usize>, writer: &mut Writer) {
        writer.columns(self.alias_of(at), self.table_of(at));
    }

    /// Writes column `index` of the table at the end of join `at`.
    pub(super) fn write_column_of(&self, at: Option<usize>, index: usize, writer: &mut Writer) {
        writer.column(self.alias_of(at), self.table_of(at), index);
    }

    /// `FROM "orders" t0 JOIN "users" t1 ON t1."id" = t0."user_id"`
    pub(super) fn write(&self, writer: &mut Writer) {
        self.write_per_key(writer, None);
    }

    /// [`write`](From::write), where rows of a query in the place of the table belong to a key beside it.
    pub(super) fn write_per_key(&self, writer: &mut Writer, per_key: Option<(&Keys, &'static Relation)>) {
        writer.push(" FROM ");
        super::base::write(writer, &self.base, self.table, self.alias, self.outer, per_key);
        self.write_joins(writer);
        self.write_overs(writer);
    }

    fn write_joins(&self, writer: &mut Writer) {
        for join in &self.joins {
            let source = (self.alias_of(join.parent), self.table_of(join.parent));
            writer.push(if join.outer { " LEFT JOIN " } else { " JOIN " });
            writer.table(join.table).push(" ").table_alias(join.alias).push(" ON ");
            connect(writer, source, join.relation, (join.alias, join.table), join.index);
        }
    }
}

/// `t1."id" = t0."user_id"`: how a row of `source` finds those of `target` over a relation with one foreign key.
pub(super) fn connect(
    writer: &mut Writer,
    source: (u32, &'static Table),
    relation: &'static Relation,
    target: (u32, &'static Table),
    index: usize,
) {
    let (from, to) = match relation.kind {
        RelationKind::BelongsTo { .. } => (source.1.foreign_key(index), target.1.primary_key),
        RelationKind::HasOne { mirror } | RelationKind::HasMany { mirror } => {
            (source.1.primary_key, target.1.foreign_key(mirror))
        }
        // A many-to-many relation has two foreign keys, and its writers connect each.
        RelationKind::ManyToMany { .. } => return,
    };
    equal(writer, (target.0, target.1, to), (source.0, source.1, from));
}

/// `t1."a" = t0."b" AND ..`, column by column.
pub(super) fn equal(
    writer: &mut Writer,
    left: (u32, &Table, &'static [usize]),
    right: (u32, &Table, &'static [usize]),
) {
    writer.list(left.2.iter().zip(right.2), " AND ", |writer, (&l, &r)| {
        writer.column(left.0, left.1, l).push(" = ");
        writer.column(right.0, right.1, r);
    });
}

/// The first to-many step of a path.
pub(super) fn first_many(path: &'static PathNode) -> &'static PathNode {
    match path.parent {
        Some(parent) if parent.many => first_many(parent),
        _ => path,
    }
}

/// The primary key of the table that a to-many step starts from.
pub(super) fn key_of(step: &'static PathNode) -> impl Iterator<Item = ColumnRef> {
    let (path, table) = (step.parent, step.source);
    table().primary_key.iter().map(move |&index| ColumnRef { path, table, index })
}

/// The same value in the nearest table: the primary key of what a foreign key refers to is the foreign key itself.
#[inline]
fn nearest(column: ColumnRef) -> ColumnRef {
    match column.path {
        None => column,
        Some(step) => nearest_over(step, column),
    }
}

fn nearest_over(step: &'static PathNode, column: ColumnRef) -> ColumnRef {
    let RelationKind::BelongsTo { columns, nullable, .. } = step.relation.kind else { return column };
    // A key of several columns that is NULL in one of them refers to no row, whatever stands in the others.
    if nullable && columns.len() > 1 {
        return column;
    }
    match (column.table)().primary_key.iter().position(|&key| key == column.index) {
        Some(place) => nearest(ColumnRef { path: step.parent, table: step.source, index: columns[place] }),
        None => column,
    }
}
