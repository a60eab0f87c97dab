//! The same errors over HTTP: status, body and headers, and back.

use std::time::Duration;

use catalog::instant::Resource;
use catalog::{InstantError, RoomsError};
use tests::shop::ShopError;
use ws_errors::catalog::{Catalog, Entry, Retry, RetryKind};
use ws_errors::http::{self, Decoder, Request, Response};
use ws_errors::language::{Arguments, LocalizedText, Localizer};
use ws_errors::wire::Decoded;
use ws_errors::{Envelope, WsError};

fn respond<E: WsError>(error: &E) -> Response {
    error.respond(&Request::default())
}

fn name(decoded: &Decoded) -> &str {
    decoded.entry().map_or("", |entry| entry.name)
}

#[test]
fn i3_over_http_an_exception_is_status_400_with_type_and_message() {
    let details = Some([("room_id".to_owned(), 7.into())].into_iter().collect());
    let response = respond(&InstantError::NotFoundError { resource: Resource::Room, details });
    assert_eq!((response.status, response.content_type), (400, "application/json"));
    assert_eq!(
        response.body,
        r#"{"type":"NotFoundError","message":"The room does not exist any more."}"#
    );
}

#[test]
fn i3_a_wholly_unexpected_failure_is_status_400_with_the_text_bad_request() {
    let response = respond(&InstantError::Unhandled("10.0.0.7 is down".into()));
    assert_eq!((response.status, response.content_type), (400, "text/plain; charset=utf-8"));
    assert_eq!(response.body, "Bad Request");
}

#[test]
fn r4_an_unsupported_path_is_refused_in_the_envelope_of_the_catalog() {
    let error = RoomsError::UnsupportedPath { path: "/ws/nowhere".into() };
    let response = error.respond(&Request { request_id: Some("abc-123"), ..Request::default() });
    assert_eq!(response.status, 404);
    assert_eq!(
        response.body,
        r#"{"type":"error","data":{"code":"unsupported_path","message":"There is no WebSocket at /ws/nowhere"},"meta":{"request_id":"abc-123"}}"#
    );
}

#[test]
fn a_problem_has_the_members_of_rfc_9457_and_the_fields_as_extensions() {
    let error = ShopError::SoldOut { item: "tea".into(), left: 0 };
    let response = error.respond(&Request { instance: Some("/orders/7"), ..Request::default() });
    assert_eq!((response.status, response.content_type), (409, "application/problem+json"));
    assert_eq!(
        response.body,
        concat!(
            r#"{"type":"https://example.com/reference/shop#sold_out","title":"Sold out","status":409,"#,
            r#""detail":"tea is sold out","instance":"/orders/7","code":"sold_out","item":"tea","left":0}"#,
        )
    );
}

#[test]
fn a_wait_is_in_whole_seconds_rounded_up_and_in_milliseconds_in_the_body() {
    for (given, seconds, millis) in [
        (Some(2000), 2, 2000),
        (Some(2001), 3, 2001),
        (Some(1), 1, 1),
        (None, 2, 1500),
        // 0 is none.
        (Some(0), 2, 0),
    ] {
        let response = respond(&ShopError::TooMany { retry_after: given });
        assert_eq!(response.retry_after_seconds(), Some(seconds), "{given:?}");
        let body: serde_json::Value = serde_json::from_str(&response.body).expect("JSON");
        assert_eq!(body["retry_after_ms"], millis, "{given:?}");
    }
    assert_eq!(respond(&ShopError::Overloaded).retry_after_seconds(), Some(3));
    assert_eq!(respond(&ShopError::InvalidToken).retry_after_seconds(), None);
}

#[test]
fn what_is_never_answered_is_an_unexpected_failure_where_it_answers_all_the_same() {
    let response = respond(&ShopError::Lost);
    assert_eq!((response.status, &*response.body, response.content_type), (500, "", ""));
    assert!(ShopError::catalog().entry("lost").expect("an entry").http.is_none());
}

