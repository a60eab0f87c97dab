//! Columns of text.

use super::terminal::{width, wrap};

/// The space between two columns.
const GAP: usize = 2;

/// Rows of cells with the columns' widths, which fit into a number of columns of the terminal.
pub(super) struct Columns<const N: usize> {
    widths: [usize; N],
}

impl<const N: usize> Columns<N> {
    /// As wide as the cells are; where that is too much, the widest column gives way.
    pub(super) fn of(rows: &[[String; N]], columns: Option<usize>) -> Self {
        let mut widths = [0; N];
        for row in rows {
            for (width_of, cell) in widths.iter_mut().zip(row) {
                *width_of = (*width_of).max(width(cell));
            }
        }
        if let Some(columns) = columns {
            let room = columns.saturating_sub(GAP * N.saturating_sub(1));
            while widths.iter().sum::<usize>() > room {
                match widths.iter_mut().max() {
                    Some(widest) if *widest > 1 => *widest -= 1,
                    _ => break,
                }
            }
        }
        Self { widths }
    }

    /// The lines of a row, its cells wrapped. `style` is for the first column.
    pub(super) fn lines(&self, row: &[String; N], style: impl Fn(&str) -> String) -> Vec<String> {
        let cells: Vec<Vec<String>> =
            row.iter().zip(self.widths).map(|(cell, width)| wrap(cell, width)).collect();
        let height = cells.iter().map(Vec::len).max().unwrap_or(0);
        (0..height)
            .map(|index| {
                let mut line = String::new();
                for (column, (cell, width_of)) in cells.iter().zip(self.widths).enumerate() {
                    let text = cell.get(index).map_or("", String::as_str);
                    if column > 0 {
                        line.push_str(&" ".repeat(GAP));
                    }
                    line.push_str(&if column == 0 { style(text) } else { text.to_owned() });
                    line.push_str(&" ".repeat(width_of.saturating_sub(width(text))));
                }
                line.trim_end().to_owned()
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_widest_column_gives_way_and_its_cells_are_wrapped() {
        let row = ["code".to_owned(), "never on this connection".to_owned()];
        let columns = Columns::of(std::slice::from_ref(&row), Some(18));
        assert_eq!(
            columns.lines(&row, str::to_owned),
            ["code  never on", "      this", "      connection"]
        );
        let wide = Columns::of(std::slice::from_ref(&row), None);
        assert_eq!(wide.lines(&row, str::to_owned), ["code  never on this connection"]);
    }

    #[test]
    fn no_room_at_all_is_no_reason_to_loop() {
        let row = ["ab".to_owned(), "cd".to_owned()];
        let columns = Columns::of(std::slice::from_ref(&row), Some(0));
        assert_eq!(columns.lines(&row, str::to_owned).len(), 2);
    }
}
