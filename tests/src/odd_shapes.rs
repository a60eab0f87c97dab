//! Shapes and texts that are rare, and that modules for clients have to be laid out for.

use ws_errors::catalog::Catalog;
use ws_errors::{Envelope, WsError};

use crate::told_apart::Sent;

/// Constants that are longer than a line.
#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(
    catalog = "long-texts",
    rename_all = "kebab-case",
    envelope = "<stream:error xmlns:stream=\"http://etherx.jabber.org/streams\"><{code} xmlns=\"urn:ietf:params:xml:ns:xmpp-streams\"/>"
        + "<text>{self.text:xml}</text>"?
        + "</stream:error>",
)]
enum LongTexts {
    #[error("conflict")]
    Conflict { text: Option<String> },
    #[error("shutdown")]
    SystemShutdown,
    #[error("quota")]
    #[ws_error(close(
        1011,
        "You exceeded your current quota, please check your plan and billing details."
    ))]
    Quota,
    #[error("timeout")]
    #[ws_error(close(
        1011,
        "The server did not receive audio data or a text message within the timeout window"
    ))]
    Timeout,
}

/// A name with which the type of the reader fits on a line.
#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(catalog = "stream", envelope = binary(b"\xa1\x62op\x20") + cbor({ "error": code }))]
enum Stream {
    #[error("slow")]
    ConsumerTooSlow,
}

/// A request of a client.
struct Trade<'a> {
    id: Option<&'a str>,
    trace: &'a str,
}

/// Success has the shape of a catch-all, without a constant and with objects in it; the number that
/// is made up for an example is taken.
#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(
    catalog = "open-codes",
    envelope(Trade<'_>) = {
        "reqId"?: cx.id,
        "retCode": code,
        "retMsg": message,
        "header": { "Traceid": cx.trace },
    },
    success(0, 200..=299),
    correlate = cx.id,
)]
enum OpenCodes {
    #[error("one")]
    #[ws_error(code = 1, message = "Exceeds the limit of this address")]
    One,
    #[error("any")]
    #[ws_error(code = self.code)]
    Any {
        code: i32,
        #[ws_error(message)]
        text: String,
    },
}

/// Codes that are numbers and texts.
#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(catalog = "mixed-codes", envelope = { "code": code, "data"?: details })]
enum MixedCodes {
    #[error("full")]
    Full,
    #[error("gone")]
    Gone,
    #[error("late")]
    Late { by: u32 },
    #[error("one")]
    #[ws_error(code = 1)]
    One,
    #[error("two")]
    #[ws_error(code = 2)]
    Two,
}

/// Codes are strings, those from a field as well.
#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(catalog = "codes-in-strings", envelope = { "code": code as string }, success(0, 200..=299))]
enum CodesInStrings {
    #[error("missing")]
    #[ws_error(code = 404)]
    Missing,
    #[error("other")]
    #[ws_error(code = self.code)]
    Other { code: i32 },
}

/// Problem details, and a name with which the type of what is read has no room on its line.
#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(
    catalog = "problem-details",
    doc_url = "https://example.com/errors",
    envelope = { "code": code, "docs": doc_url },
    http(status = 400, envelope = problem),
)]
enum ProblemDetails {
    #[error("full")]
    Full,
    #[error("gone")]
    #[ws_error(http(status = 410))]
    Gone { room: u32 },
}

/// The catalogs.
pub fn catalogs() -> Vec<&'static Catalog> {
    vec![
        LongTexts::catalog(),
        Stream::catalog(),
        OpenCodes::catalog(),
        MixedCodes::catalog(),
        CodesInStrings::catalog(),
        ProblemDetails::catalog(),
    ]
}

/// What is sent, and comes back as what it was.
pub fn sent() -> Vec<Sent> {
    fn one<E: Envelope<C>, C>(error: &E, context: &C) -> Sent {
        Sent { catalog: E::catalog(), entry: error.entry(), output: error.encode(context) }
    }
    let trade = Trade { id: Some("7"), trace: "t" };
    vec![
        one(&LongTexts::Conflict { text: Some("a < b".to_owned()) }, &()),
        one(&LongTexts::Conflict { text: None }, &()),
        one(&LongTexts::SystemShutdown, &()),
        one(&LongTexts::Quota, &()),
        one(&LongTexts::Timeout, &()),
        one(&Stream::ConsumerTooSlow, &()),
        one(&OpenCodes::One, &trade),
        one(&OpenCodes::Any { code: 110_007, text: "too little".to_owned() }, &trade),
        one(&MixedCodes::Full, &()),
        one(&MixedCodes::Gone, &()),
        one(&MixedCodes::Late { by: 5 }, &()),
        one(&MixedCodes::One, &()),
        one(&MixedCodes::Two, &()),
        one(&CodesInStrings::Missing, &()),
        one(&CodesInStrings::Other { code: 7 }, &()),
        one(&ProblemDetails::Full, &()),
        one(&ProblemDetails::Gone { room: 7 }, &()),
    ]
}
