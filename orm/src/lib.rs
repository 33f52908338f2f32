//! orm

#[cfg(feature = "testing")]
pub use orm_macros::test;
pub use orm_macros::{Enum, Model, loaded, query};
pub use orm_runtime::expr::{Condition, Expr, Expression, IntoOrder, Order, Predicate, ToMany};
pub use orm_runtime::model::{Key, Model, Row};
pub use orm_runtime::queryset::QuerySet;
#[cfg(feature = "testing")]
pub use orm_runtime::testing;
pub use orm_runtime::types::{Assign, ColumnType, FieldType};
pub use orm_runtime::{
    BulkCreate, Db, DbBuilder, Error, Executor, IsolationLevel, Lazy, LoggedQuery, PoolStatus, QueryEvent,
    QueryLog, Result, Statement, Transaction, TransactionBuilder, create_tables_sql,
};

#[doc(no_inline)]
pub use orm_runtime::crates::*;

/// What most users want in scope.
pub mod prelude {
    pub use crate::{
        Db, Enum, Executor, Model, Predicate, QuerySet, ToMany, Transaction, loaded, models, query,
    };
}

/// The tables of models, in a list: what [`Db::create_tables`] takes.
#[macro_export]
macro_rules! models {
    ($($model:ty),* $(,)?) => {
        [$(<$model as $crate::Model>::table()),*]
    };
}

/// The types and traits behind models and queries, for signatures and for reading the compiler's messages.
pub mod types {
    pub use orm_runtime::expr::{Integral, List, ManyRows, Number, Operand, Ordered, Orders, Term, Textual};
    pub use orm_runtime::model::{
        Access, At, ExactlyOne, Fields, ForeignKey, Kind, Lens, Links, Many, Mirrors, Nonempty, NotLoaded,
        OneOrNone, Path, Rel, Relation, Root, SingleValued, Slot, To, ToManyPath, ToOne, links, mirrors,
    };
    pub use orm_runtime::queryset::{
        IsRelation, LoadPaths, Prefetch, PrefetchPaths, Refinable, SelectRelated, Slice, Sliced, State, Whole,
    };
    pub use orm_runtime::types::{
        ArrayElement, Comparable, Mismatch, NonNull, Null, Nullability, Nullable, SqlType, ToValue,
    };
}

/// The functions that `query!` writes, one for each method and operator. They are here for the compiler's messages to
/// name; write `query!`, or the methods.
pub mod query {
    pub use orm_runtime::expr::{
        all, and, any, asc, compare, compare_value, desc, exists, is_empty, is_none,
    };
    pub use orm_runtime::expr::{many_rows, none, not, or, ordered};
    pub use orm_runtime::queryset::{
        Source, create, exclude, filter, order_by, prefetch_related, select_related, slice, source, temporary,
    };
}

/// What generated code uses. Not for anything else: it changes without notice.
#[doc(hidden)]
pub mod __private {
    pub use orm_runtime::ast::{ArithmeticOp, CompareOp};
    pub use orm_runtime::expr::*;
    pub use orm_runtime::model::*;
    pub use orm_runtime::queryset::*;
    pub use orm_runtime::schema::{Column, ColumnDefault, Index, OnDelete, Relation, RelationKind, Table};
    pub use orm_runtime::types::{
        ArrayElement, Assign, ColumnType, Cursor, FieldType, Mismatch, Nullability, SqlType, ToValue, Wrap,
    };
    pub use orm_runtime::wire::*;
    pub use orm_runtime::{__own_value, execute_create};
}
