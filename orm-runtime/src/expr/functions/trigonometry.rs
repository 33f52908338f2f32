use super::math::as_type;
use super::{Fractional, Of, With, call};
use crate::expr::{Expr, Expression, Term};
use crate::types::{ColumnType, FieldType};

macro_rules! functions {
    ($($(#[$doc:meta])* $name:ident;)*) => {
        /// Functions of angles, which are in radians. NULL where the number is.
        impl<P, T: FieldType> Expr<P, T>
        where
            Self: Expression<Type = T>,
        {
            $(
                $(#[$doc])*
                pub fn $name(self) -> Of<Self, T::Base>
                where
                    T::Base: Fractional,
                {
                    Expr::new(as_type(call(stringify!($name), [self.node]), T::Base::SQL))
                }
            )*

            /// The angle of the point (x, self): `atan2(self, x)`.
            pub fn atan2<V>(self, x: V) -> With<Self, V, T::Base, T::Base>
            where
                T::Base: Fractional,
                V: Term<<Self as Expression>::Model, T::Base>,
            {
                Expr::new(as_type(call("atan2", [self.node, x.into_term()]), T::Base::SQL))
            }
        }
    };
}
functions! {
    /// The sine: `sin(self)`.
    sin;
    /// The cosine: `cos(self)`.
    cos;
    /// The tangent: `tan(self)`.
    tan;
    /// The cotangent: `cot(self)`.
    cot;
    /// The angle of a sine: `asin(self)`. An error of the database outside -1 to 1.
    asin;
    /// The angle of a cosine: `acos(self)`. An error of the database outside -1 to 1.
    acos;
    /// The angle of a tangent: `atan(self)`.
    atan;
    /// Radians in degrees: `degrees(self)`.
    degrees;
    /// Degrees in radians: `radians(self)`.
    radians;
}
