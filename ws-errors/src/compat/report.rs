//! A report for people, and one for tools.

use std::fmt;

use ws_errors_core::anchor::displayed;
use ws_errors_core::names::list_names;

use super::{Change, Effect, Report};
use crate::export::tree::Members;
use crate::wire::Tree;

/// The most errors that are named where the same is said of several.
const NAMED: usize = 4;

impl Report {
    /// Returns whether clients that are deployed already break.
    pub fn is_breaking(&self) -> bool {
        self.count(Effect::Breaking) > 0
    }

    /// The number of changes that have this effect.
    pub fn count(&self, effect: Effect) -> usize {
        self.changes.iter().filter(|change| change.effect == effect).count()
    }

    /// The report as JSON, with two spaces for each level: `catalog`, `breaking` (whether anything
    /// is), and `changes` in the order of [`changes`](Self::changes), each with `effect`, `kind`,
    /// `what` and, where there is one, `entry`, `context`, `path` and `instead`.
    pub fn json(&self) -> String {
        let changes: Vec<Tree<'_>> = self
            .changes
            .iter()
            .map(|change| {
                Members::new()
                    .with("effect", change.effect.word())
                    .with("kind", change.kind.word())
                    .perhaps("entry", change.entry.clone())
                    .perhaps("context", change.context.clone())
                    .perhaps("path", change.path.clone())
                    .with("what", change.what.clone())
                    .perhaps("instead", change.instead.clone())
                    .into()
            })
            .collect();
        let tree: Tree<'_> = Members::new()
            .with("catalog", self.catalog.clone())
            .with("breaking", self.is_breaking())
            .with("changes", changes)
            .into();
        tree.pretty()
    }

    /// The changes of an effect, those of which the same is said together.
    fn grouped(&self, effect: Effect) -> Vec<(&Change, Vec<&str>)> {
        let mut groups: Vec<(&Change, Vec<&str>)> = Vec::new();
        for change in self.changes.iter().filter(|change| change.effect == effect) {
            let entry = change.entry.as_deref();
            let same = groups.iter_mut().find(|(first, _)| {
                entry.is_some()
                    && first.entry.is_some()
                    && (&first.what, &first.context) == (&change.what, &change.context)
            });
            match same {
                Some((_, entries)) => entries.extend(entry),
                None => groups.push((change, entry.into_iter().collect())),
            }
        }
        groups
    }
}

/// What is said of one error, of several.
fn in_plural(what: &str) -> String {
    const WORDS: [(&str, &str); 4] =
        [("is ", "are "), ("was ", "were "), ("has ", "have "), ("its ", "their ")];
    WORDS
        .iter()
        .find_map(|(one, several)| Some(format!("{several}{}", what.strip_prefix(one)?)))
        .unwrap_or_else(|| what.to_owned())
}

/// The report for people: a line for each change, what to do instead below it.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.changes.is_empty() {
            return writeln!(f, "{}: nothing changed", displayed(&self.catalog));
        }
        let counts: Vec<String> = Effect::ALL
            .into_iter()
            .map(|effect| (self.count(effect), effect.word()))
            .filter(|(count, _)| *count > 0)
            .map(|(count, word)| format!("{count} {word}"))
            .collect();
        let changes = if self.changes.len() == 1 { "change" } else { "changes" };
        let catalog = displayed(&self.catalog);
        writeln!(f, "{catalog}: {} {changes}: {}", self.changes.len(), counts.join(", "))?;
        for effect in Effect::ALL {
            for (change, entries) in self.grouped(effect) {
                let whose = match entries.as_slice() {
                    [] => String::new(),
                    [one] => format!("`{one}`: "),
                    several => {
                        let more = several.len().saturating_sub(NAMED);
                        let names = list_names(several.iter().take(NAMED));
                        let more =
                            if more > 0 { format!(" and {more} more") } else { String::new() };
                        format!("{names}{more}: ")
                    }
                };
                let context = change.context.as_deref();
                let context =
                    context.map_or(String::new(), |name| format!(" (in the context `{name}`)"));
                // What a file says is shown, and never does anything to a terminal or a log.
                let what =
                    if entries.len() > 1 { in_plural(&change.what) } else { change.what.clone() };
                let line = displayed(&format!("{whose}{what}{context}"));
                writeln!(f, "{:<11} {line}", effect.word())?;
                if let Some(instead) = &change.instead {
                    writeln!(f, "{:<11} → {}", "", displayed(instead))?;
                }
            }
        }
        Ok(())
    }
}
