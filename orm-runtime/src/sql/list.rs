//! What a `SELECT` lists, and where each thing is found in its rows.

use smallvec::SmallVec;

use super::Writer;
use super::expr::expr;
use super::from::{From, first_many, key_of};
use super::select::Rows;
use crate::ast::{Base, ColumnRef, Expr, Named, Output, Select};
use crate::model::Shape;
use crate::schema::{self, Relation, RelationKind, Table};
use crate::types::SqlType;

/// What the columns of a statement mean.
#[derive(Debug, Clone)]
pub(crate) struct Columns {
    /// The tables whose columns rows are decoded from first, in their order.
    tables: SmallVec<[&'static Table; 4]>,
    /// What rows are decoded from after them.
    outputs: Vec<Column>,
    /// How many columns rows are decoded from.
    len: usize,
    /// The to-many slots of each row, in the order of their numbers.
    pub(crate) children: Vec<Children>,
    /// Where the values are that the rows themselves are stitched by.
    pub(crate) links: Vec<usize>,
    /// Values selected for stitching alone, after the columns.
    pub(super) hidden: Vec<Expr>,
}

/// A column of a statement.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Column {
    /// Its name.
    pub(crate) name: &'static str,
    /// Its type.
    pub(crate) ty: &'static SqlType,
}

impl std::convert::From<&'static schema::Column> for Column {
    fn from(column: &'static schema::Column) -> Column {
        Column { name: column.name, ty: column.ty }
    }
}

/// A to-many slot of a row, to be filled by statements of its own.
#[derive(Debug, Clone)]
pub(crate) struct Children {
    /// The relation.
    pub(crate) relation: &'static Relation,
    /// Where the rows of the relation come from.
    pub(crate) source: Source,
    /// Where the key of the row is that the relation starts from.
    pub(crate) keys: Vec<usize>,
    /// The table that the relation starts from.
    pub(crate) table: &'static Table,
    /// What each child loads.
    pub(crate) shape: &'static Shape,
}

/// Where the rows of a to-many slot come from.
#[derive(Debug, Clone)]
pub(crate) enum Source {
    /// All rows of the relation, found by the relations that lead to it from the statement's table.
    Whole(Vec<usize>),
    /// The query of that number.
    Named(usize),
}

impl Columns {
    pub(super) fn new(select: &Select, shape: &Shape, links: &[Expr]) -> Columns {
        let mut columns = Columns {
            tables: SmallVec::new(),
            outputs: Vec::new(),
            len: 0,
            children: Vec::new(),
            links: Vec::new(),
            hidden: Vec::new(),
        };
        if shape.whole {
            columns.whole(shape, &mut SmallVec::new());
        }
        let outputs = select.outputs.iter().filter(|output| output.selected);
        columns.outputs.extend(outputs.map(|Output { name, ty, .. }| Column { name, ty }));
        columns.len += columns.outputs.len();
        let mut number = 0;
        shape.for_each_named(&mut |child| {
            if let Some(named) = select.named.get(number) {
                columns.named(shape, number, named, child);
            }
            number += 1;
        });
        columns.links = links.iter().map(|link| columns.place(shape, link.clone())).collect();
        columns
    }

    /// The columns that rows are decoded from, in their order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = Column> {
        let of_tables = self.tables.iter().flat_map(|table| table.columns).map(Column::from);
        of_tables.chain(self.outputs.iter().copied())
    }

    /// How many columns rows are decoded from.
    pub(crate) fn len(&self) -> usize {
        self.len
    }

    /// Lists the tables in the order in which rows are decoded, and the slots of other rows.
    fn whole(&mut self, shape: &Shape, trail: &mut SmallVec<[usize; 8]>) {
        let table = (shape.table)();
        let offset = self.len;
        self.tables.push(table);
        self.len += table.columns.len();
        for (index, slot) in shape.slots.iter().enumerate() {
            let Some(slot) = slot else { continue };
            let relation = &table.relations[index];
            trail.push(index);
            if relation.is_many() {
                let keys = table.primary_key.iter().map(|key| offset + key).collect();
                let source = Source::Whole(trail.to_vec());
                self.children.push(Children { relation, source, keys, table, shape: slot });
            } else {
                self.whole(slot, trail);
            }
            trail.pop();
        }
    }

    fn named(&mut self, shape: &Shape, number: usize, named: &Named, child: &'static Shape) {
        let step = first_many(named.path);
        let keys = key_of(step).map(|key| {
            let origin = named.origin.iter().rev();
            let key = origin.fold(Expr::Column(key), |expr, path| Expr::Below { path, expr: Box::new(expr) });
            self.place(shape, key)
        });
        let keys = keys.collect();
        let (relation, table) = (step.relation, (step.source)());
        let source = Source::Named(number);
        self.children.push(Children { relation, source, keys, table, shape: child });
    }

    /// Where a value is among the columns; selected after them where it is not there.
    fn place(&mut self, shape: &Shape, value: Expr) -> usize {
        match value {
            Expr::Column(ColumnRef { path: None, table: _, index }) if shape.whole => index,
            value => {
                self.hidden.push(value);
                self.len + self.hidden.len() - 1
            }
        }
    }
}

