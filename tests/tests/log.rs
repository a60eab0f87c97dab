//! What operators see of errors, and what never leaves their log.

#[cfg(unix)]
#[path = "log/unserialized.rs"]
mod unserialized;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use catalog::instant::{Call, Resource};
use catalog::metered::Correlation;
use catalog::rooms::Meta;
use catalog::{ChatError, InstantError, MateriError, MeteredError, RoomsError};
use futures_util::StreamExt;
use metrics::{Counter, CounterFn, Gauge, Histogram, Key, KeyName, Metadata, SharedString, Unit};
use tests::occurrences::{self, SECRET, Secret};
use tests::pair::{handshake, tcp};
use tracing::field::{Field, Visit};
use tracing::{Event, Level, Subscriber, span};
use ws_errors::language::Translations;
use ws_errors::language::fluent::Messages;
use ws_errors::log::{self, COUNTER, OUTCOMES, Redacted, TARGET, UNKNOWN};
use ws_errors::transport::tungstenite::close_with;
use ws_errors::transport::{Limits, Linger, Outcome, Unanswered};
use ws_errors::{Envelope, WsError, http};

/// An event as it was recorded.
#[derive(Debug, Clone)]
struct Recorded {
    level: Level,
    target: String,
    fields: BTreeMap<&'static str, String>,
}

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<Recorded>>>);

struct Fields(BTreeMap<&'static str, String>);

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.0.insert(field.name(), format!("{value:?}"));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.insert(field.name(), value.to_owned());
    }
}

impl Subscriber for Log {
    fn enabled(&self, _: &tracing::Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, _: &span::Attributes<'_>) -> span::Id {
        span::Id::from_u64(1)
    }

    fn record(&self, _: &span::Id, _: &span::Record<'_>) {}

    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut fields = Fields(BTreeMap::new());
        event.record(&mut fields);
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(Recorded {
            level: *event.metadata().level(),
            target: event.metadata().target().to_owned(),
            fields: fields.0,
        });
    }

    fn enter(&self, _: &span::Id) {}

    fn exit(&self, _: &span::Id) {}
}

/// The events of reporting one error, and what is sent for it.
fn events<E: Envelope<Cx>, Cx: fmt::Debug>(error: &E, cx: &Cx) -> (Vec<Recorded>, Option<String>) {
    let log = Log::default();
    let output = tracing::subscriber::with_default(log.clone(), || log::report(error, cx));
    assert_eq!(output, error.encode(cx));
    let events = log.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
    (events, output.text().map(str::to_owned))
}

/// The one event of reporting an error.
fn event<E: Envelope<Cx>, Cx: fmt::Debug>(error: &E, cx: &Cx) -> Recorded {
    let (events, _) = events(error, cx);
    let [event] = events.as_slice() else { panic!("{events:?}") };
    event.clone()
}

#[test]
fn c4_an_internal_error_tells_the_log_everything_and_the_client_nothing() {
    let error = ChatError::InternalServerError(Box::new(Secret::chain()));
    let (events, sent) = events(&error, &());
    let [event] = events.as_slice() else { panic!("{events:?}") };
    assert_eq!((event.level, event.target.as_str()), (Level::ERROR, TARGET));
    assert_eq!(event.fields["sources"], format!("{SECRET}: {SECRET}"));
    assert_eq!(event.fields["catalog"], "chat");
    assert_eq!(event.fields["error.type"], "4006");
    assert_eq!(event.fields["name"], "internal_server_error");
    assert_eq!(event.fields["delivery"], "soft");
    let sent = sent.expect("a text");
    assert!(sent.contains("Something went wrong") && !sent.contains(SECRET), "{sent}");
}

#[test]
fn r7_every_error_is_logged_with_its_request_and_none_of_it_is_sent() {
    let cx = Meta { request_id: Some("abc-123"), timestamp: Some("2025-08-04T12:00:00Z") };
    for error in occurrences::rooms() {
        let (events, sent) = events(&error, &cx);
        let [event] = events.as_slice() else { panic!("{events:?}") };
        assert!(event.fields["context"].contains("abc-123"), "{event:?}");
        assert_eq!(event.fields["error"], error.to_string());
        assert_eq!(event.level == Level::ERROR, error.entry().internal);
        assert!(!sent.unwrap_or_default().contains(SECRET));
    }
    let error = RoomsError::Unauthorized { message: "Token expired".into() };
    let event = event(&error, &cx);
    assert_eq!(event.fields["close"], "4003");
    assert_eq!(event.fields["delivery"], "soft_then_close");
}

#[test]
fn an_error_that_is_expected_is_logged_below_error_level_and_without_sources() {
    let error = MeteredError::MissingData;
    let event = event(&error, &Correlation { request_id: None });
    assert!(event.level > Level::ERROR, "{event:?}");
    assert_eq!(event.fields["sources"], "");
    assert!(!event.fields.contains_key("close"));
}

