//! What a client does next, decided from a policy and nothing else: the clients in TypeScript and in
//! Python decide the same, by the same numbers.

use std::hash::{BuildHasher as _, RandomState};
use std::time::Duration;

use super::{Jitter, NOW_AGAIN, Retry, RetryKind};

/// The decision of a client on what it does next.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Decision {
    /// It stops trying.
    Stop {
        /// The close code and the reason that it sends, where it leaves.
        leave: Option<(u16, &'static str)>,
    },
    /// It waits, and tries again.
    Wait(Duration),
    /// The application does something first.
    Act {
        /// What, as its handler is named.
        action: &'static str,
        /// What it does where that fails.
        otherwise: Option<&'static str>,
    },
}

/// A server that asks for more than a day is not believed.
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// The most doublings: beyond, no wait is any longer.
const MOST_DOUBLINGS: u32 = 1000;

impl Retry {
    /// What to do after an error or a close, by chance as the policy says.
    ///
    /// `attempt` is how often it was tried since it last went well, 0 at first; `asked` is the wait that
    /// the server asks for, where it does.
    ///
    /// What is [`Unknown`](RetryKind::Unknown) here is decided by the catalog: ask
    /// [`Catalog::retry`](super::Catalog::retry) first.
    ///
    /// ```
    /// use std::time::Duration;
    /// use ws_errors_core::catalog::{Decision, Retry, RetryKind};
    ///
    /// let retry = Retry::new(RetryKind::When { action: "refresh_token", otherwise: None });
    /// assert_eq!(
    ///     retry.decide(0, None),
    ///     Decision::Act { action: "refresh_token", otherwise: None },
    /// );
    /// ```
    pub fn decide(&self, attempt: u32, asked: Option<Duration>) -> Decision {
        self.decide_by(attempt, asked, chance())
    }

    /// The same by these numbers, from 0 up to 1: for tests, and to simulate a fleet.
    ///
    /// ```
    /// use std::time::Duration;
    /// use ws_errors_core::catalog::{Decision, Retry, RetryKind};
    ///
    /// let retry = Retry::new(RetryKind::Backoff {
    ///     base: Duration::from_secs(1),
    ///     max: Duration::from_secs(30),
    /// });
    /// let decide = |attempt| retry.decide_by(attempt, None, || 0.5);
    /// assert_eq!(decide(0), Decision::Wait(Duration::from_millis(500)));
    /// assert_eq!(decide(2), Decision::Wait(Duration::from_secs(2)));
    /// assert_eq!(decide(9), Decision::Wait(Duration::from_secs(15)));
    /// ```
    pub fn decide_by(
        &self,
        attempt: u32,
        asked: Option<Duration>,
        mut random: impl FnMut() -> f64,
    ) -> Decision {
        match self.kind {
            RetryKind::Leave { code, reason } => {
                return Decision::Stop { leave: Some((code, reason)) };
            }
            RetryKind::Never | RetryKind::NeverOnConnection | RetryKind::Unknown => {
                return Decision::Stop { leave: None };
            }
            RetryKind::When { otherwise, .. } if self.is_used_up(attempt) => {
                return match otherwise {
                    Some(action) => Decision::Act { action, otherwise: None },
                    None => Decision::Stop { leave: None },
                };
            }
            _ if self.is_used_up(attempt) => return Decision::Stop { leave: None },
            RetryKind::When { action, otherwise } => return Decision::Act { action, otherwise },
            RetryKind::Now | RetryKind::After(_) | RetryKind::Backoff { .. } => {}
        }
        let floor = asked.filter(|asked| !asked.is_zero() && *asked <= DAY).or(match self.kind {
            RetryKind::After(wait) => wait.fixed.filter(|fixed| !fixed.is_zero()),
            _ => None,
        });
        let floor = floor.map(milliseconds);
        let spread = milliseconds(self.spread.unwrap_or_default());
        // At once, but not again and again.
        let (doublings, (base, max)) = match self.kind {
            RetryKind::Backoff { base, max } => (Some(attempt), (base, max)),
            RetryKind::Now => (attempt.checked_sub(1), NOW_AGAIN),
            _ => (Some(attempt), NOW_AGAIN),
        };
        let whole = floor.unwrap_or(match doublings {
            None => 0.0,
            Some(doublings) => {
                let doubled = 2f64.powi(doublings.min(MOST_DOUBLINGS).cast_signed());
                (milliseconds(base) * doubled).min(milliseconds(max.max(base)))
            }
        });
        let waits = match self.jitter {
            Jitter::None => whole + random() * 0.0,
            Jitter::Add(most) => whole + random() * milliseconds(most),
            Jitter::Full if floor.is_none() => random() * whole,
            // A floor, that is stretched and never shortened; a window makes the difference by itself.
            Jitter::Full if spread > 0.0 => whole,
            Jitter::Full => whole * (1.0 + random()),
        };
        let waits = waits + random() * spread;
        Decision::Wait(Duration::try_from_secs_f64(waits / 1000.0).unwrap_or(Duration::MAX))
    }

