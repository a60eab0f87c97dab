//! A user that denies all that it can.
#![deny(warnings, missing_docs, unused, clippy::all, clippy::pedantic, clippy::nursery)]
#![deny(future_incompatible, nonstandard_style)]
#![deny(rust_2018_idioms, let_underscore, keyword_idents)]
#![deny(
    elided_lifetimes_in_paths,
    missing_debug_implementations,
    single_use_lifetimes,
    trivial_casts,
    trivial_numeric_casts,
    unreachable_pub,
    unused_crate_dependencies,
    unused_import_braces,
    unused_lifetimes,
    unused_macro_rules,
    unused_qualifications,
    unused_results,
    variant_size_differences
)]
#![forbid(unsafe_code)]
#![deny(
    clippy::absolute_paths,
    clippy::as_conversions,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::min_ident_chars,
    clippy::missing_docs_in_private_items,
    clippy::missing_trait_methods,
    clippy::panic,
    clippy::pattern_type_mismatch,
    clippy::unwrap_used,
    clippy::wildcard_imports
)]

use ws_errors::WsError;

/// A context.
#[derive(Debug, Clone, Copy)]
pub struct Reply<'a> {
    /// The request.
    pub id: Option<&'a str>,
}

/// Failures.
#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(
    envelope(Reply<'_>) = { "id"?: cx.id, "code": code, "message": message, "details"?: details },
    envelope = { "code": code, "wait"?: retry_after, "details"?: details },
    default(set(kind = "error")),
)]
pub enum Failure<'a> {
    /// Gone.
    #[error("{room} is gone")]
    #[ws_error(message = "{room:>4} is gone", retry = after(self.wait ?? 1s))]
    Gone {
        /// The room.
        room: &'a str,
        /// How long.
        wait: Option<u32>,
    },
    /// Old.
    #[deprecated = "use `Gone`"]
    #[error("old")]
    #[ws_error(message = "old")]
    Old,
    /// Closed.
    #[error("closed")]
    #[ws_error(close(self.code, "{why:?}"))]
    Closed {
        /// The code.
        code: ws_errors::CloseCode,
        /// Why.
        why: String,
    },
}
