use serde_json::{Value, json};

use super::catalogs::{
    BLANK, CATALOG, all, chat, field, hostile, keep, materi, said, text, thirteen, told,
};
use super::*;
use crate::catalog::{Code, Entry, Envelope, FieldType, Format, Member, Node, Slot};
use crate::export::Owner;
use crate::fixture::METERED;

/// One frame of each kind, with what is in it. `null` for the kind: it is none of the catalog's.
fn golden() -> Value {
    let frame = |catalog: &str, frame: &str, kind: Value, context: Value, fields: Value| json!({ "catalog": catalog, "frame": frame, "kind": kind, "context": context, "fields": fields });
    let deep = r#"{"a":["x",{"b":"y"}]}"#;
    let none = || json!({});
    json!([
        frame("metered", r#"{"type":"error","requestId":"pub-2","code":"channel_not_authorized","message":"m"}"#, json!("channel_not_authorized"), json!({ "request_id": "pub-2" }), none()),
        frame("metered", r#"{"type":"error","code":"backend_error","message":"m","new":1}"#, json!("backend_error"), none(), none()),
        frame("metered", r#"[4,null,"http://domain/exceptions#channel_not_authorized","m",{"channel":"c"}]"#, json!("channel_not_authorized"), none(), json!({ "channel": "c" })),
        frame("metered", r#"[4,null,"http://domain/exceptions#channel_not_authorized","m",{"channel":5}]"#, json!("$unknown"), none(), none()),
        frame("metered", r#"[4,null,"http://domain/exceptions#new","m"]"#, json!("$unknown"), none(), none()),
        frame("metered", r#"[4,null,"http://domain/exceptions#new","m",{},1]"#, json!(null), none(), none()),
        frame("metered", r#"{"type":"error","requestId":"r","code":"newer","message":"m"}"#, json!("$unknown"), json!({ "request_id": "r" }), none()),
        frame("metered", r#"{"type":"error","requestId":7,"code":"backend_error","message":"m"}"#, json!("$unknown"), none(), none()),
        frame("metered", r#"{"type":"error","code":"backend_error"}"#, json!("$unknown"), none(), none()),
        frame("metered", r#"{"type":"error","code":5,"message":"m"}"#, json!(null), none(), none()),
        frame("metered", r#"{"type":"message","code":"backend_error","message":"m"}"#, json!(null), none(), none()),
        frame("metered", r#"{"type":"error","code":"toString","message":"m"}"#, json!("$unknown"), none(), none()),
        frame("metered", r#"{"__proto__":{"type":"error","code":"backend_error","message":"m"}}"#, json!(null), none(), none()),
        frame("chat", &format!(r#"{{"error":{{"code":4003,"detail":{deep}}}}}"#), json!("validation_failed"), none(), none()),
        frame("chat", r#"{"error":{"code":4002,"detail":"no"}}"#, json!("permission_denied"), none(), none()),
        frame("chat", r#"{"error":{"code":4002,"detail":{"a":5}}}"#, json!("$unknown"), none(), none()),
        frame("chat", r#"{"error":{"code":4099,"detail":"no"}}"#, json!("$unknown"), none(), none()),
        frame("chat", r#"{"error":{"code":"4002","detail":"no"}}"#, json!(null), none(), none()),
        frame("chat", r#"{"error":{"code":4002,"detail":"no"},"event":"chat"}"#, json!("permission_denied"), none(), none()),
        frame("chat", r#"{"error":{"code":4099,"detail":"no"},"event":"chat"}"#, json!(null), none(), none()),
        frame("chat", r#"{"error":"invalid event type"}"#, json!("invalid_event_type"), none(), none()),
        frame("chat", r#"{"error":"x","id":1}"#, json!(null), none(), none()),
        frame("materi", r#"{"type":"system","event":"error","data":{"error_code":"VERSION_CONFLICT","message":"m","details":{"client_version":1,"server_version":2},"recoverable":true,"timestamp":"t"}}"#, json!("version_conflict"), json!({ "timestamp": "t" }), json!({ "client_version": 1, "server_version": 2 })),
        frame("materi", r#"{"type":"system","event":"error","data":{"error_code":"VERSION_CONFLICT","message":"m","details":{"client_version":1},"recoverable":true,"timestamp":"t"}}"#, json!("version_conflict"), json!({ "timestamp": "t" }), json!({ "client_version": 1 })),
        frame("materi", r#"{"type":"system","event":"error","data":{"error_code":"RATE_LIMIT_EXCEEDED","message":"m","details":{"retry_after":1500,"causes":[{"type":"limit","most":3},{"type":"other"}]},"recoverable":true,"timestamp":"t"}}"#, json!("rate_limit_exceeded"), json!({ "timestamp": "t" }), json!({ "retry_after": 1500, "causes": [{ "type": "limit", "most": 3 }, { "type": "other" }] })),
        frame("materi", r#"{"type":"system","event":"error","data":{"error_code":"RATE_LIMIT_EXCEEDED","message":"m","details":{"retry_after":1.5,"causes":[]},"recoverable":true,"timestamp":"t"}}"#, json!("$unknown"), json!({ "timestamp": "t" }), none()),
        frame("materi", r#"{"type":"system","event":"error","data":{"error_code":"RATE_LIMIT_EXCEEDED","message":"m","details":{"retry_after":1,"causes":[{"type":"new"}]},"recoverable":true,"timestamp":"t"}}"#, json!("$unknown"), json!({ "timestamp": "t" }), none()),
        frame("materi", r#"{"type":"system","event":"error","data":{"error_code":"TOKEN_EXPIRED","message":"m","recoverable":false,"timestamp":"t"}}"#, json!("token_expired"), json!({ "timestamp": "t" }), none()),
        frame("materi", r#"{"type":"system","event":"error","data":{"error_code":"DOCUMENT_DELETED","message":"m","recoverable":false,"timestamp":"t"}}"#, json!("document_deleted"), json!({ "timestamp": "t" }), none()),
        frame("materi", r#"{"type":"system","event":"error","data":{"error_code":"DOCUMENT_DELETED","message":"m","details":{"place":{"latitude":1.5,"longitude":2,"zip-code":[1,"a"]}},"recoverable":false,"timestamp":"t"}}"#, json!("document_deleted"), json!({ "timestamp": "t" }), json!({ "place": { "latitude": 1.5, "longitude": 2, "zip-code": [1, "a"] } })),
        frame("materi", r#"{"type":"system","event":"error","data":{"error_code":"NEW","message":"m","recoverable":true,"timestamp":"t"}}"#, json!("$unknown"), json!({ "timestamp": "t" }), none()),
        frame("materi", r#"{"type":"system","event":"welcome","data":{}}"#, json!(null), none(), none()),
        frame("line-protocol", "-ERR 'Authorization Violation'", json!("authorization"), none(), none()),
        frame("line-protocol", "-ERR 'Permissions Violation for Publish to \"foo\"'", json!("publish"), none(), none()),
        frame("line-protocol", "-ERR 'Something else'", json!("other"), none(), none()),
        frame("line-protocol", "+OK", json!(null), none(), none()),
        frame("line-protocol", "E503 #2: too: many", json!("busy"), json!({ "attempt": 2 }), none()),
        frame("line-protocol", "E599 #2: new", json!("$unknown"), json!({ "attempt": 2 }), none()),
        frame("line-protocol", "Eabc #2: of another type", json!("$unknown"), json!({ "attempt": 2 }), none()),
        frame("line-protocol", "44{\"code\":\"full\",\"message\":\"a,b\"}\u{1e}", json!("full"), none(), none()),
        frame("line-protocol", "44/admin,{\"code\":\"closed\",\"message\":\"}\"}\u{1e}", json!("closed"), json!({ "ns": "/admin" }), none()),
        frame("line-protocol", "44/admin,{\"code\":\"newer\",\"message\":\"m\"}\u{1e}", json!("$unknown"), json!({ "ns": "/admin" }), none()),
        frame("line-protocol", "44/admin,{\"code\":\"full\",\"message\":\"m\"}", json!(null), none(), none()),
        frame("hostile", r#"{"t":"it's \"err\"","code":"__proto__","id":"-1","details":{"__proto__":true}}"#, json!("__proto__"), none(), json!({ "__proto___": true })),
        frame("hostile", r#"{"t":"it's \"err\"","code":"constructor","id":"7","details":{"kind":"k","a b":[["x",1]]}}"#, json!("constructor"), json!({ "id": "7" }), json!({ "kind_": "k", "a b": [["x", 1]] })),
        frame("hostile", "{\"t\":\"it's \\\"err\\\"\",\"id\":\"-1\",\"code\":\"a\\u2028b\",\"details\":{\"detail\":[\"x\"]}}", json!("it's a \"name\""), none(), json!({ "detail": ["x"] })),
        frame("hostile", r#"{"t":"it's \"err\"","id":"-1","code":"twice","details":{"size":1}}"#, json!("small"), none(), json!({ "size": 1 })),
        frame("hostile", r#"{"t":"it's \"err\"","id":"-1","code":"twice","details":{"size":1,"more":2}}"#, json!("large"), none(), json!({ "size": 1, "more": 2 })),
        frame("hostile", r#"{"t":"it's \"err\"","id":"-1","code":"zzz","details":{"wide":"18446744073709551615"}}"#, json!("any_other_code_with_a_long_name_that_does_not_fit_on_a_line"), none(), json!({ "wide": "18446744073709551615" })),
        frame("hostile", r#"{"t":"it's \"err\"","id":"-1","code":"hidden","details":{"wide":5}}"#, json!("$unknown"), none(), none()),
        frame("hostile", r#"[8,"__proto__",{},[],{"__proto__":true}]"#, json!("__proto__"), none(), json!({ "__proto___": true })),
        frame("hostile", r#"[8,"twice",{},"id",{"size":1}]"#, json!("small"), json!({ "id": "id" }), json!({ "size": 1 })),
        frame("hostile", r#"{"kind":true,"data":"{\"error\":\"twice\",\"text\":\"m\",\"size\":1}"}"#, json!("small"), none(), json!({ "size": 1 })),
        frame("hostile", r#"{"kind":true,"data":"{\"error\""}"#, json!(null), none(), none()),
        frame("thirteen", r#"{"type":"error","requestId":"r","code":"rate_limited","message":"m"}"#, json!("rate_limited"), json!({ "request_id": "r" }), none()),
        frame("thirteen", r#"{"type":"error","code":"new","message":"m"}"#, json!("$unknown"), none(), none()),
        frame("told", r#"{"error":"denied","message":"m"}"#, json!("denied"), none(), none()),
        frame("told", r#"{"error":"new","message":"m"}"#, json!("$unknown"), none(), none()),
        frame("told", r#"{"type":"error","message":"no room"}"#, json!("no_room"), none(), none()),
        frame("told", r#"{"type":"error","message":"new"}"#, json!("$unknown"), none(), none()),
        frame("told", r#"{"kind":"e","status":404,"code":"missing","recoverable":false}"#, json!("missing"), none(), none()),
        frame("told", r#"{"kind":"e","status":500,"code":"new","recoverable":false}"#, json!("$unknown"), none(), none()),
        frame("told", r#"{"kind":"x","status":404,"code":"missing","recoverable":true}"#, json!(null), none(), none()),
        { "catalog": "metered", "close": [4001, "invalid_token"], "kind": "invalid_token" },
        { "catalog": "metered", "close": [1006, ""], "kind": "connection_lost" },
        { "catalog": "metered", "close": [4001, "reworded"], "kind": "invalid_token" },
        { "catalog": "metered", "close": [4002, "invalid_token"], "kind": "$unknown" },
        { "catalog": "materi", "close": [4001, "kicked"], "kind": "kicked" },
        { "catalog": "materi", "close": [4001, "token_expired"], "kind": "token_expired" },
        { "catalog": "materi", "close": [4001, "something"], "kind": "$unknown" },
        { "catalog": "materi", "close": [1012, "back in 5 s"], "kind": "maintenance" },
        { "catalog": "thirteen", "close": [4020, "admin_disconnect"], "kind": "admin_disconnect" },
        { "catalog": "chat", "close": [4001, "Authentication Failed"], "kind": "authentication_failed" },
        { "catalog": "line-protocol", "close": [1000, ""], "kind": "$unknown" },
    ])
}

fn modules() -> Vec<(&'static str, &'static Catalog)> {
    vec![
        ("metered", &METERED),
        ("chat", chat()),
        ("materi", materi()),
        ("line-protocol", text()),
        ("hostile", hostile()),
        ("thirteen", thirteen()),
        ("told", told()),
        ("empty", keep(Catalog { name: "empty", ..CATALOG })),
    ]
}

#[test]
fn modules_and_golden_frames_are_written_for_the_checks_in_typescript() {
    let folder = std::env::var_os("WS_ERRORS_TYPESCRIPT").map_or_else(
        || std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/typescript"),
        Into::into,
    );
    std::fs::create_dir_all(&folder).unwrap();
    for (file, catalog) in modules() {
        let module = typescript(catalog).unwrap();
        std::fs::write(folder.join(file).with_extension("ts"), module).unwrap();
    }
    let golden = serde_json::to_string_pretty(&golden()).unwrap();
    std::fs::write(folder.join("golden.json"), golden).unwrap();
}

#[test]
fn the_same_catalog_makes_the_same_bytes() {
    for (_, catalog) in modules() {
        assert_eq!(typescript(catalog), typescript(catalog));
    }
}

#[test]
fn each_entry_that_has_a_message_has_an_interface_with_literal_members() {
    let module = typescript(&METERED).unwrap();
    for part in [
        "export type MeteredError = ChannelNotAuthorized | BackendError | MeteredUnknown;\n",
        "export interface BackendError {\n  readonly kind: \"backend_error\";\n  readonly code: \"backend_error\";\n  readonly message: string;\n  /** On the wire `request_id` is `requestId`. */\n  readonly context: { readonly request_id?: string };\n}\n",
        "  readonly kind: \"$unknown\";\n  readonly code: \"$unknown\";\n  /** The code as it came. */\n  readonly rawCode: string;\n",
    ] {
        assert!(module.contains(part), "{part}");
    }
}

#[test]
fn a_hidden_entry_is_not_there() {
    let module = typescript(hostile()).unwrap();
    assert!(!module.to_lowercase().contains("hidden"));
}

#[test]
fn no_text_of_a_catalog_ends_a_comment_or_a_line_of_the_header() {
    let module = typescript(hostile()).unwrap();
    let header = module.split("\n\n").next().unwrap();
    assert_eq!(header.lines().count(), 4);
    let mut lines = module.lines().map(str::trim);
    while let Some(line) = lines.find(|line| line.starts_with("/**")) {
        let last = if line.len() > 3 { Some(line) } else { lines.find(|line| line.contains("*/")) };
        let last = last.unwrap();
        assert_eq!(last.find("*/"), Some(last.len() - 2), "{last}");
    }
    assert!(!module.contains('\u{2028}'));
}

#[test]
fn a_module_has_no_helper_that_it_does_not_call() {
    let module = typescript(thirteen()).unwrap();
    for helper in ["walk", "elements", "first", "encoded", "isObject", "isTuple"] {
        assert!(!module.contains(&format!("function {helper}(")), "{helper}");
    }
}

#[test]
fn a_field_without_a_schema_is_named_with_what_to_do() {
    let bare = FieldType { optional: false, wide: false, schema: None, is_known: true };
    let details = Node::Slot { slot: Slot::Details, cast: None };
    let members = vec![Member::Pair { key: "details", optional: false, value: details }];
    let catalog = keep(Catalog {
        name: "bare",
        entries: all(vec![Entry {
            name: "lost",
            variant: "Lost",
            code: Code::Text("lost"),
            message: said("lost"),
            details: crate::catalog::Details::Object,
            fields: all(vec![field("where", bare)]),
            envelopes: &[(0, 0)],
            ..BLANK
        }]),
        envelopes: all(vec![Envelope {
            template: Node::Object(all(members)),
            format: Format::Json,
        }]),
        ..CATALOG
    });
    let error = typescript(catalog).unwrap_err();
    let expected =
        ExportError::NoSchema { catalog: "bare", owner: Owner::Entry("lost"), field: "where" };
    assert_eq!(error, expected);
    assert_eq!(
        error.to_string(),
        "catalog `bare`, entry `lost`: the type of the field `where` has no JSON Schema, so its messages can't be described; derive `schemars::JsonSchema` for it"
    );
}
