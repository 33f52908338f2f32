use std::collections::HashMap;

use foldhash::fast::RandomState;
use tokio_postgres::Row;

use crate::ast::{self, Value};
use crate::error::{Error, Result};
use crate::schema::Table;
use crate::types::{EncodedArray, Param, bytes};

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
    columns: Vec<Vec<Box<[u8]>>>,
}

impl Keys {
    /// Notes that row number `owner` has the key in the columns `positions` of `row`; no key where one is NULL.
    pub(super) fn add(
        &mut self,
        row: &Row,
        positions: impl Iterator<Item = usize> + Clone,
        owner: u32,
    ) -> Result<()> {
        let Some(key) = read(row, positions.clone())? else { return Ok(()) };
        if let Some(&number) = self.numbers.get(&key) {
            self.owners[number as usize].1.push(owner);
            return Ok(());
        }
        for (i, position) in positions.enumerate() {
            let value = bytes(row, position).map_err(|error| Error::decode_value("key", error))?;
            if self.columns.len() <= i {
                self.columns.push(Vec::new());
            }
            self.columns[i].push(value.unwrap_or_default().into());
        }
        // A statement's rows are counted in 32 bits: four thousand million of them do not fit into memory.
        self.numbers.insert(key, self.owners.len() as u32);
        self.owners.push((owner, Vec::new()));
        Ok(())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.owners.is_empty()
    }

    /// The number of the key in the columns `positions` of `row`.
    pub(super) fn number(
        &self,
        row: &Row,
        positions: impl Iterator<Item = usize> + Clone,
    ) -> Result<Option<u32>> {
        Ok(read(row, positions)?.and_then(|key| self.numbers.get(&key).copied()))
    }

    /// The rows that have key number `number`.
    pub(super) fn owners(&self, number: u32) -> impl Iterator<Item = u32> {
        let (first, others) = &self.owners[number as usize];
        std::iter::once(*first).chain(others.iter().copied())
    }

    /// The keys as parameters, to be looked for in the columns `columns` of a table; their types are those of the
    /// columns `ty` of `typed`.
    pub(super) fn condition(
        &self,
        columns: &'static [usize],
        typed: &Table,
        ty: &[usize],
    ) -> Result<ast::Keys> {
        let mut values = Vec::with_capacity(columns.len());
        for (keys, &column) in self.columns.iter().zip(ty) {
            let ty = typed.columns[column].ty;
            let mut array = EncodedArray::new(ty.wire());
            for key in keys {
                array.push_bytes(Some(key)).map_err(Error::encode)?;
            }
            let param = Param::new(ty.array(), array);
            values.push(Value { param, ty, array: true });
        }
        Ok(ast::Keys { columns, values })
    }
}

/// The key in some columns of a row; `None` where one of them is NULL.
fn read(row: &Row, mut positions: impl Iterator<Item = usize> + Clone) -> Result<Option<Key>> {
    let field = |position| bytes(row, position).map_err(|error| Error::decode_value("key", error));
    let (first, others) = (positions.next(), positions.clone());
    let Some(first) = first else { return Ok(None) };
    let Some(value) = field(first)? else { return Ok(None) };
    if others.clone().next().is_none() {
        return Ok(Some(single(value)));
    }
    let mut key = Vec::new();
    for position in std::iter::once(first).chain(others) {
        let Some(value) = field(position)? else { return Ok(None) };
        key.extend((value.len() as u64).to_be_bytes());
        key.extend(value);
    }
    Ok(Some(Key::Other(key.into())))
}

/// The columns of a key have the same type on both sides, so that values of the same length are compared.
fn single(value: &[u8]) -> Key {
    match value.try_into() {
        Ok(value) => Key::Integer(i64::from_be_bytes(value)),
        Err(_) => Key::Other(value.into()),
    }
}
