//! The table, as Markdown.

use std::collections::HashMap;
use std::fmt;

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
            lost => write!(f, "{lost} ({} %)", (100 * lost).div_ceil(self.connections.max(1))),
        }
    }
}

pub(crate) struct Table {
    clients: Vec<Kind>,
    /// The servers, in the order of the rows.
    servers: Vec<String>,
    cells: HashMap<(String, &'static str, Kind), Cell>,
}

impl Table {
    pub(crate) fn new(clients: &[Kind]) -> Self {
        Self { clients: clients.to_vec(), servers: Vec::new(), cells: HashMap::new() }
    }

    pub(crate) fn set(&mut self, server: String, scenario: Scenario, kind: Kind, cell: Cell) {
        if !self.servers.contains(&server) {
            self.servers.push(server.clone());
        }
        self.cells.insert((server, scenario.name(), kind), cell);
    }

    /// How many connections of a server lost something.
    pub(crate) fn lost(&self, server: &str) -> usize {
        self.cells.iter().filter(|(key, _)| key.0 == server).map(|(_, cell)| cell.lost).sum()
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let connections = self.cells.values().map(|cell| cell.connections).max().unwrap_or(0);
        writeln!(f, "Clients that lost text, code or reason, of {connections} in each cell:\n")?;
        write!(f, "| server | client is |")?;
        for kind in &self.clients {
            write!(f, " {} |", kind.name())?;
        }
        writeln!(f, "\n|---|---|{}", "---|".repeat(self.clients.len()))?;
        for server in &self.servers {
            for scenario in Scenario::ALL {
                write!(f, "| {server} | {} |", scenario.name())?;
                for kind in &self.clients {
                    match self.cells.get(&(server.clone(), scenario.name(), *kind)) {
                        Some(cell) => write!(f, " {cell} |")?,
                        None => write!(f, " – |")?,
                    }
                }
                writeln!(f)?;
            }
        }
        Ok(())
    }
}
