use std::fmt;
use std::sync::Arc;

use smallvec::SmallVec;

use crate::schema::Table;
use crate::types::Param;

/// A statement: its text, and the values of its parameters `$1`, `$2`, ...
#[derive(Debug, Clone)]
pub struct Statement {
    text: Arc<Text>,
    params: Params,
}

/// The values of most statements are few.
pub(crate) type Params = SmallVec<[Param; 2]>;

/// A statement without the values of its parameters.
#[derive(Debug)]
pub(crate) struct Text {
    pub(super) sql: String,
    pub(super) tables: SmallVec<[&'static Table; 4]>,
    /// Why it must not be sent.
    pub(super) mistake: Option<Box<str>>,
    pub(super) prepare: Prepare,
}

/// When a statement is prepared by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Prepare {
    /// When its text recurs.
    Recurring,
    /// At once: columns may have types that the driver does not know, and asks the server about.
    First,
    /// Never. Of its parameters and columns all have types that PostgreSQL has built in.
    Never,
}

impl Statement {
    pub(super) fn new(text: Arc<Text>, params: Params) -> Statement {
        Statement { text, params }
    }

    /// A statement whose text will not be seen again.
    pub(crate) fn once(sql: String, params: Params) -> Statement {
        let text = Text { sql, tables: SmallVec::new(), mistake: None, prepare: Prepare::Never };
        Statement::new(Arc::new(text), params)
    }

    /// The same with another text around it, which will not be seen again.
    pub(crate) fn within(&self, sql: String) -> Statement {
        let mistake = self.text.mistake.clone();
        let text = Text { sql, tables: SmallVec::new(), mistake, prepare: Prepare::Never };
        Statement::new(Arc::new(text), self.params.clone())
    }

    /// A query for none of the rows of this one, if this is a query.
    pub(crate) fn without_rows(&self) -> Option<Statement> {
        let text = self.text();
        text.starts_with("SELECT ").then(|| self.within(format!("SELECT * FROM ({text}) q LIMIT 0")))
    }

    /// When it is prepared.
    pub(crate) fn prepare(&self) -> Prepare {
        self.text.prepare
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text.sql
    }

    /// The text, to be used with other values.
    pub(super) fn shared_text(&self) -> &Arc<Text> {
        &self.text
    }

    /// The tables that the statement names.
    pub(crate) fn tables(&self) -> &[&'static Table] {
        &self.text.tables
    }

    /// Why the statement cannot be sent.
    pub(crate) fn mistake(&self) -> Option<&str> {
        self.text.mistake.as_deref()
    }

    /// The parameters, in the order of their numbers.
    pub fn params(&self) -> &[Param] {
        &self.params
    }
}

impl fmt::Display for Statement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text())?;
        for (i, param) in self.params.iter().enumerate() {
            let before = if i == 0 { " -- " } else { ", " };
            write!(f, "{before}${} = {param:?}", i + 1)?;
        }
        Ok(())
    }
}
