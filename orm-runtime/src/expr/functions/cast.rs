use super::{Of, strict};
use crate::ast::Part;
use crate::expr::{Expr, Expression};
use crate::types::{ColumnType, FieldType};

/// Conversions.
impl<P, T: FieldType> Expr<P, T>
where
    Self: Expression<Type = T>,
{
    /// The value as another type: `CAST(self AS type)`, as in `.total.cast::<String>()`. Fractions are rounded, not
    /// cut off. NULL stays NULL. PostgreSQL answers with an error for types between which there is no cast, and for a
    /// value that has no form in the other type: `'x'` as a number.
    pub fn cast<B: ColumnType>(self) -> Of<Self, B> {
        Expr::new(strict(["CAST(".into(), self.node.into(), " AS ".into(), Part::Type(B::SQL), ")".into()]))
    }

    /// The text under the rules of a collation, which decide its order: `self COLLATE "name"`, as in
    /// `order_by(.name.collate("de-x-icu"))`.
    pub fn collate(self, name: &'static str) -> Of<Self, String>
    where
        T: crate::expr::Textual,
    {
        Expr::new(strict([
            "(".into(),
            self.node.into(),
            " COLLATE ".into(),
            Part::Identifier(name),
            ")".into(),
        ]))
    }
}
