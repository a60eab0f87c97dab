//! Entries that only a constant of their own tells apart come back as what was sent.

use ws_errors::wire::Decoded;
use ws_errors::{Decoder, Envelope, WsError};

/// The name of what a client reads of what is sent for the error.
#[track_caller]
fn read<E: Envelope<()>>(error: &E) -> &'static str {
    let output = error.encode(&());
    match Decoder::of::<E>().decode(output.text().expect("a message")) {
        Decoded::Known(entry, _) => entry.name,
        other => panic!("{:?} is {other:?}", output.text()),
    }
}

#[test]
fn the_length_of_a_constant_is_one() {
    #[derive(Debug, thiserror::Error, WsError)]
    #[ws_error(envelope = "ERR {len(set.body)} {message}")]
    enum Failure {
        #[error("denied")]
        #[ws_error(message = "denied", set(body = "abc"))]
        Denied,
        #[error("late")]
        #[ws_error(message = "late", set(body = ""))]
        Late,
    }
    assert_eq!(read(&Failure::Denied), "Denied");
    assert_eq!(read(&Failure::Late), "Late");
}

#[test]
fn a_constant_in_a_string_comes_before_what_may_be_anything() {
    #[derive(Debug, thiserror::Error, WsError)]
    #[ws_error(envelope = "ERR {set.kind} {message}")]
    enum Failure {
        #[error("{kind}")]
        #[ws_error(set(kind = "{self.kind}"))]
        Other {
            kind: String,
            #[ws_error(message)]
            text: String,
        },
        #[error("no")]
        #[ws_error(set(kind = "no"), message = "denied")]
        No,
    }
    assert_eq!(read(&Failure::No), "No");
    assert_eq!(read(&Failure::Other { kind: "yes".into(), text: "denied".into() }), "Other");
}

#[test]
fn a_constant_of_some_entries_and_the_code_of_the_others_share_a_place() {
    #[derive(Debug, thiserror::Error, WsError)]
    #[ws_error(envelope = { "error": set.old ?? code })]
    enum Failure {
        #[error("denied")]
        #[ws_error(code = "denied", set(old = "Access denied"))]
        Denied,
        #[error("late")]
        #[ws_error(code = "late", set(old = "Too late"))]
        Late,
        #[error("funds")]
        #[ws_error(code = "funds")]
        Funds,
    }
    assert_eq!(read(&Failure::Denied), "Denied");
    assert_eq!(read(&Failure::Late), "Late");
    assert_eq!(read(&Failure::Funds), "Funds");
}
