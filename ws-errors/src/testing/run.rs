//! Runs the scenarios.

use std::time::{Duration, Instant};

use super::connection::{Call, Due, Failed, converse, cut};
use super::judgement::{Closes, Expected, Judge};
use super::report::{Finding, Outcome, Report, Tried};
use super::scenario::{EXPIRED_TOKEN, Scenario};
use super::seen::{End, Seen};
use super::{Test, TestError};
use crate::catalog::{Catalog, Entry};
use crate::find;

/// How often an entry is provoked that closes: a last word that is lost is rarely lost each time.
const TIMES: u32 = 50;

/// How long a client has not read yet that is slow to read: every fifth is.
const SLOW: Duration = Duration::from_millis(100);

impl Test {
    /// Runs all scenarios, one after the other.
    ///
    /// It takes a runtime of tokio with its I/O and its timers.
    ///
    /// # Errors
    /// Returns why nothing could be tried: there is no server, or the catalog has no such error.
    pub async fn run(&self) -> Result<Report, TestError> {
        let judge = Judge::new(self.catalog, self.scenarios.other_texts);
        let expected = self.scenarios.all.iter().map(|scenario| expected(self.catalog, scenario));
        let expected: Vec<Expected> = expected.collect::<Result<_, _>>()?;
        let mut scenarios: Vec<Tried> = Vec::new();
        for (scenario, expected) in self.scenarios.all.iter().zip(expected) {
            let is_first = scenarios.iter().all(|tried| tried.connections == 0);
            scenarios.push(self.scenario(&judge, scenario, expected, is_first).await?);
        }
        Ok(Report { catalog: self.catalog, url: self.url.clone(), scenarios })
    }

    async fn scenario(
        &self,
        judge: &Judge,
        scenario: &Scenario,
        expected: Expected,
        is_first: bool,
    ) -> Result<Tried, TestError> {
        let mut tried = Tried::new(&scenario.name);
        if scenario.name == EXPIRED_TOKEN && self.scenarios.token_of(scenario).is_none() {
            tried.left_out = Some("no expired token is given".to_owned());
            return Ok(tried);
        }
        let started = Instant::now();
        let mut run = Run { test: self, judge, scenario, expected, tried };
        if let Err(failed) = run.all().await {
            match failed {
                Failed::Call(what) => return Err(TestError(what)),
                Failed::Connecting(what) if is_first && run.tried.connections == 0 => {
                    let url = &self.url;
                    return Err(TestError(format!(
                        "can't connect to {url}: {what}; is the server running?"
                    )));
                }
                Failed::Connecting(what) => {
                    let what = format!("the server accepts no connection any more: {what}");
                    run.tried.add(vec![Finding::fault(run.expected.entry, Outcome::Lost, what)]);
                }
            }
        }
        run.tried.took = started.elapsed();
        Ok(run.tried)
    }
}

fn expected(catalog: &'static Catalog, scenario: &Scenario) -> Result<Expected, TestError> {
    let found = scenario.expect.as_deref().map(|key| find::one(&[catalog], key));
    Ok(Expected {
        entry: found.transpose().map_err(TestError)?.map(|(_, entry)| entry),
        fields: scenario.fields.clone(),
        context: scenario.context.clone(),
        closes: scenario.closes,
    })
}

/// A scenario that is being tried.
struct Run<'a> {
    test: &'a Test,
    judge: &'a Judge,
    scenario: &'a Scenario,
    expected: Expected,
    tried: Tried,
}

impl Run<'_> {
    async fn all(&mut self) -> Result<(), Failed> {
        let mut call = self.call();
        if self.scenario.is_cut {
            for in_a_message in [false, true] {
                cut(&call, in_a_message).await?;
                self.tried.connections += 1;
            }
        }
        let seen = self.once(&call).await?;
        if !self.has_to_be_repeated(&seen) {
            return Ok(());
        }
        for time in 1..TIMES {
            call.keeps_sending = Some(if time % 5 == 0 { SLOW } else { Duration::ZERO });
            // One that waited for as long as it had to would wait as long each time.
            if self.once(&call).await?.end == End::Open {
                break;
            }
        }
        Ok(())
    }

    fn call(&self) -> Call {
        let Test { url, scenarios, wait, .. } = self.test;
        Call {
            url: scenarios.url_of(self.scenario, url),
            headers: scenarios.headers_of(self.scenario),
            messages: scenarios.messages_of(self.scenario),
            wait: *wait,
            keeps_sending: None,
        }
    }

    async fn once(&mut self, call: &Call) -> Result<Seen, Failed> {
        let Self { judge, expected, .. } = self;
        let is_expected =
            |entry: &Entry| expected.entry.is_none_or(|expected| expected.name == entry.name);
        let mut due = |frame: &crate::Frame| match judge.error(frame, expected.entry) {
            Some(error) if is_expected(error.entry) => match judge.last(&error).has_to_close() {
                true => Due::Close,
                false => Due::Nothing,
            },
            None if expected.entry.is_none() && judge.is_error(frame) => Due::Nothing,
            _ => Due::AsBefore,
        };
        let ends = matches!(expected.closes, Some(Closes::Always | Closes::With(_)));
        let seen = converse(call, expected.entry.is_some() || ends, &mut due).await?;
        self.tried.connections += 1;
        self.tried.add(judge.judge(&seen, expected));
        Ok(seen)
    }

    /// Whether what came is an entry that closes.
    fn has_to_be_repeated(&self, seen: &Seen) -> bool {
        let closes = |entry: &Entry| entry.delivery.closing().is_some();
        let of_name = |name: &str| self.judge.catalog.entry(name);
        let found = self.tried.findings.iter().filter_map(|finding| of_name(finding.entry?));
        matches!(seen.end, End::Closed { .. } | End::Broken(_))
            && found.chain(self.expected.entry).any(closes)
    }
}
