//! Enums whose parts come from the macros that make them.

use ws_errors::{Envelope, WsError};

struct Reply<'a> {
    id: &'a str,
}

macro_rules! failure {
    (
        $(#[$attribute:meta])*
        $visibility:vis enum $name:ident($context:ty) as $catalog:literal = { $key:literal: $slot:tt };
        $($variant:ident {
            $($field:ident: $ty:ty = $example:expr),*
        } = $code:literal, $message:expr, $close:literal, $reason:expr, $wait:literal;)*
    ) => {
        $(#[$attribute])*
        #[derive(Debug, thiserror::Error, WsError)]
        #[ws_error(
            catalog = $catalog,
            envelope($context) = { "id": cx.id, $key: $slot, "message": message, "details"?: details },
            envelope = { $key: $slot },
        )]
        $visibility enum $name {
            $(
                #[error($message)]
                #[ws_error(
                    code = $code,
                    message = $message,
                    soft_then_close($close, $reason),
                    retry = after($wait),
                )]
                $variant {
                    $(#[ws_error(example = $example)] $field: $ty,)*
                },
            )*
        }
    };
}

failure! {
    /// Made by a macro.
    pub enum Failure(Reply<'_>) as "made" = { "code": code };
    Gone { room: u32 = 5, user: Option<Box<str>> = "a" } = 4004, "{room} is gone", 4004, "gone", 30s;
    Lost { room: Vec<u8> = [1, 2] } = -5, "lost", 4005, "lost", 500ms;
}

/// The envelope comes from the caller, and the rest from the macro.
macro_rules! with_envelope {
    ($name:ident, $($envelope:tt)*) => {
        #[derive(Debug, thiserror::Error, WsError)]
        #[ws_error($($envelope)*)]
        enum $name {
            #[error("gone")]
            #[ws_error(message = "gone: {0:?}", close(self.1, "{0}"), details(0))]
            Gone(u32, ws_errors::CloseCode),
            #[error("lost")]
            #[ws_error(message = "lost {0:?}")]
            Lost(u32),
        }
    };
}
with_envelope!(Passed, envelope(Reply<'_>) = { "id": cx.id, "code": code, "message": message });
with_envelope!(Plain, envelope = { "code": code, "message": message });

/// And the other way around.
macro_rules! with_variants {
    ($($variants:tt)*) => {
        #[derive(Debug, thiserror::Error, WsError)]
        #[ws_error(envelope(Reply<'_>) = { "id": cx.id, "code": code, "message": message })]
        enum Inner { $($variants)* }
    };
}
with_variants! {
    #[error("gone")]
    #[ws_error(message = "{room:>4}", close(4001, "{room}"))]
    Gone { room: u32 },
    #[error("lost")]
    #[ws_error(message = "{room:>4}")]
    Lost { room: u32 },
}

pub(crate) fn main() {
    let output = Failure::Gone { room: 1, user: None }.encode(&Reply { id: "a" });
    assert_eq!(
        output.text(),
        Some(r#"{"id":"a","code":4004,"message":"1 is gone","details":{"room":1}}"#)
    );
    assert_eq!(Failure::Lost { room: vec![] }.encode(&()).text(), Some(r#"{"code":-5}"#));
    assert_eq!(
        Passed::Lost(1).encode(&Reply { id: "b" }).text(),
        Some(r#"{"id":"b","code":"Lost","message":"lost 1"}"#)
    );
    assert_eq!(Plain::Lost(1).encode(&()).text(), Some(r#"{"code":"Lost","message":"lost 1"}"#));
    assert_eq!(
        Inner::Lost { room: 1 }.encode(&Reply { id: "b" }).text(),
        Some(r#"{"id":"b","code":"Lost","message":"   1"}"#)
    );
    let code = ws_errors::CloseCode::new(4001).unwrap();
    let _ = (Passed::Gone(1, code), Plain::Gone(1, code), Inner::Gone { room: 1 });
}
