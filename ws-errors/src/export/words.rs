//! Policies in words, for docs and the command line.

use std::time::Duration;

use crate::catalog::{Delivery, Jitter, NOW_AGAIN, Retry, RetryKind, Wait};

/// How a name is set off from the words around it: backticks in a terminal, a code span in Markdown.
pub type Quote = fn(&str) -> String;

/// Backticks, for plain text.
pub fn backticks(name: &str) -> String {
    format!("`{name}`")
}

/// "a", "a or b", "a, b or c".
pub(crate) fn list(mut words: Vec<String>, conjunction: &str) -> Option<String> {
    let last = words.pop()?;
    if words.is_empty() {
        return Some(last);
    }
    Some(format!("{} {conjunction} {last}", words.join(", ")))
}

/// A policy as a phrase: "never", "back off from 500 ms to 30 s, at most 5 times".
///
/// ```
/// use ws_errors::catalog::{Retry, RetryKind};
/// use ws_errors::export::words::{backticks, retry};
///
/// let policy = Retry {
///     attempts: Some(3),
///     ..Retry::new(RetryKind::When { action: "refresh_token", otherwise: None })
/// };
/// assert_eq!(retry(&policy, backticks), "after `refresh_token`, at most 3 times");
/// ```
pub fn retry(retry: &Retry, quote: Quote) -> String {
    match retry.kind {
        RetryKind::Never => "never".to_owned(),
        RetryKind::NeverOnConnection => "never on this connection".to_owned(),
        RetryKind::Now => {
            let (base, max) = NOW_AGAIN;
            let (base, max) = (duration(base), duration(max));
            format!("at once, then back off from {base} to {max}{}", conditions(retry))
        }
        RetryKind::After(wait) => format!("{}{}", after(wait, quote), conditions(retry)),
        RetryKind::Backoff { base, max } => {
            format!("back off from {} to {}{}", duration(base), duration(max), conditions(retry))
        }
        RetryKind::When { action, otherwise } => {
            let otherwise =
                otherwise.map_or(String::new(), |action| format!(", otherwise {}", quote(action)));
            format!("after {}{}{otherwise}", quote(action), conditions(retry))
        }
        RetryKind::Leave { code, reason } => format!("leave with {}", status(code, reason, quote)),
        RetryKind::Unknown => "as for an undeclared code".to_owned(),
    }
}

/// What a client should do, as a sentence that starts with the verb.
///
/// On a soft error the policy speaks of the operation that failed; on anything that ends the
/// connection, of connecting again.
pub fn instruction(retry: &Retry, delivery: &Delivery, quote: Quote) -> String {
    let soft = matches!(delivery, Delivery::Soft);
    let again = if soft { "Try again" } else { "Connect again" };
    let rest = conditions(retry);
    match retry.kind {
        RetryKind::Never if soft => "Do not try again: it would fail again.".to_owned(),
        RetryKind::Never => "Do not connect again.".to_owned(),
        RetryKind::NeverOnConnection if soft => {
            "Do not try again on this connection; on another one it may work.".to_owned()
        }
        RetryKind::NeverOnConnection => "Do not connect again in the same way.".to_owned(),
        RetryKind::Now => {
            let (base, max) = NOW_AGAIN;
            let (base, max) = (duration(base), duration(max));
            format!("{again} at once, and then with a growing wait, from {base} up to {max}{rest}.")
        }
        RetryKind::After(wait) => format!("{again} {}{rest}.", after(wait, quote)),
        RetryKind::Backoff { base, max } => format!(
            "{again} with a growing wait, from {} up to {}{rest}.",
            duration(base),
            duration(max)
        ),
        RetryKind::When { action, otherwise } => {
            let again = if soft { "try again" } else { "connect again" };
            let otherwise = otherwise.map_or(String::new(), |action| {
                format!(" Where that does not help, {}.", quote(action))
            });
            format!("First {}, then {again}{rest}.{otherwise}", quote(action))
        }
        RetryKind::Leave { code, reason } => format!(
            "Close the connection with {}, and do not connect again.",
            status(code, reason, quote)
        ),
        RetryKind::Unknown => "Treat it as a code that is not declared.".to_owned(),
    }
}

/// What limits a policy: how the wait varies, and how often.
fn conditions(retry: &Retry) -> String {
    let mut words = String::new();
    if matches!(retry.kind, RetryKind::After(_) | RetryKind::Backoff { .. }) {
        match retry.jitter {
            Jitter::Full => {}
            Jitter::None => words.push_str(", without jitter"),
            Jitter::Add(most) => words.push_str(&format!(", plus up to {}", duration(most))),
        }
    }
    if let Some(window) = retry.spread {
        words.push_str(&format!(", at a random moment within {}", duration(window)));
    }
    match retry.attempts {
        None => {}
        Some(0) => words.push_str(", but never of itself"),
        Some(1) => words.push_str(", at most once"),
        Some(2) => words.push_str(", at most twice"),
        Some(attempts) => words.push_str(&format!(", at most {attempts} times")),
    }
    words
}

fn after(wait: Wait, quote: Quote) -> String {
    let unit = wait.unit.word();
    match (wait.field, wait.fixed) {
        (Some(field), Some(fixed)) => {
            format!("after {} {unit} ({} where it is absent)", quote(field), duration(fixed))
        }
        (Some(field), None) => format!("after {} {unit}", quote(field)),
        (None, Some(fixed)) => format!("after {}", duration(fixed)),
        (None, None) => "at once".to_owned(),
    }
}

