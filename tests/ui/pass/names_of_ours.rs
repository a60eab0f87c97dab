//! Types that are named by `Self`, and names that the macro uses itself.

use ws_errors::{Envelope, WsError};

trait HasRoom {
    type Room;
}

impl HasRoom for Failure {
    type Room = u32;
}

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope(Reply) = { "of": cx.__field0, "code": code, "details"?: details })]
enum Failure {
    #[error("of the enum itself")]
    Gone { room: <Self as HasRoom>::Room, others: Vec<<Self as HasRoom>::Room> },
    #[error("as the macro names what it binds")]
    #[ws_error(message = "{__field0} {__field1:?} {__out}", close(4001, "{__field1}"))]
    Bound { __field1: u8, __field0: u16, __out: u8, __value: u8, __values: u8, __cx: u8 },
    #[error("as a type parameter would be named")]
    Named { __v: u8, __ws: u8, __inner: u8 },
}

struct Reply {
    __field0: u8,
}

pub(crate) fn main() {
    let reply = Reply { __field0: 7 };
    let gone = Failure::Gone { room: 1, others: vec![2] };
    assert_eq!(
        gone.encode(&reply).text(),
        Some(r#"{"of":7,"code":"Gone","details":{"room":1,"others":[2]}}"#)
    );
    let bound =
        Failure::Bound { __field1: 1, __field0: 2, __out: 3, __value: 4, __values: 5, __cx: 6 };
    assert_eq!(bound.close().expect("a close").reason(), "1");
    let named = Failure::Named { __v: 1, __ws: 2, __inner: 3 };
    assert_eq!(
        named.encode(&reply).text(),
        Some(r#"{"of":7,"code":"Named","details":{"__v":1,"__ws":2,"__inner":3}}"#)
    );
}
