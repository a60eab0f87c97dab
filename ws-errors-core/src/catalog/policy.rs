//! What a client does after an entry, and after a code that nobody declared. The documents, the
//! decoder and the generated clients all ask here.

use std::time::Duration;

use super::{
    Catalog, Code, Delivery, Entry, Jitter, Policies, PolicyRange, Retry, RetryKind, TimeUnit, Wait,
};

/// The policies for codes that nobody declared: the first range that holds a code counts.
#[derive(Debug, Clone)]
pub struct Undeclared<'c> {
    /// The ranges, in their order.
    pub ranges: Vec<&'c PolicyRange>,
    /// For a code in none of them.
    pub unknown: &'c Retry,
}

impl<'c> Undeclared<'c> {
    /// What to do about a code that nobody declared.
    pub fn of(&self, code: i64) -> &'c Retry {
        let range = self.ranges.iter().find(|range| range.holds(code));
        range.map_or(self.unknown, |range| &range.retry)
    }
}

impl PolicyRange {
    const fn holds(&self, code: i64) -> bool {
        self.first <= code && code <= self.last
    }
}

/// The close code of a connection that broke, or was not made
/// ([RFC 6455, section 7.1.5](https://www.rfc-editor.org/rfc/rfc6455#section-7.1.5)).
const LOST: u16 = 1006;

/// What a fleet does after the closes that all of its clients see at the same moment. It holds where
/// a catalog says nothing about these codes.
static FLEET: [PolicyRange; 3] = [
    // Whatever broke one connection broke all of them.
    only(
        1006,
        Retry::new(RetryKind::Backoff {
            base: Duration::from_secs(5),
            max: Duration::from_secs(30),
        }),
    ),
    // The server restarts ("service restart" in the registry of close codes asks for 5 to 30 s).
    only(
        1012,
        Retry {
            spread: Some(Duration::from_secs(25)),
            ..Retry::new(RetryKind::After(Wait {
                field: None,
                fixed: Some(Duration::from_secs(5)),
                unit: TimeUnit::Milliseconds,
            }))
        },
    ),
    // The server has too much to do.
    only(
        1013,
        Retry {
            jitter: Jitter::Add(Duration::from_secs(90)),
            ..Retry::new(RetryKind::Backoff {
                base: Duration::from_secs(30),
                max: Duration::from_secs(300),
            })
        },
    ),
];

/// What `now` does from the second time on: the first and the longest wait.
pub const NOW_AGAIN: (Duration, Duration) = (Duration::from_secs(1), Duration::from_secs(30));

const fn only(code: i64, retry: Retry) -> PolicyRange {
    PolicyRange { first: code, last: code, retry }
}

impl Catalog {
    /// The policy of an entry that states none: the default of all entries, but on what ends the
    /// connection the range that is declared for its close code is nearer. Where there is neither,
    /// `never` on a message, and `unknown` on what ends the connection.
    pub fn unsaid_retry(&self, delivery: &Delivery, default: Option<Retry>) -> Retry {
        let code = delivery.close_code().map(i64::from);
        let in_range = |code| self.closes.ranges.iter().any(|range| range.holds(code));
        match (delivery, default) {
            (_, Some(retry)) if !code.is_some_and(in_range) => retry,
            (Delivery::Soft, _) => Retry::new(RetryKind::Never),
            _ => Retry::new(RetryKind::Unknown),
        }
    }

    /// What a client may do after this entry: its own policy, or, where it says `unknown`, the one
    /// that its code would have if nobody had declared it.
    pub fn retry<'c>(&'c self, entry: &'c Entry) -> &'c Retry {
        if entry.retry.kind != RetryKind::Unknown {
            return &entry.retry;
        }
        if !matches!(entry.delivery, Delivery::Soft) {
            let closes = self.undeclared_closes();
            return match entry.delivery.close_code() {
                Some(code) => closes.of(code.into()),
                None => closes.unknown,
            };
        }
        let codes = self.undeclared_codes();
        match entry.code {
            Code::Number(code) => codes.of(code),
            // A number may stand there as its digits.
            _ => match entry.code_text().and_then(|code| code.parse().ok()) {
                Some(code) => codes.of(code),
                None => codes.unknown,
            },
        }
    }

    /// What a client does about close codes that nobody declared: the declared ranges, then, where
    /// the catalog states nothing for all others, what fleets do after 1006, 1012 and 1013, and a
    /// back-off.
    pub fn undeclared_closes(&self) -> Undeclared<'_> {
        let Policies { ranges, unknown, is_stated } = &self.closes;
        let mut ranges: Vec<&PolicyRange> = ranges.iter().collect();
        if *is_stated {
            return Undeclared { ranges, unknown };
        }
        let is_open = |fleet: &&PolicyRange| {
            let held = self.closes.ranges.iter().any(|one| one.holds(fleet.first));
            let declared = self.entries.iter().any(|entry| {
                entry.delivery.close_code().map(i64::from) == Some(fleet.first)
                    && entry.retry.kind != RetryKind::Unknown
            });
            !held && !declared
        };
        ranges.extend(FLEET.iter().filter(is_open));
        Undeclared { ranges, unknown }
    }

    /// What a client does where it knows no more than that the connection broke or was not made
    /// (1006): as the entry says that declares this close code, or as for one that nobody declared.
    pub fn retry_lost(&self) -> &Retry {
        match self.entries.iter().find(|entry| entry.delivery.close_code() == Some(LOST)) {
            Some(entry) => self.retry(entry),
            None => self.undeclared_closes().of(LOST.into()),
        }
    }

    /// What a client does about the codes of messages that nobody declared.
    pub fn undeclared_codes(&self) -> Undeclared<'_> {
        let Policies { ranges, unknown, .. } = &self.codes;
        Undeclared { ranges: ranges.iter().collect(), unknown }
    }
}
