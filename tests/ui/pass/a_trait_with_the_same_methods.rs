//! Traits of the user's that every type implements, with methods and constants of likely names.

use ws_errors::{Envelope, WsError};

trait Handy {
    const OPTIONAL: bool = true;
    const WIDE: bool = true;
    const SCHEMA: u8 = 1;
    fn json(&self) -> u8 {
        1
    }
    fn display(&self) -> u8 {
        1
    }
    fn optional(&self) -> u8 {
        1
    }
    fn wide(&self) -> u8 {
        1
    }
    fn schema(&self) -> u8 {
        1
    }
    fn encoding(&self) -> u8 {
        1
    }
    fn get(&self, _: usize) -> u8 {
        1
    }
}
impl<T: ?Sized> Handy for T {}

struct Reply {
    id: Option<u32>,
}

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope(Reply) = { "id"?: cx.id, "code": code, "message": message, "details"?: details })]
enum Failure {
    #[error("gone")]
    #[ws_error(message = "{room} is gone")]
    Gone { room: u32 },
}

pub(crate) fn main() {
    let output = Failure::Gone { room: 1 }.encode(&Reply { id: None });
    assert_eq!(
        output.text(),
        Some(r#"{"code":"Gone","message":"1 is gone","details":{"room":1}}"#)
    );
    assert!(!Failure::catalog().entries[0].fields[0].ty.optional);
}
