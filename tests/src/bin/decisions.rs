//! Whether Rust decides as the client in TypeScript does: `node tests/python/decisions.mjs | decisions`.
//!
//! It goes through what `decisions.mjs` prints, and leaves out what no enum can say: a policy whose
//! defaults are others, an attempt before the first, a wait that is no number.

use std::io::{self, BufRead};
use std::process::ExitCode;
use std::time::Duration;

use serde::Deserialize;
use ws_errors::catalog::{Decision, Jitter, Retry, RetryKind, TimeUnit, Wait};

/// The fewest decisions that are worth the name of a test.
const FEWEST: usize = 1_000;

/// A wait that differs by less is the same: a double counts milliseconds there, and nanoseconds here.
const EXACT: f64 = 1e-6;

#[derive(Deserialize)]
struct Row {
    policy: Policy,
    attempt: i64,
    hint: Option<serde_json::Value>,
    randoms: [f64; 2],
    said: Said,
}

#[derive(Deserialize)]
struct Policy {
    retry: String,
    attempts: Option<u32>,
    jitter: Option<serde_json::Value>,
    spread: Option<u64>,
    wait: Option<u64>,
    unit: Option<u32>,
    base: Option<u64>,
    max: Option<u64>,
    action: Option<String>,
    otherwise: Option<String>,
}

#[derive(Deserialize)]
struct Said {
    next: String,
    ms: Option<f64>,
    action: Option<String>,
    otherwise: Option<String>,
}

impl Policy {
    fn unit(&self) -> TimeUnit {
        if self.unit == Some(1000) { TimeUnit::Seconds } else { TimeUnit::Milliseconds }
    }

    /// The policy as an enum says it; `None` where none can.
    fn retry(&self) -> Option<Retry> {
        let wait = |milliseconds: Option<u64>| milliseconds.map(Duration::from_millis);
        let after = Wait { field: Some("wait"), fixed: wait(self.wait), unit: self.unit() };
        let kind = match self.retry.as_str() {
            "never" => RetryKind::Never,
            "never_on_connection" => RetryKind::NeverOnConnection,
            // The waits of `now` are fixed.
            "now" if self.base.is_none() && self.max.is_none() => RetryKind::Now,
            "after" if self.base.is_none() && self.max.is_none() => RetryKind::After(after),
            "backoff" => {
                let (base, max) = (self.base.filter(|ms| *ms > 0)?, self.max.filter(|ms| *ms > 0)?);
                RetryKind::Backoff {
                    base: Duration::from_millis(base),
                    max: Duration::from_millis(max),
                }
            }
            "when" if self.action.as_deref() == Some("refresh") => RetryKind::When {
                action: "refresh",
                otherwise: self.otherwise.as_ref().map(|_| "sign_in"),
            },
            "leave" => RetryKind::Leave { code: 1000, reason: "" },
            _ => return None,
        };
        if self.otherwise.is_some() && !matches!(kind, RetryKind::When { .. }) {
            return None;
        }
        let jitter = match &self.jitter {
            None => Jitter::Full,
            Some(jitter) => match jitter.as_u64() {
                Some(most) => Jitter::Add(Duration::from_millis(most)),
                None => Jitter::None,
            },
        };
        Some(Retry { kind, attempts: self.attempts, jitter, spread: wait(self.spread) })
    }
}

impl Said {
    fn is(&self, decision: Decision) -> bool {
        match decision {
            Decision::Stop { .. } => self.next == "stop",
            Decision::Wait(wait) => {
                let milliseconds = wait.as_secs_f64() * 1000.0;
                let is_same = |ms: f64| (ms - milliseconds).abs() <= EXACT * ms.max(1.0);
                self.next == "wait" && self.ms.is_some_and(is_same)
            }
            Decision::Act { action, otherwise } => {
                self.next == "act"
                    && self.action.as_deref() == Some(action)
                    && self.otherwise.as_deref() == otherwise
            }
        }
    }
}

fn main() -> ExitCode {
    let (mut decided, mut different) = (0, 0);
    for line in io::stdin().lock().lines().map_while(Result::ok) {
        // The other rows are codes that nobody declared, and fleets.
        let Ok(row) = serde_json::from_str::<Row>(&line) else { continue };
        let (Some(retry), Ok(attempt)) = (row.policy.retry(), u32::try_from(row.attempt)) else {
            continue;
        };
        let asked = match &row.hint {
            None => None,
            Some(hint) => match hint.as_f64() {
                Some(hint) => {
                    Wait { field: None, fixed: None, unit: row.policy.unit() }.stated(hint)
                }
                // A text may be a number to JavaScript.
                None => continue,
            },
        };
        let mut randoms = row.randoms.into_iter();
        let decision = retry.decide_by(attempt, asked, || randoms.next().unwrap_or_default());
        decided += 1;
        if !row.said.is(decision) {
            different += 1;
            println!("{line}\n  Rust: {decision:?}");
        }
    }
    println!("{decided} decisions, {different} of them different");
    if different == 0 && decided >= FEWEST { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
