use super::Writer;
use super::from::From;
use super::predicate::predicate;
use super::select::{Rows, order_item, write_rows};
use crate::ast::{
    Aggregate, ArithmeticOp, Expr, Frame, FrameBound, FrameUnit, Part, Predicate, Template, Window,
};

/// Writes an expression whose joins were made.
pub(super) fn expr(writer: &mut Writer, from: &From<'_>, expr: &Expr) {
    match expr {
        Expr::Column(column) => from.write_column(*column, writer),
        Expr::Value(value) => {
            writer.shared_value(value);
        }
        Expr::Binary { op, left, right } => {
            writer.push("(");
            self::expr(writer, from, left);
            writer.push(match op {
                ArithmeticOp::Add => " + ",
                ArithmeticOp::Subtract => " - ",
                ArithmeticOp::Multiply => " * ",
                ArithmeticOp::Divide => " / ",
                ArithmeticOp::Remainder => " % ",
            });
            self::expr(writer, from, right);
            writer.push(")");
        }
        Expr::Negative(inner) => {
            writer.push("(- ");
            self::expr(writer, from, inner);
            writer.push(")");
        }
        Expr::Template(template) => self::template(writer, from, template),
        Expr::Aggregate(aggregate) => self::aggregate(writer, from, aggregate),
        Expr::Over(over) => from.write_over(writer, over),
        Expr::Window(window) => self::window(writer, from, window),
        // A query's annotations were put in place before it is written; what is left is of no query.
        Expr::Annotation { name, nullable: _ } => {
            writer.identifier(name);
        }
        Expr::Derived { number, nullable: _ } => {
            writer.table_alias(from.alias).push(".");
            from.write_extra(writer, *number);
        }
        Expr::Subquery(select) => {
            writer.push("(");
            write_rows(writer, select, Rows::Outputs, Some(from), None);
            writer.push(")");
        }
        Expr::Below { path, expr: inner } => from.below(path, || self::expr(writer, from, inner)),
        Expr::Outer(inner) => match from.outer {
            Some(outer) => self::expr(writer, outer, inner),
            None => writer.misplaced_outer(),
        },
    }
}

/// `count(DISTINCT t0."a") FILTER (WHERE ..)`
fn aggregate(writer: &mut Writer, from: &From<'_>, aggregate: &Aggregate) {
    let Aggregate { function, arguments, distinct, order, filter, cast, default } = aggregate;
    let around = writer.windows_allowed(false);
    if default.is_some() {
        writer.push("coalesce(");
    }
    writer.push(function).push("(");
    if arguments.is_empty() {
        writer.push("*");
    }
    if *distinct {
        writer.push("DISTINCT ");
    }
    writer.list(arguments, ", ", |writer, argument| expr(writer, from, argument));
    if !order.is_empty() {
        writer.push(" ORDER BY ").list(order, ", ", |writer, order| order_item(writer, from, order));
    }
    writer.push(")");
    if !matches!(filter, Predicate::Const(true)) {
        writer.push(" FILTER (WHERE ");
        predicate(writer, from, filter);
        writer.push(")");
    }
    if let Some(ty) = cast {
        writer.push("::").type_name(ty);
    }
    if let Some(default) = default {
        writer.push(", ");
        expr(writer, from, default);
        writer.push(")");
    }
    writer.windows_allowed(around);
}

/// `row_number() OVER (PARTITION BY t0."a" ORDER BY t0."b")`
fn window(writer: &mut Writer, from: &From<'_>, window: &Window) {
    let Window { function, partition, order, frame, nullable: _ } = window;
    writer.window();
    // The cast and the default of an aggregate stand around the whole.
    let (mut call, mut after) = (function.clone(), (None, None));
    if let Expr::Aggregate(aggregate) = &mut call {
        after = (aggregate.cast.take(), aggregate.default.take());
    }
    if after.1.is_some() {
        writer.push("coalesce(");
    }
    expr(writer, from, &call);
    writer.push(" OVER (");
    let mut between = "";
    if !partition.is_empty() {
        writer.push("PARTITION BY ").list(partition, ", ", |writer, key| expr(writer, from, key));
        between = " ";
    }
    if !order.is_empty() {
        writer.push(std::mem::replace(&mut between, " ")).push("ORDER BY ");
        writer.list(order, ", ", |writer, order| order_item(writer, from, order));
    }
    if let Some(Frame { unit, start, end }) = frame {
        writer.push(between).push(match unit {
            FrameUnit::Rows => "ROWS BETWEEN ",
            FrameUnit::Groups => "GROUPS BETWEEN ",
            FrameUnit::Range => "RANGE BETWEEN ",
        });
        bound(writer, *start, "PRECEDING");
        writer.push(" AND ");
        bound(writer, *end, "FOLLOWING");
    }
    writer.push(")");
    if let Some(ty) = after.0 {
        writer.push("::").type_name(ty);
    }
    if let Some(default) = after.1 {
        writer.push(", ");
        expr(writer, from, &default);
        writer.push(")");
    }
}

fn bound(writer: &mut Writer, bound: FrameBound, side: &str) {
    match bound {
        FrameBound::Unbounded => writer.push("UNBOUNDED ").push(side),
        FrameBound::CurrentRow => writer.push("CURRENT ROW"),
        FrameBound::Preceding(rows) => writer.number(rows.into()).push(" PRECEDING"),
        FrameBound::Following(rows) => writer.number(rows.into()).push(" FOLLOWING"),
    };
}

fn template(writer: &mut Writer, from: &From<'_>, template: &Template) {
    let Template { parts, nullable: _ } = template;
    for part in parts {
        match part {
            Part::Text(text) => {
                writer.push(text);
            }
            Part::Expr(inner) => expr(writer, from, inner),
            Part::Predicate(condition) => predicate(writer, from, condition),
            Part::Order(order) => order_item(writer, from, order),
            Part::Type(ty) => {
                writer.type_name(ty);
            }
            Part::Identifier(name) => {
                writer.identifier(name);
            }
            Part::Literal(text) => {
                writer.literal(text);
            }
            Part::Mistake(message) => writer.mistake(message),
            Part::Unchecked => writer.unchecked(),
        }
    }
}