#[test]
fn nothing_of_a_source_is_in_a_body() {
    for error in [
        respond(&ShopError::Unhandled("10.0.0.7 is down".into())),
        respond(&InstantError::Unhandled("10.0.0.7 is down".into())),
        respond(&RoomsError::InternalServerError("10.0.0.7 is down".into())),
    ] {
        assert!(!error.body.contains("10.0.0.7"), "{}", error.body);
    }
}

#[test]
fn a_response_is_read_as_the_error_that_it_was() {
    let decoder = Decoder::of::<ShopError>();
    let errors = [
        ShopError::SoldOut { item: "tea".into(), left: 3 },
        ShopError::TooMany { retry_after: Some(2500) },
        ShopError::Overloaded,
        ShopError::BadOrigin { origin: "https://other.example".into() },
        ShopError::InvalidToken,
        ShopError::Forbidden { shop: "tea".into() },
        ShopError::BadHandshake { why: "no".into() },
        ShopError::Unhandled("no".into()),
    ];
    for error in errors {
        let response = respond(&error);
        let header = response.retry_after_seconds().map(|seconds| seconds.to_string());
        let received = decoder.decode(response.status, &response.body, header.as_deref());
        assert_eq!(name(&received.error), error.entry().name, "{response:?}");
        assert_eq!(received.retry_after.map(|wait| wait.as_secs()), response.retry_after_seconds());
        assert_eq!(received.retry(), Some(ShopError::catalog().retry(error.entry())));
    }
    let received = decoder.decode(
        409,
        &respond(&ShopError::SoldOut { item: "tea".into(), left: 3 }).body,
        None,
    );
    let fields = received.error.received().expect("an error").fields();
    assert_eq!(fields.value::<u32>("left").expect("a number"), Some(3));
}

#[test]
fn retry_policy_and_user_message_are_the_same_on_both_ways() {
    let catalog = ShopError::catalog();
    let body = respond(&ShopError::SoldOut { item: "tea".into(), left: 0 }).body;
    let over_http = Decoder::of::<ShopError>().decode(409, &body, None);
    let message =
        r#"{"code":"sold_out","message":"tea is sold out","details":{"item":"tea","left":0}}"#;
    let over_socket = ws_errors::Decoder::of::<ShopError>().decode(message);
    let user = |decoded: &Decoded| {
        let entry = decoded.entry().expect("a known error");
        catalog.user(catalog.entry(entry.name).expect("the same entry")).copied()
    };
    assert_eq!(over_http.retry(), over_socket.retry());
    assert_eq!(user(&over_http.error), user(&over_socket));
}

#[test]
fn a_code_that_nobody_declared_is_unknown_and_an_answer_of_somebody_else_is_foreign() {
    let decoder = Decoder::of::<ShopError>();
    let newer = r#"{"type":"https://example.com/reference/shop#closed","title":"Closed","status":410,"code":"closed"}"#;
    let received = decoder.decode(410, newer, Some("7"));
    let Decoded::Unknown(unknown) = &received.error else { panic!("{received:?}") };
    assert_eq!(unknown.code(), Some(&"closed".into()));
    assert_eq!(received.retry_after, Some(Duration::from_secs(7)));
    assert_eq!(received.retry(), Some(&Retry::new(RetryKind::Never)));
    // The status of an error is part of what it is.
    let moved = respond(&ShopError::Overloaded).body.replace("503", "502");
    assert!(matches!(decoder.decode(502, &moved, None).error, Decoded::Unknown(_)));
    for body in ["<html>502 Bad Gateway</html>", "", "{}", "null", "[", "\u{feff}"] {
        assert!(decoder.decode(502, body, None).error.is_foreign(), "{body}");
    }
    assert_eq!(name(&decoder.decode(500, "Internal Server Error", None).error), "unhandled");
    // A date, a sign or a fraction is no number of seconds.
    for header in ["Wed, 21 Oct 2026 07:28:00 GMT", "-1", "1.5", "", "99999999999999999999999"] {
        assert_eq!(decoder.decode(503, "", Some(header)).retry_after, None, "{header}");
    }
}

