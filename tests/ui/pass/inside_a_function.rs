//! Enums and contexts that have no path.

use ws_errors::{Envelope, WsError};

pub(crate) fn main() {
    struct Reply<'a> {
        id: &'a str,
    }

    type Id = u32;

    #[derive(Debug, thiserror::Error, WsError)]
    #[ws_error(envelope(Reply<'_>) = { "id": cx.id, "code": code, "room"?: self.room })]
    enum Failure {
        #[error("gone")]
        Gone { room: Id },
    }

    let inner = || {
        #[derive(Debug, thiserror::Error, WsError)]
        #[ws_error(envelope = { "inner": code })]
        enum Failure {
            #[error("gone")]
            Gone,
        }
        assert_eq!(Failure::Gone.encode(&()).text(), Some(r#"{"inner":"Gone"}"#));
    };
    inner();

    let output = Failure::Gone { room: 1 }.encode(&Reply { id: "a" });
    assert_eq!(output.text(), Some(r#"{"id":"a","code":"Gone","room":1}"#));
}
