//! What is printed about codes that nobody declared: what a client does.

use crate::catalog::*;
use crate::export::testing::{BLANK, catalog};
use crate::export::words::{backticks, retry};

fn closing(code: u16, retry: Retry) -> Entry {
    let code = ClosingCode::Constant(code);
    Entry { delivery: Delivery::Close(Closing { code, reason: Text::EMPTY }), retry, ..BLANK }
}

fn with(entries: Vec<Entry>, closes: Policies) -> &'static Catalog {
    Box::leak(Box::new(Catalog { closes, ..*catalog(entries) }))
}

const NOTHING: Policies = Policies::UNDECLARED_CLOSES;

fn nothing_declared() -> &'static Catalog {
    with(vec![BLANK], NOTHING)
}

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
    assert_eq!(catalog.retry(&catalog.entries[1]), nothing_declared().undeclared_closes().of(1013));
}