#[test]
fn errors_with_one_body_are_told_apart_by_their_status() {
    #[derive(Debug, thiserror::Error, WsError)]
    #[ws_error(
        envelope = { "code": code },
        http(status = 400, envelope = { "message": message }, content_type = "application/vnd.shop+json"),
    )]
    enum Plain {
        #[error("gone")]
        #[ws_error(message = "Not found", http(status = 404))]
        Gone,
        #[error("denied")]
        #[ws_error(message = "Not allowed", http(status = 403))]
        Denied,
    }
    let response = respond(&Plain::Gone);
    assert_eq!(response.content_type, "application/vnd.shop+json");
    let decoder = Decoder::of::<Plain>();
    assert_eq!(name(&decoder.decode(404, &response.body, None).error), "Gone");
    assert_eq!(name(&decoder.decode(403, &respond(&Plain::Denied).body, None).error), "Denied");
}

mod nested {
    use super::*;

    #[derive(Debug, thiserror::Error, WsError)]
    #[ws_error(envelope = { "code": code }, http(status = 400, envelope = { "inner": code, "text"?: message }))]
    pub(crate) enum InnerError {
        #[error("gone")]
        #[ws_error(message = "gone", http(status = 404))]
        Gone,
        #[error("odd")]
        Odd,
    }

    #[derive(Debug, thiserror::Error, WsError)]
    #[ws_error(envelope = { "code": code })]
    pub(crate) enum KeepingError {
        #[error("own")]
        Own,
        #[error(transparent)]
        #[ws_error(transparent)]
        Inner(#[from] InnerError),
    }

    #[derive(Debug, thiserror::Error, WsError)]
    #[ws_error(envelope = { "code": code }, http(status = 422, envelope = { "outer": code, "status": status }))]
    pub(crate) enum OuterError {
        #[error("own")]
        Own,
        #[error(transparent)]
        #[ws_error(transparent)]
        Inner(#[from] InnerError),
    }

