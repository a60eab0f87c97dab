//! What a person sees, in their language: the files, what is said of them, and the texts.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use ws_errors::cli::{Exit, Program, Terminal, run};
use ws_errors::language::{Translations, UserText};
use ws_errors::{Decoder, Envelope, WsError};

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(catalog = "rooms", envelope = { "code": code, "room"?: self.room, "kind"?: self.kind })]
enum RoomError {
    #[error("full")]
    #[ws_error(user(title = "Full", message = "{room} is {{full}}.", action = "Wait"))]
    Full { room: String },

    #[error("kind")]
    #[ws_error(user(title = "No {kind}", message = "There is no {kind}."))]
    NoKind { kind: Option<String> },

    #[error("broken")]
    #[ws_error(user(title = "Oops", message = "Something broke.", fallback))]
    Broken,

    #[error("quiet")]
    Quiet,
}

const GERMAN: &str = r#"{
  "Full": {
    "title": "Voll",
    "message": "{room} ist {{voll}}.",
    "action": "Warten"
  },
  "NoKind": {
    "title": "Kein {kind_}",
    "message": "Es gibt kein {kind_}."
  },
  "Broken": {
    "title": "Hoppla",
    "message": "Etwas ging schief."
  }
}
"#;

fn german(json: &str) -> Translations {
    Translations::new().with(RoomError::catalog(), "de", json).unwrap()
}

fn words(text: &UserText) -> [&str; 4] {
    let UserText { title, message, action, language } = text;
    [title, message, action.as_deref().unwrap_or("-"), language]
}

#[test]
fn a_person_reads_their_language_and_the_source_where_there_is_none() {
    let all = german(GERMAN);
    assert_eq!(all.findings(), []);
    let full = RoomError::Full { room: "Küche".into() };
    let of = |error: &RoomError, languages: &str| all.explain(error, languages).unwrap();
    assert_eq!(words(&of(&full, "de")), ["Voll", "Küche ist {voll}.", "Warten", "de"]);
    assert_eq!(words(&of(&full, "fr, de-AT;q=0.3")), ["Voll", "Küche ist {voll}.", "Warten", "de"]);
    assert_eq!(words(&of(&full, "fr")), ["Full", "Küche is {full}.", "Wait", "en"]);
    let kind = RoomError::NoKind { kind: None };
    assert_eq!(words(&of(&kind, "de")), ["Kein ", "Es gibt kein .", "-", "de"]);
    assert_eq!(of(&RoomError::Broken, "de").title, "Hoppla");
    assert_eq!(words(&of(&RoomError::Quiet, "de")), ["Hoppla", "Etwas ging schief.", "-", "de"]);
}

