use super::Table;
use crate::error::{Error, Result};

impl Table {
    /// The declared unique keys: the primary key, then those of `unique`.
    fn unique_keys(&self) -> impl Iterator<Item = &'static [usize]> {
        let declared = self.indexes.iter().filter(|index| index.unique).map(|index| index.columns);
        std::iter::once(self.primary_key).chain(declared)
    }

    /// The unique key that consists of these columns, in whatever order they are named.
    ///
    /// # Errors
    ///
    /// Where the model declares none.
    pub(crate) fn unique_key(&self, columns: &[usize]) -> Result<&'static [usize]> {
        let same = |key: &&[usize]| {
            key.iter().all(|column| columns.contains(column))
                && columns.iter().all(|column| key.contains(column))
        };
        self.unique_keys().find(same).ok_or_else(|| {
            let Table { model, .. } = self;
            Error::config(format!(
                "{} is not a declared unique key of `{model}`; its unique keys are {}",
                self.names(columns),
                self.names_of_keys()
            ))
        })
    }

    /// The unique key whose constraint has this name, where `create_tables` made it.
    ///
    /// # Errors
    ///
    /// Where none has.
    pub(crate) fn unique_key_named(&self, constraint: &str) -> Result<&'static [usize]> {
        let named = |key: &&[usize]| match std::ptr::eq(*key, self.primary_key) {
            true => format!("{}_pkey", self.name) == constraint,
            false => {
                let columns: Vec<&str> = key.iter().map(|&column| self.columns[column].name).collect();
                format!("{}_{}_key", self.name, columns.join("_")) == constraint
            }
        };
        self.unique_keys().find(named).ok_or_else(|| {
            let Table { model, .. } = self;
            Error::config(format!(
                "no declared unique key of `{model}` has a constraint called `{constraint}`, and `do_update` finds \
                 the rows again by one: name its columns with `on_conflict`"
            ))
        })
    }

    /// `email`, or `(order_id, product_id)`, by the names of the fields.
    pub(crate) fn names(&self, columns: &[usize]) -> String {
        let names: Vec<&str> = columns.iter().map(|&column| self.columns[column].field).collect();
        match names[..] {
            [name] => format!("`{name}`"),
            _ => format!("`({})`", names.join(", ")),
        }
    }

    fn names_of_keys(&self) -> String {
        let keys: Vec<String> = self.unique_keys().map(|key| self.names(key)).collect();
        keys.join(", ")
    }
}
