//! A code from a field, where codes are strings.

use super::*;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(catalog = "codes-in-strings", envelope = { "code": code as string }, success(0, 200..=299))]
pub(super) enum E {
    #[error("missing")]
    #[ws_error(code = 404)]
    Missing,
    #[error("other")]
    #[ws_error(code = self.code)]
    Other { code: i32 },
}

/// The same, where the field says it.
#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(catalog = "codes-of-a-field-in-strings", envelope = { "code": code as string })]
pub(super) enum OfField {
    #[error("other")]
    #[ws_error(code = self.code)]
    Other {
        #[ws_error(as = "string")]
        code: u64,
    },
}

#[test]
fn a_code_from_a_field_is_cast_as_every_other_is() {
    assert_eq!(E::Missing.encode(&()).text(), Some(r#"{"code":"404"}"#));
    assert_eq!(E::Other { code: 7 }.encode(&()).text(), Some(r#"{"code":"7"}"#));
    let decoder = Decoder::of::<E>();
    for (frame, entry) in [
        (r#"{"code":"404"}"#, Some("Missing")),
        (r#"{"code":"7"}"#, Some("Other")),
        (r#"{"code":"-7"}"#, Some("Other")),
        (r#"{"code":"0"}"#, None),
        (r#"{"code":"250"}"#, None),
    ] {
        let decoded = decoder.decode(frame);
        assert_eq!(decoded.entry().map(|entry| entry.name), entry, "{frame}");
    }
    let text = OfField::Other { code: u64::MAX }.encode(&());
    assert_eq!(text.text(), Some(r#"{"code":"18446744073709551615"}"#));
    let decoded = Decoder::of::<OfField>().decode(text.text().expect("a text"));
    assert_eq!(decoded.entry().map(|entry| entry.name), Some("Other"));
}
