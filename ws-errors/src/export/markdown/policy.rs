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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{
        Closing, ClosingCode, Delivery, Entry, Policies, PolicyRange, Retry, RetryKind, Text,
    };
    use crate::export::testing::{BLANK, catalog};
    use crate::export::words::backticks;

    fn closing(code: u16, retry: Retry) -> Entry {
        let code = ClosingCode::Constant(code);
        Entry { delivery: Delivery::Close(Closing { code, reason: Text::EMPTY }), retry, ..BLANK }
    }

    fn with(entries: Vec<Entry>, closes: Policies) -> &'static Catalog {
        Box::leak(Box::new(Catalog { closes, ..*catalog(entries) }))
    }

    const NOTHING: Policies = Policies::UNDECLARED_CLOSES;

    fn said(catalog: &'static Catalog, code: i64) -> String {
        retry(catalog.undeclared_closes().of(code), backticks)
    }

    #[test]
    fn a_fleet_does_not_come_back_all_at_once_where_nothing_is_declared() {
        let nothing = with(vec![BLANK], NOTHING);
        assert_eq!(said(nothing, 1006), "back off from 5 s to 30 s");
        assert_eq!(said(nothing, 1012), "after 5 s, at a random moment within 25 s");
        assert_eq!(said(nothing, 1013), "back off from 30 s to 5 min, plus up to 90 s");
        assert_eq!(said(nothing, 1011), "back off from 1 s to 30 s");
    }

    #[test]
    fn what_is_declared_comes_before_what_fleets_do() {
        static NEVER: [PolicyRange; 1] =
            [PolicyRange { first: 1000, last: 1012, retry: Retry::new(RetryKind::Never) }];
        let ranges = with(vec![BLANK], Policies { ranges: &NEVER, ..NOTHING });
        assert_eq!(said(ranges, 1012), "never");
        assert_eq!(ranges.undeclared_closes().ranges.len(), 2, "1013 is in no range");

        let unknown = Policies { unknown: Retry::new(RetryKind::Now), is_stated: true, ..NOTHING };
        let unknown = with(vec![BLANK], unknown);
        assert!(unknown.undeclared_closes().ranges.is_empty());
        assert_eq!(unknown.undeclared_closes().of(1006).kind, RetryKind::Now);

        let entry = with(vec![closing(1012, Retry::new(RetryKind::Now))], NOTHING);
        assert_eq!(entry.retry(&entry.entries[0]).kind, RetryKind::Now);
        assert_eq!(said(entry, 1012), "back off from 1 s to 30 s");
    }

    #[test]
    fn an_entry_that_says_unknown_is_treated_as_its_code_would_be() {
        static NEVER: [PolicyRange; 1] =
            [PolicyRange { first: 4000, last: 4099, retry: Retry::new(RetryKind::Never) }];
        let unknown = Retry::new(RetryKind::Unknown);
        let entries = vec![closing(4001, unknown), closing(1013, unknown)];
        let catalog = with(entries, Policies { ranges: &NEVER, ..NOTHING });
        assert_eq!(catalog.retry(&catalog.entries[0]).kind, RetryKind::Never);
        assert_eq!(retry(catalog.retry(&catalog.entries[1]), backticks), said(catalog, 1013));
    }
}
