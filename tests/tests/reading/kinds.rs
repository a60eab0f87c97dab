//! Kinds of envelopes that random catalogs have found to be read as something else.

use serde_json::json;
use ws_errors::{Envelope as _, WsError};

use super::{back, read};

#[test]
fn what_means_success_is_no_error_by_another_envelope_either() {
    struct Reply;
    #[derive(Debug, thiserror::Error, WsError)]
    #[ws_error(
        success("ok"),
        envelope = { "type": "error", "code": code },
        envelope(Reply) = { "type": "error", "code": "ERR {code}" },
    )]
    enum E {
        #[error("gone")]
        #[ws_error(code = "GONE")]
        Gone,
    }
    assert_eq!(read::<E>(r#"{"type":"error","code":"ok"}"#), "foreign");
    // As text it would be an unknown code of the first envelope.
    assert_eq!(read::<E>(r#"{"type":"error","code":"ERR ok"}"#), "foreign");
    assert_eq!(read::<E>(r#"{"type":"error","code":"ERR GONE"}"#), "Gone");
    assert_eq!(read::<E>(r#"{"type":"error","code":"ERR NEW"}"#), "unknown \"NEW\"");
}

#[test]
fn an_entry_without_a_code_is_none_that_has_one() {
    #[derive(Debug, thiserror::Error, WsError)]
    #[ws_error(envelope = { "type": "error", "data": { "code"?: code, "message"?: message } })]
    enum E {
        #[error("gone")]
        #[ws_error(code = "GONE")]
        Gone,
        #[error("plain")]
        #[ws_error(code = none)]
        Plain,
    }
    assert_eq!(read::<E>(r#"{"type":"error","data":{}}"#), "Plain");
    assert_eq!(read::<E>(r#"{"type":"error","data":{"code":null,"new":1}}"#), "Plain");
    assert_eq!(read::<E>(r#"{"type":"error","data":{"code":"GONE"}}"#), "Gone");
    assert_eq!(read::<E>(r#"{"type":"error","data":{"code":"NEW"}}"#), "unknown \"NEW\"");
    // No code is a number here, and what has one is no entry without a code.
    assert_eq!(read::<E>(r#"{"type":"error","data":{"code":5}}"#), "foreign");
}

#[test]
fn what_another_context_shows_is_not_lost_where_its_default_is_a_constant_of_this_one() {
    struct Push;
    struct Reply {
        kind: Option<&'static str>,
        note: &'static str,
    }
    #[derive(Debug, thiserror::Error, WsError)]
    #[ws_error(
        envelope(Push) = { "code": code, "kind": "push" },
        envelope(Reply) = { "code": code, "kind": cx.kind ?? "push", "note": cx.note },
    )]
    enum E {
        #[error("gone")]
        Gone,
    }
    let (entry, _, context) = back(&E::Gone, &Reply { kind: None, note: "late" });
    assert_eq!((entry.as_str(), &context["note"]), ("Gone", &json!("late")));
    let (entry, _, context) = back(&E::Gone, &Push);
    assert_eq!((entry.as_str(), &context), ("Gone", &json!({})));
}

#[test]
fn a_name_that_stands_where_nothing_else_does_is_no_code() {
    #[derive(Debug, thiserror::Error, WsError)]
    #[ws_error(envelope = { "type": "error", "room": self.room ?? name })]
    enum E {
        #[error("full")]
        Full { room: String },
        #[error("gone")]
        Gone,
    }
    assert_eq!(back(&E::Full { room: "7".into() }, &()).0, "Full");
    assert_eq!(back(&E::Gone, &()).0, "Gone");
}

#[test]
fn the_message_is_compared_where_an_entry_could_take_anothers_default() {
    #[derive(Debug, thiserror::Error, WsError)]
    #[ws_error(envelope = { "type": "error", "message": message, "limit": json(self.limit ?? "-1") })]
    enum E {
        #[error("late")]
        #[ws_error(code = none, message = "too late")]
        Late { limit: Option<bool> },
        #[error("gone")]
        #[ws_error(code = none, message = "it's gone")]
        Gone,
    }
    assert_eq!(back(&E::Late { limit: None }, &()).0, "Late");
    assert_eq!(back(&E::Late { limit: Some(true) }, &()).0, "Late");
    assert_eq!(back(&E::Gone, &()).0, "Gone");
}

#[test]
fn a_list_without_elements_is_a_default_as_any_other_is() {
    #[derive(Debug, thiserror::Error, WsError)]
    #[ws_error(envelope = { "code": code, "message"?: message, "limit": json(self.limit ?? []) })]
    enum E {
        #[error("late")]
        #[ws_error(code = shared("E"), message = "too late")]
        Late { limit: Option<bool> },
        #[error("gone")]
        #[ws_error(code = shared("E"), message = "it's gone")]
        Gone,
    }
    assert_eq!(back(&E::Late { limit: None }, &()).0, "Late");
    assert_eq!(back(&E::Late { limit: Some(true) }, &()).0, "Late");
    assert_eq!(back(&E::Gone, &()).0, "Gone");
}

#[test]
fn whether_it_is_recoverable_is_a_boolean_and_no_value_of_another_context() {
    struct Push;
    struct Reply {
        id: Option<&'static str>,
    }
    #[derive(Debug, thiserror::Error, WsError)]
    #[ws_error(
        envelope(Push) = [code as string, recoverable?],
        envelope(Reply) = [code, cx.id?],
    )]
    enum E {
        #[error("late")]
        Late,
    }
    let (entry, _, context) = back(&E::Late, &Reply { id: Some("7") });
    assert_eq!((entry.as_str(), &context["id"]), ("Late", &json!("7")));
    // Another version may say the opposite of it.
    assert_eq!(read::<E>(r#"["Late",true]"#), "Late");
    assert_eq!(read::<E>(r#"["Late",false]"#), "Late");
}

#[test]
fn an_unknown_error_says_as_a_string_whether_it_is_recoverable_where_known_ones_do() {
    #[derive(Debug, thiserror::Error, WsError)]
    #[ws_error(
        envelope = { "type": "error", "kind": set.kind, "recoverable": recoverable as string },
    )]
    enum E {
        #[error("late")]
        #[ws_error(code = none, set(kind = "late"))]
        Late,
        #[error("gone")]
        #[ws_error(code = none, set(kind = "gone"))]
        Gone,
    }
    assert_eq!(back(&E::Late, &()).0, "Late");
    assert_eq!(read::<E>(r#"{"type":"error","kind":"late","recoverable":"true"}"#), "Late");
    assert_eq!(read::<E>(r#"{"type":"error","kind":"new","recoverable":"true"}"#), "unknown");
}

#[test]
fn a_filter_leaves_no_separator_in_a_value_and_what_it_encodes_comes_back() {
    #[derive(Debug, thiserror::Error, WsError)]
    #[ws_error(catalog = "filters")]
    enum E {
        #[error("percent")]
        #[ws_error(message = "no way in", envelope = "PERCENT {self.channel:percent} {message}")]
        Percent { channel: String },
        #[error("stomp")]
        #[ws_error(message = "no way in", envelope = "STOMP {self.channel:stomp}:{message}")]
        Stomp { channel: String },
        #[error("word")]
        #[ws_error(message = "no way in", envelope = "WORD {self.channel:word} :{message}")]
        Word { channel: String },
    }
    for channel in ["#room", "#a b :x", "a:b\\c", "a\r\nb", "%41", "é🎈", ""] {
        let value = json!(channel);
        for (name, error) in [
            ("Percent", E::Percent { channel: channel.into() }),
            ("Stomp", E::Stomp { channel: channel.into() }),
        ] {
            let (read, fields, _) = back(&error, &());
            assert_eq!((read.as_str(), &fields["channel"]), (name, &value));
        }
    }
    // A word is what is left of a value.
    let forged = E::Word { channel: "#a b :x".into() };
    assert_eq!(forged.encode(&()).text(), Some("WORD #a_b_:x :no way in"));
    assert_eq!(back(&forged, &()).1["channel"], json!("#a_b_:x"));
}

#[test]
fn a_value_is_kept_as_it_was_where_it_stands_twice() {
    #[derive(Debug, thiserror::Error, WsError)]
    #[ws_error(envelope = { "code": code, "word": "{self.room:word}", "room": "{self.room}" })]
    enum E {
        #[error("full")]
        Full { room: String },
    }
    assert_eq!(back(&E::Full { room: "a b".into() }, &()).1["room"], json!("a b"));
}

#[test]
fn a_code_of_which_only_the_length_is_there_is_no_code() {
    #[derive(Debug, thiserror::Error, WsError)]
    #[ws_error(success("ok"), envelope = "{len(code)}" + { "error": name })]
    enum E {
        #[error("gone")]
        #[ws_error(code = "GONE")]
        Gone,
    }
    assert_eq!(read::<E>(r#"4{"error":"Gone"}"#), "Gone");
    assert_eq!(read::<E>(r#"3{"error":"New"}"#), "unknown \"New\"");
}

#[test]
fn an_entry_without_a_code_is_no_unknown_code_that_stands_twice() {
    struct Cx {
        before: Vec<String>,
    }
    #[derive(Debug, thiserror::Error, WsError)]
    enum E {
        #[error("gone")]
        #[ws_error(code = none, envelope(Cx) = ["error", "gone", ..cx.before])]
        Gone,
        #[error("late")]
        #[ws_error(code = "LATE", envelope(Cx) = ["error", code, code])]
        Late,
    }
    let cx = Cx { before: vec!["NEW".into()] };
    assert_eq!(back(&E::Gone, &cx).0, "Gone");
    assert_eq!(back(&E::Late, &cx).0, "Late");
}

#[test]
fn entries_are_told_apart_by_a_message_behind_any_filter() {
    #[derive(Debug, thiserror::Error, WsError)]
    #[ws_error(envelope = { "xml": "{message:xml}", "quoted": "{message:quoted}", "word": "{message:word}" })]
    enum E {
        #[error("full")]
        #[ws_error(code = none, message = "it's <full> \"now\"")]
        Full,
        #[error("gone")]
        #[ws_error(code = none, message = "it's <gone> \"now\"")]
        Gone,
        #[error("late")]
        #[ws_error(code = none, message = "wait & see: {seconds}")]
        Late { seconds: u32 },
    }
    assert_eq!(back(&E::Full, &()).0, "Full");
    assert_eq!(back(&E::Gone, &()).0, "Gone");
    assert_eq!(back(&E::Late { seconds: 4 }, &()).0, "Late");
}
