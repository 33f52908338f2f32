use std::sync::OnceLock;

/// The SQL that names a table and its columns, which is the same in every statement: written when it is first needed.
#[derive(Debug)]
pub struct Quoted {
    /// `"shop"."orders"`
    pub(crate) table: OnceLock<Box<str>>,
    /// `."id"` for each column.
    pub(crate) columns: OnceLock<Box<[Box<str>]>>,
    /// `t0."id", t0."total"`: all columns as rows are decoded from them, by the number in the table's alias.
    pub(crate) lists: [OnceLock<Box<str>>; Quoted::LISTS],
}

impl Quoted {
    /// How many aliases have a list. Few statements join more tables than this.
    const LISTS: usize = 4;

    /// Quoted that are still to be written.
    pub const fn new() -> Quoted {
        Quoted {
            table: OnceLock::new(),
            columns: OnceLock::new(),
            lists: [const { OnceLock::new() }; Quoted::LISTS],
        }
    }
}

impl Default for Quoted {
    fn default() -> Quoted {
        Quoted::new()
    }
}
