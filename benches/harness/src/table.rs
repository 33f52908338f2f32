//! Figures, and tables of them in Markdown.

use std::fmt;

/// A table: a column a peer, a row a workload.
pub struct Table {
    head: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Table {
    pub fn new(title: &str, columns: impl IntoIterator<Item = impl Into<String>>) -> Self {
        let head = [title.to_owned()].into_iter().chain(columns.into_iter().map(Into::into)).collect();
        Self { head, rows: Vec::new() }
    }

    pub fn row(&mut self, name: &str, cells: impl IntoIterator<Item = String>) {
        self.rows.push([name.to_owned()].into_iter().chain(cells).collect());
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "| {} |", self.head.join(" | "))?;
        writeln!(f, "| --- |{}", " ---: |".repeat(self.head.len() - 1))?;
        for row in &self.rows {
            writeln!(f, "| {} |", row.join(" | "))?;
        }
        Ok(())
    }
}

pub fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    match figures.len() {
        0 => f64::NAN,
        count if count % 2 == 1 => figures[count / 2],
        count => (figures[count / 2 - 1] + figures[count / 2]) / 2.0,
    }
}

/// Nanoseconds, to three digits.
pub fn time(nanoseconds: f64) -> String {
    match nanoseconds {
        n if n < 1e6 => format!("{} µs", digits(n / 1e3)),
        n => format!("{} ms", digits(n / 1e6)),
    }
}

/// A ratio, to two decimals.
pub fn ratio(ratio: f64) -> String {
    format!("**{ratio:.2}**")
}

/// A number to about three digits.
pub fn digits(number: f64) -> String {
    match number {
        n if n < 10.0 => format!("{n:.2}"),
        n if n < 100.0 => format!("{n:.1}"),
        n => format!("{n:.0}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn medians() {
        assert_eq!(median(vec![3.0, 1.0, 2.0]), 2.0);
        assert_eq!(median(vec![4.0, 1.0, 2.0, 3.0]), 2.5);
        assert!(median(Vec::new()).is_nan());
    }

    #[test]
    fn times() {
        assert_eq!(time(21_040.0), "21.0 µs");
        assert_eq!(time(9_876_543.0), "9.88 ms");
        assert_eq!(time(123_456_789.0), "123 ms");
    }

    #[test]
    fn tables() {
        let mut table = Table::new("wall", ["plain", "orm"]);
        table.row("W1", ["25 µs".into(), "26 µs".into()]);
        let text = "| wall | plain | orm |\n| --- | ---: | ---: |\n| W1 | 25 µs | 26 µs |\n";
        assert_eq!(table.to_string(), text);
    }
}
