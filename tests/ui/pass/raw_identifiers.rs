//! Fields and variants that are keywords.

use ws_errors::{Envelope, WsError};

struct Reply<'a> {
    r#type: &'a str,
    r#ref: Option<u32>,
}

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(
    rename_all = "snake_case",
    envelope(Reply<'_>) = {
        "type": cx.type,
        "ref"?: cx.r#ref,
        "code": code,
        "loop": self.loop,
        "text": "{cx.type:percent}/{self.match}",
        "message": message,
        "fn"?: set.fn,
        ..details,
    },
    correlate = cx.ref,
    example(cx.type = "error"),
)]
enum r#Failure {
    #[error("{type} {match}")]
    #[ws_error(message = "{type} {match:?}", details(type), set(fn = "f"))]
    r#Fn {
        #[ws_error(rename = "kind")]
        r#type: String,
        r#match: &'static str,
        r#loop: u8,
    },
}

pub(crate) fn main() {
    let error = Failure::r#Fn { r#type: "a".into(), r#match: "b", r#loop: 1 };
    let output = error.encode(&Reply { r#type: "error", r#ref: None });
    assert_eq!(
        output.text(),
        Some(
            r#"{"type":"error","code":"fn","loop":1,"text":"error/b","message":"a \"b\"","fn":"f","kind":"a"}"#
        )
    );
    assert_eq!(error.entry().variant, "Fn");
    assert_eq!(Failure::catalog().name, "failure");
}
