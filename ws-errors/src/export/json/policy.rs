//! What a client may do, as JSON.

use super::said;
use crate::catalog::{Guards, Jitter, NOW_AGAIN, Retry, RetryKind, TimeUnit, Undeclared};
use crate::export::tree::{Members, milliseconds};
use crate::wire::Tree;

pub(crate) fn of_retry(retry: &Retry) -> Tree<'static> {
    let kind = |kind: &'static str| Members::new().with("kind", kind);
    let members = match retry.kind {
        RetryKind::Never => kind("never"),
        RetryKind::NeverOnConnection => kind("never_on_connection"),
        RetryKind::Now => {
            let (base, max) = NOW_AGAIN;
            kind("now").with("base_ms", milliseconds(base)).with("max_ms", milliseconds(max))
        }
        RetryKind::After(wait) => kind("after")
            .perhaps("field", wait.field)
            .perhaps("unit", (wait.unit != TimeUnit::default()).then(|| wait.unit.word()))
            .perhaps("wait_ms", wait.fixed.map(milliseconds)),
        RetryKind::Backoff { base, max } => {
            kind("backoff").with("base_ms", milliseconds(base)).with("max_ms", milliseconds(max))
        }
        RetryKind::When { action, otherwise } => {
            kind("when").with("action", action).perhaps("otherwise", otherwise)
        }
        RetryKind::Leave { code, reason } => {
            kind("leave").with("code", code).perhaps("reason", said(reason))
        }
        RetryKind::Unknown => kind("unknown"),
    };
    members
        .perhaps("attempts", retry.attempts)
        .perhaps("jitter", of_jitter(retry))
        .perhaps("spread_ms", retry.spread.map(milliseconds))
        .into()
}

/// Only a policy that waits has one.
fn of_jitter(retry: &Retry) -> Option<Tree<'static>> {
    matches!(retry.kind, RetryKind::After(_) | RetryKind::Backoff { .. }).then(|| {
        match retry.jitter {
            Jitter::Full => "full".into(),
            Jitter::None => "none".into(),
            Jitter::Add(most) => Members::new().with("add_ms", milliseconds(most)).into(),
        }
    })
}

pub(super) fn of_policies(policies: &Undeclared<'_>) -> Tree<'static> {
    let ranges: Vec<Tree<'_>> = policies
        .ranges
        .iter()
        .map(|range| {
            Members::new()
                .with("first", range.first)
                .with("last", range.last)
                .with("retry", of_retry(&range.retry))
                .into()
        })
        .collect();
    Members::new().with("ranges", ranges).with("unknown", of_retry(policies.unknown)).into()
}

pub(super) fn of_guards(guards: &Guards) -> Option<Tree<'static>> {
    let storm = guards.storm.map(|storm| {
        Members::new()
            .with("more_than", storm.more_than)
            .with("within_ms", milliseconds(storm.within))
            .with("code", storm.code)
            .perhaps("reason", said(storm.reason))
    });
    let breaker = guards.breaker.map(|breaker| {
        Members::new()
            .with("open_after", breaker.open_after)
            .with("half_open_after_ms", milliseconds(breaker.half_open_after))
    });
    let liveness = guards.liveness.map(|liveness| {
        let members = Members::new().with("idle_ms", milliseconds(liveness.idle));
        let members = match liveness.ping {
            Some(ping) => {
                members.with("ping", ping).with("within_ms", milliseconds(liveness.within))
            }
            None => members,
        };
        members
            .perhaps("pong", liveness.pong)
            .perhaps("code", liveness.code)
            .perhaps("reason", said(liveness.reason))
    });
    (*guards != Guards::NONE).then(|| {
        let members = Members::new().perhaps("storm", storm).perhaps("breaker", breaker);
        members.perhaps("liveness", liveness).into()
    })
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::catalog::{Breaker, Liveness, Storm, Wait};

    #[test]
    fn every_kind_of_policy_says_what_it_needs() {
        let second = Duration::from_secs(1);
        for (retry, json) in [
            (Retry::new(RetryKind::Never), r#"{"kind":"never"}"#),
            (Retry::new(RetryKind::Now), r#"{"kind":"now","base_ms":1000,"max_ms":30000}"#),
            (
                Retry {
                    jitter: Jitter::Add(second),
                    spread: Some(second * 2),
                    ..Retry::new(RetryKind::After(Wait {
                        unit: TimeUnit::Milliseconds,
                        field: Some("retry_after"),
                        fixed: Some(second),
                    }))
                },
                r#"{"kind":"after","field":"retry_after","wait_ms":1000,"jitter":{"add_ms":1000},"spread_ms":2000}"#,
            ),
            (
                Retry::new(RetryKind::When { action: "refresh", otherwise: Some("log_in") }),
                r#"{"kind":"when","action":"refresh","otherwise":"log_in"}"#,
            ),
            (
                Retry::new(RetryKind::Leave { code: 1000, reason: "Gone" }),
                r#"{"kind":"leave","code":1000,"reason":"Gone"}"#,
            ),
        ] {
            assert_eq!(of_retry(&retry).compact(), json);
        }
    }

    #[test]
    fn guards_are_there_where_there_is_one() {
        assert!(of_guards(&Guards::default()).is_none());
        let guards = Guards {
            storm: Some(Storm {
                more_than: 10,
                within: Duration::from_secs(60),
                code: 4999,
                reason: "Error storm",
            }),
            breaker: Some(Breaker { open_after: 5, half_open_after: Duration::from_secs(60) }),
            liveness: Some(Liveness { ping: Some("ping"), pong: Some("pong"), ..Liveness::BLANK }),
        };
        assert_eq!(
            of_guards(&guards).unwrap().compact(),
            r#"{"storm":{"more_than":10,"within_ms":60000,"code":4999,"reason":"Error storm"},"breaker":{"open_after":5,"half_open_after_ms":60000},"liveness":{"idle_ms":30000,"ping":"ping","within_ms":10000,"pong":"pong"}}"#
        );
    }
}
