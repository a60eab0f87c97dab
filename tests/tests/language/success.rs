//! Codes that mean success.

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
