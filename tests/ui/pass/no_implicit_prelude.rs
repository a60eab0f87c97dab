//! A module without the prelude.

mod errors {
    #![no_implicit_prelude]

    #[derive(::std::fmt::Debug, ::thiserror::Error, ::ws_errors::WsError)]
    #[ws_error(
        envelope(Reply<'_>) = { "id"?: cx.id, "code": code, "message": message, "size"?: self.size },
        envelope = { "code": code, "size"?: self.size },
    )]
    pub enum Failure {
        #[error("large: {size}")]
        #[ws_error(message = "{size:#x} is too large", retry = after(self.size))]
        Large { size: u32 },
        #[error("gone")]
        #[ws_error(close(4001, "{0}"))]
        Gone(::std::string::String),
    }

    pub struct Reply<'a> {
        pub id: ::std::option::Option<&'a str>,
    }
}

pub(crate) fn main() {
    use ws_errors::Envelope;

    let output = errors::Failure::Large { size: 255 }.encode(&errors::Reply { id: Some("a") });
    assert_eq!(
        output.text(),
        Some(r#"{"id":"a","code":"Large","message":"0xff is too large","size":255}"#)
    );
}