#[test]
fn what_a_client_received_is_explained_with_what_it_carried() {
    let all = german(GERMAN);
    let decoder = Decoder::of::<RoomError>();
    let of =
        |frame: &str| all.explain_received(RoomError::catalog(), &decoder.decode(frame), "de-DE");
    let sent = RoomError::Full { room: "Küche".into() }.encode(&());
    let text = of(sent.text().unwrap()).unwrap();
    assert_eq!(words(&text), ["Voll", "Küche ist {voll}.", "Warten", "de"]);
    assert_eq!(of(r#"{"code":"Newer"}"#).unwrap().title, "Hoppla", "one that nobody declared");
    assert_eq!(of(r#"{"hello":1}"#), None, "no error");
}

#[test]
fn what_is_not_translated_falls_back_as_a_whole_and_says_so_once() {
    let reports = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&reports);
    let half = GERMAN.replace(r#""action": "Warten""#, r#""action": """#);
    let all = german(&half).on_fallback(move |one| kept.lock().unwrap().push(one.to_string()));
    let full = RoomError::Full { room: "Küche".into() };
    for languages in ["de", "de-AT", "de"] {
        assert_eq!(all.explain(&full, languages).unwrap().title, "Full");
    }
    // Nobody promised French.
    assert_eq!(all.explain(&full, "fr").unwrap().title, "Full");
    assert_eq!(
        *reports.lock().unwrap(),
        ["de, rooms: `Full` is given in the source language: there is no translation"]
    );
}

#[test]
fn a_file_that_cannot_be_read_is_an_error_that_names_the_place() {
    for (json, why) in [
        ("", "no JSON: EOF while parsing a value at line 1 column 0"),
        ("{\n \"Full\": {,}\n}", "no JSON: key must be a string at line 2 column 11"),
        ("[]", "no object of texts by the names of errors"),
        ("null", "no object of texts by the names of errors"),
        (r#"{"Full": "Voll"}"#, "\"Full\" is no object with `title`, `message` and `action`"),
        (r#"{"Full": {"title": 7}}"#, "the \"title\" of \"Full\" is no text"),
        (r#"{"Full": {}, "Full": {}}"#, "\"Full\" is there twice"),
        (r#"{"Full": {"title": "", "title": ""}}"#, "the \"title\" of \"Full\" is there twice"),
    ] {
        let error = Translations::new().with(RoomError::catalog(), "de", json).unwrap_err();
        assert_eq!(error.to_string(), format!("the translation of `rooms` into \"de\": {why}"));
    }
    assert!(Translations::new().with(RoomError::catalog(), "de_AT", "{}").is_err());
    let deep = format!("{}{}", r#"{"Full":"#.repeat(100_000), "}".repeat(100_000));
    assert!(Translations::new().with(RoomError::catalog(), "de", &deep).is_err());
    assert!(Translations::new().with(RoomError::catalog(), "de", "\u{feff}{}").is_ok());
}

/// A folder of its own for each test, removed at its end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("translations-{name}"));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn write(&self, file: &str, text: &str) {
        let path = self.0.join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn read(&self, file: &str) -> String {
        fs::read_to_string(self.0.join(file)).unwrap()
    }

    /// What a command says on its output, and on that for errors, without the folder's name.
    fn run(&self, arguments: &[&str]) -> (Exit, String, String) {
        let program = Program::new("errors", vec![RoomError::catalog()]).locales(&self.0);
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let exit = run(&program, arguments, Terminal::default(), &mut out, &mut err).unwrap();
        let plain = |bytes: Vec<u8>| {
            String::from_utf8(bytes).unwrap().replace(&self.0.display().to_string(), "locales")
        };
        (exit, plain(out), plain(err))
    }

    fn check(&self, more: &[&str]) -> (Exit, String) {
        let arguments = [&["export", "--check", "--only", "translations"], more].concat();
        let (exit, out, err) = self.run(&arguments);
        assert_eq!(err, "");
        (exit, out)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

const EXPORT: [&str; 3] = ["export", "--only", "translations"];

#[test]
fn a_translation_is_begun_with_all_that_is_to_be_translated() {
    let folder = Folder::new("begun");
    assert_eq!(folder.run(&EXPORT), (Exit::Success, String::new(), String::new()));
    let (exit, out, _) = folder.run(&[&EXPORT[..], &["--language", "de"]].concat());
    let expected = "wrote     locales/en/rooms.json\nwrote     locales/de/rooms.json\n";
    assert_eq!((exit, out.as_str()), (Exit::Success, expected));
    assert_eq!(
        folder.read("en/rooms.json"),
        r#"{
  "Full": {
    "title": "Full",
    "message": "{room} is {{full}}.",
    "action": "Wait"
  },
  "NoKind": {
    "title": "No {kind_}",
    "message": "There is no {kind_}."
  },
  "Broken": {
    "title": "Oops",
    "message": "Something broke."
  }
}
"#
    );
    let empty = folder.read("de/rooms.json");
    assert!(empty.starts_with("{\n  \"Full\": {\n    \"title\": \"\",\n    \"message\": \"\",\n"));
    let (exit, out) = folder.check(&[]);
    assert_eq!(exit, Exit::Failure);
    assert!(out.ends_with("1 translation in locales; 7 texts are not translated\n"), "{out}");
    assert_eq!(folder.check(&["--allow-untranslated"]).0, Exit::Success);
}

#[test]
fn what_is_translated_is_kept_whatever_it_is() {
    let folder = Folder::new("kept");
    folder.write(
        "de/rooms.json",
        r#"{ "Old": { "title": "Alt" }, "Full": { "title": "Voll", "hint": "\u00e9" } }"#,
    );
    folder.run(&EXPORT);
    let once = folder.read("de/rooms.json");
    assert!(once.contains(
        "\"Full\": {\n    \"title\": \"Voll\",\n    \"message\": \"\",\n    \"action\": \"\",\n    \"hint\": \"é\"\n  }"
    ));
    assert!(once.ends_with("  \"Old\": {\n    \"title\": \"Alt\"\n  }\n}\n"), "{once}");
    let (_, out, _) = folder.run(&EXPORT);
    assert!(out.contains("unchanged locales/de/rooms.json"), "{out}");
    folder.write("de/rooms.json", GERMAN);
    folder.run(&EXPORT);
    assert_eq!(folder.read("de/rooms.json"), GERMAN);
    assert_eq!(folder.check(&[]), (Exit::Success, "1 translation in locales\n".to_owned()));
}

#[test]
fn a_file_that_cannot_be_read_is_left_as_it_is_and_reported() {
    let folder = Folder::new("broken");
    folder.write("de/rooms.json", "{ oops");
    folder.write("fr/rooms.json", GERMAN);
    let (exit, _, err) = folder.run(&EXPORT);
    let why = "no JSON: key must be a string at line 1 column 3";
    assert_eq!(
        (exit, err.as_str()),
        (Exit::Failure, &*format!("error: locales/de/rooms.json: {why}\n"))
    );
    assert_eq!(folder.read("de/rooms.json"), "{ oops");
    let (exit, out) = folder.check(&["--allow-untranslated"]);
    assert_eq!(exit, Exit::Failure);
    assert!(out.starts_with(&format!("locales/de/rooms.json\n  broken: {why}\n")), "{out}");
    let errors = Translations::load(&folder.0, &[RoomError::catalog()]).unwrap_err();
    assert_eq!(errors.len(), 1);
    assert!(errors[0].to_string().ends_with(&format!("de/rooms.json: {why}")), "{}", errors[0]);
}

#[test]
fn a_check_says_what_is_wrong_by_language_error_and_part() {
    let folder = Folder::new("check");
    folder.run(&EXPORT);
    folder.write(
        "de/rooms.json",
        r#"{
  "Full": { "title": "Voll {rom}", "message": "Es ist voll.", "action": "{" },
  "NoKind": { "title": "Kein {kind_}", "message": "{kind_}", "action": "Los" },
  "Broke": { "title": "Hoppla", "message": "Etwas ging schief." },
  "Quiet": { "title": "Still" }
}"#,
    );
    folder.run(&EXPORT);
    let (exit, out) = folder.check(&[]);
    assert_eq!(exit, Exit::Failure);
    assert_eq!(
        out,
        "locales/de/rooms.json
  Full, title: unknown argument `{rom}`; did you mean `room`?; it has `room`
    source: Full
  Full, message: missing argument `{room}`, which the source text has
    source: {room} is {{full}}.
  Full, action: malformed: `{` is not closed; a brace itself is written `{{`
    source: Wait
  NoKind, action: orphaned: is no part of this error's texts, which are `title`, `message`; delete it
  Broken, title: is not translated
    source: Oops
  Broken, message: is not translated
    source: Something broke.
  Broke: orphaned: `rooms` has no such error; did you mean `Broken`?; rename or delete it
  Quiet: orphaned: the enum has no `user(…)` for this error; delete it
1 translation in locales; 2 texts are not translated
"
    );
    // What is wrong with a text is not shown to anybody.
    let all = Translations::load(&folder.0, &[RoomError::catalog()]).unwrap();
    let text = all.explain(&RoomError::Full { room: "Küche".into() }, "de").unwrap();
    assert_eq!(&*text.language, "en");
    assert_eq!(all.findings().len(), 8);
}

#[test]
fn the_texts_of_the_enum_are_checked_to_be_fresh_and_a_folder_to_be_a_language() {
    let folder = Folder::new("stale");
    folder.write("de/rooms.json", GERMAN);
    folder.run(&EXPORT);
    folder.write("en/rooms.json", "{}");
    let (exit, out) = folder.check(&[]);
    assert_eq!(exit, Exit::Failure);
    assert!(out.starts_with("stale   locales/en/rooms.json\n"), "{out}");
    folder.write("de_AT/rooms.json", GERMAN);
    let (exit, _, err) = folder.run(&EXPORT);
    assert_eq!(exit, Exit::Failure);
    assert!(err.contains("\"de_AT\" holds a translation") && err.contains("\"de-AT\""), "{err}");
}

#[test]
fn a_terminal_is_not_written_to_by_a_translation() {
    let folder = Folder::new("escape");
    folder.write("de/rooms.json", r#"{ "\u001b[2J": { "title": "x" } }"#);
    let (_, out) = folder.check(&[]);
    assert!(!out.contains('\u{1b}'), "{out}");
}

#[test]
fn an_error_is_shown_and_explained_in_a_language_that_there_is() {
    let folder = Folder::new("shown");
    folder.write("de/rooms.json", GERMAN);
    let (_, out, _) = folder.run(&["show", "rooms", "Full", "--language", "de"]);
    assert!(out.ends_with("\nuser:   Voll: room ist {voll}. [Warten]\n"), "{out}");
    let (_, out, _) = folder.run(&["show", "rooms", "Full", "--language", "en"]);
    assert!(out.ends_with("\nuser:   Full: room is {full}. [Wait]\n"), "{out}");
    let (_, out, _) = folder.run(&["explain", "Full", "--language", "de"]);
    assert!(out.contains("Voll — <room> ist {voll}. Button: “Warten”."), "{out}");
    let (exit, out, err) = folder.run(&["explain", "Full", "--language", "fr"]);
    assert_eq!((exit, out.as_str()), (Exit::Usage, ""));
    let known = "`rooms` has no translation into \"fr\"";
    assert!(err.contains(known) && err.contains("`de`, `en`"), "{err}");
    let (exit, _, err) = folder.run(&["show", "rooms", "Full", "--language", "de_AT"]);
    assert_eq!(exit, Exit::Usage);
    assert!(err.contains("a language tag such as `de` or `de-AT`"), "{err}");
}

mod fluent {
    use super::{Exit, Folder, RoomError};
    use ws_errors::WsError;

    #[derive(Debug, thiserror::Error, WsError)]
    #[ws_error(catalog = "odd", envelope = { "code": code, "message": message })]
    enum OddError {
        /// It has {braces}.
        #[error("a")]
        #[ws_error(message = " a {{b}} {room}\n ")]
        Odd { room: String },
        #[error("b")]
        #[ws_error(message = "")]
        Empty,
    }

    #[test]
    fn a_file_keeps_all_that_it_has_and_has_what_it_lacks_as_comments() {
        let folder = Folder::new("ftl");
        let program = ws_errors::cli::Program::new("errors", vec![OddError::catalog()]);
        let program = program.locales(&folder.0);
        let run = |arguments: &[&str]| {
            let (mut out, mut err) = (Vec::new(), Vec::new());
            let terminal = ws_errors::cli::Terminal::default();
            let exit = ws_errors::cli::run(&program, arguments, terminal, &mut out, &mut err);
            assert_eq!(String::from_utf8(err).unwrap(), "");
            (exit.unwrap(), String::from_utf8(out).unwrap())
        };
        run(&["export", "--only", "fluent", "--language", "de"]);
        let odd = "Odd = { \"\" } a { \"{\" }b{ \"}\" } { $room }{ \"\\U00000A\" } { \"\" }";
        assert!(folder.read("en/odd.ftl").contains(&format!("\n# It has {{braces}}.\n{odd}\n")));
        assert_eq!(
            folder.read("de/odd.ftl"),
            format!("# untranslated: {odd}\n# untranslated: Empty = {{ \"\" }}\n")
        );
        // What is exported says what the enum says.
        let source = folder.read("en/odd.ftl");
        let messages = ws_errors::language::fluent::Messages::new();
        let messages = messages.with(OddError::catalog(), "de", &source).unwrap();
        assert_eq!(messages.findings(), []);
        let kept = "### Mine\n\n-b = b\n# untranslated: Empty = { \"\" }\n\n# A note.\nOdd = { $room }\n    a { -b }\n";
        folder.write("de/odd.ftl", kept);
        run(&["export", "--only", "fluent"]);
        let now = folder.read("de/odd.ftl");
        assert_eq!(
            now,
            "### Mine\n\n-b = b\n\n# A note.\nOdd = { $room }\n    a { -b }\n\n# untranslated: Empty = { \"\" }\n"
        );
        run(&["export", "--only", "fluent"]);
        assert_eq!(folder.read("de/odd.ftl"), now);
        let (exit, out) = run(&["export", "--check", "--only", "fluent"]);
        assert_eq!(exit, Exit::Failure);
        assert!(out.contains("\n  Empty: is not translated\n"), "{out}");
        let _ = (RoomError::catalog(), OddError::Empty, OddError::Odd { room: String::new() });
    }
}
