//! The text for the client by Fluent: what it does to a frame, and what it never does.

use std::sync::{Arc, Mutex};

use ws_errors::language::fluent::{Language, Messages};
use ws_errors::language::{Localized, Localizer, Problem};
use ws_errors::{Decoder, Envelope, WsError};

#[derive(Debug, Clone, Copy, Default)]
struct Reply<'a> {
    language: Option<&'a Language>,
}

impl Localized for Reply<'_> {
    fn localizer(&self) -> Option<&dyn Localizer> {
        self.language.map(|language| language as &dyn Localizer)
    }
}

/// A context as it is without languages.
#[derive(Debug)]
struct Plain;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(
    catalog = "files",
    envelope(Reply<'_>) = { "code": code, "message": message },
    envelope(Plain) = { "code": code, "message": message },
)]
enum FileError {
    #[error("busy")]
    #[ws_error(message = "The server is busy.")]
    Busy,

    #[error("too many")]
    #[ws_error(message = "no more than {count} files")]
    TooMany { count: u32 },

    #[error("too big")]
    #[ws_error(message = "{bytes} bytes")]
    TooBig {
        #[ws_error(as = "string")]
        bytes: u64,
    },

    #[error("copies")]
    #[ws_error(message = "{count} copies")]
    Copies { count: String },

    #[error("wait")]
    #[ws_error(message = "wait")]
    Wait { seconds: Option<u32> },

    #[error("gone: {name}")]
    #[ws_error(
        message = display,
        soft_then_close(4001, "gone: {name}"),
        user(title = "Gone", message = "{name} is gone.", action = "Back")
    )]
    Gone { name: String },

    #[error("table {table}")]
    #[ws_error(message = "not stored")]
    NotStored {
        #[ws_error(skip)]
        table: String,
    },

    #[error("{0}")]
    #[ws_error(message = "not read", internal)]
    NotRead(#[source] std::io::Error),

    #[error("refused")]
    Refused {
        #[ws_error(message)]
        why: String,
    },
}

fn german(ftl: &str) -> Arc<Messages> {
    Arc::new(Messages::new().with(FileError::catalog(), "de", ftl).unwrap())
}

/// The message in German, and what was reported.
fn said(ftl: &str, error: &FileError) -> (String, Vec<String>) {
    let reports = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&reports);
    let messages = Messages::new().with(FileError::catalog(), "de", ftl).unwrap();
    let messages =
        Arc::new(messages.on_fallback(move |one| kept.lock().unwrap().push(one.why.clone())));
    let language = messages.negotiate("de-AT, en;q=0.5");
    let reply = Reply { language: Some(&language) };
    let (first, second) = (error.encode(&reply), error.encode(&reply));
    assert_eq!(first, second);
    let decoded = Decoder::of::<FileError>().decode(first.text().unwrap());
    let received = decoded.received().unwrap();
    assert_eq!(decoded.entry().map(|entry| entry.name), Some(error.entry().name));
    let reports = reports.lock().unwrap().clone();
    (received.text().unwrap().to_owned(), reports)
}

fn text(ftl: &str, error: &FileError) -> String {
    let (text, reports) = said(ftl, error);
    assert_eq!(reports, [""; 0]);
    text
}

/// The source text, and why there is no other, which is said once.
fn fallback(ftl: &str, error: &FileError) -> String {
    let (text, reports) = said(ftl, error);
    let source = error.encode(&Plain);
    assert!(source.text().unwrap().contains(&format!("\"message\":{text:?}")), "{text}");
    let [why] = &reports[..] else { panic!("said once, and not {reports:?}") };
    why.clone()
}

/// Without the marks around values.
fn bare(text: &str) -> String {
    text.replace(['\u{2068}', '\u{2069}'], "")
}

#[test]
fn a_number_has_its_plural_and_a_text_is_escaped() {
    let ftl = "Busy = Der Server ist \"beschäftigt\".\nTooMany = { $count ->\n    [one] nur eine Datei\n   *[other] nur { $count } Dateien\n}";
    assert_eq!(text(ftl, &FileError::Busy), "Der Server ist \"beschäftigt\".");
    assert_eq!(text(ftl, &FileError::TooMany { count: 1 }), "nur eine Datei");
    assert_eq!(bare(&text(ftl, &FileError::TooMany { count: 20 })), "nur 20 Dateien");
}

