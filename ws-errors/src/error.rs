//! The traits that the derive implements.

use crate::catalog::{self, Catalog, Entry};
use crate::http::{Request, Response};
use crate::wire::{Buffer, Close, Output, With, constant_close};

/// An enum that declares the errors of a WebSocket API.
///
/// Implemented by [`#[derive(WsError)]`](derive@crate::WsError), never by hand. `Display` and
/// `source()` are for operators; what reaches a client is declared in the attributes.
pub trait WsError: std::error::Error {
    /// All that is constant of the enum's errors.
    fn catalog() -> &'static Catalog
    where
        Self: Sized;

    /// What is wrong with the catalogs that it nests, in words.
    #[doc(hidden)]
    fn findings() -> Vec<String>
    where
        Self: Sized,
    {
        Vec::new()
    }

    /// The entry of this error.
    fn entry(&self) -> &'static Entry;

    /// The close frame that the server sends for this error.
    fn close(&self) -> Option<Close> {
        constant_close(self.entry())
    }

    /// What answers a request that ends in this error, as `http(…)` declares it.
    ///
    /// A refusal of the handshake that has no form over HTTP has its status and no body. Any other
    /// error without one is answered with status 500, and no body: it was not expected there.
    fn respond(&self, request: &Request<'_>) -> Response {
        let _ = request;
        Response::bodyless(self.entry().http_form())
    }
}

/// An enum of errors that has a shape on the wire in the context `Cx`.
///
/// The type of the context chooses the envelope: what `envelope(Reply<'_>) = …` declares is
/// `Envelope<Reply<'_>>`, and `envelope = …` is `Envelope<()>`. Where the context is fixed it is an
/// object: `&dyn Envelope<()>`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no envelope for the context `{Cx}`",
    label = "no envelope is declared for `{Cx}`",
    note = "declare one on the enum: `#[ws_error(envelope({Cx}) = {{ … }})]`"
)]
pub trait Envelope<Cx: ?Sized = ()>: WsError {
    /// What is sent for this error.
    ///
    /// It can't fail: what can be wrong with a value costs that value, and never the message.
    fn encode(&self, cx: &Cx) -> Output {
        self.__encode(cx, None)
    }

    /// The same, with the text of the message at the end of `text`, which is used again for the next
    /// error: once it has room enough, nothing is allocated for texts.
    ///
    /// What is returned is all else that is sent. Its [`frame`](Output::frame) is `None` where the
    /// message is a text; a binary frame is there.
    ///
    /// ```
    /// # use ws_errors::{Envelope, WsError};
    /// # #[derive(Debug, thiserror::Error, WsError)]
    /// # #[ws_error(envelope = { "code": code, "room": self.room })]
    /// # enum ChatError {
    /// #     /// No such room.
    /// #     #[error("no such room")]
    /// #     #[ws_error(name = "no_room", soft_then_close(4004))]
    /// #     NoRoom { room: u32 },
    /// # }
    /// let mut text = String::new();
    /// for room in [7, 8] {
    ///     text.clear();
    ///     let rest = ChatError::NoRoom { room }.encode_into(&(), &mut text);
    ///     assert_eq!(text, format!(r#"{{"code":"no_room","room":{room}}}"#));
    ///     assert!(rest.frame.is_none() && rest.close.is_some());
    /// }
    /// ```
    fn encode_into(&self, cx: &Cx, text: &mut String) -> Output {
        self.__encode(cx, Some(text))
    }

    /// Both, which the derive writes.
    #[doc(hidden)]
    fn __encode(&self, cx: &Cx, into: Buffer<'_>) -> Output;

    /// The index of `Cx` in [`Catalog::contexts`].
    #[doc(hidden)]
    fn context(&self) -> (&'static Catalog, usize);

    /// The message of this error as a value that serializes in the shape that it has on the wire.
    fn with(&self, cx: &Cx) -> With {
        let (catalog, context) = self.context();
        let envelope = self.entry().envelope(context).and_then(|at| catalog.envelopes.get(at));
        let is_json = envelope.is_some_and(catalog::Envelope::is_json);
        With { frame: self.encode(cx).frame, is_json }
    }
}
