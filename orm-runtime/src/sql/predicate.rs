use std::sync::Arc;

use super::Writer;
use super::expr::expr;
use super::from::{From, first_many, key_of};
use super::path::joins_back;
use super::select::{Rows, listed_by_exists, write_rows};
use crate::ast::{CompareOp, Expr, Match, Predicate, Select, Value};
use crate::schema::PathNode;

/// Writes a condition whose joins were made. What is written may be NULL where the condition is false; it is true
/// exactly where the condition is, which is all that `WHERE`, `AND` and `OR` ask.
pub(super) fn predicate(writer: &mut Writer, from: &From<'_>, predicate: &Predicate) {
    match predicate {
        Predicate::Const(value) => {
            writer.push(if *value { "TRUE" } else { "FALSE" });
        }
        Predicate::And(parts) => {
            writer.list(parts, " AND ", |writer, part| self::predicate(writer, from, part));
        }
        Predicate::Or(parts) => {
            writer.push("(");
            writer.list(parts, " OR ", |writer, part| self::predicate(writer, from, part));
            writer.push(")");
        }
        Predicate::Compare { op: CompareOp::Eq, left, right, negated } => {
            equality(writer, from, left, right, *negated);
        }
        Predicate::Compare { op, left, right, negated } => {
            let sql = if *negated { complement(*op) } else { plain(*op) };
            or_null(writer, from, &[left, right], *negated, |writer| {
                expr(writer, from, left);
                writer.push(sql);
                expr(writer, from, right);
            });
        }
        Predicate::IsNull { expr: operand, negated } => {
            expr(writer, from, operand);
            writer.push(if *negated { " IS NOT NULL" } else { " IS NULL" });
        }
        Predicate::Bool { expr: operand, negated: false } => expr(writer, from, operand),
        Predicate::Bool { expr: operand, negated: true } => {
            or_null(writer, from, &[operand], true, |writer| {
                writer.push("NOT ");
                expr(writer, from, operand);
            });
        }
        Predicate::In { expr: operand, values, or_null, negated } => {
            one_of(writer, from, operand, values, *or_null, *negated);
        }
        Predicate::Match { expr: operand, text, how, ignore_case, negated } => {
            or_null(writer, from, &[operand, text], *negated, |writer| {
                if *negated {
                    writer.push("NOT (");
                }
                found(writer, from, operand, text, *how, *ignore_case);
                if *negated {
                    writer.push(")");
                }
            });
        }
        Predicate::Opaque { expr: operand, negated } => {
            expr(writer, from, operand);
            if *negated {
                writer.push(" IS NOT TRUE");
            }
        }
        Predicate::Exists { path, filter, negated } => exists(writer, from, path, filter, *negated),
        Predicate::ExistsQuery { select, negated } => {
            writer.push(if *negated { "NOT EXISTS (" } else { "EXISTS (" });
            write_rows(writer, select, listed_by_exists(select), Some(from), None);
            writer.push(")");
        }
        Predicate::InQuery { expr: operand, select, negated } => {
            in_query(writer, from, operand, select, *negated);
        }
    }
}

fn plain(op: CompareOp) -> &'static str {
    match op {
        CompareOp::Eq => " = ",
        CompareOp::Lt => " < ",
        CompareOp::Le => " <= ",
        CompareOp::Gt => " > ",
        CompareOp::Ge => " >= ",
    }
}

fn complement(op: CompareOp) -> &'static str {
    match op {
        CompareOp::Eq => " <> ",
        CompareOp::Lt => " >= ",
        CompareOp::Le => " > ",
        CompareOp::Gt => " <= ",
        CompareOp::Ge => " < ",
    }
}

/// A condition that is not true of NULL; its complement (`negated`) is, so it adds `OR x IS NULL` for each operand
/// that can be NULL.
fn or_null(
    writer: &mut Writer,
    from: &From<'_>,
    operands: &[&Expr],
    negated: bool,
    write: impl FnOnce(&mut Writer),
) {
    let nullable: Vec<_> = operands.iter().filter(|operand| negated && operand.is_nullable()).collect();
    if nullable.is_empty() {
        return write(writer);
    }
    writer.push("(");
    write(writer);
    for operand in nullable {
        writer.push(" OR ");
        expr(writer, from, operand);
        writer.push(" IS NULL");
    }
    writer.push(")");
}

