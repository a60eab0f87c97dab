//! What holds for a whole catalog: policies for undeclared codes, guards, retired codes.

use super::{Page, text};
use crate::catalog::{Catalog, Code, RetiredCode, Undeclared};
use crate::export::visible::visible_entries;
use crate::export::words::{duration, retry, status};

/// What to do about a code that is not on the page.
pub(super) fn undeclared(catalog: &'static Catalog, page: &mut Page) {
    page.block(
        "A server may be newer than this page. What a client does about a code that is not on it:",
    );
    let mut table = text::head(&["Code", "Retry"]);
    rows(&mut table, "close code", &catalog.undeclared_closes());
    // Where no message carries a code, none can be unknown.
    let has_codes = visible_entries(catalog)
        .any(|entry| !entry.envelopes.is_empty() && !matches!(entry.code, Code::None));
    if has_codes || !catalog.codes.ranges.is_empty() {
        rows(&mut table, "code", &catalog.undeclared_codes());
    }
    page.block(&table);
    page.block(WAITS);
    if let Some(user) = catalog.fallback() {
        page.block(&format!(
            "A person sees this wherever an error has no words of its own: {}",
            super::entry::user_message(user)
        ));
    }
}

/// How the waits of a page are meant, wherever it says no more.
const WAITS: &str = "Clients don't come back all at once: who backs off waits a random part of a wait that doubles each time up to the longest; a wait after which to try again is the least, and each client stretches it at random, up to twice. Where a policy says `without jitter`, `plus up to` or `at a random moment within`, that is all that is random.";

fn rows(table: &mut String, what: &str, policies: &Undeclared<'_>) {
    for range in &policies.ranges {
        let codes = if range.first == range.last {
            format!("{what} {}", range.first)
        } else {
            format!("{what}s {} to {}", range.first, range.last)
        };
        table.push_str(&text::row(&[&codes, &retry(&range.retry, text::code)]));
    }
    let other = if policies.ranges.is_empty() { "any" } else { "any other" };
    let codes = format!("{other} {what}");
    table.push_str(&text::row(&[&codes, &retry(policies.unknown, text::code)]));
}

/// What a client guards itself with, where there is something.
pub(super) fn guards(catalog: &'static Catalog) -> Option<String> {
    let storm = catalog.guards.storm.map(|storm| {
        format!(
            "- **Error storm:** at more than {} errors within {} the client closes the connection with {}, and handles none of them.\n",
            storm.more_than,
            duration(storm.within),
            status(storm.code, storm.reason, text::code)
        )
    });
    let breaker = catalog.guards.breaker.map(|breaker| {
        format!(
            "- **Circuit breaker:** after {} failures in a row the client tries nothing for {}. Then it lets one attempt through: a success ends the wait, another failure starts it again.\n",
            breaker.open_after,
            duration(breaker.half_open_after)
        )
    });
    let liveness = catalog.guards.liveness.map(|liveness| {
        let end = match liveness.code {
            Some(code) => format!("closes the connection with {}", status(code, liveness.reason, text::code)),
            None => "takes the connection for lost (1006)".to_owned(),
        };
        let idle = duration(liveness.idle);
        match liveness.ping {
            Some(ping) => format!(
                "- **Liveness:** after {idle} without a message the client sends {}. Where nothing comes within {}, it {end}.\n",
                text::code(ping),
                duration(liveness.within)
            ),
            None => format!("- **Liveness:** after {idle} without a message the client {end}.\n"),
        }
    });
    let guards: String = [storm, breaker, liveness].into_iter().flatten().collect();
    (!guards.is_empty()).then_some(guards)
}

/// What may not be used again.
pub(super) fn retired(catalog: &'static Catalog) -> String {
    let mut table = text::head(&["Code", "Why it is gone"]);
    for retired in catalog.retired {
        let code = match retired.code {
            RetiredCode::Number(code) => text::code(&code.to_string()),
            RetiredCode::Text(code) => text::code(code),
            RetiredCode::Close(code) => format!("close code {code}"),
        };
        table.push_str(&text::row(&[&code, &text::text(retired.why)]));
    }
    format!("These were used once, and will not be used again.\n\n{table}")
}
