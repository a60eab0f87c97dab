//! What a client may do after an error.

use std::time::Duration;

use crate::names::{did_you_mean, list_names};

/// What the client may do next.
///
/// On a soft error it speaks of the operation that failed; on anything that ends the connection,
/// of connecting again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Retry {
    /// Whether and when.
    pub kind: RetryKind,
    /// How often at most; without a bound where there is none.
    pub attempts: Option<u32>,
    /// How a computed wait is made different for each client.
    pub jitter: Jitter,
    /// The window in which a client picks a moment, in addition to the wait.
    pub spread: Option<Duration>,
}

/// The kinds of [`Retry`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RetryKind {
    /// Not at all: it would fail again.
    Never,
    /// Not on this connection; another one may be able to.
    NeverOnConnection,
    /// At once.
    Now,
    /// After a wait.
    After(Wait),
    /// After waits that double from `base` up to `max`.
    Backoff {
        /// The first wait.
        base: Duration,
        /// The longest wait.
        max: Duration,
    },
    /// After something that the application does: refresh a token, re-sync, unsubscribe.
    When {
        /// The action, as the application's handler is named.
        action: &'static str,
        /// What to do when the action fails or its attempts are used up.
        otherwise: Option<&'static str>,
    },
    /// The client closes the connection, and does not come back.
    Leave {
        /// The close code that the client sends.
        code: u16,
        /// The reason that the client sends.
        reason: &'static str,
    },
    /// As for a code that nobody declared: see [`Catalog::closes`](crate::catalog::Catalog::closes).
    Unknown,
}

/// A wait that is fixed, or that the server gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct Wait {
    /// The field of the variant that holds it; `None` where it is fixed.
    pub field: Option<&'static str>,
    /// The fixed wait, or the one to use when the server gives none (or 0).
    pub fixed: Option<Duration>,
    /// The unit in which messages carry it.
    pub unit: TimeUnit,
}

impl Wait {
    /// The wait that a value of the field states; `None` where it states none: 0, or no duration.
    pub fn stated(&self, value: f64) -> Option<Duration> {
        let seconds = value * f64::from(self.unit.milliseconds()) / 1000.0;
        Duration::try_from_secs_f64(seconds).ok().filter(|wait| !wait.is_zero())
    }
}

/// The unit in which messages carry waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum TimeUnit {
    /// Thousandths of a second.
    #[default]
    Milliseconds,
    /// Seconds, perhaps with decimals.
    Seconds,
}

impl TimeUnit {
    const ALL: [Self; 2] = [Self::Milliseconds, Self::Seconds];

    /// The word that the attribute uses for it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Milliseconds => "milliseconds",
            Self::Seconds => "seconds",
        }
    }

    /// The unit with this word.
    ///
    /// # Errors
    /// Says which units there are.
    pub fn named(word: &str) -> Result<Self, String> {
        let words = || Self::ALL.into_iter().map(Self::word);
        let found = Self::ALL.into_iter().find(|unit| unit.word() == word);
        found.ok_or_else(|| {
            let near = did_you_mean(word, words());
            format!("`waits` takes a unit of time{near}\nthere are {}", list_names(words()))
        })
    }

    /// How many milliseconds one of them is.
    pub const fn milliseconds(self) -> u32 {
        match self {
            Self::Milliseconds => 1,
            Self::Seconds => 1000,
        }
    }

    /// A duration as a JSON number of this unit: `30`, `1.5`.
    pub fn number(self, duration: Duration) -> String {
        (duration.as_millis() as f64 / f64::from(self.milliseconds())).to_string()
    }
}

/// How waits are spread over many clients, so that they do not come back all at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum Jitter {
    /// A random part of the wait, after the cap.
    #[default]
    Full,
    /// None: every client waits exactly as long.
    None,
    /// The whole wait, and up to this much more, added after the cap.
    Add(Duration),
}

impl Retry {
    /// Returns whether the client can go on.
    pub const fn is_recoverable(&self) -> bool {
        !matches!(
            self.kind,
            RetryKind::Never | RetryKind::NeverOnConnection | RetryKind::Leave { .. }
        )
    }

