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
        self.print_row(&self.header, &widths);
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
        let mut text = String::from("    ");
        for (column, (cell, &width)) in cells.iter().zip(widths).enumerate() {
            let number = self.header[column].starts_with('#');
            let cell = if number { cell.trim_start_matches('#') } else { cell };
            text.push_str(&match number {
                true => format!("{cell:>width$}"),
                false => format!("{:<width$}", fitted(cell, width)),
            });
            text.push_str("  ");
        }
        line(text.trim_end());
    }
}

fn fitted(cell: &str, width: usize) -> String {
    if cell.chars().count() <= width {
        return cell.to_owned();
    }
    cell.chars().take(width.saturating_sub(2)).chain("..".chars()).collect()
}

#[cfg(test)]
mod tests {
    use super::Table;

    #[test]
    fn the_widest_column_gives_way() {
        let mut table = Table::new(["name", "#rows"]);
        table.row(["a".repeat(30), "1".to_owned()]);
        assert_eq!(table.widths(100), [30, 4]);
        assert_eq!(table.widths(26), [20, 4]);
    }
}
