//! Nostr relays: a code before a colon in a string, in an array that depends on what is answered.

use serde_json::json;
use ws_errors::{Decoder, Envelope, WsError};

use super::{Example, System, example, system as of};

/// An event that a client published, and whether it was taken all the same.
struct Event<'a> {
    event_id: &'a str,
    accepted: bool,
}

/// A subscription, or a count.
struct Subscription<'a> {
    id: &'a str,
}

/// A reconciliation, and how many records it may have.
struct Negentropy<'a> {
    id: &'a str,
    most: Option<u32>,
}

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(
    catalog = "nostr",
    rename_all = "kebab-case",
    envelope = ["NOTICE", message],
    envelope(Event<'_>) = ["OK", cx.event_id, cx.accepted, "{code}: {message}"],
    envelope(Subscription<'_>) = ["CLOSED", cx.id, "{code}: {message}"],
    envelope(Negentropy<'_>) = ["NEG-ERR", cx.id, "{code}: {message}", cx.most?],
)]
enum NostrError {
    /// Already stored; sent with accepted=true.
    #[error("already stored; sent with accepted=true")]
    #[ws_error(only(Event<'_>, Subscription<'_>, Negentropy<'_>))]
    Duplicate {
        /// What happened, in words.
        #[ws_error(message)]
        message: String,
    },

    /// Proof of work (may be informational with true).
    #[error("proof of work (may be informational with true)")]
    #[ws_error(only(Event<'_>, Subscription<'_>, Negentropy<'_>))]
    Pow {
        /// What happened, in words.
        #[ws_error(message)]
        message: String,
    },

    /// Refused.
    #[error("refused")]
    #[ws_error(only(Event<'_>, Subscription<'_>, Negentropy<'_>))]
    Blocked {
        /// What happened, in words.
        #[ws_error(message)]
        message: String,
    },

    /// Too fast.
    #[error("too fast")]
    #[ws_error(retry = backoff(1s..60s), only(Event<'_>, Subscription<'_>, Negentropy<'_>))]
    RateLimited {
        /// What happened, in words.
        #[ws_error(message)]
        message: String,
    },

    /// Invalid event.
    #[error("invalid event")]
    #[ws_error(only(Event<'_>, Subscription<'_>, Negentropy<'_>))]
    Invalid {
        /// What happened, in words.
        #[ws_error(message)]
        message: String,
    },

    /// Authenticated but not allowed.
    #[error("authenticated but not allowed")]
    #[ws_error(only(Event<'_>, Subscription<'_>, Negentropy<'_>))]
    Restricted {
        /// What happened, in words.
        #[ws_error(message)]
        message: String,
    },

    /// Nobody listened.
    #[error("nobody listened")]
    #[ws_error(only(Event<'_>, Subscription<'_>, Negentropy<'_>))]
    Mute {
        /// What happened, in words.
        #[ws_error(message)]
        message: String,
    },

    /// Anything else.
    #[error("anything else")]
    #[ws_error(only(Event<'_>, Subscription<'_>, Negentropy<'_>))]
    Error {
        /// What happened, in words.
        #[ws_error(message)]
        message: String,
    },

    /// AUTH needed.
    #[error("AUTH needed")]
    #[ws_error(retry = when(authenticate), only(Event<'_>, Subscription<'_>, Negentropy<'_>))]
    AuthRequired {
        /// What happened, in words.
        #[ws_error(message)]
        message: String,
    },

    /// Used in a NIP-01 CLOSED example, not in the standard list.
    #[error("used in a NIP-01 CLOSED example, not in the standard list")]
    #[ws_error(only(Event<'_>, Subscription<'_>, Negentropy<'_>))]
    Unsupported {
        /// What happened, in words.
        #[ws_error(message)]
        message: String,
    },

    /// NIP-43 example with true.
    #[error("NIP-43 example with true")]
    #[ws_error(only(Event<'_>, Subscription<'_>, Negentropy<'_>))]
    Info {
        /// What happened, in words.
        #[ws_error(message)]
        message: String,
    },

    /// NIP-77 NEG-ERR: query timed out.
    #[error("NIP-77 NEG-ERR: query timed out")]
    #[ws_error(only(Event<'_>, Subscription<'_>, Negentropy<'_>))]
    Closed {
        /// What happened, in words.
        #[ws_error(message)]
        message: String,
    },

    /// Free text NOTICE, no code, no id.
    #[error("free text NOTICE, no code, no id")]
    #[ws_error(code = none, only(()))]
    Notice {
        /// What happened, in words.
        #[ws_error(message)]
        message: String,
    },
}

pub(crate) fn system() -> System {
    let banned = "you are banned from posting here";
    let dms = "we can't serve DMs to unauthenticated users";
    let have = "already have this event";
    let examples: Vec<Example> = vec![
        example(
            &NostrError::Blocked { message: banned.into() },
            &Event { event_id: "b1a649ebe8...", accepted: false },
            json!({ "message": banned }),
            json!({ "event_id": "b1a649ebe8...", "accepted": false }),
        ),
        example(
            &NostrError::AuthRequired { message: dms.into() },
            &Subscription { id: "sub_1" },
            json!({ "message": dms }),
            json!({ "id": "sub_1" }),
        ),
        example(
            &NostrError::Duplicate { message: have.into() },
            &Event { event_id: "b1a649ebe8...", accepted: true },
            json!({ "message": have }),
            json!({ "event_id": "b1a649ebe8...", "accepted": true }),
        ),
    ];
    of::<NostrError>(include_str!("nostr.json"), examples)
}

#[test]
fn a_message_may_have_colons_and_the_number_at_the_end_may_be_absent() {
    let decoder = Decoder::of::<NostrError>();
    let error = NostrError::Closed { message: "timed out: 30 s".into() };
    for (most, frame) in [
        (None, r#"["NEG-ERR","n",  "closed: timed out: 30 s"]"#.replace("  ", "")),
        (Some(5), r#"["NEG-ERR","n",  "closed: timed out: 30 s",5]"#.replace("  ", "")),
    ] {
        let output = error.encode(&Negentropy { id: "n", most });
        assert_eq!(output.text(), Some(frame.as_str()));
        let decoded = decoder.decode(&frame);
        assert_eq!(decoded.entry().unwrap().name, "closed");
        assert_eq!(decoded.received().unwrap().text(), Some("timed out: 30 s"));
        assert_eq!(decoded.received().unwrap().value::<u32>("most").unwrap(), most);
    }
    assert!(decoder.decode(r#"["OK","b1",true,""]"#).is_foreign());
    assert!(decoder.decode(r#"["EVENT","sub_1",{"content":"error: x"}]"#).is_foreign());
}