    /// A policy with the defaults: no bound on attempts, full jitter, no window.
    pub const fn new(kind: RetryKind) -> Self {
        Self { kind, attempts: None, jitter: Jitter::Full, spread: None }
    }

    /// The wait that a field states; `None` where the policy takes none from it.
    pub fn wait_of(&self, field: &str) -> Option<Wait> {
        match self.kind {
            RetryKind::After(wait) if wait.field == Some(field) => Some(wait),
            _ => None,
        }
    }

    /// The same policy, where messages carry its wait in this unit.
    pub const fn in_unit(mut self, unit: TimeUnit) -> Self {
        if let RetryKind::After(wait) = &mut self.kind {
            wait.unit = unit;
        }
        self
    }

    /// What to do about a close code that nobody declared, where neither the catalog says it nor
    /// [`Catalog::undeclared_closes`](super::Catalog::undeclared_closes): back off from 1 s to 30 s.
    pub const UNDECLARED_CLOSE: Self = Self::new(RetryKind::Backoff {
        base: Duration::from_secs(1),
        max: Duration::from_secs(30),
    });

    /// What to do about a message whose code nobody declared, where the catalog does not say: never.
    pub const UNDECLARED_CODE: Self = Self::new(RetryKind::Never);
}

/// Policies by range, for codes that nobody declared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Policies {
    /// The ranges, in the order of the declaration; the first that holds a code counts.
    pub ranges: &'static [PolicyRange],
    /// For a code in none of them.
    pub unknown: Retry,
    /// Whether the enum states `unknown`, and it is not a default.
    pub is_stated: bool,
}

/// One range of codes and its policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PolicyRange {
    /// The first code of the range.
    pub first: i64,
    /// The last code of the range.
    pub last: i64,
    /// What to do about a code in it.
    pub retry: Retry,
}

impl Policies {
    /// What holds for close codes where the enum says nothing.
    pub const UNDECLARED_CLOSES: Self =
        Self { ranges: &[], unknown: Retry::UNDECLARED_CLOSE, is_stated: false };

    /// What holds for messages' codes where the enum says nothing.
    pub const UNDECLARED_CODES: Self =
        Self { ranges: &[], unknown: Retry::UNDECLARED_CODE, is_stated: false };
}

/// The guards of a client against storms, failures and dead connections.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Guards {
    /// Leaves when errors come too fast.
    pub storm: Option<Storm>,
    /// Stops trying for a while after too many failures.
    pub breaker: Option<Breaker>,
    /// Ends a connection over which nothing comes any more.
    pub liveness: Option<Liveness>,
}

impl Guards {
    /// The client guards itself with nothing.
    pub const NONE: Self = Self { storm: None, breaker: None, liveness: None };
}

/// The storm guard: more than so many errors within a window, and the client leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Storm {
    /// The most errors that are no storm.
    pub more_than: u32,
    /// The window.
    pub within: Duration,
    /// The close code that the client sends.
    pub code: u16,
    /// The reason that the client sends.
    pub reason: &'static str,
}

/// The circuit breaker: after so many failures in a row nothing is tried for a while.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Breaker {
    /// The failures in a row that open it.
    pub open_after: u32,
    /// How long it stays open before one attempt is let through.
    pub half_open_after: Duration,
}

/// What a client does about a connection over which nothing comes any more, although nobody closed it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Liveness {
    /// How long the server may be silent. Then it is asked, or without a ping the connection ended.
    pub idle: Duration,
    /// The text of the message that the server answers. A browser has no protocol pings of its own
    /// (RFC 6455, section 5.5.2).
    pub ping: Option<&'static str>,
    /// The text of the answer, where it is nothing else.
    pub pong: Option<&'static str>,
    /// How long the answer may take.
    pub within: Duration,
    /// The close code that the client ends the connection with; what it sees is 1006 otherwise.
    pub code: Option<u16>,
    /// The reason that the client sends.
    pub reason: &'static str,
}

impl Liveness {
    /// What holds where nothing is said.
    pub const BLANK: Self = Self {
        idle: Duration::from_secs(30),
        ping: None,
        pong: None,
        within: Duration::from_secs(10),
        code: None,
        reason: "",
    };
}
