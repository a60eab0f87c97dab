//! Names that mean something to a language that is generated: every object of JavaScript has them,
//! Python reserves them, they need quotes, or an error or the module has something of that name already.

use ws_errors::{Envelope, WsError};

use crate::told_apart::Sent;

/// What the fields of a form may have.
#[derive(Debug, serde::Serialize, schemars::JsonSchema)]
#[serde(untagged)]
enum Detail {
    Text(String),
    List(Vec<Detail>),
}

/// The id of the request.
#[derive(Debug)]
struct Request {
    id: Option<String>,
}

/// Names and texts that mean something to TypeScript.
#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(
    catalog = "odd-names",
    envelope(Request) = {
        "t": "it's \"err\"",
        "code": code,
        "id"?: cx.id ?? "-1",
        "details"?: details,
    },
    default(message = "text */ `${{x}}` \\"),
)]
enum OddName {
    #[error("proto")]
    #[ws_error(name = "__proto__")]
    Proto {
        #[ws_error(rename = "__proto__")]
        own: bool,
    },
    #[error("map")]
    #[ws_error(name = "constructor")]
    Map {
        kind: Option<String>,
        #[ws_error(rename = "a b")]
        pairs: Vec<(String, u8)>,
    },
    #[error("detail")]
    #[ws_error(name = "it's a \"name\"", code = "a\u{2028}b")]
    Detail { detail: Detail },
    #[error("size")]
    Data { data: u8, context: u8, message: u8 },
    #[error("own")]
    OddNamesContext {
        class: u8,
        str: u8,
        #[ws_error(rename = "größe")]
        size: u8,
        #[ws_error(rename = "0")]
        first: u8,
        #[ws_error(rename = "__own")]
        own: u8,
        #[ws_error(rename = "Detail")]
        detail: u8,
    },
    #[error("retry")]
    #[expect(
        clippy::upper_case_acronyms,
        reason = "modules for clients have a constant of this name"
    )]
    RETRY,
    #[error("any")]
    #[ws_error(code = self.code)]
    AnyOtherCodeWithALongNameThatDoesNotFitOnALineOfEightyCharacters {
        #[ws_error(skip)]
        code: String,
        #[ws_error(as = "string")]
        wide: u64,
    },
}

/// What is sent, and comes back as what it was.
pub fn sent() -> Vec<Sent> {
    let sent = |error: OddName, id: Option<&str>| {
        let request = Request { id: id.map(str::to_owned) };
        let output = Envelope::encode(&error, &request);
        Sent { catalog: OddName::catalog(), entry: error.entry(), output }
    };
    let detail = Detail::List(vec![Detail::Text("x".to_owned())]);
    vec![
        sent(OddName::Proto { own: true }, None),
        sent(OddName::Map { kind: None, pairs: Vec::new() }, Some("7")),
        sent(OddName::Map { kind: Some("k".to_owned()), pairs: vec![("x".to_owned(), 1)] }, None),
        sent(OddName::Detail { detail }, None),
        sent(OddName::Data { data: 1, context: 2, message: 3 }, Some("")),
        sent(
            OddName::OddNamesContext { class: 1, str: 2, size: 3, first: 4, own: 5, detail: 6 },
            None,
        ),
        sent(OddName::RETRY, None),
        sent(
            OddName::AnyOtherCodeWithALongNameThatDoesNotFitOnALineOfEightyCharacters {
                code: "zzz".to_owned(),
                wide: u64::MAX,
            },
            None,
        ),
    ]
}
