use std::any::Any;
use std::marker::PhantomData;
use std::sync::Arc;

use super::{ExactlyOne, Many, Model, OneOrNone, Path, Relation, Root, Selects, Shape, To, new_level};
use crate::ast::{ColumnRef, Expr, Named, Output, Part, Select, Template};
use crate::schema::PathNode;
use crate::types::{ColumnType, Cursor, Mismatch};

/// A struct whose fields are columns, expressions and other projections: only these are selected. Implemented by
/// `#[derive(Projection)]`, and by every model, of which it is all columns.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a projection",
    label = "not a projection",
    note = "add `#[derive(Projection)]` to it, and `#[projection(model = Order)]`"
)]
pub trait Projection: Sized + Send + 'static {
    /// The model whose rows it is made of.
    type Model: Model;
    /// How many columns of a statement it takes.
    const WIDTH: usize;
    /// What is loaded by queries of its own, as data.
    const SHAPE: &'static Shape;
    /// How many to-many relations there are in it.
    const MANY: usize;
    /// What is selected of each row, and the relations that are loaded.
    #[doc(hidden)]
    fn select(into: &mut Projected);
    /// Reads a value; what is loaded by queries of its own is empty.
    ///
    /// # Errors
    ///
    /// When a column's bytes are not a value of the field's type.
    fn read(cursor: &mut Cursor<'_>) -> Result<Self, Mismatch>;
    /// Moves `children` into to-many relation number `slot`. Where there are fewer, returns how many are left to count.
    fn put(&mut self, slot: usize, children: &mut dyn Any) -> Option<usize>;
}

/// What a projection selects and loads.
#[derive(Debug, Default)]
#[doc(hidden)]
pub struct Projected {
    /// What is selected.
    pub outputs: Vec<Output>,
    /// What is loaded.
    pub named: Vec<Named>,
}

#[diagnostic::do_not_recommend]
impl<M: Model> Projection for M {
    type Model = M;
    const WIDTH: usize = <M as super::Row>::WIDTH;
    const SHAPE: &'static Shape = &Shape::values(M::table, new_level::<ProjectionOf<M>>);
    const MANY: usize = 0;
    fn select(into: &mut Projected) {
        let column = |(index, column): (usize, &crate::schema::Column)| Output {
            name: column.name,
            expr: Expr::Column(ColumnRef { path: None, table: M::table, index }),
            ty: column.ty,
            selected: true,
        };
        into.outputs.extend(M::table().columns.iter().enumerate().map(column));
    }
    fn read(cursor: &mut Cursor<'_>) -> Result<M, Mismatch> {
        M::decode(cursor)
    }
    fn put(&mut self, slot: usize, _: &mut dyn Any) -> Option<usize> {
        Some(slot)
    }
}

/// The rows of the model of `T` as values of `T`.
///
/// - `T`: a projection.
#[derive(Debug)]
pub struct ProjectionOf<T>(PhantomData<fn() -> T>);

#[diagnostic::do_not_recommend]
impl<T: Projection> Selects for ProjectionOf<T> {
    type Model = T::Model;
    type Unit = T::Model;
    type Scope = <T::Model as super::Row>::Scope;
    type Taken = <T::Model as super::Row>::Scope;
    type Out = T;
    const SHAPE: &'static Shape = T::SHAPE;
    const MANY: usize = T::MANY;
    fn read(cursor: &mut Cursor<'_>) -> Result<T, Mismatch> {
        T::read(cursor)
    }
    fn put(out: &mut T, slot: usize, children: &mut dyn Any) -> Option<usize> {
        out.put(slot, children)
    }
}

/// What a derived projection says of itself.
#[doc(hidden)]
pub const fn projection_shape<T: Projection>(
    parts: &'static [&'static Shape],
    named: &'static [&'static Shape],
) -> Shape {
    let shape = Shape::values(<T::Model as Model>::table, new_level::<ProjectionOf<T>>);
    Shape { parts, named, ..shape }
}