#[test]
fn who_reads_none_of_the_languages_gets_the_source_and_nobody_is_told() {
    let messages = german("Busy = Beschäftigt.");
    for wanted in ["en", "en-GB, de", "fr", "", "*", "de;q=0", "de_AT"] {
        let language = messages.negotiate(wanted);
        let reply = Reply { language: Some(&language) };
        assert_eq!(FileError::Busy.encode(&reply), FileError::Busy.encode(&Plain), "{wanted}");
        assert_eq!(language.of(FileError::catalog()), "en");
    }
    assert_eq!(messages.negotiate("de-AT").of(FileError::catalog()), "de");
}

#[test]
fn values_are_isolated_in_messages_and_never_in_close_reasons_and_codes() {
    let error = FileError::Gone { name: "a\u{202e}b".into() };
    let messages = german("Gone = { $name } ist weg");
    let language = messages.negotiate("de");
    let output = error.encode(&Reply { language: Some(&language) });
    assert_eq!(
        output.text(),
        Some("{\"code\":\"Gone\",\"message\":\"\u{2068}a\u{202e}b\u{2069} ist weg\"}")
    );
    assert_eq!(output.close.unwrap().reason(), "gone: a\u{202e}b");
}

#[test]
fn a_missing_argument_is_the_source_language_and_never_its_name() {
    let wait = |seconds| FileError::Wait { seconds };
    let ftl = "Wait = warte { $seconds } s";
    assert_eq!(bare(&text(ftl, &wait(Some(3)))), "warte 3 s");
    assert!(fallback(ftl, &wait(None)).contains("seconds"));
    // What Fluent itself reports to nobody: a term has no arguments but those that it is given.
    let term = "-warte = warte { $seconds } s\nWait = bitte { -warte }";
    assert!(fallback(term, &wait(Some(3))).contains("{ $seconds }"));
    let given = "-warte = warte { $seconds } s\nWait = bitte { -warte(seconds: 3) }";
    assert_eq!(bare(&text(given, &wait(None))), "bitte warte 3 s");
    // In a selection it would choose the default in silence.
    let selection = "Wait = { $second ->\n    [one] kurz\n   *[other] lang\n}";
    assert!(fallback(selection, &wait(Some(1))).contains("did you mean `seconds`?"));
    for name in ["secs", "0", "self", "message"] {
        let ftl = format!("Wait = warte {{ $n{name} }}");
        assert!(fallback(&ftl, &wait(Some(1))).contains("unknown argument"));
    }
}

#[test]
fn an_error_of_the_formatter_means_the_source_language() {
    let many = "{ $count }".repeat(101);
    for ftl in [
        "TooMany = { $count } { -brand }",
        "TooMany = { $count } { Other }",
        "TooMany = { $count } { Busy.title }\nBusy = x",
        "TooMany = { $count } { TooMany }",
        "TooMany = { $count } { DATETIME($count) }",
        "TooMany = { DATETIME($count) ->\n   *[other] { $count }\n}",
        "TooMany = { $count } { NUMBER() }",
        "TooMany = { \"\" }",
        "TooMany =\n    .title = { $count }",
        "Busy = Beschäftigt.",
        "",
        &format!("TooMany = {many}"),
    ] {
        if ftl.contains("NUMBER()") {
            assert_eq!(bare(&text(ftl, &FileError::TooMany { count: 1 })), "1 ");
        } else {
            assert!(!fallback(ftl, &FileError::TooMany { count: 1 }).is_empty(), "{ftl}");
        }
    }
}

#[test]
fn a_number_that_came_as_text_has_its_plural_where_the_message_says_that_it_is_one() {
    let big = |bytes| FileError::TooBig { bytes };
    let ftl = "TooBig = { $bytes ->\n    [one] { $bytes } Byte\n   *[other] { $bytes } Bytes\n}";
    assert_eq!(bare(&text(ftl, &big(1))), "1 Byte", "a string on the wire, and a number here");
    assert_eq!(bare(&text(ftl, &big(9_007_199_254_740_993))), "9007199254740993 Bytes");
    assert_eq!(bare(&text(ftl, &big(u64::MAX))), "18446744073709551615 Bytes");

    let copies = |count: &str| FileError::Copies { count: count.into() };
    let number = "Copies = { NUMBER($count) ->\n    [one] { $count } Kopie\n   *[other] { $count } Kopien\n}";
    assert_eq!(bare(&text(number, &copies("1"))), "1 Kopie");
    assert_eq!(bare(&text(number, &copies("2"))), "2 Kopien");
    for odd in ["007", "1e3", "NaN", "inf", "-", "eins", "1 "] {
        assert_eq!(bare(&text(number, &copies(odd))), format!("{odd} Kopien"));
        let shown = "Copies = { NUMBER($count) }{ $count }";
        assert!(!text(shown, &copies(odd)).contains("NUMBER"), "{odd}");
    }
    // Without it no plural is ever chosen, and that is said.
    let plural = number.replace("NUMBER($count)", "$count");
    assert!(fallback(&plural, &copies("1")).contains("NUMBER($count)"));
}

