/// The columns of a model and its unique keys, for the compiler.
#[derive(Debug)]
pub struct KnownColumns {
    /// The columns, in the order of the fields.
    pub fields: &'static [KnownField],
    /// The columns of each unique key by their positions: the primary key, then those of `unique`.
    pub unique: &'static [&'static [usize]],
    /// The message for columns that are none of these keys.
    pub not_unique: &'static str,
}

/// A column, as the compiler is asked about it.
#[derive(Debug)]
pub struct KnownField {
    /// The field's name.
    pub name: &'static str,
    /// Whether it can be NULL.
    pub nullable: bool,
    /// The message for a new row without it, where a new row must have it.
    pub missing: Option<&'static str>,
}

/// Asks the compiler whether the columns are a declared unique key. What names no column is an error elsewhere.
#[track_caller]
pub const fn unique_key(of: &KnownColumns, names: &[&str]) {
    if !all_known(of.fields, names) {
        return;
    }
    let mut i = 0;
    while i < of.unique.len() {
        if is_key(of.fields, of.unique[i], names) {
            return;
        }
        i += 1;
    }
    panic!("{}", of.not_unique);
}

/// As [`unique_key`], for a key by which a row is looked up: none of its columns can be NULL.
#[track_caller]
pub const fn lookup_key(of: &KnownColumns, names: &[&str]) {
    unique_key(of, names);
    let mut i = 0;
    while i < of.fields.len() {
        if of.fields[i].nullable && contains(names, of.fields[i].name) {
            panic!(
                "a column of this key can be NULL, and NULL equals nothing: every call with it would create a row; \
                 use a key whose columns are never NULL"
            );
        }
        i += 1;
    }
}

/// Asks the compiler whether every column that a new row must have is among the names.
#[track_caller]
pub const fn required_columns(of: &KnownColumns, names: &[&str]) {
    if !all_known(of.fields, names) {
        return;
    }
    let mut i = 0;
    while i < of.fields.len() {
        if let Some(message) = of.fields[i].missing
            && !contains(names, of.fields[i].name)
        {
            panic!("{}", message);
        }
        i += 1;
    }
}

const fn all_known(fields: &[KnownField], names: &[&str]) -> bool {
    let mut i = 0;
    while i < names.len() {
        let mut known = false;
        let mut j = 0;
        while j < fields.len() {
            known = known || same(fields[j].name, names[i]);
            j += 1;
        }
        if !known {
            return false;
        }
        i += 1;
    }
    true
}

/// Whether the names are those of the key's columns; no name is given twice.
const fn is_key(fields: &[KnownField], key: &[usize], names: &[&str]) -> bool {
    let mut i = 0;
    while i < key.len() {
        if !contains(names, fields[key[i]].name) {
            return false;
        }
        i += 1;
    }
    names.len() == key.len()
}

const fn contains(names: &[&str], name: &str) -> bool {
    let mut i = 0;
    while i < names.len() {
        if same(names[i], name) {
            return true;
        }
        i += 1;
    }
    false
}

/// `==` of texts is not yet for constants.
const fn same(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len() != b.len() {
        return false;
    }
    let mut i = 0;
    while i < a.len() {
        if a[i] != b[i] {
            return false;
        }
        i += 1;
    }
    true
}