/// `left = right`, where NULL equals NULL.
fn equality(writer: &mut Writer, from: &From<'_>, left: &Expr, right: &Expr, negated: bool) {
    let pair = |writer: &mut Writer, sql: &str| {
        expr(writer, from, left);
        writer.push(sql);
        expr(writer, from, right);
    };
    match negated {
        true if left.is_nullable() || right.is_nullable() => pair(writer, " IS DISTINCT FROM "),
        true => pair(writer, " <> "),
        false if right.is_nullable() && left.is_nullable() => {
            // Not `IS NOT DISTINCT FROM`: no index serves it.
            writer.push("(");
            pair(writer, " = ");
            writer.push(" OR (");
            pair(writer, " IS NULL AND ");
            writer.push(" IS NULL))");
        }
        false => pair(writer, " = "),
    }
}

/// `x = ANY($1)`, or its complement `x <> ALL($1)`.
fn one_of(writer: &mut Writer, from: &From<'_>, operand: &Expr, values: &Value, null: bool, negated: bool) {
    // The complement of a list without NULL is true of NULL; so is a list with NULL itself.
    let or_null = operand.is_nullable() && null != negated;
    if or_null {
        writer.push("(");
    }
    expr(writer, from, operand);
    writer.push(if negated { " <> ALL(" } else { " = ANY(" });
    writer.value(values).push(")");
    if or_null {
        writer.push(" OR ");
        expr(writer, from, operand);
        writer.push(" IS NULL)");
    }
}

/// A text in another: a pattern where what to look for is a bound value, a function where it is an expression.
fn found(writer: &mut Writer, from: &From<'_>, operand: &Expr, text: &Expr, how: Match, ignore_case: bool) {
    let folded = |writer: &mut Writer, operand: &Expr| {
        writer.push(if ignore_case { "lower(" } else { "(" });
        expr(writer, from, operand);
        writer.push(")");
    };
    let call = |writer: &mut Writer, function: &str| {
        writer.push(function).push("(");
        folded(writer, operand);
        writer.push(", ");
        folded(writer, text);
        writer.push(")");
    };
    match (how, text) {
        (Match::Exact, _) => {
            folded(writer, operand);
            writer.push(" = ");
            folded(writer, text);
        }
        (_, Expr::Value(pattern)) => {
            expr(writer, from, operand);
            writer.push(if ignore_case { " ILIKE " } else { " LIKE " }).value(pattern);
        }
        (Match::Contains, _) => {
            call(writer, "strpos");
            writer.push(" > 0");
        }
        (Match::StartsWith, _) => call(writer, "starts_with"),
        (Match::EndsWith, _) => {
            writer.push("right(");
            folded(writer, operand);
            writer.push(", length(");
            folded(writer, text);
            writer.push(")) = ");
            folded(writer, text);
        }
    }
}

/// `EXISTS (SELECT 1 FROM "books" t1 WHERE t1."author_id" = t0."id" AND ..)`
fn exists(writer: &mut Writer, outer: &From<'_>, path: &'static PathNode, filter: &Predicate, negated: bool) {
    writer.push(if negated { "NOT EXISTS (SELECT 1" } else { "EXISTS (SELECT 1" });
    let mut inner = From::inner(path, outer, writer);
    inner.need_predicate(filter, writer);
    inner.write(writer);
    let link = joins_back(writer, path, &inner);
    writer.push(" WHERE ");
    writer.list(key_of(first_many(path)).enumerate(), " AND ", |writer, (i, outside)| {
        link.write(writer, i);
        writer.push(" = ");
        outer.write_column(outside, writer);
    });
    if !matches!(filter, Predicate::Const(true)) {
        let around = writer.windows_allowed(false);
        writer.push(" AND ");
        predicate(writer, &inner, filter);
        writer.windows_allowed(around);
    }
    writer.push(")");
}

/// `x IN (SELECT ..)`. NULLs of the query are left out: with one of them `NOT IN` is true of nothing.
fn in_query(writer: &mut Writer, from: &From<'_>, operand: &Expr, select: &Arc<Select>, negated: bool) {
    or_null(writer, from, &[operand], negated, |writer| {
        expr(writer, from, operand);
        writer.push(if negated { " NOT IN (SELECT v FROM (" } else { " IN (" });
        write_rows(writer, select, Rows::Outputs, Some(from), None);
        writer.push(if negated { ") s(v) WHERE v IS NOT NULL)" } else { ")" });
    });
}
