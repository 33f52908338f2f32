//! Queries that were rendered before: the same query with other values has the same text.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use foldhash::fast::RandomState;
use lru::LruCache;
use smallvec::SmallVec;

use super::select::{first_rows, rows};
use super::{Columns, Params, Statement, Text};
use crate::ast::{Base, ColumnRef, CompareOp, Distinct, Expr, Nulls, Order, Predicate, Select, Value};
use crate::model::Shape;
use crate::types::Param;

/// The texts of the queries that were rendered last, by all that is in them but their values. Rendering is quick in a
/// loop, but between two round trips its code has left the processor's caches; it is then a tenth of the client's time.
pub(crate) struct Rendered {
    capacity: usize,
    texts: Mutex<Texts>,
}

type Texts = LruCache<Box<[u64]>, (Arc<Text>, Arc<Columns>), RandomState>;

impl Rendered {
    /// At most so many texts.
    pub(crate) fn new(capacity: usize) -> Rendered {
        Rendered { capacity, texts: Mutex::new(LruCache::unbounded_with_hasher(RandomState::default())) }
    }

    /// The rows of a query, as [`rows`] or, where there is a `most`, as [`first_rows`].
    pub(crate) fn rows(
        &self,
        select: &Arc<Select>,
        shape: &'static Shape,
        most: Option<u64>,
    ) -> (Statement, Arc<Columns>) {
        let mut key = Key::default();
        let has_key = key.query(select, shape, most);
        if has_key && let Some((text, columns)) = self.lock().get(&*key.words) {
            return (Statement::new(Arc::clone(text), key.params), Arc::clone(columns));
        }
        let (statement, columns) = match most {
            Some(most) => first_rows(select, shape, most),
            None => rows(select, shape, &[]),
        };
        let columns = Arc::new(columns);
        if has_key && key.is_of(&statement) {
            let known = (Arc::clone(statement.shared_text()), Arc::clone(&columns));
            let mut texts = self.lock();
            texts.put(key.words.into_vec().into(), known);
            if texts.len() > self.capacity {
                texts.pop_lru();
            }
        }
        (statement, columns)
    }

    fn lock(&self) -> MutexGuard<'_, Texts> {
        self.texts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A query as words, which are the same for the same query with other values, and these values in the order of their
/// placeholders. Tables, relations and types are told apart by where they are: they are never dropped.
#[derive(Default)]
struct Key {
    words: SmallVec<[u64; 32]>,
    params: Params,
}

/// What a word says that is no address.
mod word {
    pub(super) const NONE: u64 = 0;
    pub(super) const SOME: u64 = 1;
    pub(super) const COLUMN: u64 = 2;
    pub(super) const VALUE: u64 = 3;
    pub(super) const CONST: u64 = 4;
    pub(super) const AND: u64 = 5;
    pub(super) const OR: u64 = 6;
    pub(super) const COMPARE: u64 = 7;
    pub(super) const IS_NULL: u64 = 8;
    pub(super) const BOOL: u64 = 9;
    pub(super) const IN: u64 = 10;
}

impl Key {
    /// Adds a query, if it is one of columns and values.
    fn query(&mut self, select: &Select, shape: &'static Shape, most: Option<u64>) -> bool {
        let Select {
            table,
            base: Base::Table,
            filter,
            keys: None,
            order,
            limit,
            offset,
            // What is loaded by statements of its own.
            related: _,
            named,
            outputs,
            group: None,
            distinct: Distinct::No,
            lock: None,
        } = select
        else {
            return false;
        };
        if !(named.is_empty() && outputs.is_empty()) {
            return false;
        }
        self.add([address(table()), address(shape), *offset, order.len() as u64]);
        self.number(*limit);
        self.number(most);
        for Order { expr, ty: _, descending, nulls } in order {
            let Expr::Column(column) = expr else { return false };
            self.column(*column);
            let nulls = match nulls {
                None => 0,
                Some(Nulls::First) => 1,
                Some(Nulls::Last) => 2,
            };
            self.add([nulls << 1 | u64::from(*descending)]);
        }
        self.predicate(filter)
    }

    #[inline]
    fn add<const N: usize>(&mut self, words: [u64; N]) {
        self.words.extend(words);
    }

    /// Whether a statement has these parameters, in this order.
    fn is_of(&self, statement: &Statement) -> bool {
        let same = |(ours, theirs): (&Param, &Param)| Arc::ptr_eq(&ours.value, &theirs.value);
        self.params.len() == statement.params().len() && self.params.iter().zip(statement.params()).all(same)
    }

    fn number(&mut self, number: Option<u64>) {
        match number {
            None => self.add([word::NONE]),
            Some(number) => self.add([word::SOME, number]),
        }
    }

    fn column(&mut self, ColumnRef { path, table, index }: ColumnRef) {
        let path = path.map_or(word::NONE, address);
        self.add([word::COLUMN, path, address(table()), index as u64]);
    }

    /// Adds an operand, if it is a column or a value.
    fn operand(&mut self, expr: &Expr) -> bool {
        match expr {
            Expr::Column(column) => self.column(*column),
            Expr::Value(value) => {
                let same = |param: &Param| Arc::ptr_eq(&param.value, &value.param.value);
                let known = self.params.iter().position(same);
                self.value(value, known);
            }
            _ => return false,
        }
        true
    }

    fn value(&mut self, Value { param, ty, array }: &Value, known: Option<usize>) {
        let place = known.unwrap_or(self.params.len());
        self.add([word::VALUE, address(*ty), (place as u64) << 1 | u64::from(*array)]);
        if known.is_none() {
            self.params.push(param.clone());
        }
    }

    /// Adds a condition, if it is one of columns and values.
    fn predicate(&mut self, predicate: &Predicate) -> bool {
        match predicate {
            Predicate::Const(value) => self.add([word::CONST, u64::from(*value)]),
            Predicate::And(parts) => return self.parts(word::AND, parts),
            Predicate::Or(parts) => return self.parts(word::OR, parts),
            Predicate::Compare { op, left, right, negated } => {
                let op = match op {
                    CompareOp::Eq => 0,
                    CompareOp::Lt => 1,
                    CompareOp::Le => 2,
                    CompareOp::Gt => 3,
                    CompareOp::Ge => 4,
                };
                self.add([word::COMPARE, op << 1 | u64::from(*negated)]);
                return self.operand(left) && self.operand(right);
            }
            Predicate::IsNull { expr, negated } => {
                self.add([word::IS_NULL, u64::from(*negated)]);
                return self.operand(expr);
            }
            Predicate::Bool { expr, negated } => {
                self.add([word::BOOL, u64::from(*negated)]);
                return self.operand(expr);
            }
            Predicate::In { expr, values, or_null, negated } => {
                self.add([word::IN, u64::from(*or_null) << 1 | u64::from(*negated)]);
                if !self.operand(expr) {
                    return false;
                }
                self.value(values, None);
            }
            Predicate::Match { .. }
            | Predicate::Opaque { .. }
            | Predicate::Exists { .. }
            | Predicate::ExistsQuery { .. }
            | Predicate::InQuery { .. } => return false,
        }
        true
    }

    fn parts(&mut self, which: u64, parts: &[Predicate]) -> bool {
        self.add([which, parts.len() as u64]);
        parts.iter().all(|part| self.predicate(part))
    }
}

fn address<T>(of: &'static T) -> u64 {
    std::ptr::from_ref(of).addr() as u64
}
