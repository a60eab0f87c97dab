//! Frames that hold several messages.

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
