use std::collections::HashMap;
use std::collections::hash_map::Entry;

use foldhash::fast::RandomState;
use smallvec::SmallVec;
use tokio_postgres::Row;

use crate::ast::{self, Value};
use crate::error::{Error, Result};
use crate::schema::Table;
use crate::types::{Elements, EncodedArray, Param, bytes};

/// A key as it came over the wire.
enum Key<'v> {
    /// One of eight bytes: most keys are integers.
    Integer(i64),
    /// Another one of one column.
    Single(&'v [u8]),
    /// One of several columns, each with its length.
    Composite(SmallVec<[u8; 64]>),
}

/// The numbers of distinct keys.
#[derive(Debug, Default)]
struct Numbers {
    integers: HashMap<i64, u32, RandomState>,
    others: HashMap<Box<[u8]>, u32, RandomState>,
}

impl Numbers {
    fn get(&self, key: &Key<'_>) -> Option<u32> {
        match key {
            Key::Integer(key) => self.integers.get(key),
            Key::Single(key) => self.others.get(*key),
            Key::Composite(key) => self.others.get(key.as_slice()),
        }
        .copied()
    }

    /// The number of a key; gives it this one where it has none.
    fn get_or_insert(&mut self, key: &Key<'_>, number: u32) -> Option<u32> {
        let bytes = match key {
            Key::Integer(key) => match self.integers.entry(*key) {
                Entry::Occupied(known) => return Some(*known.get()),
                Entry::Vacant(new) => {
                    new.insert(number);
                    return None;
                }
            },
            Key::Single(bytes) => bytes,
            Key::Composite(bytes) => bytes.as_slice(),
        };
        let known = self.others.get(bytes).copied();
        if known.is_none() {
            self.others.insert(bytes.into(), number);
        }
        known
    }
}

/// The distinct keys among the rows of one statement, and which rows have each.
#[derive(Debug, Default)]
pub(super) struct Keys {
    numbers: Numbers,
    /// For each key, by its number: the first row that has it, and the others.
    owners: Vec<(u32, Vec<u32>)>,
    /// For each column of the key its values, in the order of the numbers.
    columns: Vec<Elements>,
}

impl Keys {
    /// Notes that row number `owner` has the key whose columns have these values; no key where one is NULL.
    pub(super) fn add<'v>(
        &mut self,
        values: impl Iterator<Item = Result<Option<&'v [u8]>>> + Clone,
        owner: u32,
    ) -> Result<()> {
        let Some(key) = read(values.clone())? else { return Ok(()) };
        // A statement's rows are counted in 32 bits: four thousand million of them do not fit into memory.
        if let Some(number) = self.numbers.get_or_insert(&key, self.owners.len() as u32) {
            self.owners[number as usize].1.push(owner);
            return Ok(());
        }
        for (i, value) in values.enumerate() {
            if self.columns.len() <= i {
                self.columns.push(Elements::default());
            }
            self.columns[i].push_bytes(value?).map_err(Error::encode)?;
        }
        self.owners.push((owner, Vec::new()));
        Ok(())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.owners.is_empty()
    }

    /// The number of the key whose columns have these values.
    pub(super) fn number<'v>(
        &self,
        values: impl Iterator<Item = Result<Option<&'v [u8]>>> + Clone,
    ) -> Result<Option<u32>> {
        Ok(read(values)?.and_then(|key| self.numbers.get(&key)))
    }

    /// The rows that have key number `number`.
    pub(super) fn owners(&self, number: u32) -> impl Iterator<Item = u32> {
        let (first, others) = &self.owners[number as usize];
        std::iter::once(*first).chain(others.iter().copied())
    }

    /// The keys as parameters, to be looked for in the columns `columns` of a table; their types are those of the
    /// columns `ty` of `typed`.
    pub(super) fn condition(&self, columns: &'static [usize], typed: &Table, ty: &[usize]) -> ast::Keys {
        let values = self.columns.iter().zip(ty).map(|(keys, &column)| {
            let ty = typed.columns[column].ty;
            let keys = EncodedArray::new(ty.wire(), keys.clone());
            Value { param: Param::new(ty.array(), keys), ty, array: true }
        });
        ast::Keys { columns, values: values.collect() }
    }
}

/// The values of a key in the columns `positions` of a row.
pub(super) fn in_row(
    row: &Row,
    positions: impl Iterator<Item = usize> + Clone,
) -> impl Iterator<Item = Result<Option<&[u8]>>> + Clone {
    positions.map(|position| bytes(row, position).map_err(|error| Error::decode_value("key", error)))
}

/// The key of these values; `None` where one of them is NULL.
fn read<'v>(mut values: impl Iterator<Item = Result<Option<&'v [u8]>>>) -> Result<Option<Key<'v>>> {
    let Some(first) = values.next() else { return Ok(None) };
    let Some(first) = first? else { return Ok(None) };
    let mut key = SmallVec::new();
    for value in values {
        let Some(value) = value? else { return Ok(None) };
        if key.is_empty() {
            append(&mut key, first);
        }
        append(&mut key, value);
    }
    Ok(Some(if key.is_empty() { single(first) } else { Key::Composite(key) }))
}

fn append(key: &mut SmallVec<[u8; 64]>, value: &[u8]) {
    key.extend_from_slice(&(value.len() as u64).to_be_bytes());
    key.extend_from_slice(value);
}

/// The columns of a key have the same type on both sides, so that values of the same length are compared.
fn single(value: &[u8]) -> Key<'_> {
    match value.try_into() {
        Ok(value) => Key::Integer(i64::from_be_bytes(value)),
        Err(_) => Key::Single(value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The numbers of keys of these columns, each added for a row of its own.
    fn numbers<const N: usize>(keys: &[[Option<&[u8]>; N]]) -> Vec<Option<u32>> {
        let mut known = Keys::default();
        for (row, key) in (0..).zip(keys) {
            known.add(key.iter().map(|value| Ok(*value)), row).unwrap();
        }
        let number = |key: &[Option<&[u8]>; N]| known.number(key.iter().map(|value| Ok(*value))).unwrap();
        keys.iter().map(number).collect()
    }

    #[test]
    fn equal_keys_have_one_number() {
        let seven = [0, 0, 0, 0, 0, 0, 0, 7];
        let keys = [[Some(&seven[..])], [Some(b"a")], [Some(&seven)], [None], [Some(b"a")], [Some(b"")]];
        assert_eq!(numbers(&keys), [Some(0), Some(1), Some(0), None, Some(1), Some(2)]);
    }

    #[test]
    fn columns_of_a_key_do_not_run_together() {
        let long = [b'x'; 80];
        let keys = [
            [Some(&b"ab"[..]), Some(b"c")],
            [Some(b"a"), Some(b"bc")],
            [Some(&long), Some(&long)],
            [Some(b"ab"), Some(b"c")],
            [Some(b"ab"), None],
            [Some(&long), Some(&long)],
        ];
        assert_eq!(numbers(&keys), [Some(0), Some(1), Some(2), Some(0), None, Some(2)]);
    }

    #[test]
    fn a_key_has_all_its_rows_in_their_order() {
        let mut keys = Keys::default();
        for (row, key) in [(4, b"a"), (2, b"b"), (3, b"a")] {
            keys.add(std::iter::once(&key[..]).map(|value| Ok(Some(value))), row).unwrap();
        }
        assert_eq!(keys.owners(0).collect::<Vec<_>>(), [4, 3]);
        assert_eq!(keys.owners(1).collect::<Vec<_>>(), [2]);
    }
}
