use super::Writer;
use super::from::From;
use crate::ast::{ArithmeticOp, Expr};

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
    }
}
