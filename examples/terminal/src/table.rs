use crate::text::wrapped;
use crate::{line, width};

/// A table whose columns are as wide as their texts, and the widest no wider than the terminal allows.
#[derive(Debug)]
pub struct Table {
    header: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table with these columns. One whose title starts with `#` holds numbers and is aligned to the right.
    pub fn new<const N: usize>(titles: [&str; N]) -> Table {
        Table { header: titles.map(str::to_owned).to_vec(), rows: Vec::new() }
    }

    /// Adds a row: a text for each column.
    pub fn row<const N: usize>(&mut self, cells: [String; N]) {
        self.rows.push(cells.to_vec());
    }

    /// Prints the table, and an empty line.
    pub fn print(&self) {
        let widths = self.widths(width().saturating_sub(4));
        let titles: Vec<String> =
            (0..self.header.len()).map(|column| self.title(column).to_owned()).collect();
        self.print_row(&titles, &widths);
        let rule: Vec<String> = widths.iter().map(|&width| "-".repeat(width)).collect();
        line(format!("    {}", rule.join("  ")));
        for row in &self.rows {
            self.print_row(row, &widths);
        }
        line("");
    }

    fn widths(&self, available: usize) -> Vec<usize> {
        let lengths = |column: usize| {
            let cells = self.rows.iter().filter_map(move |row| row.get(column));
            cells.map(|cell| cell.chars().count())
        };
        let mut widths: Vec<usize> = (0..self.header.len())
            .map(|column| lengths(column).max().unwrap_or(0).max(self.title(column).chars().count()))
            .collect();
        let gaps = 2 * widths.len().saturating_sub(1);
        let excess = (widths.iter().sum::<usize>() + gaps).saturating_sub(available);
        if let Some(widest) = widths.iter_mut().max() {
            *widest = widest.saturating_sub(excess).max(8);
        }
        widths
    }

    fn title(&self, column: usize) -> &str {
        self.header[column].trim_start_matches('#')
    }

    fn print_row(&self, cells: &[String], widths: &[usize]) {
        let columns: Vec<Vec<String>> =
            (cells.iter().zip(widths)).map(|(cell, &width)| broken(cell, width)).collect();
        let height = columns.iter().map(Vec::len).max().unwrap_or(0);
        for i in 0..height {
            let parts = columns.iter().map(|lines| lines.get(i).map_or("", String::as_str));
            let aligned =
                parts.zip(widths).enumerate().map(|(column, (part, &width))| match self.is_number(column) {
                    true => format!("{part:>width$}"),
                    false => format!("{part:<width$}"),
                });
            let text = aligned.collect::<Vec<_>>().join("  ");
            line(format!("    {}", text.trim_end()));
        }
    }

    fn is_number(&self, column: usize) -> bool {
        self.header[column].starts_with('#')
    }
}

/// A cell in lines that are no longer than the column is wide; words that are longer are cut.
fn broken(cell: &str, width: usize) -> Vec<String> {
    let words = cell.split_whitespace().map(|word| match word.char_indices().nth(width) {
        None => word.to_owned(),
        Some(_) => word.chars().take(width.saturating_sub(2)).chain("..".chars()).collect(),
    });
    match cell.chars().count() <= width {
        true => vec![cell.to_owned()],
        false => wrapped(&words.collect::<Vec<_>>().join(" "), width),
    }
}

#[cfg(test)]
mod tests {
    use super::{Table, broken};

    #[test]
    fn the_widest_column_gives_way() {
        let mut table = Table::new(["name", "#rows"]);
        table.row(["a".repeat(30), "1".to_owned()]);
        assert_eq!(table.widths(100), [30, 4]);
        assert_eq!(table.widths(26), [20, 4]);
    }

    #[test]
    fn cells_are_broken_between_words() {
        assert_eq!(broken("  indented", 20), ["  indented"]);
        assert_eq!(broken("one two three", 8), ["one two", "three"]);
        assert_eq!(broken("one incomprehensible", 8), ["one", "incomp.."]);
    }
}
