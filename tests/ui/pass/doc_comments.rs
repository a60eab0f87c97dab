//! Docs in every form that Rust has.

use ws_errors::WsError;

macro_rules! documented {
    ($docs:expr, $more:literal) => {
        #[doc = $docs]
        #[doc = $more]
        #[derive(Debug, thiserror::Error, WsError)]
        #[ws_error(envelope = { "code": code })]
        enum Documented {
            #[doc = $more]
            #[error("gone")]
            Gone,
        }
    };
}
documented!("Of an expression.", "Of a literal.");

/** Of a block.

    Indented. */
#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code })]
enum Failure {
    /// With "quotes", a \backslash, {braces} and `code`.
    ///
    /// In two paragraphs.
    #[error("a")]
    A,
    #[doc = "An attribute."]
    #[doc(hidden)]
    #[doc(alias = "b2")]
    #[error("b")]
    B,
    #[doc = concat!("made", " by a macro")]
    #[ws_error(docs = "Written out.")]
    #[error("c")]
    C,
    #[doc = include_str!("doc_comments.rs")]
    #[ws_error(docs = "In short.")]
    #[error("d")]
    D,
    #[error("e")]
    E {
        /// Of a field.
        a: u32,
        /** Of a field. */
        b: u32,
    },
    /**
     * With stars.
     *
     * In two paragraphs.
     */
    #[error("h")]
    H,
    /// Hidden from the docs.
    #[ws_error(docs = "Shown in the docs.")]
    #[error("f")]
    F,
    #[cfg_attr(all(), doc = "Of a condition.")]
    #[error("g")]
    G,
}

pub(crate) fn main() {
    let docs = |name: &str| {
        let entries = Failure::catalog().entries;
        entries.iter().find(|entry| entry.name == name).map(|entry| entry.docs)
    };
    assert_eq!(Failure::catalog().docs, "Of a block.\n\n   Indented.");
    assert_eq!(
        docs("A"),
        Some("With \"quotes\", a \\backslash, {braces} and `code`.\n\nIn two paragraphs.")
    );
    assert_eq!(docs("B"), Some("An attribute."));
    assert_eq!((docs("C"), docs("D")), (Some("Written out."), Some("In short.")));
    assert_eq!(docs("H"), Some("With stars.\n\nIn two paragraphs."));
    assert_eq!(docs("F"), Some("Shown in the docs."));
    assert_eq!(docs("G"), Some("Of a condition."));
    assert_eq!(Documented::catalog().docs, "Of an expression.\nOf a literal.");
    assert_eq!(Documented::Gone.entry().docs, "Of a literal.");
    let _ = (Failure::A, Failure::B, Failure::C, Failure::D, Failure::E { a: 1, b: 2 }, Failure::F);
    let _ = (Failure::G, Failure::H);
}
