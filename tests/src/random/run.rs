//! The properties over many catalogs.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::catalogs::{catalog, occurrence};
use super::check::{Broken, Check};
use super::damage::damaged;
use super::languages::{ask, in_all};
use super::made::Made;
use super::numbers::Random;
use super::print::{as_enum, as_input};
use super::properties::{holds, in_rust, nests, unfolds};
use super::reader::Reader;
use super::sending::{sent, stranger_frame, success_frame};
use super::shrink::smallest;
use super::subject::Subject;

/// How much is tried.
#[derive(Debug, Clone, Copy)]
pub struct Amount {
    /// The first catalog's seed; the next has the next number.
    pub seed: u64,
    /// How many catalogs.
    pub catalogs: u64,
}

impl Amount {
    /// What the environment asks for: `RANDOM_CATALOGS`, and `RANDOM_SEED`. The seed is always the
    /// same unless another is given, so that a run fails by what has changed and not by chance.
    ///
    /// # Panics
    /// Where one of them is no number.
    pub fn of_environment(catalogs: u64) -> Self {
        let number = |name: &str| {
            let text = std::env::var(name).ok()?;
            Some(text.parse().unwrap_or_else(|_| panic!("{name}={text} is no number")))
        };
        Self {
            seed: number("RANDOM_SEED").unwrap_or(1),
            catalogs: number("RANDOM_CATALOGS").unwrap_or(catalogs),
        }
    }
}

/// What was found.
#[derive(Debug, Default)]
pub struct Report {
    /// The catalogs that were tried.
    pub catalogs: u64,
    /// The catalogs that the rules refused, by what they said.
    pub refused: BTreeMap<String, u64>,
    /// The frames that were read.
    pub frames: u64,
    /// How often each property did not hold.
    pub broken: BTreeMap<&'static str, u64>,
    /// The first of each, made small.
    pub examples: Vec<String>,
    /// The last catalog of which there is an example of a property.
    last: BTreeMap<&'static str, u64>,
    /// How many examples of a property there are.
    printed: BTreeMap<&'static str, usize>,
}

/// How many failures of a property are made small and printed.
const EXAMPLES: usize = 5;

/// Tries catalogs in Rust, and in the languages of these readers.
pub fn run(amount: Amount, mut readers: Vec<Reader>) -> Report {
    let mut report = Report::default();
    println!("RANDOM_SEED={} RANDOM_CATALOGS={}", amount.seed, amount.catalogs);
    // The others read one catalog while Rust makes the next.
    let mut asked: Option<(u64, Made, Subject, Vec<Check>)> = None;
    for seed in amount.seed..amount.seed + amount.catalogs {
        let random = &mut Random::new(seed);
        let made = catalog(random);
        let subject = Subject::new(&made);
        report.catalogs += 1;
        if let Some(refusal) = subject.refusal() {
            let first = refusal.lines().next().unwrap_or_default();
            let rule: String = first.split('`').step_by(2).collect::<Vec<_>>().join("…");
            *report.refused.entry(rule).or_default() += 1;
            continue;
        }
        if let Err(broken) = unfolds(&made, &subject) {
            report.add(seed, &made, Check::Module, broken, &mut []);
        }
        let nested = Subject::nested(&made);
        let checks = checks(random, &made, &subject);
        for check in &checks {
            report.frames += 1;
            let held =
                nests(&subject, &nested, check).and_then(|()| in_rust(&made, &subject, check));
            if let Err(broken) = held {
                report.add(seed, &made, check.clone(), broken, &mut []);
            }
        }
        // What is broken is made small by asking the readers, so nothing may be left unanswered.
        let answered = |readers: &mut Vec<Reader>,
                        before: Option<(u64, Made, Subject, Vec<Check>)>| {
            let (seed, made, subject, checks) = before?;
            let found = in_all(readers, &made, &subject, &checks);
            (!found.is_empty()).then_some((seed, made, found))
        };
        if readers.is_empty() {
            continue;
        }
        if let Err(error) = ask(&mut readers, &made, &subject, &checks) {
            let broken = Broken { property: "the module can be exported", seen: error };
            report.add(seed, &made, Check::Module, broken, &mut []);
            continue;
        }
        let before = asked.replace((seed, made, subject, checks));
        if let Some(found) = answered(&mut readers, before) {
            let last = answered(&mut readers, asked.take());
            for (seed, made, found) in [Some(found), last].into_iter().flatten() {
                report.add_all(seed, &made, found, &mut readers);
            }
        }
    }
    if let Some((seed, made, subject, checks)) = asked {
        let found = in_all(&mut readers, &made, &subject, &checks);
        report.add_all(seed, &made, found, &mut readers);
    }
    report
}

