//! What filters make of a value, and how it is read again.

use super::*;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(catalog = "filters", envelope = "ERR {self.text:quoted}")]
pub(super) enum Filtered {
    #[error("quoted")]
    Quoted { text: String },
    #[error("xml")]
    #[ws_error(envelope = "<error code=\"{code:xml}\">{self.text:xml}</error>")]
    Xml { text: String },
    #[error("line")]
    #[ws_error(envelope = "line {self.text:line}\r\n")]
    Line { text: String },
    #[error("raw")]
    #[ws_error(envelope = "raw {self.text:raw}")]
    Raw { text: String },
    #[error("counted")]
    #[ws_error(envelope = "{len(self.text)}:{self.text}")]
    Counted { text: String },
    #[error("in JSON")]
    #[ws_error(envelope = { "html": "<b>{self.text:xml}</b>" })]
    InJson { text: String },
    #[error("two")]
    #[ws_error(envelope = "two {self.first:quoted} {self.second:quoted}")]
    Two { first: String, second: String },
}

const HOSTILE: &str = "a\"b\\ <&'> \r\nERR é";

#[test]
fn each_filter_makes_a_value_safe_where_it_stands() {
    let text = || HOSTILE.to_owned();
    for (error, frame) in [
        (Filtered::Quoted { text: text() }, r#"ERR "a\"b\\ <&'> \r\nERR é""#),
        (
            Filtered::Xml { text: text() },
            "<error code=\"Xml\">a&quot;b\\ &lt;&amp;&#39;&gt; \u{fffd}\u{fffd}ERR é</error>",
        ),
        (Filtered::Line { text: text() }, "line a\"b\\ <&'>   ERR é\r\n"),
        (Filtered::Raw { text: text() }, "raw a\"b\\ <&'> \r\nERR é"),
        (
            Filtered::InJson { text: text() },
            r#"{"html":"<b>a&quot;b\\ &lt;&amp;&#39;&gt; ��ERR é</b>"}"#,
        ),
    ] {
        assert_eq!(error.encode(&()).text(), Some(frame));
    }
    let counted = Filtered::Counted { text: "é!".into() };
    assert_eq!(counted.encode(&()).text(), Some("3:é!"));
}

#[test]
fn what_a_filter_made_is_read_as_what_it_was_made_of() {
    let decoder = Decoder::of::<Filtered>();
    for text in ["", "x", "a\"b\\", "<&>", "say \"hi\" now", "ERR \"", "é🎈"] {
        let owned = || text.to_owned();
        for error in [
            Filtered::Quoted { text: owned() },
            Filtered::Xml { text: owned() },
            Filtered::Line { text: owned() },
            Filtered::Raw { text: owned() },
            Filtered::Counted { text: owned() },
            Filtered::InJson { text: owned() },
        ] {
            let output = error.encode(&());
            let (name, _, fields) = read(&decoder.decode(output.text().unwrap()));
            assert_eq!(name, error.entry().name, "{output:?}");
            assert_eq!(fields["text"], *text, "{output:?}");
        }
    }
}

#[test]
fn a_quoted_value_ends_where_its_quotes_do() {
    let error = Filtered::Two { first: "a\" \"b".into(), second: "\"".into() };
    let output = error.encode(&());
    let (name, _, fields) = read(&Decoder::of::<Filtered>().decode(output.text().unwrap()));
    assert_eq!((name.as_str(), fields), ("Two", json!({ "first": "a\" \"b", "second": "\"" })));
}