    /// How long to wait before trying again, by chance as the policy says; `None` where a client does
    /// not try again, or the application has to do something first: [`decide`](Self::decide) says which.
    ///
    /// `attempt` is how often it was tried since it last went well, 0 at first.
    ///
    /// ```
    /// use ws_errors_core::catalog::{Retry, RetryKind};
    ///
    /// assert!(Retry::UNDECLARED_CLOSE.delay(0).is_some_and(|delay| delay.as_secs() < 1));
    /// assert_eq!(Retry::new(RetryKind::Never).delay(0), None);
    /// ```
    pub fn delay(&self, attempt: u32) -> Option<Duration> {
        match self.decide(attempt, None) {
            Decision::Wait(delay) => Some(delay),
            Decision::Stop { .. } | Decision::Act { .. } => None,
        }
    }

    fn is_used_up(&self, attempt: u32) -> bool {
        self.attempts.is_some_and(|attempts| attempt >= attempts)
    }
}

fn milliseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}

/// Numbers from 0 up to 1, by the seed that the standard library draws for each of its maps.
fn chance() -> impl FnMut() -> f64 {
    let (state, mut drawn) = (RandomState::new(), 0u32);
    move || {
        drawn += 1;
        // A double holds 53 bits, and its numbers below 1 are exact.
        (state.hash_one(drawn) >> 11) as f64 / (1u64 << 53) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{TimeUnit, Wait};

    #[test]
    fn a_delay_is_drawn_anew_each_time_and_lies_within_the_policy() {
        let delays: Vec<Duration> =
            (0..100).filter_map(|_| Retry::UNDECLARED_CLOSE.delay(3)).collect();
        assert_eq!(delays.len(), 100);
        assert!(delays.iter().all(|delay| *delay < Duration::from_secs(8)));
        assert!(delays.iter().any(|delay| *delay != delays[0]));
    }

    #[test]
    fn what_the_server_asks_for_is_a_floor() {
        let fixed = Some(Duration::from_secs(1));
        let wait = Wait { field: Some("retry_after"), fixed, unit: TimeUnit::Milliseconds };
        let retry = Retry { jitter: Jitter::None, ..Retry::new(RetryKind::After(wait)) };
        let decide = |asked| retry.decide_by(0, asked, || 0.5);
        let seconds = |seconds| Some(Duration::from_secs(seconds));
        assert_eq!(decide(seconds(5)), Decision::Wait(Duration::from_secs(5)));
        for none in [None, seconds(0), seconds(24 * 60 * 60 + 1)] {
            assert_eq!(decide(none), Decision::Wait(Duration::from_secs(1)), "{none:?}");
        }
    }

    #[test]
    fn attempts_that_are_used_up_end_it_or_lead_to_what_is_done_otherwise() {
        let when = RetryKind::When { action: "refresh_token", otherwise: Some("sign_in") };
        let retry = Retry { attempts: Some(2), ..Retry::new(when) };
        let decide = |attempt| retry.decide(attempt, None);
        let act = |action, otherwise| Decision::Act { action, otherwise };
        assert_eq!(decide(1), act("refresh_token", Some("sign_in")));
        assert_eq!(decide(2), act("sign_in", None));
        let now = Retry { attempts: Some(2), ..Retry::new(RetryKind::Now) };
        assert_eq!(now.delay(0), Some(Duration::ZERO));
        assert_eq!(now.delay(2), None);
    }
}