/// Errors that occur, frames with new codes and with those of successes, and damaged ones.
fn checks(random: &mut Random, made: &Made, subject: &Subject) -> Vec<Check> {
    let mut checks = Vec::new();
    let mut frames = Vec::new();
    let mut others = Vec::new();
    for declared in &made.entries {
        for context in 0..made.contexts.len() {
            let has_message = declared.envelopes.get(context).is_some_and(Option::is_some);
            let delivery = made.contexts[context].delivery(&declared.entry);
            if !has_message && delivery.closing().is_none() {
                continue;
            }
            let mut all = Vec::new();
            for tame in [true, true, false, false, false] {
                let what = occurrence(random, made, declared, context, tame);
                if let Some(sent) = sent(made, subject, &what) {
                    others.extend(sent.frame.as_text().map(str::to_owned));
                    frames.push(sent);
                }
                if tame {
                    let others = [stranger_frame(made, &what), success_frame(made, &what)];
                    frames.extend(others.into_iter().flatten());
                    checks.push(Check::Stranger(what.clone()));
                    checks.push(Check::Success(what.clone()));
                }
                all.push(what.clone());
                checks.push(Check::Occurrence(what));
            }
            checks.push(Check::Apart(all));
        }
    }
    for frame in frames {
        for _ in 0..4 {
            checks.extend(frame.changed(|text| damaged(random, text, &others)).map(Check::Frame));
        }
    }
    for _ in 0..others.len().min(3) {
        let mut batch: Vec<&str> = (0..2).map(|_| random.pick(&others).as_str()).collect();
        batch.insert(1, r#"{"x":1}"#);
        let text = match random.below(4) {
            0 => format!("[{}]", batch.join(",")),
            1 => batch.join("\n"),
            2 => batch.join("\u{1e}") + "\u{1e}",
            _ => batch.concat(),
        };
        checks.push(Check::Batch(text));
    }
    for code in [1000, 1005, 1006, 4000, 4001, 4999] {
        for reason in ["", "bye", "no "] {
            checks.push(Check::Close(code, reason.to_owned()));
        }
    }
    checks
}

impl Report {
    fn add_all(
        &mut self,
        seed: u64,
        made: &Made,
        found: Vec<(Check, Broken)>,
        readers: &mut [Reader],
    ) {
        for (check, broken) in found {
            self.add(seed, made, check, broken, readers);
        }
    }

    fn add(
        &mut self,
        seed: u64,
        made: &Made,
        check: Check,
        broken: Broken,
        readers: &mut [Reader],
    ) {
        let count = self.broken.entry(broken.property).or_default();
        *count += 1;
        let printed = self.printed.entry(broken.property).or_default();
        if *printed >= EXAMPLES || self.last.insert(broken.property, seed) == Some(seed) {
            return;
        }
        *printed += 1;
        let property = broken.property;
        let mut seen = broken.seen;
        let (made, check) =
            smallest(made.clone(), check, |made, check| match holds(made, check, readers) {
                Err(broken) if broken.property == property => {
                    seen = broken.seen;
                    true
                }
                _ => false,
            });
        let mut text = format!("{property} (RANDOM_SEED={seed} RANDOM_CATALOGS=1)\n");
        let _ = writeln!(text, "{}\n{}\n{seen}", as_enum(&made), as_input(&made, &check));
        println!("{text}");
        self.examples.push(text);
    }

    /// What was tried, and what was found.
    pub fn summary(&self) -> String {
        let refused: u64 = self.refused.values().sum();
        let mut out = format!(
            "{} catalogs, {refused} of them refused; {} frames and closes",
            self.catalogs, self.frames
        );
        for (rule, count) in &self.refused {
            let _ = write!(out, "\n  refused {count}: {rule}");
        }
        for (property, count) in &self.broken {
            let _ = write!(out, "\n  BROKEN {count}: {property}");
        }
        out
    }
}