#[test]
fn a_value_from_the_client_forges_no_line() {
    let channel = "x\n2026-01-01 ERROR ws_errors: forged\r\u{1b}[31m\u{2028}\u{202e}".to_owned();
    let request_id = "7\nforged";
    let error = MeteredError::ChannelNotAuthorized { channel };
    let event = event(&error, &Correlation { request_id: Some(request_id) });
    for (name, value) in &event.fields {
        assert!(!value.chars().any(char::is_control), "{name}: {value:?}");
        assert!(!value.contains(['\u{2028}', '\u{202e}']), "{name}: {value:?}");
    }
    assert!(event.fields["error"].contains(r"x\u{a}2026-01-01"), "{event:?}");
}

#[test]
fn a_value_from_the_client_cannot_fill_the_log() {
    let error = MeteredError::UnknownType { kind: "é".repeat(1 << 20) };
    let event = event(&error, &Correlation::default());
    assert!(event.fields["error"].len() < 5000);
    assert!(event.fields["error"].ends_with('…'));
}

/// The events that a text was wanted in a language that lacks it.
fn fallbacks(events: &[Recorded]) -> Vec<&Recorded> {
    let is_it =
        |event: &&Recorded| event.fields.get("message").is_some_and(|m| m == "no translation");
    events.iter().filter(is_it).collect()
}

#[test]
fn a_missing_message_is_logged_once_however_many_readers_want_it() {
    let ftl = "SessionError = Bitte melde dich wieder an.";
    let messages = Messages::new().with(InstantError::catalog(), "de", ftl).expect("messages");
    let messages = Arc::new(messages);
    let gone = || InstantError::NotFoundError { resource: Resource::Room, details: None };
    let log = Log::default();
    tracing::subscriber::with_default(log.clone(), || {
        for _ in 0..3 {
            // Each reader has a language of their own; over both ways it is one and the same text.
            let language = messages.negotiate("de-AT");
            let call = Call { call_id: "7", language: Some(&language) };
            let request = http::Request { language: Some(&language), ..http::Request::default() };
            let sent = log::report(&gone(), &call);
            assert!(sent.text().expect("a text").contains("The room does not exist any more."));
            let answered = http::report(&gone(), &request);
            assert!(answered.body.contains("The room does not exist any more."));
            assert_eq!(answered.language.as_deref(), Some("en"));
            // What is translated, and who reads the source language, is nothing to report.
            let _ = log::report(&InstantError::SessionError { details: None }, &call);
            let english = messages.negotiate("en");
            let _ = log::report(&gone(), &Call { call_id: "8", language: Some(&english) });
        }
    });
    let events = log.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let [event] = fallbacks(&events)[..] else { panic!("once, and not {events:?}") };
    assert_eq!((event.level, event.target.as_str()), (Level::WARN, TARGET));
    let field = |name: &str| event.fields[name].as_str();
    assert_eq!(
        [field("catalog"), field("name"), field("language"), field("why")],
        ["instant", "NotFoundError", "de", "there is no translation"],
    );
    assert_eq!(events.len(), 1 + 3 * 4, "beside the errors themselves");
    // The language in a context is a word in the log, and not all its texts.
    let context = events.iter().find_map(|event| event.fields.get("context")).expect("a context");
    assert!(context.len() < 100, "{context}");
}

#[test]
fn a_missing_text_for_people_is_logged_once_however_many_readers_want_it() {
    let translations =
        Translations::new().with(InstantError::catalog(), "de", "{}").expect("texts");
    let log = Log::default();
    tracing::subscriber::with_default(log.clone(), || {
        for languages in ["de", "de-AT", "fr", "en, de", "de;q=0.5"] {
            let text = translations
                .explain(&InstantError::SessionError { details: None }, languages)
                .expect("a text");
            assert_eq!((text.title.as_str(), &*text.language), ("Signed out", "en"));
        }
    });
    let events = log.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let [event] = &events[..] else { panic!("once, and not {events:?}") };
    assert_eq!(fallbacks(&events).len(), 1);
    assert_eq!((&*event.fields["name"], &*event.fields["language"]), ("SessionError", "de"));
}

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(catalog = "levels", envelope = { "code": code })]
enum LevelsError {
    /// Too frequent to be logged.
    #[error("quiet")]
    #[ws_error(log = off)]
    Quiet,
    /// Of note.
    #[error("noted")]
    #[ws_error(log = info)]
    Noted,
    /// Ours.
    #[error("ours")]
    #[ws_error(internal)]
    Ours,
}

