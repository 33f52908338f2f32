use std::collections::HashMap;

use foldhash::fast::RandomState;
use tokio_postgres::Row;

use crate::ast::{self, Value};
use crate::error::{Error, Result};
use crate::schema::Table;
use crate::types::{Elements, EncodedArray, Param, bytes};

/// A key as it came over the wire. Most keys are integers, which need no allocation.
#[derive(Debug, PartialEq, Eq, Hash)]
enum Key {
    Integer(i64),
    Other(Box<[u8]>),
}

/// The distinct keys among the rows of one statement, and which rows have each.
#[derive(Debug, Default)]
pub(super) struct Keys {
    numbers: HashMap<Key, u32, RandomState>,
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
        if let Some(&number) = self.numbers.get(&key) {
            self.owners[number as usize].1.push(owner);
            return Ok(());
        }
        for (i, value) in values.enumerate() {
            if self.columns.len() <= i {
                self.columns.push(Elements::default());
            }
            self.columns[i].push_bytes(value?).map_err(Error::encode)?;
        }
        // A statement's rows are counted in 32 bits: four thousand million of them do not fit into memory.
        self.numbers.insert(key, self.owners.len() as u32);
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
        Ok(read(values)?.and_then(|key| self.numbers.get(&key).copied()))
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
fn read<'v>(mut values: impl Iterator<Item = Result<Option<&'v [u8]>>> + Clone) -> Result<Option<Key>> {
    let Some(first) = values.next() else { return Ok(None) };
    let Some(first) = first? else { return Ok(None) };
    let mut key = Vec::new();
    for value in values {
        let Some(value) = value? else { return Ok(None) };
        if key.is_empty() {
            append(&mut key, first);
        }
        append(&mut key, value);
    }
    Ok(Some(if key.is_empty() { single(first) } else { Key::Other(key.into()) }))
}

fn append(key: &mut Vec<u8>, value: &[u8]) {
    key.extend((value.len() as u64).to_be_bytes());
    key.extend(value);
}

/// The columns of a key have the same type on both sides, so that values of the same length are compared.
fn single(value: &[u8]) -> Key {
    match value.try_into() {
        Ok(value) => Key::Integer(i64::from_be_bytes(value)),
        Err(_) => Key::Other(value.into()),
    }
}
