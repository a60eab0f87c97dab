//! What came of a test.

use std::fmt;
use std::time::Duration;

use ws_errors_core::anchor::displayed;

use super::frame::Difference;
use crate::catalog::{Catalog, Delivery, Entry};

/// The outcome of an entry, the worst last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Outcome {
    /// It came as the catalog says.
    Provoked,
    /// It did not come. That is a fault only where a scenario asks for it.
    NotProvoked,
    /// Its message is not what the catalog's encoder writes from the values in it.
    WrongFrame,
    /// A close is due and another came, or none; or one came that is not due.
    WrongClose,
    /// The connection ended before its message or its close had arrived.
    Lost,
    /// Something came that looks like an error, and is none of the catalog.
    Undeclared,
}

/// One thing that there is to say of what came.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Finding {
    /// The name of the entry; `None` where it is of none.
    pub entry: Option<&'static str>,
    /// What came of it.
    pub outcome: Outcome,
    /// How often.
    pub times: u32,
    /// How it differs from what the catalog says, where it does.
    pub difference: Option<Difference>,
}

/// The outcome of a scenario.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Tried {
    /// Its name.
    pub name: String,
    /// How many connections were made for it; none where it was left out.
    pub connections: u32,
    /// Why it was left out, where it was.
    pub left_out: Option<String>,
    /// What there is to say of it; nothing where the server did not answer, and needn't have.
    pub findings: Vec<Finding>,
    /// How long it took.
    pub took: Duration,
}

/// The report of a test of a server; its [`Display`](fmt::Display) is for people.
#[derive(Debug, Clone)]
pub struct Report {
    pub(super) catalog: &'static Catalog,
    pub(super) url: String,
    pub(super) scenarios: Vec<Tried>,
}

/// The share of the entries that a server sends that were provoked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Coverage {
    /// Those that came.
    pub provoked: usize,
    /// Those that a server sends.
    pub entries: usize,
}

impl Outcome {
    /// In words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Provoked => "provoked",
            Self::NotProvoked => "not provoked",
            Self::WrongFrame => "wrong frame",
            Self::WrongClose => "wrong close",
            Self::Lost => "lost",
            Self::Undeclared => "undeclared",
        }
    }
}

impl Finding {
    /// Of an entry: as the catalog says, where nothing differs.
    pub(super) fn of(entry: &Entry, outcome: Outcome, difference: Option<Difference>) -> Self {
        let outcome = if difference.is_some() { outcome } else { Outcome::Provoked };
        Self { entry: Some(entry.name), outcome, times: 1, difference }
    }

    /// A fault that shows nothing.
    pub(super) fn fault(entry: Option<&Entry>, outcome: Outcome, what: String) -> Self {
        Self::new(entry, outcome, Difference { what, due: None, came: None })
    }

    pub(super) fn new(entry: Option<&Entry>, outcome: Outcome, difference: Difference) -> Self {
        let (entry, difference) = (entry.map(|entry| entry.name), Some(difference));
        Self { entry, outcome, times: 1, difference }
    }

    fn says_the_same(&self, other: &Self) -> bool {
        fn what(finding: &Finding) -> Option<&str> {
            finding.difference.as_ref().map(|difference| difference.what.as_str())
        }
        (self.entry, self.outcome, what(self)) == (other.entry, other.outcome, what(other))
    }

    /// Returns whether something is not as the catalog, or a scenario, says.
    pub fn is_fault(&self) -> bool {
        self.outcome != Outcome::Provoked
    }
}

impl Tried {
    pub(super) fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            connections: 0,
            left_out: None,
            findings: Vec::new(),
            took: Duration::ZERO,
        }
    }

    /// Adds findings. One that says the same as one before is counted, and shows what came first: a server
    /// may send ten thousand.
    pub(super) fn add(&mut self, findings: Vec<Finding>) {
        for finding in findings {
            match self.findings.iter_mut().find(|one| one.says_the_same(&finding)) {
                Some(one) => one.times += 1,
                None => self.findings.push(finding),
            }
        }
    }

    /// The faults that it found.
    pub fn faults(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| finding.is_fault())
    }
}

