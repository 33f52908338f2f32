use super::ColumnType;

/// A Rust value that can be bound where a column of type `B` is compared: `B` itself, a reference to one, `&str`
/// for `String`, slices for vectors, and an `Option` of any of these (`None` is NULL).
///
/// - `B`: the column's type, without `Option`.
pub trait ToValue<B: ColumnType> {
    /// The value to bind; `None` is NULL.
    fn to_value(&self) -> Option<B>;
}

#[diagnostic::do_not_recommend]
impl<B: ColumnType, V: ToValue<B> + ?Sized> ToValue<B> for &V {
    fn to_value(&self) -> Option<B> {
        (**self).to_value()
    }
}

#[diagnostic::do_not_recommend]
impl<B: ColumnType, V: ToValue<B>> ToValue<B> for Option<V> {
    fn to_value(&self) -> Option<B> {
        self.as_ref().and_then(V::to_value)
    }
}

#[diagnostic::do_not_recommend]
impl ToValue<String> for str {
    fn to_value(&self) -> Option<String> {
        Some(self.to_owned())
    }
}

#[diagnostic::do_not_recommend]
impl ToValue<String> for std::borrow::Cow<'_, str> {
    fn to_value(&self) -> Option<String> {
        Some(self.as_ref().to_owned())
    }
}

#[diagnostic::do_not_recommend]
impl<T: Clone> ToValue<Vec<T>> for Vec<T>
where
    Vec<T>: ColumnType,
{
    fn to_value(&self) -> Option<Vec<T>> {
        Some(self.clone())
    }
}

#[diagnostic::do_not_recommend]
impl<T: Clone> ToValue<Vec<T>> for [T]
where
    Vec<T>: ColumnType,
{
    fn to_value(&self) -> Option<Vec<T>> {
        Some(self.to_vec())
    }
}

#[diagnostic::do_not_recommend]
impl<T: Clone, const N: usize> ToValue<Vec<T>> for [T; N]
where
    Vec<T>: ColumnType,
{
    fn to_value(&self) -> Option<Vec<T>> {
        Some(self.to_vec())
    }
}

/// A Rust value that can be stored in a field of type `T`: `T` itself, `&str` for `String`, and the bare value for
/// an `Option`.
///
/// - `T`: the field's type, `Option` included.
#[diagnostic::on_unimplemented(
    message = "a column of type `{T}` cannot be set to `{Self}`",
    label = "expected a value of type `{T}`"
)]
pub trait Assign<T> {
    /// The field's value.
    fn assign(self) -> T;
}

#[diagnostic::do_not_recommend]
impl<T: ColumnType> Assign<T> for T {
    fn assign(self) -> T {
        self
    }
}

#[diagnostic::do_not_recommend]
impl<T: ColumnType> Assign<Option<T>> for T {
    fn assign(self) -> Option<T> {
        Some(self)
    }
}

#[diagnostic::do_not_recommend]
impl<T: ColumnType, V: Assign<T>> Assign<Option<T>> for Option<V> {
    fn assign(self) -> Option<T> {
        self.map(V::assign)
    }
}

#[diagnostic::do_not_recommend]
impl Assign<String> for &str {
    fn assign(self) -> String {
        self.to_owned()
    }
}

#[diagnostic::do_not_recommend]
impl Assign<Option<String>> for &str {
    fn assign(self) -> Option<String> {
        Some(self.to_owned())
    }
}

#[diagnostic::do_not_recommend]
impl Assign<String> for &String {
    fn assign(self) -> String {
        self.clone()
    }
}

#[diagnostic::do_not_recommend]
impl Assign<Option<String>> for &String {
    fn assign(self) -> Option<String> {
        Some(self.clone())
    }
}

/// Makes a column type stand for itself wherever a value of it is expected: `#[derive(Enum)]` writes this too.
#[doc(hidden)]
#[macro_export]
macro_rules! __own_value {
    ($ty:ty) => {
        #[diagnostic::do_not_recommend]
        impl $crate::types::ToValue<$ty> for $ty {
            fn to_value(&self) -> ::core::option::Option<$ty> {
                ::core::option::Option::Some(::core::clone::Clone::clone(self))
            }
        }
        $crate::__own_operand!([] $ty);
    };
}

/// The operand that a value of type `$ty` is.
#[doc(hidden)]
#[macro_export]
macro_rules! __own_operand {
    ([$($generics:tt)*] $ty:ty) => {
        #[diagnostic::do_not_recommend]
        impl<$($generics)*> $crate::expr::Comparable<$ty> for $ty {
            fn compared(
                &self,
                change: impl ::core::ops::FnOnce($ty) -> $ty,
            ) -> ::core::option::Option<$crate::ast::Expr> {
                $crate::expr::compared_value(self, change)
            }
        }
        #[diagnostic::do_not_recommend]
        impl<__M, $($generics)*> $crate::expr::Operand<__M, $ty> for $ty {
            fn into_operand(self) -> ::core::option::Option<$crate::ast::Expr> {
                ::core::option::Option::Some($crate::ast::Expr::Value($crate::ast::Value::one(self)))
            }
            fn into_changed(
                self,
                change: impl ::core::ops::FnOnce($ty) -> $ty,
            ) -> ::core::option::Option<$crate::ast::Expr> {
                $crate::expr::Operand::<__M, $ty>::into_operand(change(self))
            }
        }
    };
}
