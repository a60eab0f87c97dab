//! What is published of a catalog: links to it, and pages for some readers.

use ws_errors::catalog::Catalog;
use ws_errors::cli::{Exit, Program, Terminal, run};
use ws_errors::export::{Exporter, Format, Markdown, asyncapi, for_audiences, index, markdown};
use ws_errors::http::Request;
use ws_errors::wire::{Decoded, Decoder};
use ws_errors::{Envelope, WsError};

/// Errors of a dock, each with a link.
mod dock {
    use super::WsError;

    #[derive(Debug, thiserror::Error, WsError)]
    #[ws_error(
        catalog = "dock",
        rename_all = "snake_case",
        doc_url = "https://example.com/dock",
        envelope = { "code": code, "docs": doc_url },
        http(status = 400, envelope = problem)
    )]
    #[allow(dead_code, reason = "its catalog is looked at")]
    pub(crate) enum Dock {
        /// There is no berth.
        #[error("no berth")]
        NoBerth,
        /// The crane stands still.
        #[error("crane")]
        #[ws_error(code = shared(7), set(why = "wind"), envelope = { "code": code, "why": set.why, "docs": doc_url })]
        Wind,
        /// The crane is broken.
        #[error("crane")]
        #[ws_error(code = shared(7), set(why = "broken"), envelope = { "code": code, "why": set.why, "docs": doc_url })]
        Broken,
        /// Nobody reads of it.
        #[error("odd")]
        #[ws_error(hidden)]
        Odd,
    }
}

/// A harbour, whose reference is elsewhere, or nowhere.
mod harbour {
    use super::{WsError, dock::Dock};

    #[derive(Debug, thiserror::Error, WsError)]
    #[ws_error(envelope = { "code": code })]
    pub(crate) enum Light {
        #[error("out")]
        Out,
    }

    #[derive(Debug, thiserror::Error, WsError)]
    #[ws_error(
        catalog = "harbour",
        doc_url = "https://example.com/harbour",
        envelope = { "error": code, "link": doc_url }
    )]
    pub(crate) enum Harbour {
        #[error("closed")]
        Closed,
        #[error(transparent)]
        #[ws_error(transparent)]
        Dock(#[from] Dock),
        #[error(transparent)]
        #[ws_error(transparent)]
        Light(#[from] Light),
    }
}

/// What only the staff reads of has words of its own everywhere.
mod room {
    use super::WsError;

    pub(crate) struct Zebra {
        pub(crate) yak: String,
    }

    #[derive(Debug, thiserror::Error, WsError)]
    #[ws_error(
        catalog = "rooms",
        rename_all = "snake_case",
        envelope = { "code": code, "message"?: message },
        envelope(Zebra) = { "zebra": cx.yak, "code": code, "data": details },
        default(only(())),
        http(status = 400, envelope = { "code": code })
    )]
    #[allow(dead_code, reason = "its catalog is looked at")]
    pub(crate) enum Room {
        /// The room is full.
        #[error("full")]
        #[ws_error(code = 4001, provoke = "Join `test-full`.", http(status = 409))]
        Full,
        /// The xerus is away.
        #[error("xerus")]
        #[ws_error(
            audience = "staff",
            code = 4777,
            only(Zebra),
            section = "Xerus",
            advice = "Feed the xerus.",
            provoke = "Open the xerus's door.",
            user(title = "Xerus", message = "The xerus is {mood}."),
            soft_then_close(4778, "xerus away"),
            http(status = 477, envelope = { "xerus": code })
        )]
        Xerus { mood: Xerus },
    }

    #[derive(Debug, serde::Serialize, schemars::JsonSchema)]
    pub(crate) enum Xerus {
        Fed,
    }

    impl std::fmt::Display for Xerus {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("xerus")
        }
    }
}

use dock::Dock;
use harbour::{Harbour, Light};
use room::{Room, Xerus, Zebra};

fn doc_url<E: Envelope>(error: &E) -> String {
    let output = error.encode(&());
    let frame: serde_json::Value =
        serde_json::from_str(output.text().expect("text")).expect("JSON");
    let link = frame.get("docs").or(frame.get("link")).expect("a link");
    link.as_str().expect("text").to_owned()
}

