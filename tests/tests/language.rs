//! The envelope language where the sixteen systems of the world don't reach: each rule by itself.

#![expect(dead_code, reason = "what is only read is never made")]

use std::path::Path;

use serde_json::{Value, json};
use ws_errors::catalog::{Catalog, Slots};
use ws_errors::wire::Decoded;
use ws_errors::{Decoder, Envelope, Frame, WsError};

/// The entry's name, the text for the client, and the fields that came back.
fn read(decoded: &Decoded) -> (String, Option<Value>, Value) {
    let received = decoded.received().unwrap_or_else(|| panic!("foreign"));
    let fields = received.fields().iter().map(|(name, value)| (name.to_owned(), value.clone()));
    (
        decoded.entry().map_or("unknown", |entry| entry.name).to_owned(),
        received.message().cloned(),
        Value::Object(fields.collect()),
    )
}

/// `tests/reference/check` reads them.
#[test]
fn the_reference_of_each_is_written_for_the_checks_in_node() {
    let catalogs: [&'static Catalog; 7] = [
        filters::Filtered::catalog(),
        lists::Spliced::catalog(),
        contexts::E::catalog(),
        success::E::catalog(),
        packed::E::catalog(),
        packed::Exact::catalog(),
        batches::E::catalog(),
    ];
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("reference/language");
    tests::artefacts::write(&folder, &catalogs).unwrap_or_else(|error| panic!("{error}"));
}

mod filters {
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
}

mod lists {
    use super::*;

    struct Cx {
        before: Option<Vec<u32>>,
    }

    #[derive(Debug, thiserror::Error, WsError)]
    #[ws_error(catalog = "lists", envelope(Cx) = ["e", ..cx.before, code, self.at ?? null])]
    pub(super) enum Spliced {
        #[error("one")]
        One { at: Option<u8> },
        #[error("list")]
        #[ws_error(envelope = [..details])]
        List(String, u8),
    }