impl Report {
    /// The catalog.
    pub const fn catalog(&self) -> &'static Catalog {
        self.catalog
    }

    /// The URL of the server.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The outcome of each scenario.
    pub fn scenarios(&self) -> &[Tried] {
        &self.scenarios
    }

    /// The outcome of each entry that a server sends: the worst of all scenarios.
    pub fn entries(&self) -> impl Iterator<Item = (&'static Entry, Outcome)> {
        let sent = |entry: &&Entry| !matches!(entry.delivery, Delivery::Observed { .. });
        self.catalog.entries.iter().filter(sent).map(|entry| {
            let of_entry = self.findings().filter(|(_, one)| one.entry == Some(entry.name));
            (entry, of_entry.map(|(_, one)| one.outcome).max().unwrap_or(Outcome::NotProvoked))
        })
    }

    /// All findings, each with the scenario that found it.
    pub fn findings(&self) -> impl Iterator<Item = (&Tried, &Finding)> {
        self.scenarios
            .iter()
            .flat_map(|tried| tried.findings.iter().map(move |finding| (tried, finding)))
    }

    /// The faults, each with the scenario that found it.
    pub fn faults(&self) -> impl Iterator<Item = (&Tried, &Finding)> {
        self.findings().filter(|(_, finding)| finding.is_fault())
    }

    /// Returns whether no fault was found.
    pub fn passed(&self) -> bool {
        self.faults().next().is_none()
    }

    /// The share of the entries that were provoked, as the catalog says or otherwise.
    pub fn coverage(&self) -> Coverage {
        let is_provoked = |(_, outcome): &(_, Outcome)| *outcome != Outcome::NotProvoked;
        Coverage {
            provoked: self.entries().filter(is_provoked).count(),
            entries: self.entries().count(),
        }
    }
}

impl Coverage {
    /// In percent, rounded down: 100 is all.
    pub const fn percent(self) -> usize {
        match self.entries {
            0 => 100,
            entries => self.provoked * 100 / entries,
        }
    }
}

impl fmt::Display for Coverage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of {} errors, {} %", self.provoked, self.entries, self.percent())
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.outcome.words())?;
        if let Some(entry) = self.entry {
            write!(f, ": {}", displayed(entry))?;
        }
        if self.times > 1 {
            write!(f, ", {} times", self.times)?;
        }
        let Some(Difference { what, due, came }) = &self.difference else { return Ok(()) };
        write!(f, "\n{}", displayed(what))?;
        for (title, shown) in [("due: ", due), ("came:", came)] {
            if let Some(shown) = shown {
                write!(f, "\n{title} {}", displayed(shown))?;
            }
        }
        Ok(())
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} at {}\n", displayed(self.catalog.name), displayed(&self.url))?;
        let width = self.scenarios.iter().map(|one| displayed(&one.name).chars().count()).max();
        for tried in &self.scenarios {
            let name = displayed(&tried.name);
            let mark = match (&tried.left_out, tried.faults().next()) {
                (Some(_), _) => "-    ",
                (None, Some(_)) => "FAULT",
                (None, None) => "ok   ",
            };
            let came = match &tried.left_out {
                Some(why) => format!("left out: {}", displayed(why)),
                None => tried.in_a_line(),
            };
            let line = format!("{mark} {name:width$}  {came}", width = width.unwrap_or(0));
            writeln!(f, "{}", line.trim_end())?;
            for finding in tried.faults() {
                for line in finding.to_string().lines() {
                    writeln!(f, "      {line}")?;
                }
            }
        }
        writeln!(f)?;
        for (entry, outcome) in self.entries() {
            let how = entry.provoke.filter(|_| outcome == Outcome::NotProvoked);
            let how = how.map(|how| format!(": {}", displayed(how))).unwrap_or_default();
            writeln!(f, "{:12}  {}{how}", outcome.words(), displayed(entry.name))?;
        }
        let faults = self.faults().count();
        let faults = match faults {
            0 => "no fault".to_owned(),
            1 => "1 fault".to_owned(),
            faults => format!("{faults} faults"),
        };
        writeln!(f, "\ncoverage: {}; {faults}", self.coverage())
    }
}

impl Tried {
    /// What came as it should, and how often.
    fn in_a_line(&self) -> String {
        let came = self.findings.iter().filter(|finding| !finding.is_fault());
        let came: Vec<String> = came
            .map(|finding| {
                let name = displayed(finding.entry.unwrap_or_default());
                if finding.times > 1 { format!("{name}, {} times", finding.times) } else { name }
            })
            .collect();
        match (came.is_empty(), self.findings.is_empty()) {
            (false, _) => came.join("; "),
            (true, true) => "no error came".to_owned(),
            (true, false) => String::new(),
        }
    }
}