#[test]
fn what_is_off_the_wire_and_what_is_for_operators_is_no_argument() {
    let error = FileError::NotStored { table: "secrets".into() };
    assert!(fallback("NotStored = { $table }", &error).contains("unknown argument `{ $table }`"));
    let error = FileError::NotRead(std::io::Error::other("10.0.0.7"));
    assert!(fallback("NotRead = { $n0 } { $source }", &error).contains("no arguments"));
    assert_eq!(text("NotRead = nicht gelesen", &error), "nicht gelesen");
}

#[test]
fn a_text_that_comes_with_the_occurrence_stays_and_so_does_one_that_tells_the_error() {
    let error = FileError::Refused { why: "because".into() };
    assert_eq!(text("Refused = abgelehnt", &error), "because");

    #[derive(Debug, thiserror::Error, WsError)]
    #[ws_error(catalog = "texts", envelope(Reply<'_>) = { "error": message })]
    enum TextError {
        #[error("a")]
        #[ws_error(message = "no such room", code = none)]
        NoRoom,
        #[error("b")]
        #[ws_error(message = "no such user", code = none)]
        NoUser,
    }
    let ftl = "NoRoom = kein Raum";
    let messages = Messages::new().with(TextError::catalog(), "de", ftl).unwrap();
    let [finding] = messages.findings() else { panic!("{:?}", messages.findings()) };
    assert!(finding.to_string().contains("clients know this error by its text"), "{finding}");
    let messages = Arc::new(messages);
    let language = messages.negotiate("de");
    let output = TextError::NoRoom.encode(&Reply { language: Some(&language) });
    assert_eq!(output.text(), Some(r#"{"error":"no such room"}"#));
    let _ = TextError::NoUser;
}

#[test]
fn an_echo_is_cut_in_a_translation_as_it_is_in_the_source() {
    let name = "x".repeat(100_000);
    let error = FileError::Gone { name };
    let text = text("Gone = { $name } ist weg", &error);
    assert!(text.len() < 1_100, "{}", text.len());
}

#[test]
fn a_region_says_what_its_language_does_not_and_the_other_way_round() {
    let messages = german("Busy = Beschäftigt.\nTooMany = nur { $count }");
    let messages = Arc::try_unwrap(messages).unwrap();
    let messages =
        Arc::new(messages.with(FileError::catalog(), "de-AT", "Busy = Grad ned.").unwrap());
    let language = messages.negotiate("de-AT");
    let reply = Reply { language: Some(&language) };
    assert!(FileError::Busy.encode(&reply).text().unwrap().contains("Grad ned."));
    let many = FileError::TooMany { count: 3 }.encode(&reply);
    assert_eq!(bare(many.text().unwrap()), r#"{"code":"TooMany","message":"nur 3"}"#);
}

#[test]
fn what_a_person_sees_is_in_the_attributes_of_the_message_or_in_the_enum() {
    let error = FileError::Gone { name: "Plan".into() };
    let ftl = "Gone = weg: { $name }\n    .title = Weg\n    .message = { $name } gibt es nicht mehr.\n    .action = Zurück";
    let german = german(ftl).negotiate("de").explain(&error).unwrap();
    assert_eq!(german.title, "Weg");
    assert_eq!(bare(&german.message), "Plan gibt es nicht mehr.");
    assert_eq!((german.action.as_deref(), &*german.language), (Some("Zurück"), "de"));
    let half = "Gone = weg: { $name }\n    .title = Weg";
    let source = self::german(half).negotiate("de").explain(&error).unwrap();
    assert_eq!((source.message.as_str(), &*source.language), ("Plan is gone.", "en"));
    assert_eq!(self::german(half).negotiate("de").explain(&FileError::Busy), None);
}

#[test]
fn a_file_that_cannot_be_read_is_an_error_with_its_line() {
    let failed = |language: &str, ftl: &str| {
        let error = Messages::new().with(FileError::catalog(), language, ftl).unwrap_err();
        error.to_string()
    };
    let broken = failed("de", "Busy = Beschäftigt.\n\nTooMany = { $count\n");
    assert!(broken.starts_with("the translation of `files` into \"de\": line 4: "), "{broken}");
    assert!(failed("de", "Busy = a\nBusy = b").ends_with("`Busy` is there twice"));
    assert!(failed("de_AT", "Busy = a").contains("no language tag"));
    for junk in ["\0", "Busy", "= x", "{", "Busy = {", "\u{feff}\u{feff}=", "-= a", "Ünsinn = x"] {
        assert!(Messages::new().with(FileError::catalog(), "de", junk).is_err(), "{junk:?}");
    }
    // A private use has the plurals of its language.
    assert!(Messages::new().with(FileError::catalog(), "de-x-formal", "Busy = Sie").is_ok());
}

#[test]
fn what_is_wrong_with_messages_is_found_by_entry_and_language() {
    let ftl = "Bussy = Beschäftigt.\nTooMany = nur { $cuont }\nTooBig = zu groß\nWait = warte\n    .title = Halt\nGone = weg: { $name }\n    .title = Weg\n    .subject = Weg";
    let messages = german(ftl);
    let found: Vec<String> = messages.findings().iter().map(ToString::to_string).collect();
    let expected = [
        "de, files: `Busy`: is not translated",
        "de, files: `TooMany`: unknown argument `{ $cuont }`; did you mean `count`?; it has `count`",
        "de, files: `TooMany`: missing argument `{ $count }`, which the source text has",
        "de, files: `TooBig`: missing argument `{ $bytes }`, which the source text has",
        "de, files: `Copies`: is not translated",
        "de, files: `Wait`, title: orphaned: the enum has no `user(…)` for this error; delete it",
        "de, files: `Gone`, subject: orphaned: is none of the attributes, which are `title`, `message`, `action`; delete it",
        "de, files: `Gone`, action: is not translated",
        "de, files: `NotStored`: is not translated",
        "de, files: `NotRead`: is not translated",
        "de, files: `Bussy`: orphaned: `files` has no such error; did you mean `Busy`?; rename or delete it, or make it a term, `-Bussy`",
    ];
    assert_eq!(found, expected);
    let busy = &messages.findings()[0];
    assert_eq!(busy.problem, Problem::Untranslated);
    assert_eq!(busy.source.as_deref(), Some("The server is busy."));
}

#[test]
fn names_that_fluent_does_not_know_are_spelt_and_never_shared() {
    #[derive(Debug, thiserror::Error, WsError)]
    #[ws_error(catalog = "odd", envelope(Reply<'_>) = { "code": code, "message": message })]
    enum OddError {
        #[error("a")]
        #[ws_error(name = "room.full", message = "full of {0}")]
        Full(u32),
        #[error("b")]
        #[ws_error(name = "4003", message = "gone")]
        Gone,
    }
    let ftl = "room_full = voll mit { $n0 }\nn4003 = weg";
    let messages = Messages::new().with(OddError::catalog(), "de", ftl).unwrap();
    assert_eq!(messages.findings(), []);
    let language = Arc::new(messages).negotiate("de");
    let reply = Reply { language: Some(&language) };
    let full = OddError::Full(7).encode(&reply);
    assert_eq!(bare(full.text().unwrap()), r#"{"code":"room.full","message":"voll mit 7"}"#);
    assert!(OddError::Gone.encode(&reply).text().unwrap().contains("weg"));

    #[derive(Debug, thiserror::Error, WsError)]
    #[ws_error(catalog = "same", envelope = { "code": code })]
    enum SameError {
        #[error("a")]
        #[ws_error(name = "a.b")]
        One,
        #[error("b")]
        #[ws_error(name = "a_b")]
        Other,
    }
    let error = Messages::new().with(SameError::catalog(), "de", "").unwrap_err().to_string();
    assert!(error.contains("`a.b` and `a_b` are both called `a_b` in Fluent"), "{error}");
    let _ = (SameError::One, SameError::Other);
}

/// What a frame costs in a context that knows no language is what it cost before there were any: a
/// constant nothing, any other one allocation.
#[test]
fn a_frame_in_the_source_language_allocates_nothing_more() {
    let english = german("Busy = Beschäftigt.\nTooMany = nur { $count }").negotiate("en");
    let many = FileError::TooMany { count: 7 };
    let count = |encode: &dyn Fn() -> ws_errors::Output| {
        // The plans are made when they are first used.
        drop(encode());
        allocation_counter::measure(|| drop(encode())).count_total
    };
    for language in [None, Some(&english)] {
        let reply = Reply { language };
        assert_eq!(count(&|| FileError::Busy.encode(&reply)), 0);
        assert_eq!(count(&|| many.encode(&reply)), 1);
    }
    assert_eq!(count(&|| FileError::Busy.encode(&Plain)), 0);
    assert_eq!(count(&|| many.encode(&Plain)), 1);
    let german = german("Busy = Beschäftigt.\nTooMany = nur { $count }").negotiate("de");
    let reply = Reply { language: Some(&german) };
    assert!(count(&|| FileError::Busy.encode(&reply)) > 0, "the measure measures");
}