impl Children {
    /// The third table by which the slot's rows are linked, where there is one.
    pub(crate) fn through(&self) -> Option<(&'static Table, usize, usize)> {
        match self.relation.kind {
            RelationKind::ManyToMany { through, source, target } => Some((through(), source, target)),
            _ => None,
        }
    }
}

/// Makes the joins that a list needs.
pub(super) fn need(from: &mut From<'_>, select: &Select, rows: Rows<'_>, writer: &mut Writer) {
    let selected = || select.outputs.iter().filter(|output| output.selected);
    match rows {
        Rows::Shape(shape, hidden) => {
            if shape.whole {
                from.need_shape(shape, None, writer);
            }
            selected().for_each(|output| from.need(&output.expr, writer));
            hidden.iter().for_each(|value| from.need(value, writer));
        }
        Rows::Whole | Rows::Outputs => selected().for_each(|output| from.need(&output.expr, writer)),
        Rows::Only(values) => values.iter().for_each(|value| from.need(value, writer)),
        Rows::One => {}
    }
}

/// Writes a list.
pub(super) fn write(writer: &mut Writer, from: &mut From<'_>, select: &Select, rows: Rows<'_>) {
    let selected = || select.outputs.iter().filter(|output| output.selected);
    let mut first = true;
    let around = writer.listing(true);
    match rows {
        Rows::Shape(shape, hidden) => {
            if shape.whole {
                write_columns(writer, from, shape, None, &mut first);
            }
            for output in selected() {
                comma(writer, &mut first);
                expr(writer, from, &output.expr);
                as_output(writer, output.ty);
            }
            for value in hidden {
                comma(writer, &mut first);
                expr(writer, from, value);
                if let Expr::Column(column) = value {
                    as_output(writer, column.column().ty);
                }
            }
            if first {
                writer.push("1");
            }
        }
        Rows::Whole => {
            if select.group.is_none() {
                whole(writer, from, select, &mut first);
            }
            for (i, output) in select.outputs.iter().enumerate().filter(|(_, output)| output.selected) {
                comma(writer, &mut first);
                expr(writer, from, &output.expr);
                writer.push(" AS ");
                from.write_extra(writer, i as u32);
            }
        }
        Rows::Outputs => {
            for output in selected() {
                comma(writer, &mut first);
                expr(writer, from, &output.expr);
            }
        }
        Rows::Only(values) => {
            for value in values {
                comma(writer, &mut first);
                expr(writer, from, value);
            }
        }
        Rows::One => {
            // Without keys to group by it is the aggregate that makes one row of all.
            let one = select.group.as_ref().is_some_and(Vec::is_empty);
            writer.push(if one { "count(*)" } else { "1" });
        }
    }
    writer.listing(around);
}

/// All columns of the table, and not what a query in its place has beside them.
fn whole(writer: &mut Writer, from: &From<'_>, select: &Select, first: &mut bool) {
    if !matches!(select.base, Base::Derived(_)) {
        comma(writer, first);
        writer.table_alias(from.alias).push(".*");
        return;
    }
    for column in 0..from.table_of(None).columns.len() {
        comma(writer, first);
        from.write_column_of(None, column, writer);
    }
}

fn comma(writer: &mut Writer, first: &mut bool) {
    if !std::mem::take(first) {
        writer.push(", ");
    }
}

fn write_columns(
    writer: &mut Writer,
    from: &mut From<'_>,
    shape: &Shape,
    at: Option<usize>,
    first: &mut bool,
) {
    let table = from.table_of(at);
    comma(writer, first);
    from.write_columns_of(at, writer);
    for (index, slot) in shape.slots.iter().enumerate() {
        if let Some(slot) = slot
            && !table.relations[index].is_many()
        {
            let joined = from.join(at, index, writer);
            write_columns(writer, from, slot, Some(joined), first);
        }
    }
}

/// The cast of what is selected, where its type travels as text.
pub(super) fn as_output(writer: &mut Writer, ty: &SqlType) {
    match ty {
        SqlType::Builtin { .. } => {}
        SqlType::Enum { .. } => {
            writer.push("::text");
        }
        SqlType::Array(element) if element.travels_as_text() => {
            writer.push("::text[]");
        }
        SqlType::Array(_) => {}
    }
}