/// A field of a projection that holds the relation `R`: a projection of its model for a `belongs_to`, an `Option` of one
/// where there may be no row, a `Vec` for a to-many relation.
///
/// - `R`: the relation.
#[diagnostic::on_unimplemented(
    message = "a field of type `{Self}` cannot hold this relation",
    label = "not what this relation leads to",
    note = "a `belongs_to` is a projection of its model, one that can be NULL and a `has_one` are an `Option` of it, and a to-many relation is a `Vec` of it"
)]
pub trait Nested<R>: Sized {
    /// How many columns of a statement it takes.
    const WIDTH: usize;
    /// How many to-many relations there are in it, itself included.
    const MANY: usize;
    /// What is selected of the row at the end of the relation.
    #[doc(hidden)]
    fn select(into: &mut Projected);
    /// Reads it.
    fn read(cursor: &mut Cursor<'_>) -> Result<Self, Mismatch>;
    /// Moves `children` into to-many relation number `slot`.
    fn put(&mut self, slot: usize, children: &mut dyn Any) -> Option<usize>;
}

fn below<R: Relation, T: Projection>(into: &mut Projected) {
    let Some(path) = <To<Root<R::Source>, R> as Path>::NODE else { return };
    let mut inner = Projected::default();
    T::select(&mut inner);
    into.outputs.extend(
        inner
            .outputs
            .into_iter()
            .map(|output| Output { expr: Expr::Below { path, expr: Box::new(output.expr) }, ..output }),
    );
    into.named.extend(inner.named.into_iter().map(|mut named| {
        named.origin.insert(0, path);
        named
    }));
}

#[diagnostic::do_not_recommend]
impl<R: Relation<Kind = ExactlyOne, Target = T::Model>, T: Projection> Nested<R> for T {
    const WIDTH: usize = T::WIDTH;
    const MANY: usize = T::MANY;
    fn select(into: &mut Projected) {
        below::<R, T>(into);
    }
    fn read(cursor: &mut Cursor<'_>) -> Result<T, Mismatch> {
        T::read(cursor)
    }
    fn put(&mut self, slot: usize, children: &mut dyn Any) -> Option<usize> {
        Projection::put(self, slot, children)
    }
}

#[diagnostic::do_not_recommend]
impl<R: Relation<Kind = OneOrNone, Target = T::Model>, T: Projection> Nested<R> for Option<T> {
    const WIDTH: usize = 1 + T::WIDTH;
    const MANY: usize = T::MANY;
    fn select(into: &mut Projected) {
        // Whether there is a row comes first: its values may all be NULL.
        let table = <R::Target as Model>::table;
        let path: Option<&'static PathNode> = <To<Root<R::Source>, R> as Path>::NODE;
        let key = table().primary_key.first().copied().unwrap_or(0);
        let parts = vec![
            Part::Text("(".into()),
            Part::Expr(Expr::Column(ColumnRef { path, table, index: key })),
            Part::Text(" IS NOT NULL)".into()),
        ];
        let expr = Expr::Template(Box::new(Template { parts, nullable: false }));
        into.outputs.push(Output { name: "present", expr, ty: bool::SQL, selected: true });
        below::<R, T>(into);
    }
    fn read(cursor: &mut Cursor<'_>) -> Result<Option<T>, Mismatch> {
        if !cursor.read::<bool>()? {
            cursor.skip(T::WIDTH);
            return Ok(None);
        }
        T::read(cursor).map(Some)
    }
    fn put(&mut self, slot: usize, children: &mut dyn Any) -> Option<usize> {
        match self {
            Some(value) => Projection::put(value, slot, children),
            None => slot.checked_sub(T::MANY),
        }
    }
}

#[diagnostic::do_not_recommend]
impl<R: Relation<Kind = Many, Target = T::Model>, T: Projection> Nested<R> for Vec<T> {
    const WIDTH: usize = 0;
    const MANY: usize = 1;
    fn select(into: &mut Projected) {
        let Some(path) = <To<Root<R::Source>, R> as Path>::NODE else { return };
        let mut inner = Projected::default();
        T::select(&mut inner);
        let select =
            Select { outputs: inner.outputs, named: inner.named, ..Select::new(<R::Target as Model>::table) };
        into.named.push(Named { origin: Vec::new(), path, select: Arc::new(select) });
    }
    fn read(_: &mut Cursor<'_>) -> Result<Vec<T>, Mismatch> {
        Ok(Vec::new())
    }
    fn put(&mut self, slot: usize, children: &mut dyn Any) -> Option<usize> {
        if slot > 0 {
            return Some(slot - 1);
        }
        if let Some(children) = children.downcast_mut::<Vec<T>>() {
            *self = std::mem::take(children);
        }
        None
    }
}