#[test]
fn a_message_has_the_address_of_its_section_in_the_reference() {
    assert_eq!(doc_url(&Dock::NoBerth), "https://example.com/dock#no_berth");
    assert_eq!(doc_url(&Dock::Wind), "https://example.com/dock#7-wind", "the code is shared");
    assert_eq!(doc_url(&Dock::Odd), "https://example.com/dock", "it has no section");
    let page = markdown(Dock::catalog()).expect("Markdown");
    for heading in ["### `no_berth`\n", "### `7` `wind`\n"] {
        assert!(page.contains(heading), "{page}");
    }
    let problem = Dock::NoBerth.respond(&Request::default());
    assert!(problem.body.starts_with(r#"{"type":"https://example.com/dock#no_berth","#));
}

#[test]
fn what_is_nested_keeps_its_address_or_has_that_of_the_enum_around_it() {
    let dock = Harbour::from(Dock::NoBerth);
    assert_eq!(doc_url(&dock), "https://example.com/dock#no_berth");
    assert_eq!(doc_url(&Harbour::from(Light::Out)), "https://example.com/harbour#out");
    assert_eq!(doc_url(&Harbour::Closed), "https://example.com/harbour#closed");
    assert!(Harbour::findings().is_empty(), "{:?}", Harbour::findings());
    let said = Harbour::catalog().entry("no_berth").and_then(|entry| entry.doc_url);
    assert_eq!(said, Some("https://example.com/dock#no_berth"));
}

#[test]
fn clients_that_are_deployed_read_what_comes_after_the_reference_has_moved() {
    let moved = r#"{"code":"no_berth","docs":"https://docs.example.org/all#no_berth"}"#;
    let decoded = Decoder::of::<Dock>().decode(moved);
    assert_eq!(decoded.entry().map(|entry| entry.name), Some("no_berth"));
    // What they don't know is an error of this API by the address that they were made with.
    let newer = r#"{"code":"flood","docs":"https://example.com/dock#flood"}"#;
    assert!(matches!(Decoder::of::<Dock>().decode(newer), Decoded::Unknown(_)));
    let other = r#"{"code":"flood","docs":"https://docs.example.org/all#flood"}"#;
    assert!(matches!(Decoder::of::<Dock>().decode(other), Decoded::Foreign));
}

/// All that can be made of a catalog.
fn artefacts(catalog: &'static Catalog) -> String {
    let mut made: Vec<String> =
        Format::ALL.iter().map(|format| format.export(catalog).expect("an artefact")).collect();
    made.push(Markdown::new().front_matter().page(catalog).expect("Markdown"));
    made.push(index(&[catalog]).expect("an index"));
    made.push(asyncapi("all", &[catalog]).expect("AsyncAPI"));
    made.join("\n").to_lowercase()
}

#[test]
fn what_is_for_another_audience_is_in_no_artefact() {
    let words = ["xerus", "zebra", "yak", "4777", "4778", "477"];
    let (all, public) = (artefacts(Room::catalog()), artefacts(public()));
    for word in words {
        assert!(all.contains(word), "{word} is not even in the whole");
        let place = public.find(word).map(|at| &public[at.saturating_sub(200)..at + 40]);
        assert_eq!(place, None, "{word}");
    }
    assert!(public.contains("the room is full"));
    let staff = for_audiences(Room::catalog(), &["staff"]);
    assert_eq!(artefacts(staff), all, "the staff reads everything");
}

fn public() -> &'static Catalog {
    for_audiences(Room::catalog(), &[])
}

#[test]
fn a_client_reads_what_is_for_others_as_an_error_that_nobody_declared() {
    let error = Room::Xerus { mood: Xerus::Fed };
    let sent = error.encode(&Zebra { yak: "y".into() });
    assert_eq!(sent.close.and_then(|close| close.code()).map(|code| code.get()), Some(4778));
    let message = Decoder::new(public()).decode(r#"{"code":4777,"message":"away"}"#);
    let Decoded::Unknown(unknown) = message else { panic!("{message:?}") };
    assert_eq!(unknown.text(), Some("away"));
    let closed = Decoder::new(public()).closed(4778, "xerus away");
    assert!(closed.entry().is_none(), "{closed:?}");
}

fn export(program: &Program, arguments: &[&str]) -> (Exit, String) {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let arguments = std::iter::once("export").chain(arguments.iter().copied());
    let exit = run(program, arguments, Terminal::default(), &mut out, &mut err).expect("memory");
    out.extend(err);
    (exit, String::from_utf8(out).expect("UTF-8"))
}

#[test]
fn the_command_line_exports_for_an_audience_and_checks_for_it() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("audiences");
    let to = folder.to_str().expect("UTF-8");
    let program = Program::new("rooms", vec![Room::catalog()]);
    assert_eq!(export(&program, &["--out", to, "--audience", "public"]).0, Exit::Success);
    let page = std::fs::read_to_string(folder.join("rooms.md")).expect("a page");
    assert!(page.contains("### `4001` `full`") && !page.to_lowercase().contains("xerus"), "{page}");
    assert!(page.contains("**How to provoke it:** Join `test-full`."), "{page}");
    let check = |program: &Program, more: &[&str]| {
        export(program, &[&["--check", "--out", to], more].concat()).0
    };
    assert_eq!(check(&program, &["--audience", "public"]), Exit::Success);
    assert_eq!(check(&program, &[]), Exit::Failure, "everything is more");
    assert_eq!(check(&program.clone().audience("public"), &[]), Exit::Success);
    let all = check(&program.clone().audience("public"), &["--audience", "public,staff"]);
    assert_eq!(all, Exit::Failure, "the command line has the last word");
    let (exit, said) = export(&program, &["--out", to, "--audience", "stuff"]);
    assert_eq!(exit, Exit::Usage);
    assert!(said.contains("there is no audience \"stuff\"; did you mean `staff`?"), "{said}");
}

#[test]
fn an_export_warns_of_texts_without_an_example() {
    #[derive(Debug, thiserror::Error, WsError)]
    #[ws_error(catalog = "plain", rename_all = "snake_case", envelope = { "code": code, ..details })]
    #[allow(dead_code, reason = "only its catalog is looked at")]
    enum Plain {
        #[error("gone")]
        Gone {
            room: String,
            count: u32,
            #[ws_error(example = "ada")]
            by: String,
        },
        // No example has it: the docs show the reason as it is declared.
        #[error("thrown out")]
        #[ws_error(close(4403, "thrown out: {reason}"))]
        ThrownOut { reason: String },
    }
    let warnings = ws_errors::export::warnings(Plain::catalog());
    let [warning] = &warnings[..] else { panic!("{warnings:?}") };
    assert!(warning.contains("a made-up text for `gone.room`;"), "{warning}");
}
