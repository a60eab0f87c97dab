//! Catalogs inside a catalog.

#[path = "composition/envelopes.rs"]
mod envelopes;

use std::error::Error as _;

use catalog::materi::Moment;
use catalog::metered::Correlation;
use catalog::rooms::Meta;
use catalog::{ChatError, MateriError, MeteredError, RoomsError};
use tests::occurrences::{SECRET, chat, materi, metered, rooms};
use ws_errors::catalog::Catalog;
use ws_errors::{Decoder, Envelope, WsError};

/// The envelope of the inner catalog is kept.
#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(rename_all = "snake_case", envelope(Meta<'_>) = transparent)]
enum Kept {
    #[error(transparent)]
    #[ws_error(transparent)]
    Rooms(#[from] RoomsError),

    /// The server restarts.
    #[error("restarting")]
    #[ws_error(close(4999, "restart"))]
    Restart,
}

fn names(catalog: &Catalog) -> Vec<&'static str> {
    catalog.entries.iter().map(|entry| entry.name).collect()
}

#[test]
fn a_nested_error_is_sent_as_its_own_catalog_says() {
    let cx = Meta { request_id: Some("r-1"), timestamp: None };
    for (error, inner) in rooms().into_iter().map(Kept::from).zip(rooms()) {
        assert_eq!(error.encode(&cx), inner.encode(&cx));
        assert_eq!(error.close(), inner.close());
        assert_eq!(error.to_string(), inner.to_string());
    }
    assert!(Kept::Restart.encode(&cx).close.is_some());
}

#[test]
fn the_entries_join_in_the_order_of_the_variants() {
    let mut expected = names(RoomsError::catalog());
    expected.push("restart");
    assert_eq!(names(Kept::catalog()), expected);
    assert_eq!(Kept::Restart.entry().name, "restart");
    for entry in RoomsError::catalog().entries {
        let joined = Kept::catalog().entry(entry.name).expect("it has joined");
        assert_eq!((joined.docs, joined.code), (entry.docs, entry.code));
        assert_eq!(joined.section, entry.section);
    }
    for (error, inner) in rooms().into_iter().map(Kept::from).zip(rooms()) {
        assert_eq!(error.entry().name, inner.entry().name);
        let of_catalog = Kept::catalog().entry(inner.entry().name).expect("it has joined");
        assert!(std::ptr::eq(error.entry(), of_catalog));
    }
}

/// Row C6: an application wraps a chat package, adds an entry, and gives another envelope.
#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(
    rename_all = "snake_case",
    envelope(Correlation<'_>) = { "id"?: cx.request_id, "code": code ?? name, "text": message },
)]
enum Wrapped {
    /// The plan is used up.
    #[error("plan {plan} is used up")]
    #[ws_error(code = 4100, message = "upgrade, please")]
    PlanUsedUp { plan: String },

