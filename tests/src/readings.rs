//! Frames whose readings are near each other, and what each of them is: Rust and the generated
//! TypeScript are asked the same.

pub mod catalogs;

use ws_errors::catalog::Catalog;
use ws_errors::{Envelope, Output, WsError};

use crate::told_apart::Sent;
use catalogs::{
    Accents, Anything, Before, Carried, CatchAll, Closing, CodeInTwoPlaces, Colons, Domains,
    Halves, InTwoPlaces, Legacy, Listed, NamesAndCodes, Namespace, Nullable, Packets, Plain,
    Reasons, Request, Shared, Texts, Words,
};

/// A frame, and the entry that it is.
#[derive(Debug)]
pub struct Read {
    /// The catalog.
    pub catalog: &'static Catalog,
    /// The frame.
    pub frame: &'static str,
    /// The entry's name, `$unknown`, or `None` where it is no error.
    pub kind: Option<&'static str>,
    /// The values of fields, where they are compared.
    pub fields: &'static [(&'static str, &'static str)],
}

/// A close, and the entry that it is.
#[derive(Debug)]
pub struct ReadClose {
    /// The catalog.
    pub catalog: &'static Catalog,
    /// The close code, and the reason.
    pub close: (u16, &'static str),
    /// The entry's name, or `$unknown`.
    pub kind: &'static str,
}

/// The frames that no entry sends in just this way.
pub fn frames() -> Vec<Read> {
    let mut frames = Vec::new();
    let mut add = |catalog: &'static Catalog, rows: &[(&'static str, Option<&'static str>)]| {
        let read = |&(frame, kind)| Read { catalog, frame, kind, fields: &[] };
        frames.extend(rows.iter().map(read));
    };
    let unknown = Some("$unknown");
    add(
        Words::catalog(),
        &[
            ("FAIL ALPHA :other", Some("Alpha")),
            ("WARN GAMMA :other", Some("Gamma")),
            ("FAIL GAMMA :other", unknown),
            ("FAIL NEW :x", unknown),
            ("NOTE NEW :x", None),
        ],
    );
    add(
        Domains::catalog(),
        &[
            (r##"{"type":"error","uri":"z#New"}"##, unknown),
            (r##"{"type":"error","uri":"b#A"}"##, unknown),
        ],
    );
    add(
        Carried::catalog(),
        &[
            (r#"{"type":"error","name":"any"}"#, Some("any")),
            (r#"{"type":"error","error":{"code":"x"}}"#, Some("any")),
        ],
    );
    add(
        Texts::catalog(),
        &[
            (r#"{"type":"error","message":"Not authorized"}"#, Some("Middleware")),
            (r#"{"type":"error","message":"Not authorized","data":1}"#, Some("Middleware")),
            (r#"{"type":"error","message":"Invalid namespace"}"#, Some("Namespace")),
        ],
    );
    add(
        Plain::catalog(),
        &[
            (r#"{"message":"full","id":"1"}"#, Some("Full")),
            ("{}", None),
            (r#"{"id":"1"}"#, None),
            (r#"{"message":7}"#, None),
            (r#"{"message":"new","id":"1"}"#, None),
            (r#"{"message":"full","id":"1","room":7}"#, None),
        ],
    );
    add(
        NamesAndCodes::catalog(),
        &[
            (r#"{"type":"error","errorType":"BadRequest","errorCode":400}"#, Some("BadRequest")),
            (r#"{"type":"error","errorType":"New","errorCode":400}"#, unknown),
            (r#"{"type":"error","errorType":"Other","errorCode":400}"#, unknown),
            (r#"{"type":"error","errorType":"Other","errorCode":401}"#, Some("Other")),
        ],
    );
    add(
        CatchAll::catalog(),
        &[
            (r#"{"type":"error","code":"LIMIT","limit":5}"#, Some("Limit")),
            (r#"{"type":"error","code":"LIMIT"}"#, unknown),
            (r#"{"type":"error","code":"NEW"}"#, Some("Other")),
        ],
    );
    add(
        Shared::catalog(),
        &[
            (r#"{"code":1003,"message":"full"}"#, Some("Full")),
            (r#"{"code":1003,"message":"gone: a"}"#, Some("Gone")),
            (r#"{"code":1003,"message":"empty"}"#, unknown),
            (r#"{"code":1004,"message":"too late"}"#, Some("Late")),
        ],
    );
    add(
        Nullable::catalog(),
        &[
            (r#"{"code":"Limit","id":null,"limit":null}"#, Some("Limit")),
            (r#"{"code":"Limit","id":null,"limit":1,"more":1}"#, Some("Limit")),
            (r#"{"code":"Limit","id":null}"#, unknown),
        ],
    );
    add(
        Accents::catalog(),
        &[(r#"{"error":"ééabc"}"#, Some("Three")), (r#"{"error":"ééab"}"#, Some("Two"))],
    );
    add(
        Halves::catalog(),
        &[
            (r#"{"type":"error","code":"\ud800"}"#, None),
            (r#"{"type":"error","code":"Json","":"\ud800"}"#, None),
        ],
    );
    let mut with_text = |catalog, frame, kind, fields| {
        frames.push(Read { catalog, frame, kind: Some(kind), fields });
    };
    with_text(Halves::catalog(), r#"{"":"\ud800"}"#, "Text", &[("text", r"\ud800")]);
    // As JSON it would be a success, which is no error.
    const SUCCESS: &str = r#"{"":"\ud800","type":"error","code":"ok"}"#;
    const INSIDE: &str = r#"\ud800","type":"error","code":"ok"#;
    with_text(Halves::catalog(), SUCCESS, "Text", &[("text", INSIDE)]);
    // The first value counts, as it does wherever a slot is used twice.
    let catalog = InTwoPlaces::catalog();
    with_text(catalog, r#"{"code":"Said","message":"a","text":"b"}"#, "Said", &[("text", "a")]);
    with_text(catalog, r#"{"code":"First","message":"a","text":"b"}"#, "First", &[("text", "b")]);
    with_text(CodeInTwoPlaces::catalog(), "ERR a b", "Any", &[("topic", "a")]);
    frames
}

/// As long as a reason that was cut, and none that is declared.
const LONG: &str = "this reason has nothing of those that are declared, and is as long as a close frame has \
                    room for, so that it may have been cut";

/// Closes that their reasons identify, or do not.
pub fn closes() -> Vec<ReadClose> {
    let catalog = Reasons::catalog();
    let rows = [
        ((1000, "going away"), "Going"),
        ((1000, ""), "$unknown"),
        ((4001, "other words"), "Token"),
        ((4002, "room 7 is full"), "Full"),
        ((4002, "room closed"), "Closed"),
        ((4002, "new"), "$unknown"),
        ((4002, LONG), "$unknown"),
        ((1006, "a library's own words"), "Lost"),
    ];
    rows.into_iter().map(|(close, kind)| ReadClose { catalog, close, kind }).collect()
}

/// What is sent, and comes back as what it was.
pub fn sent() -> Vec<Sent> {
    fn of<E: WsError + Envelope<Cx>, Cx>(error: &E, cx: &Cx) -> Sent {
        let output: Output = error.encode(cx);
        Sent { catalog: E::catalog(), entry: error.entry(), output }
    }
    let mut all = vec![
        of(&Words::Alpha, &()),
        of(&Words::Beta, &()),
        of(&Words::Gamma, &()),
        of(&Domains::A, &()),
        of(&Domains::B, &()),
        of(&Domains::C, &()),
        of(&Plain::Full, &Request { id: "1" }),
        of(&Plain::Gone, &Request { id: "" }),
        of(&Closing::Token, &Legacy),
        of(&Nullable::Limit { limit: None }, &Anything { id: None }),
        of(&Nullable::Limit { limit: Some(1) }, &Anything { id: Some("a".into()) }),
        of(&Colons::Denied { channel: "/a" }, &()),
    ];
    for ns in ["/admin", "/a,b", ",", "{", "/{\"code\":1},"] {
        all.push(of(&Packets::Gone, &Namespace { ns }));
    }
    for channel in ["/a", "/a:b", ":", "", "denied:full:full"] {
        all.push(of(&Colons::Full { channel }, &()));
    }
    for before in ["1", "1,2", "{\"error\":\"Gone\"},7", "],[", "é,🎈"] {
        all.push(of(&Listed::Gone, &Before { before }));
    }
    all
}
