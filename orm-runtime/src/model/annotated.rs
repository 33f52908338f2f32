use std::any::Any;
use std::marker::PhantomData;

use super::{Row, Selects, Shape, WholeRows, new_level};
use crate::types::{Cursor, Mismatch};

/// Rows with values or relations beside them, under names of their own.
///
/// - `S`: the rows.
/// - `A`: what stands beside them.
#[derive(Debug)]
pub struct Annotated<S, A>(PhantomData<fn() -> (S, A)>);

/// What stands beside a row: a struct of fields around it. `query!` writes one for each `annotate`, and
/// `#[derive(Annotated)]` makes one of a struct of yours.
pub trait Annotation: 'static {
    /// The struct around the row `R`.
    type Of<R: Send + 'static>: Send + 'static;
    /// What a query can filter and order by: the fields, before those of the rows in `F`.
    type Scope<F: Default, U: 'static>: Default;
    /// The rows of the relations among the fields.
    const NAMED: &'static [&'static Shape];
    /// Reads the fields after the row was read.
    ///
    /// # Errors
    ///
    /// When a column's bytes are not a value of the field's type.
    fn read<R: Send + 'static>(cursor: &mut Cursor<'_>, row: R) -> Result<Self::Of<R>, Mismatch>;
    /// The row.
    fn row<R: Send + 'static>(of: &Self::Of<R>) -> &R;
    /// The row, to be changed.
    fn row_mut<R: Send + 'static>(of: &mut Self::Of<R>) -> &mut R;
    /// Moves `children` into the relation number `slot` among the fields.
    fn put<R: Send + 'static>(of: &mut Self::Of<R>, slot: usize, children: &mut dyn Any);
}

#[diagnostic::do_not_recommend]
impl<S: Selects, A: Annotation> Selects for Annotated<S, A> {
    type Model = S::Model;
    type Unit = S::Unit;
    type Scope = A::Scope<S::Scope, S::Unit>;
    type Taken = A::Scope<S::Taken, S::Unit>;
    type Out = A::Of<S::Out>;
    const SHAPE: &'static Shape = &Shape {
        table: S::SHAPE.table,
        whole: S::SHAPE.whole,
        slots: S::SHAPE.slots,
        parts: &[S::SHAPE],
        named: A::NAMED,
        level: new_level::<Self>,
    };
    const MANY: usize = S::MANY + A::NAMED.len();
    fn read(cursor: &mut Cursor<'_>) -> Result<Self::Out, Mismatch> {
        let row = S::read(cursor)?;
        A::read(cursor, row)
    }
    fn put(out: &mut Self::Out, slot: usize, children: &mut dyn Any) -> Option<usize> {
        let slot = S::put(A::row_mut(out), slot, children)?;
        match slot.checked_sub(A::NAMED.len()) {
            Some(left) => Some(left),
            None => {
                A::put(out, slot, children);
                None
            }
        }
    }
}

#[diagnostic::do_not_recommend]
impl<S: WholeRows, A: Annotation> WholeRows for Annotated<S, A> {
    type Row = S::Row;
    type Put<X: Row> = Annotated<S::Put<X>, A>;
    fn model(out: &Self::Out) -> &S::Model {
        S::model(A::row(out))
    }
    fn model_mut(out: &mut Self::Out) -> &mut S::Model {
        S::model_mut(A::row_mut(out))
    }
}

/// Rows with values beside them that queries can use and that are not selected.
///
/// - `S`: the rows.
/// - `A`: what the values are called.
#[derive(Debug)]
pub struct Aliased<S, A>(PhantomData<fn() -> (S, A)>);

#[diagnostic::do_not_recommend]
impl<S: Selects, A: Annotation> Selects for Aliased<S, A> {
    type Model = S::Model;
    type Unit = S::Unit;
    type Scope = A::Scope<S::Scope, S::Unit>;
    type Taken = A::Scope<S::Taken, S::Unit>;
    type Out = S::Out;
    const SHAPE: &'static Shape = S::SHAPE;
    const MANY: usize = S::MANY;
    fn read(cursor: &mut Cursor<'_>) -> Result<S::Out, Mismatch> {
        S::read(cursor)
    }
    fn put(out: &mut S::Out, slot: usize, children: &mut dyn Any) -> Option<usize> {
        S::put(out, slot, children)
    }
}

#[diagnostic::do_not_recommend]
impl<S: WholeRows, A: Annotation> WholeRows for Aliased<S, A> {
    type Row = S::Row;
    type Put<X: Row> = Aliased<S::Put<X>, A>;
    fn model(out: &S::Out) -> &S::Model {
        S::model(out)
    }
    fn model_mut(out: &mut S::Out) -> &mut S::Model {
        S::model_mut(out)
    }
}