    #[error(transparent)]
    #[ws_error(transparent)]
    Chat(#[from] ChatError),
}

#[test]
fn another_envelope_is_that_of_the_nested_entries_as_well() {
    let cx = Correlation { request_id: Some("r-1") };
    let text = |error: Wrapped| error.encode(&cx).text().map(str::to_owned);
    assert_eq!(
        text(Wrapped::PlanUsedUp { plan: "free".into() }).as_deref(),
        Some(r#"{"id":"r-1","code":4100,"text":"upgrade, please"}"#)
    );
    let denied = ChatError::PermissionDenied { detail: "not \"yours\"".into() };
    assert_eq!(
        text(denied.into()).as_deref(),
        Some(r#"{"id":"r-1","code":4002,"text":"not \"yours\""}"#)
    );
    // It had a shape of its own, and no code.
    assert_eq!(
        text(ChatError::InvalidEventType.into()).as_deref(),
        Some(r#"{"id":"r-1","code":"invalid_event_type","text":"invalid event type"}"#)
    );
    let closed = Wrapped::from(ChatError::AuthenticationFailed).encode(&cx);
    assert_eq!(closed, ChatError::AuthenticationFailed.encode(&()));
}

#[test]
fn nothing_of_a_source_passes_through_an_outer_envelope() {
    for inner in chat() {
        let error = Wrapped::from(inner);
        let output = error.encode(&Correlation { request_id: None });
        assert!(!format!("{output:?}").contains(SECRET), "{output:?}");
    }
    let failed = Wrapped::from(chat().remove(7));
    assert!(failed.source().is_some_and(|source| source.to_string().contains(SECRET)));
}

#[test]
fn what_is_encoded_is_decoded_by_the_joined_catalog() {
    let cx = Correlation { request_id: Some("r-1") };
    let decoder = Decoder::of::<Wrapped>();
    for inner in chat() {
        let error = Wrapped::from(inner);
        let output = error.encode(&cx);
        let Some(text) = output.text() else { continue };
        let decoded = decoder.decode(text);
        assert_eq!(decoded.entry().map(|entry| entry.name), Some(error.entry().name), "{text}");
    }
}

/// An enum with the same envelope as the one that it nests, for each context.
macro_rules! the_same_again {
    ($name:ident nests $inner:ident in ($($context:tt)*) = $envelope:tt) => {
        #[derive(Debug, thiserror::Error, WsError)]
        #[ws_error(envelope($($context)*) = $envelope)]
        enum $name {
            #[error(transparent)]
            #[ws_error(transparent)]
            Inner(#[from] $inner),
        }
    };
}

the_same_again!(RoomsAgain nests RoomsError in (Meta<'_>) = {
    "type": "error",
    "data": { "code": code, "message": message },
    "meta"?: { "request_id"?: cx.request_id, "timestamp"?: cx.timestamp },
});
the_same_again!(MateriAgain nests MateriError in (Moment<'_>) = {
    "type": "system",
    "event": "error",
    "data": {
        "error_code": code,
        "message": message,
        "details"?: details,
        "recoverable": recoverable,
        "timestamp": cx.timestamp,
    },
});
the_same_again!(MeteredAgain nests MeteredError in (Correlation<'_>) = {
    "type": "error",
    "requestId"?: cx.request_id,
    "code": code,
    "message": message,
});

/// Compares what two enums send, one of which nests the other.
fn assert_same<Inner, Outer, Cx>(occurrences: fn() -> Vec<Inner>, cx: &Cx)
where
    Inner: Envelope<Cx>,
    Outer: Envelope<Cx> + From<Inner>,
{
    for (inner, outer) in occurrences().into_iter().zip(occurrences()) {
        let outer = Outer::from(outer);
        assert_eq!(outer.encode(cx), inner.encode(cx));
    }
}

#[test]
fn an_envelope_means_the_same_on_the_outer_enum_as_on_the_inner_one() {
    let meta = Meta { request_id: Some("abc-123"), timestamp: None };
    assert_same::<RoomsError, RoomsAgain, _>(rooms, &meta);
    assert_same::<RoomsError, RoomsAgain, _>(rooms, &Meta::default());
    assert_same::<MateriError, MateriAgain, _>(materi, &Moment { timestamp: "now" });
    let correlation = Correlation { request_id: Some("\"") };
    assert_same::<MeteredError, MeteredAgain, _>(metered, &correlation);
}

/// A default inside of encoded JSON.
mod encoded {
    use catalog::metered::Correlation;
    use ws_errors::WsError;

    #[derive(Debug, thiserror::Error, WsError)]
    #[ws_error(envelope(Correlation<'_>) = { "meta"?: { "x": json({ "a": cx.request_id ?? code }) }, "code": code })]
    pub(super) enum Inner {
        #[error("gone")]
        Gone,
    }

    #[derive(Debug, thiserror::Error, WsError)]
    #[ws_error(envelope(Correlation<'_>) = { "meta"?: { "x": json({ "a": cx.request_id ?? code }) }, "code": code })]
    pub(super) enum Outer {
        #[error(transparent)]
        #[ws_error(transparent)]
        Inner(#[from] Inner),
    }
}

/// A default inside of encoded JSON, for an entry of an enum and for the same one nested.
#[test]
fn a_default_in_an_optional_object_is_written_alike_by_both_enums() {
    for (request_id, frame) in [
        (None, r#"{"code":"Gone"}"#),
        (Some("7"), r#"{"meta":{"x":"{\"a\":\"7\"}"},"code":"Gone"}"#),
    ] {
        let cx = Correlation { request_id };
        assert_eq!(encoded::Inner::Gone.encode(&cx).text(), Some(frame));
        assert_eq!(encoded::Outer::from(encoded::Inner::Gone).encode(&cx).text(), Some(frame));
    }
}

/// Nested twice, beside another, and in a box.
#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(
    catalog = "all",
    envelope(Everything<'_>) = { "from": set.from, "code": code ?? name, "message"?: message },
    envelope(Meta<'_>) = transparent,
    default(only(Everything<'_>)),
)]
enum All {
    #[error(transparent)]
    #[ws_error(transparent, section = "Metered", set(from = "metered"))]
    Metered(#[from] MeteredLike),

    #[error(transparent)]
    #[ws_error(transparent, set(from = "chat"))]
    Wrapped {
        #[from]
        inner: Box<Middle>,
    },

    #[error("bye")]
    #[ws_error(close(4444))]
    Bye,
}

/// A catalog without headings.
#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code })]
enum MeteredLike {
    #[error("used up")]
    #[ws_error(code = 1, message = "used up")]
    UsedUp,
}

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = transparent)]
enum Middle {
    #[error(transparent)]
    #[ws_error(transparent)]
    Chat(#[from] ChatError),

    #[error("{0} is late")]
    #[ws_error(envelope = { "error": { "code": code } }, message = "{0:>3} is late")]
    Late(u8),
}

struct Everything<'a> {
    #[allow(dead_code)]
    id: &'a str,
}

#[test]
fn catalogs_nest_in_catalogs_that_are_nested() {
    let cx = Everything { id: "7" };
    let text = |error: All| error.encode(&cx).text().map(str::to_owned);
    let late = || Middle::Late(7);
    assert_eq!(late().encode(&()).text(), Some(r#"{"error":{"code":"Late"}}"#));
    assert_eq!(
        text(Box::new(late()).into()).as_deref(),
        Some(r#"{"from":"chat","code":"Late","message":"  7 is late"}"#)
    );
    let denied = || Middle::from(ChatError::PermissionDenied { detail: "no".into() });
    assert_eq!(denied().encode(&()).text(), Some(r#"{"error":{"code":4002,"detail":"no"}}"#));
    assert_eq!(
        text(Box::new(denied()).into()).as_deref(),
        Some(r#"{"from":"chat","code":4002,"message":"no"}"#)
    );
    assert_eq!(
        text(MeteredLike::UsedUp.into()).as_deref(),
        Some(r#"{"from":"metered","code":1,"message":"used up"}"#)
    );
    let mut expected = vec!["UsedUp"];
    expected.extend(names(ChatError::catalog()));
    expected.extend(["Late", "Bye"]);
    assert_eq!(names(All::catalog()), expected);
    assert_eq!(All::Bye.entry().name, "Bye");
    assert_eq!(All::from(Box::new(late())).entry().name, "Late");
    let used_up = All::catalog().entry("UsedUp").expect("it has joined");
    assert_eq!(used_up.section, Some("Metered"));
}

/// The rooms again, with an entry of the application's own, where clients know the rooms alone.
#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(
    catalog = "rooms",
    rename_all = "snake_case",
    envelope(Meta<'_>) = transparent,
    docs = "Errors of rooms.",
    example(cx.request_id = "abc-123", cx.timestamp = "2025-08-04T12:00:00Z")
)]
enum RoomsAndMore {
    #[error(transparent)]
    #[ws_error(transparent)]
    Rooms(#[from] RoomsError),

    /// The plan is used up.
    #[error("the plan is used up")]
    #[ws_error(
        section = "Plans",
        code = 4100,
        message = "upgrade",
        envelope = { "type": "error", "data": { "code": code, "message": message } }
    )]
    PlanUsedUp,
}

#[test]
fn to_clients_of_the_inner_catalog_an_enum_that_nests_it_has_one_entry_more() {
    let json = |catalog| ws_errors::export::json(catalog).expect("JSON");
    let (old, new) = (json(RoomsError::catalog()), json(RoomsAndMore::catalog()));
    let report = ws_errors::compat::diff(&old, &new).expect("two catalogs");
    for change in &report.changes {
        let about = (change.entry.as_deref(), change.effect);
        let added = change.entry.as_deref() == Some("plan_used_up");
        let harmless = change.effect != ws_errors::compat::Effect::Breaking;
        assert!(added || harmless, "{about:?}: {change:?}");
    }
    assert!(report.changes.iter().any(|change| change.entry.as_deref() == Some("plan_used_up")));
    assert_eq!(
        RoomsAndMore::PlanUsedUp.encode(&Meta::default()).text(),
        Some(r#"{"type":"error","data":{"code":4100,"message":"upgrade"}}"#)
    );
    assert_eq!(RoomsAndMore::catalog().correlate, Some("request_id"));
    assert_eq!(RoomsAndMore::catalog().closes, RoomsError::catalog().closes);
}

#[test]
fn all_that_reads_a_catalog_reads_the_joined_one() {
    for catalog in [Kept::catalog(), Wrapped::catalog(), RoomsAndMore::catalog(), All::catalog()] {
        for exporter in [ws_errors::export::markdown, ws_errors::export::typescript] {
            let text = exporter(catalog).expect("an artefact");
            for entry in catalog.entries {
                assert!(text.contains(entry.name), "{} in {}", entry.name, catalog.name);
            }
        }
    }
    let closed = Decoder::of::<Kept>().closed(4003, "Unauthorized");
    assert_eq!(closed.entry().map(|entry| entry.name), Some("unauthorized"));
    let closed = Decoder::of::<Wrapped>().closed(4001, "Authentication Failed");
    assert_eq!(closed.entry().map(|entry| entry.name), Some("authentication_failed"));
}
