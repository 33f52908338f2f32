use super::Writer;
use super::from::From;
use super::predicate::predicate;
use super::select::order_item;
use crate::ast::{ArithmeticOp, Expr, Part, Template};

/// Writes an expression whose joins were made.
pub(super) fn expr(writer: &mut Writer, from: &From, expr: &Expr) {
    match expr {
        Expr::Column(column) => from.write_column(*column, writer),
        Expr::Value(value) => {
            writer.value(value);
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
    }
}

fn template(writer: &mut Writer, from: &From, template: &Template) {
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
        }
    }
}
