//! The derive macro of ws-errors.

use proc_macro::TokenStream;

/// Declares the errors of a WebSocket API.
#[proc_macro_derive(WsError, attributes(ws_error))]
pub fn derive(_input: TokenStream) -> TokenStream {
    TokenStream::new()
}
