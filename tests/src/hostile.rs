//! Catalogs whose every text tries to break what it stands in.

use ws_errors::WsError;
use ws_errors::catalog::{Catalog, Entry, Message, Piece, Text, UserMessage};

/// A catalog for each of these texts, which stands wherever a user writes one: in doc comments, in
/// the code, the message, the reason of a close, in what a person sees, and in what is retired. In
/// strings that are templates braces are doubled, so both spellings are given.
macro_rules! hostile {
    ($($module:ident $name:literal: $text:literal, $template:literal;)*) => {
        $(mod $module {
            #[derive(Debug, thiserror::Error, ws_errors::WsError)]
            #[doc = $text]
            #[ws_error(
                catalog = $name,
                envelope = { "type": "error", "code": code, "text"?: message, "args"?: details },
                retired(1 = $text),
            )]
            #[expect(dead_code, reason = "only its catalog is looked at")]
            pub(super) enum Hostile {
                #[doc = $text]
                #[error("hostile")]
                #[ws_error(
                    code = $text,
                    name = "hostile",
                    section = $text,
                    message = $template,
                    advice = $text,
                    since = $text,
                    user(title = $template, message = $template, action = $template),
                )]
                Hostile {
                    #[doc = $text]
                    #[ws_error(rename = $text, example = $template)]
                    field: String,
                },
                #[doc = $text]
                #[deprecated(note = $text)]
                #[error("closed")]
                #[ws_error(close(4001, $template), retry = leave(1000, $text))]
                Closed,
            }
        })*

        /// One for each text, and one whose texts are of ten thousand characters.
        pub fn catalogs() -> Vec<&'static Catalog> {
            vec![$($module::Hostile::catalog(),)* long()]
        }
    };
}

hostile! {
    pipe "pipe": "a | b", "a | b";
    backtick "backtick": "a ` b", "a ` b";
    backticks "backticks": "``` a", "``` a";
    script "script": "</script><script>alert(1)</script>", "</script><script>alert(1)</script>";
    comment "comment": "a */ b /* c --> d <!-- e // f", "a */ b /* c --> d <!-- e // f";
    braces "braces": "} {x", "}} {{x";
    template "template": "} ${x", "}} ${{x";
    separator "separator": "a\u{2028}b\u{2029}c", "a\u{2028}b\u{2029}c";
    direction "direction": "a\u{202e}b\u{2066}c\u{200f}d\u{61c}e", "a\u{202e}b\u{2066}c\u{200f}d\u{61c}e";
    lines "lines": "a\n\n# b\r\n- c\n\n    d\n> e\n---\n", "a\n\n# b\r\n- c\n\n    d\n> e\n---\n";
    control "control": "a\u{0}b\u{1b}[31mc", "a\u{0}b\u{1b}[31mc";
    quotes "quotes": "\"a' \\ b\\", "\"a' \\ b\\";
    links "links": "[a](javascript:b) <c@d.e> https://f.g www.h.i", "[a](javascript:b) <c@d.e> https://f.g www.h.i";
    words "words": "import a from 'b'\nexport c", "import a from 'b'\nexport c";
}

/// The first catalog with a paragraph of ten thousand characters wherever docs have one.
fn long() -> &'static Catalog {
    let text: &'static str = "| `a` {b} </c> ".repeat(700).leak();
    let of_user = Text(vec![Piece::Literal(text)].leak());
    let base = pipe::Hostile::catalog();
    let entries: Vec<Entry> = base
        .entries
        .iter()
        .map(|entry| Entry {
            docs: text,
            advice: Some(text),
            user: Some(UserMessage {
                title: of_user,
                message: of_user,
                action: Some(of_user),
                fallback: false,
            }),
            message: match entry.message {
                Message::Text(_) => Message::Text(of_user),
                other => other,
            },
            ..*entry
        })
        .collect();
    Box::leak(Box::new(Catalog { name: "long", docs: text, entries: entries.leak(), ..*base }))
}
