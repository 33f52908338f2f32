//! JSON.

use super::array::related;
use super::{Collection, Container};
use crate::ast::{self, Part, Template, Value};
use crate::expr::{Expr, Expression, Predicate};
use crate::model::Root;
use crate::types::FieldType;

/// The type of a JSON column.
#[diagnostic::on_unimplemented(
    message = "this is for JSON, and the column has type `{Self}`",
    label = "not JSON"
)]
pub trait Json: Collection {}

#[diagnostic::do_not_recommend]
impl Container for serde_json::Value {
    type Sought = serde_json::Value;
}
#[diagnostic::do_not_recommend]
impl Collection for serde_json::Value {}
#[diagnostic::do_not_recommend]
impl Json for serde_json::Value {}

/// What leads one step into JSON: the key of an object, or the index of an array, counted from 0, or from the end
/// where it is negative.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a key or an index of JSON",
    label = "expected a text or an `i32`"
)]
pub trait JsonKey {
    #[doc(hidden)]
    fn into_key(self) -> ast::Expr;
}

macro_rules! keys {
    ($($key:ty)*) => { $(
        #[diagnostic::do_not_recommend]
        impl JsonKey for $key {
            fn into_key(self) -> ast::Expr {
                ast::Expr::Value(Value::one(self.to_owned()))
            }
        }
    )* };
}
keys! { &str String i32 }

#[diagnostic::do_not_recommend]
impl JsonKey for &String {
    fn into_key(self) -> ast::Expr {
        self.as_str().into_key()
    }
}

type Found<E> = Expr<Root<<E as Expression>::Model>, Option<<E as Expression>::Base>>;

/// JSON.
///
/// A key that is missing is NULL, `.data.key("a") == None`; a `null` that is there is the JSON value,
/// `.data.key("a") == Value::Null`.
impl<P, T: FieldType> Expr<P, T>
where
    Self: Expression<Type = T, Base = T::Base>,
{
    /// The value of a key, or the element at an index; NULL where there is none: `self -> key`.
    pub fn key<K: JsonKey>(self, key: K) -> Found<Self>
    where
        T::Base: Json,
    {
        Expr::new(step(self.node, " -> ", key.into_key()))
    }

    /// The value at the end of a path of keys and indices, NULL where there is none: `self #> path`, as in
    /// `.data.path(["address", "lines", "0"])`.
    pub fn path<K: Into<String>>(self, path: impl IntoIterator<Item = K>) -> Found<Self>
    where
        T::Base: Json,
    {
        let path = ast::Expr::Value(texts(path));
        Expr::new(step(self.node, " #> ", path))
    }

    /// The value as text, a text without its quotes: `self #>> '{}'`, and `->>` after [`key`](Self::key). NULL where
    /// there is none, and where it is the JSON `null`. `.data.key("n").as_text().cast::<i64>()` is a number.
    pub fn as_text(self) -> Expr<Root<<Self as Expression>::Model>, Option<String>>
    where
        T::Base: Json,
    {
        Expr::new(as_text(self.node))
    }

    /// Has a key, or a text among its elements: `self ? key`. Not true of NULL.
    pub fn has_key<K: Into<String>>(self, key: K) -> Predicate<<Self as Expression>::Model>
    where
        T::Base: Json,
    {
        related(self.node, " ? ", Some(ast::Expr::Value(Value::one(key.into()))))
    }

    /// Has every one of these keys: `self ?& keys`. Not true of NULL.
    pub fn has_keys<K: Into<String>>(
        self,
        keys: impl IntoIterator<Item = K>,
    ) -> Predicate<<Self as Expression>::Model>
    where
        T::Base: Json,
    {
        related(self.node, " ?& ", Some(ast::Expr::Value(texts(keys))))
    }

    /// Has one of these keys: `self ?| keys`. Not true of NULL.
    pub fn has_any_keys<K: Into<String>>(
        self,
        keys: impl IntoIterator<Item = K>,
    ) -> Predicate<<Self as Expression>::Model>
    where
        T::Base: Json,
    {
        related(self.node, " ?| ", Some(ast::Expr::Value(texts(keys))))
    }
}

fn texts<K: Into<String>>(keys: impl IntoIterator<Item = K>) -> Value {
    Value::array(keys.into_iter().map(Into::into).collect::<Vec<String>>())
}

fn step(json: ast::Expr, operator: &'static str, key: ast::Expr) -> ast::Expr {
    Template::of(vec!["(".into(), json.into(), operator.into(), key.into(), ")".into()], true)
}

/// The last step into the JSON with the operator that gives text, which an index on `data ->> 'a'` needs.
fn as_text(json: ast::Expr) -> ast::Expr {
    if let ast::Expr::Template(mut template) = json {
        if let [_, _, Part::Text(operator), _, _] = template.parts.as_mut_slice() {
            match operator.as_ref() {
                " -> " => *operator = " ->> ".into(),
                " #> " => *operator = " #>> ".into(),
                _ => return text_of(ast::Expr::Template(template)),
            }
            return ast::Expr::Template(template);
        }
        return text_of(ast::Expr::Template(template));
    }
    text_of(json)
}

fn text_of(json: ast::Expr) -> ast::Expr {
    Template::of(vec!["(".into(), json.into(), " #>> '{}')".into()], true)
}