/// What reaches the client, by the attribute's word for the delivery.
pub(crate) fn delivery(word: &str) -> Option<&'static str> {
    Some(match word {
        "soft" => "a message",
        "close" => "a close frame",
        "soft_then_close" => "a message and then a close frame",
        "observed" => "never sent by the server",
        "rejected" => "a refusal of the handshake",
        _ => return None,
    })
}

/// A close code and its reason: "4001 `invalid_token`".
pub fn status(code: u16, reason: &str, quote: Quote) -> String {
    if reason.is_empty() { code.to_string() } else { format!("{code} {}", quote(reason)) }
}

/// A duration in the largest unit that needs no more than one decimal: "500 ms", "1.5 s", "2 min".
pub fn duration(duration: Duration) -> String {
    let millis = duration.as_millis();
    if !duration.as_nanos().is_multiple_of(1_000_000) {
        format!("{duration:?}")
    } else if millis >= 7_200_000 && millis.is_multiple_of(3_600_000) {
        format!("{} h", millis / 3_600_000)
    } else if millis >= 120_000 && millis.is_multiple_of(60_000) {
        format!("{} min", millis / 60_000)
    } else if millis >= 1_000 && millis.is_multiple_of(1_000) {
        format!("{} s", millis / 1_000)
    } else if millis >= 1_000 && millis.is_multiple_of(100) {
        format!("{}.{} s", millis / 1_000, millis % 1_000 / 100)
    } else {
        format!("{millis} ms")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::TimeUnit;

    const SECOND: Duration = Duration::from_secs(1);
    const BACKOFF: RetryKind = RetryKind::Backoff { base: SECOND, max: Duration::from_secs(30) };

    #[test]
    fn every_policy_has_words() {
        let wait =
            |field, fixed| RetryKind::After(Wait { field, fixed, unit: TimeUnit::Milliseconds });
        for (policy, words) in [
            (Retry::new(RetryKind::Never), "never"),
            (Retry::new(RetryKind::NeverOnConnection), "never on this connection"),
            (Retry::new(RetryKind::Now), "at once, then back off from 1 s to 30 s"),
            (Retry::new(wait(None, Some(SECOND * 30))), "after 30 s"),
            (Retry::new(wait(Some("retry_after"), None)), "after `retry_after` milliseconds"),
            (
                Retry::new(wait(Some("retry_after"), Some(SECOND))),
                "after `retry_after` milliseconds (1 s where it is absent)",
            ),
            (Retry::new(BACKOFF), "back off from 1 s to 30 s"),
            (
                Retry { attempts: Some(10), jitter: Jitter::Add(SECOND), ..Retry::new(BACKOFF) },
                "back off from 1 s to 30 s, plus up to 1 s, at most 10 times",
            ),
            (
                Retry { jitter: Jitter::None, spread: Some(SECOND * 60), ..Retry::new(BACKOFF) },
                "back off from 1 s to 30 s, without jitter, at a random moment within 60 s",
            ),
            (
                Retry {
                    attempts: Some(3),
                    ..Retry::new(RetryKind::When {
                        action: "refresh_token",
                        otherwise: Some("log_in"),
                    })
                },
                "after `refresh_token`, at most 3 times, otherwise `log_in`",
            ),
            (
                Retry::new(RetryKind::Leave { code: 1000, reason: "Document deleted" }),
                "leave with 1000 `Document deleted`",
            ),
            (Retry::new(RetryKind::Unknown), "as for an undeclared code"),
        ] {
            assert_eq!(retry(&policy, backticks), words);
        }
    }

    #[test]
    fn an_instruction_speaks_of_the_operation_or_of_connecting() {
        let lost = Delivery::Observed { code: Some(1006), reason: crate::catalog::Text::EMPTY };
        let retry = Retry { attempts: Some(2), ..Retry::new(BACKOFF) };
        assert_eq!(
            instruction(&retry, &Delivery::Soft, backticks),
            "Try again with a growing wait, from 1 s up to 30 s, at most twice."
        );
        assert_eq!(
            instruction(&retry, &lost, backticks),
            "Connect again with a growing wait, from 1 s up to 30 s, at most twice."
        );
        let action = RetryKind::When { action: "refresh_token", otherwise: Some("log_in") };
        assert_eq!(
            instruction(&Retry { attempts: Some(3), ..Retry::new(action) }, &lost, backticks),
            "First `refresh_token`, then connect again, at most 3 times. Where that does not help, `log_in`."
        );
    }

    #[test]
    fn durations_have_the_unit_that_people_would_use() {
        for (millis, words) in [
            (0, "0 ms"),
            (500, "500 ms"),
            (1_000, "1 s"),
            (1_500, "1.5 s"),
            (1_234, "1234 ms"),
            (60_000, "60 s"),
            (90_000, "90 s"),
            (300_000, "5 min"),
            (7_200_000, "2 h"),
        ] {
            assert_eq!(duration(Duration::from_millis(millis)), words);
        }
        assert_eq!(duration(Duration::from_micros(1)), "1µs");
    }
}