    #[test]
    fn a_list_takes_the_place_between_what_stands_around_it() {
        let decoder = Decoder::of::<Spliced>();
        for (before, frame, read) in [
            (None, r#"["e","One",7]"#, json!([])),
            (Some(vec![]), r#"["e","One",7]"#, json!([])),
            (Some(vec![1, 2]), r#"["e",1,2,"One",7]"#, json!([1, 2])),
        ] {
            let output = Spliced::One { at: Some(7) }.encode(&Cx { before });
            assert_eq!(output.text(), Some(frame));
            let decoded = decoder.decode(frame);
            assert_eq!(decoded.entry().unwrap().name, "One");
            let received = decoded.received().unwrap();
            assert_eq!(received.context_values().get("before"), Some(&read));
            assert_eq!(received.fields().get("at"), Some(&json!(7)));
        }
        assert!(decoder.decode(r#"["e"]"#).is_foreign());
        let list = Spliced::List("a".into(), 1).encode(&Cx { before: None });
        assert_eq!(list.text(), Some(r#"["a",1]"#));
    }
}

mod contexts {
    use super::*;

    struct Quiet;
    struct Loud;
    struct Reply<'a, 'b> {
        id: &'a str,
        topic: &'b str,
    }

    #[derive(Debug, thiserror::Error, WsError)]
    #[ws_error(
        catalog = "contexts",
        envelope = { "code": code },
        envelope(Quiet, close) = { "quiet": code },
        envelope(Loud, soft_then_close) = { "loud": code, "with"?: close },
        envelope(Reply<'_, '_>, soft) = { "re": cx.id, "topic": cx.topic, "code": code },
    )]
    pub(super) enum E {
        #[error("soft")]
        Soft,
        #[error("both")]
        #[ws_error(soft_then_close(4001))]
        Both,
        #[error("close")]
        #[ws_error(close(4002, "{why}"))]
        Close { why: String },
        #[error("only")]
        #[ws_error(only(Reply<'_, '_>, Quiet))]
        Only,
    }

    #[test]
    fn a_context_says_how_what_closes_the_connection_is_delivered() {
        let close = || E::Close { why: "late".into() };
        let sent = |output: ws_errors::Output| {
            (
                output.text().map(str::to_owned),
                output.close.and_then(|c| c.code().map(|code| (code.get(), c.reason().to_owned()))),
            )
        };
        let text = |text: &str| Some(text.to_owned());
        let late = || Some((4002, "late".to_owned()));
        let both = || Some((4001, "Both".to_owned()));
        assert_eq!(sent(close().encode(&())), (None, late()));
        assert_eq!(sent(close().encode(&Quiet)), (None, late()));
        assert_eq!(sent(close().encode(&Loud)), (text(r#"{"loud":"Close","with":4002}"#), late()));
        assert_eq!(sent(E::Both.encode(&())), (text(r#"{"code":"Both"}"#), both()));
        assert_eq!(sent(E::Both.encode(&Quiet)), (None, both()));
        assert_eq!(sent(E::Both.encode(&Loud)), (text(r#"{"loud":"Both","with":4001}"#), both()));
        let cx = Reply { id: "1", topic: "t" };
        let reply = text(r#"{"re":"1","topic":"t","code":"Both"}"#);
        assert_eq!(sent(E::Both.encode(&cx)), (reply, None));
        assert_eq!(sent(E::Soft.encode(&Quiet)), (text(r#"{"quiet":"Soft"}"#), None));
        assert_eq!(sent(E::Only.encode(&())), (None, None));
        assert_eq!(sent(E::Only.encode(&Quiet)), (text(r#"{"quiet":"Only"}"#), None));
    }

    #[test]
    fn an_error_that_a_context_does_not_have_is_not_read_in_it() {
        let decoder = Decoder::of::<E>();
        assert!(decoder.decode(r#"{"code":"Only"}"#).entry().is_none());
        assert_eq!(decoder.decode(r#"{"quiet":"Only"}"#).entry().unwrap().name, "Only");
        let decoded = decoder.decode(r#"{"loud":"Close","with":4002}"#);
        assert_eq!(decoded.received().unwrap().context().unwrap().name, "Loud");
    }
}

mod success {
    use super::*;

    #[derive(Debug, thiserror::Error, WsError)]
    #[ws_error(
        catalog = "success",
        envelope = { "status": code, "text"?: message },
        success(0, 200..=299, "ok"),
    )]
    pub(super) enum E {
        #[error("missing")]
        #[ws_error(code = 404)]
        Missing,
        #[error("other")]
        #[ws_error(code = self.code)]
        Other { code: u16 },
    }

    #[test]
    fn a_code_of_success_is_no_error_though_a_catch_all_takes_any_other() {
        let decoder = Decoder::of::<E>();
        for (frame, entry) in [
            (r#"{"status":404}"#, Some("Missing")),
            (r#"{"status":500}"#, Some("Other")),
            (r#"{"status":300}"#, Some("Other")),
            (r#"{"status":0}"#, None),
            (r#"{"status":200}"#, None),
            (r#"{"status":299.0}"#, None),
            (r#"{"status":"ok"}"#, None),
        ] {
            let decoded = decoder.decode(frame);
            assert_eq!(decoded.entry().map(|entry| entry.name), entry, "{frame}");
            assert_eq!(decoded.is_foreign(), entry.is_none(), "{frame}");
        }
    }
}

mod packed {
    use super::*;

    /// An encoder of the application's own: `code|message|id`.
    fn encode(slots: &Slots) -> Frame {
        let slot = |name: &str| slots.get(name).and_then(Value::as_str).unwrap_or_default();
        let text = format!("{}|{}|{}", slot("code"), slot("id"), slot("message"));
        Frame::Binary(text.into_bytes().into())
    }

    fn decode(frame: &Frame) -> Option<Slots> {
        let Frame::Binary(bytes) = frame else { return None };
        let mut parts = std::str::from_utf8(bytes).ok()?.splitn(3, '|');
        let keys = ["code", "id", "message"];
        keys.iter().map(|key| Some(((*key).to_owned(), parts.next()?.into()))).collect()
    }

    struct MessagePack<'a>(&'a str);
    struct Tagged<'a> {
        id: &'a str,
    }
    struct Cbor<'a> {
        id: &'a str,
    }
    struct Bytes<'a> {
        id: &'a str,
    }
    struct Own<'a> {
        id: &'a str,
    }
    struct Sealed;

    #[derive(Debug, thiserror::Error, WsError)]
    #[ws_error(
        catalog = "packed",
        envelope(Tagged<'_>) = binary(b"\x01\xff") + msgpack({ "id": cx.id, "code": code, "message": message, ..details }),
        envelope(Cbor<'_>) = cbor([cx.id, code, message, details?]),
        envelope(Bytes<'_>) = binary("{code} {cx.id:percent}: {message}\n"),
        envelope(Own<'_>) = with(encode, decode, { "code": code, "id": cx.id, "message": message }),
        envelope(Sealed) = with(encode),
    )]
    pub(super) enum E {
        #[error("full")]
        #[ws_error(message = "the room is full")]
        Full,
        #[error("late")]
        #[ws_error(message = "late by {by}")]
        Late { by: i32, why: Option<String> },
    }

    #[derive(Debug, thiserror::Error, WsError)]
    #[ws_error(catalog = "exact", envelope(MessagePack<'_>) = msgpack({ "type": "error", "code": code, "s": set.size }))]
    pub(super) enum Exact {
        #[error("full")]
        #[ws_error(set(size = -1))]
        Full,
    }

    fn bytes<Er: Envelope<Cx>, Cx>(error: &Er, cx: &Cx) -> Vec<u8> {
        match error.encode(cx).frame {
            Some(Frame::Binary(bytes)) => bytes.into_vec(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_frame_of_message_pack_is_what_the_format_says() {
        let expected = b"\x83\xa4type\xa5error\xa4code\xa4Full\xa1s\xff";
        assert_eq!(bytes(&Exact::Full, &MessagePack("")), expected);
        assert!(MessagePack("x").0 == "x");
    }

    #[test]
    fn each_format_comes_back_as_what_was_sent() {
        let decoder = Decoder::of::<E>();
        let late = || E::Late { by: -7, why: Some("traffic".into()) };
        let tagged = bytes(&late(), &Tagged { id: "r" });
        assert_eq!(tagged[..3], [1, 0xff, 0x85]);
        let cbor = bytes(&late(), &Cbor { id: "r" });
        assert_eq!(cbor[0], 0x84);
        for (frame, context) in [(&tagged, "Tagged"), (&cbor, "Cbor")] {
            let decoded = decoder.decode_binary(frame);
            let (name, message, fields) = read(&decoded);
            assert_eq!(name, "Late");
            assert_eq!(message, Some(json!("late by -7")));
            assert_eq!(fields, json!({ "by": -7, "why": "traffic" }));
            let received = decoded.received().unwrap();
            assert_eq!(received.context().unwrap().name, context);
            assert_eq!(received.value::<String>("id").unwrap().as_deref(), Some("r"));
        }
        for frame in [bytes(&E::Full, &Bytes { id: "r" }), bytes(&E::Full, &Own { id: "r" })] {
            let decoded = decoder.decode_binary(&frame);
            let (name, message, _) = read(&decoded);
            assert_eq!((name.as_str(), message), ("Full", Some(json!("the room is full"))));
            assert_eq!(
                decoded.received().unwrap().value::<String>("id").unwrap().as_deref(),
                Some("r")
            );
        }
        assert_eq!(bytes(&E::Full, &Bytes { id: "r" }), b"Full r: the room is full\n");
        assert_eq!(bytes(&E::Full, &Own { id: "r" }), b"Full|r|the room is full");
        assert_eq!(bytes(&E::Full, &Sealed), b"Full||the room is full");
    }

    #[test]
    fn no_bytes_make_the_decoder_fail_and_a_cut_frame_is_no_error() {
        let decoder = Decoder::of::<E>();
        let tagged = bytes(&E::Full, &Tagged { id: "r" });
        for end in 0..tagged.len() {
            assert!(decoder.decode_binary(&tagged[..end]).is_foreign(), "{end}");
        }
        let deep = [0x91_u8; 100_000];
        assert!(decoder.decode_binary(&deep).is_foreign());
        let deep = [0x81_u8; 100_000];
        assert!(decoder.decode_binary(&deep).is_foreign());
        let mut random = 1_u32;
        for _ in 0..5_000 {
            let frame: Vec<u8> = (0..24)
                .map(|_| {
                    random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    (random >> 24) as u8
                })
                .collect();
            assert!(decoder.decode_binary(&frame).entry().is_none());
        }
    }
}

mod batches {
    use super::*;

    #[derive(Debug, thiserror::Error, WsError)]
    #[ws_error(catalog = "batches", envelope = { "error": code, "text"?: message })]
    pub(super) enum E {
        #[error("full")]
        Full,
        #[error("gone")]
        Gone,
        #[error("line")]
        #[ws_error(envelope = "-ERR {message}\r\n", message = "no such line")]
        Line,
    }

    fn names(frame: &str) -> Vec<&'static str> {
        let decoded = Decoder::of::<E>().decode_all(frame);
        decoded.iter().map(|one| one.entry().map_or("unknown", |entry| entry.name)).collect()
    }

    #[test]
    fn a_frame_with_several_messages_is_several() {
        for (frame, expected) in [
            (r#"{"error":"Full"}"#, &["Full"][..]),
            (r#"[{"error":"Full"},{"error":"Gone"}]"#, &["Full", "Gone"]),
            (r#" [ {"error":"Full"}, {"ok":1}, {"error":"New"} ] "#, &["Full", "unknown"]),
            ("{\"error\":\"Full\"}\n{\"ok\":1}\r\n{\"error\":\"Gone\"}\n", &["Full", "Gone"]),
            (r#"{"error":"Full"}{"error":"Gone"}"#, &["Full", "Gone"]),
            ("-ERR no such line\r\nPING\r\n-ERR no such line\r\n", &["Line", "Line"]),
            (r#"[{"ok":1},{"ok":2}]"#, &[]),
            (r#"[1,{"error":"Full"}]"#, &[]),
            (r#"{"error":"Full"} and more"#, &[]),
            ("", &[]),
            ("[]", &[]),
        ] {
            assert_eq!(names(frame), expected, "{frame}");
        }
    }
}