    #[test]
    fn a_nested_error_keeps_its_form_or_has_that_of_the_enum_around_it() {
        let response = respond(&KeepingError::from(InnerError::Gone));
        assert_eq!((response.status, &*response.body), (404, r#"{"inner":"Gone","text":"gone"}"#));
        assert_eq!(respond(&KeepingError::Own).status, 500);
        let response = respond(&OuterError::from(InnerError::Gone));
        assert_eq!((response.status, &*response.body), (404, r#"{"outer":"Gone","status":404}"#));
        let response = respond(&OuterError::Inner(InnerError::Odd));
        assert_eq!((response.status, &*response.body), (400, r#"{"outer":"Odd","status":400}"#));
        assert_eq!(respond(&OuterError::Own).body, r#"{"outer":"Own","status":422}"#);
        let boxed: Box<dyn WsError> = Box::new(OuterError::from(InnerError::Gone));
        assert_eq!(boxed.respond(&Request::default()).status, 404);
    }
}

/// A language in which each text is the name of its error.
#[derive(Debug)]
struct Names;

impl Localizer for Names {
    fn message(
        &self,
        _: &'static Catalog,
        entry: &'static Entry,
        _: &Arguments<'_>,
    ) -> Option<LocalizedText> {
        let text = format!("\"{}\"", entry.name);
        (entry.name != "lost").then(|| LocalizedText { text, language: "x-names".into() })
    }
}

const NAMED: Request<'_> =
    Request { request_id: None, instance: None, timestamp: None, language: Some(&Names) };

#[test]
fn a_text_in_the_readers_language_stands_in_the_body_as_any_text_does() {
    let error = ShopError::SoldOut { item: "tea".into(), left: 0 };
    let response = error.respond(&NAMED);
    assert_eq!(
        response.body,
        concat!(
            r#"{"type":"https://example.com/reference/shop#sold_out","title":"Sold out","status":409,"#,
            r#""detail":"\"sold_out\"","code":"sold_out","item":"tea","left":0}"#,
        )
    );
    let received = Decoder::of::<ShopError>().decode(response.status, &response.body, None);
    assert_eq!(name(&received.error), "sold_out");
    assert_eq!(response.language.as_deref(), Some("x-names"));
    let response: ::http::Response<String> = response.into();
    assert_eq!(response.headers()["content-language"], "x-names");
    assert_eq!(response.headers()["vary"], "accept-language");
    // The wait is there in any language.
    assert_eq!(
        ShopError::TooMany { retry_after: Some(1) }.respond(&NAMED).retry_after_seconds(),
        Some(1)
    );
}

#[test]
fn a_response_that_is_the_same_for_all_readers_names_no_language() {
    let source = respond(&ShopError::SoldOut { item: "tea".into(), left: 0 });
    assert_eq!(source.language, None, "nobody asked");
    let constant = ShopError::Unhandled("no".into()).respond(&NAMED);
    assert_eq!((&*constant.body, constant.language), ("Internal Server Error", None));
    let without = ShopError::Lost.respond(&NAMED);
    assert_eq!((without.status, without.language), (500, None));
}

#[test]
fn a_body_by_whose_text_clients_know_the_error_is_the_same_in_all_languages() {
    #[derive(Debug, thiserror::Error, WsError)]
    #[ws_error(
        envelope(Request<'_>) = { "code": code, "message": message },
        http(status = 404, envelope = { "error": message }),
    )]
    enum Texts {
        #[error("a")]
        #[ws_error(message = "no such room")]
        NoRoom,
        #[error("b")]
        #[ws_error(message = "no such user")]
        NoUser,
    }
    for (error, text) in [(Texts::NoRoom, "no such room"), (Texts::NoUser, "no such user")] {
        let response = error.respond(&NAMED);
        assert_eq!(
            (&*response.body, &response.language),
            (&*format!(r#"{{"error":"{text}"}}"#), &None)
        );
        let received = Decoder::of::<Texts>().decode(404, &response.body, None);
        assert_eq!(name(&received.error), error.entry().name);
    }
    // Over a WebSocket there is a code, and the text is free.
    let sent = Texts::NoRoom.encode(&NAMED);
    assert_eq!(sent.text(), Some(r#"{"code":"NoRoom","message":"\"NoRoom\""}"#));
}

#[test]
fn a_nested_error_is_in_the_readers_language_too() {
    let response = nested::OuterError::from(nested::InnerError::Gone).respond(&NAMED);
    assert_eq!((&*response.body, response.language), (r#"{"outer":"Gone","status":404}"#, None));
    let response = nested::KeepingError::from(nested::InnerError::Gone).respond(&NAMED);
    assert_eq!(response.body, r#"{"inner":"Gone","text":"\"Gone\""}"#);
    assert_eq!(response.language.as_deref(), Some("x-names"));
}

#[test]
fn a_response_is_one_of_the_crate_http_and_exposes_its_headers() {
    let mut response: ::http::Response<String> = http::Response::from(ShopError::Overloaded).into();
    assert_eq!(response.status(), 503);
    assert_eq!(response.headers()["content-type"], "application/problem+json");
    assert_eq!(response.headers()["retry-after"], "3");
    http::expose(response.headers_mut());
    http::expose(response.headers_mut());
    let exposed: Vec<_> =
        response.headers().get_all("access-control-expose-headers").iter().collect();
    assert_eq!(exposed, ["retry-after"]);
    let refusal: ::http::Response<Option<String>> = respond(&ShopError::Overloaded).into();
    assert!(refusal.body().as_deref().is_some_and(|body| body.contains("overloaded")));
}
