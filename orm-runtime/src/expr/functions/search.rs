use super::{Of, holds, strict};
use crate::ast::{self, Part, Value};
use crate::expr::{Expr, Expression, Predicate, Textual};
use crate::types::FieldType;

/// Words to search a text for. A text alone is one as people type them into a search box.
///
/// [`websearch`](Self::websearch) takes that form; the other constructors take others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchQuery {
    words: String,
    function: &'static str,
    config: Option<&'static str>,
}

impl SearchQuery {
    fn new(words: impl Into<String>, function: &'static str) -> Self {
        Self { words: words.into(), function, config: None }
    }

    /// Words, `"phrases in quotes"`, `or`, and `-` before what must not be there: `websearch_to_tsquery`.
    pub fn websearch(words: impl Into<String>) -> Self {
        Self::new(words, "websearch_to_tsquery(")
    }

    /// All of the words: `plainto_tsquery`.
    pub fn plain(words: impl Into<String>) -> Self {
        Self::new(words, "plainto_tsquery(")
    }

    /// The words one after the other: `phraseto_tsquery`.
    pub fn phrase(words: impl Into<String>) -> Self {
        Self::new(words, "phraseto_tsquery(")
    }

    /// An expression of PostgreSQL's own, with `&`, `|`, `!`, `<->` and `:*`: `to_tsquery`. A mistake in it is an
    /// error of the database.
    pub fn raw(expression: impl Into<String>) -> Self {
        Self::new(expression, "to_tsquery(")
    }

    /// By the rules of a text search configuration, such as `english`, in place of the server's
    /// `default_text_search_config`. An index on `to_tsvector('english', ..)` serves searches that name it.
    pub fn config(mut self, name: &'static str) -> Self {
        self.config = Some(name);
        self
    }

    /// `to_tsvector('english', text)`
    fn document(&self, text: ast::Expr) -> ast::Expr {
        self.call("to_tsvector(", text)
    }

    /// `websearch_to_tsquery('english', $1)`
    fn query(&self) -> ast::Expr {
        self.call(self.function, ast::Expr::Value(Value::one(self.words.clone())))
    }

    fn call(&self, function: &'static str, text: ast::Expr) -> ast::Expr {
        match self.config {
            Some(config) => {
                strict([function.into(), Part::Literal(config), ", ".into(), text.into(), ")".into()])
            }
            None => strict([function.into(), text.into(), ")".into()]),
        }
    }
}

impl From<&str> for SearchQuery {
    fn from(words: &str) -> Self {
        SearchQuery::websearch(words)
    }
}

impl From<String> for SearchQuery {
    fn from(words: String) -> Self {
        SearchQuery::websearch(words)
    }
}

impl From<&String> for SearchQuery {
    fn from(words: &String) -> Self {
        SearchQuery::websearch(words)
    }
}

/// Full text search.
impl<P, T: FieldType> Expr<P, T>
where
    Self: Expression<Type = T>,
{
    /// Is a text with these words in it, in any of their forms:
    /// `to_tsvector(self) @@ websearch_to_tsquery(words)`. Not true of NULL. Several columns are searched as
    /// `concat((.title, " ", .body)).search("words")`.
    pub fn search(self, words: impl Into<SearchQuery>) -> Predicate<<Self as Expression>::Model>
    where
        T: Textual,
    {
        let words = words.into();
        let (document, query) = (words.document(self.node), words.query());
        holds(strict(["(".into(), document.into(), " @@ ".into(), query.into(), ")".into()]))
    }

    /// How well the text fits the words, for an order: `ts_rank(to_tsvector(self), websearch_to_tsquery(words))`.
    pub fn search_rank(self, words: impl Into<SearchQuery>) -> Of<Self, f32>
    where
        T: Textual,
    {
        let words = words.into();
        Expr::new(super::call("ts_rank", [words.document(self.node), words.query()]))
    }
}
