//! Texts and optional values as tokens.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use crate::attr::text::{Piece, Text};

/// A text as the catalog holds it. A field is given by its name in Rust.
pub(crate) fn text(text: &Text) -> TokenStream {
    let pieces = text.pieces.iter().map(|piece| match piece {
        Piece::Literal(text) => quote!(__catalog::Piece::Literal(#text)),
        Piece::Field { name, spec } => {
            quote!(__catalog::Piece::Field { name: #name, spec: #spec })
        }
    });
    quote!(__catalog::Text(&[#(#pieces),*]))
}

/// `Some` or `None`, whatever the user's own are called.
pub(crate) fn option(value: Option<impl ToTokens>) -> TokenStream {
    match value {
        Some(value) => quote!(::core::option::Option::Some(#value)),
        None => quote!(::core::option::Option::None),
    }
}
