use super::from::From;
use super::target::{Condition, returning};
use super::{Statement, Writer};
use crate::ast::{Predicate, Returned};
use crate::error::Result;
use crate::schema::Table;

/// `DELETE FROM "orders" t0 WHERE .. RETURNING ..`
pub(super) fn delete(table: &'static Table, filter: &Predicate, outputs: &[Returned]) -> Result<Statement> {
    let condition = Condition::new(table, filter);
    let mut writer = Writer::new();
    let target = From::new(table, &mut writer);
    writer.push("DELETE");
    target.write(&mut writer);
    condition.write(&mut writer, &target, " USING ", " WHERE ");
    returning(&mut writer, &target, outputs)?;
    Ok(writer.finish())
}
