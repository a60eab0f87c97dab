//! The table, as Markdown.

use std::collections::HashMap;
use std::fmt;

use crate::path::Path;
use crate::row::Row;
use crate::scenario::Scenario;
use crate::worker::Kind;

/// What came of the connections of one cell.
#[derive(Debug, Clone, Default)]
pub(crate) struct Cell {
    pub(crate) connections: usize,
    pub(crate) lost: usize,
    /// What one of the losers saw.
    pub(crate) sample: String,
}

impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.lost {
            0 => f.write_str("0"),
            lost => write!(f, "{lost} of {}", self.connections),
        }
    }
}

pub(crate) struct Table {
    clients: Vec<Kind>,
    /// What stands before each row.
    rows: Vec<(Path, Row, Scenario)>,
    cells: HashMap<(Path, Row, Scenario, Kind), Cell>,
}

impl Table {
    pub(crate) fn new(clients: &[Kind]) -> Self {
        Self { clients: clients.to_vec(), rows: Vec::new(), cells: HashMap::new() }
    }

    pub(crate) fn set(
        &mut self,
        (path, row, scenario): (Path, Row, Scenario),
        kind: Kind,
        cell: Cell,
    ) {
        if !self.rows.contains(&(path, row, scenario)) {
            self.rows.push((path, row, scenario));
        }
        self.cells.insert((path, row, scenario, kind), cell);
    }

    /// How many connections of some servers lost something.
    pub(crate) fn lost(&self, is_counted: impl Fn(Row) -> bool) -> usize {
        let counted = self.cells.iter().filter(|((_, row, ..), _)| is_counted(*row));
        counted.map(|(_, cell)| cell.lost).sum()
    }

    /// How many connections of some servers there were.
    pub(crate) fn connections(&self, is_counted: impl Fn(Row) -> bool) -> usize {
        let counted = self.cells.iter().filter(|((_, row, ..), _)| is_counted(*row));
        counted.map(|(_, cell)| cell.connections).sum()
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let connections = self.cells.values().map(|cell| cell.connections).max().unwrap_or(0);
        writeln!(f, "Clients that lost text, code or reason, of {connections} in each cell:\n")?;
        write!(f, "| path | server | client is |")?;
        for kind in &self.clients {
            write!(f, " {} |", kind.name())?;
        }
        writeln!(f, "\n|---|---|---|{}", "---|".repeat(self.clients.len()))?;
        for &(path, row, scenario) in &self.rows {
            write!(f, "| {} | {} | {} |", path.name(), row.name(), scenario.name())?;
            for kind in &self.clients {
                match self.cells.get(&(path, row, scenario, *kind)) {
                    Some(cell) => write!(f, " {cell} |")?,
                    None => write!(f, " – |")?,
                }
            }
            writeln!(f)?;
        }
        Ok(())
    }
}