#[test]
fn an_entry_is_logged_at_its_own_level_or_not_at_all() {
    let (none, sent) = events(&LevelsError::Quiet, &());
    assert!(none.is_empty());
    assert_eq!(sent.as_deref(), Some(r#"{"code":"Quiet"}"#));
    assert_eq!(event(&LevelsError::Noted, &()).level, Level::INFO);
    assert_eq!(event(&LevelsError::Ours, &()).level, Level::ERROR);
}

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(catalog = "signing", envelope = { "code": code, "message": message })]
enum SigningError {
    /// The token is not valid.
    #[error("token {token} rejected")]
    #[ws_error(message = "token {token} rejected")]
    Rejected {
        /// The token.
        #[ws_error(skip)]
        token: Redacted<String>,
    },
}

#[test]
fn a_redacted_value_is_shown_by_neither_log_nor_wire() {
    let error = SigningError::Rejected { token: Redacted::new(SECRET.to_owned()) };
    let (events, sent) = events(&error, &());
    assert_eq!(
        sent.expect("a text"),
        r#"{"code":"Rejected","message":"token [redacted] rejected"}"#
    );
    assert!(!format!("{events:?} {error:?} {error}").contains(SECRET));
    let SigningError::Rejected { token } = error;
    assert_eq!(token.expose(), SECRET);
}

/// Counts by the labels of the counter.
#[derive(Default)]
struct Counts(Mutex<BTreeMap<String, Arc<Count>>>);

#[derive(Default)]
struct Count(AtomicU64);

impl CounterFn for Count {
    fn increment(&self, value: u64) {
        self.0.fetch_add(value, Ordering::Relaxed);
    }

    fn absolute(&self, value: u64) {
        self.0.store(value, Ordering::Relaxed);
    }
}

impl metrics::Recorder for Counts {
    fn describe_counter(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}

    fn describe_gauge(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}

    fn describe_histogram(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}

    fn register_counter(&self, key: &Key, _: &Metadata<'_>) -> Counter {
        let labels: Vec<&str> = key.labels().map(metrics::Label::value).collect();
        let key = format!("{} {}", key.name(), labels.join(" "));
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Counter::from_arc(Arc::clone(counts.entry(key).or_default()))
    }

    fn register_gauge(&self, _: &Key, _: &Metadata<'_>) -> Gauge {
        Gauge::noop()
    }

    fn register_histogram(&self, _: &Key, _: &Metadata<'_>) -> Histogram {
        Histogram::noop()
    }
}

impl Counts {
    fn of(&self, catalog: &str, name: &str) -> u64 {
        self.at(&format!("{COUNTER} {catalog} {name}"))
    }

    fn at(&self, key: &str) -> u64 {
        let counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        counts.get(key).map_or(0, |count| count.0.load(Ordering::Relaxed))
    }
}

#[test]
fn m10_errors_are_counted_by_catalog_and_name_and_unknown_ones_under_one_label() {
    let counts = Counts::default();
    let cx = catalog::materi::Moment { timestamp: "2025-01-07T10:30:00Z" };
    metrics::with_local_recorder(&counts, || {
        for _ in 0..3 {
            let _ = log::report(&MateriError::OperationTimeout, &cx);
        }
        let _ = log::report(&MateriError::Kicked, &cx);
        log::unknown(MateriError::catalog());
        log::unknown(MateriError::catalog());
    });
    assert_eq!(counts.of("materi", "OPERATION_TIMEOUT"), 3);
    assert_eq!(counts.of("materi", "KICKED"), 1);
    assert_eq!(counts.of("materi", UNKNOWN), 2);
    assert_eq!(counts.of("materi", "RATE_LIMIT_EXCEEDED"), 0);
}

#[test]
fn last_words_are_counted_by_what_came_of_them_and_why_no_answer_came() {
    let counts = Counts::default();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    // The recorder is of this thread, and so is everything the runtime runs.
    metrics::with_local_recorder(&counts, || {
        runtime.expect("a runtime").block_on(async {
            assert_eq!(last_word(true).await, Outcome::Acknowledged);
            assert_eq!(last_word(false).await, Outcome::HandedOver(Unanswered::Deadline));
            assert_eq!(last_word(false).await, Outcome::HandedOver(Unanswered::Deadline));
        });
    });
    assert_eq!(counts.at(&format!("{OUTCOMES} acknowledged ")), 1);
    assert_eq!(counts.at(&format!("{OUTCOMES} handed_over deadline")), 2);
    assert_eq!(counts.0.lock().unwrap_or_else(PoisonError::into_inner).len(), 2);
}

/// Sends an error that closes to a client that reads, or to one that stays and never does.
async fn last_word(read: bool) -> Outcome {
    let (client, server) = tcp().await;
    let (mut client, server) = handshake(client, server).await;
    let linger = Linger::new(Limits { deadline: Duration::from_millis(100), ..Limits::default() });
    let cx = catalog::materi::Moment { timestamp: "2025-01-07T10:30:00Z" };
    let output = MateriError::Kicked.encode(&cx);
    let reading = async { while read && client.next().await.is_some() {} };
    tokio::join!(close_with(server, output, &linger), reading).0
}
