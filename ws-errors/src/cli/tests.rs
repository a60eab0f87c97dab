use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use super::*;
use crate::catalog::{
    Closing, ClosingCode, Code, Delivery, Entry, Field, Piece, Text, UserMessage,
};
use crate::export::testing::{BLANK, catalog, hostile};
use crate::export::{ExportError, Format};
use crate::fixture::METERED;

fn program() -> Program {
    Program::new("errors", vec![&METERED])
}

/// The exit, and what was said on both outputs.
fn run_in(program: &Program, arguments: &[&str], terminal: Terminal) -> (Exit, String, String) {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let exit = run(program, arguments, terminal, &mut out, &mut err).unwrap();
    (exit, String::from_utf8(out).unwrap(), String::from_utf8(err).unwrap())
}

fn said(arguments: &[&str]) -> String {
    let (exit, out, err) = run_in(&program(), arguments, Terminal::default());
    assert_eq!((exit, err.as_str()), (Exit::Success, ""));
    out
}

fn refused(program: &Program, arguments: &[&str]) -> String {
    let (exit, out, err) = run_in(program, arguments, Terminal::default());
    assert_eq!((exit, out.as_str()), (Exit::Usage, ""));
    err
}

/// A directory of its own for each test, removed at its end.
struct Directory(PathBuf);

impl Directory {
    fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let next = NEXT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("ws-errors-{}-{next}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn path(&self) -> &str {
        self.0.to_str().unwrap()
    }

    fn files(&self) -> Vec<String> {
        let mut files: Vec<String> = fs::read_dir(&self.0)
            .unwrap()
            .map(|file| file.unwrap().file_name().into_string().unwrap())
            .collect();
        files.sort();
        files
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn a_list_has_a_line_for_each_entry() {
    assert_eq!(
        said(&["list"]),
        "metered: Errors of the realtime API.
  channel_not_authorized  soft           never on this connection                       The channel lies outside the key's channel patterns.
  backend_error           soft           back off from 500 ms to 30 s, at most 5 times  A passing fault while routing.
  invalid_token           close 4001     after `refresh_token`, at most 3 times         The token was refused while connecting.
  connection_lost         observed 1006  back off from 5 s to 30 s                      The connection broke without a close frame.
"
    );
}

#[test]
fn a_list_in_a_terminal_keeps_to_its_width() {
    let terminal = Terminal { width: Some(40), colour: false };
    let (_, out, _) = run_in(&program(), &["list"], terminal);
    assert_eq!(out.lines().count(), 5);
    assert!(out.lines().all(|line| line.chars().count() <= 40), "{out}");
}

#[test]
fn an_error_is_shown_as_it_is_sent() {
    let out = said(&["show", "metered", "channel_not_authorized", "--context", "request_id=7"]);
    assert_eq!(
        out,
        r#"channel_not_authorized: soft
The channel lies outside the key's channel patterns.

frame, Correlation:
{"type":"error","requestId":"7","code":"channel_not_authorized","message":"not authorized: other-app/room-1"}

frame, ():
[4,null,"http://domain/exceptions#channel_not_authorized","not authorized: other-app/room-1",{"channel":"other-app/room-1"}]

retry:  never on this connection
advice: Fix the key, or use another channel.
user:   Access denied: You can't open this room. [Request access]
"#
    );
}

#[test]
fn what_is_given_is_taken_and_what_is_not_has_its_example_or_is_absent() {
    let out = said(&[
        "show",
        "metered",
        "ChannelNotAuthorized",
        "--field",
        "channel=a \"b\"=c",
        "--envelope",
        "Correlation",
    ]);
    assert!(out.contains(
        "\n{\"type\":\"error\",\"code\":\"channel_not_authorized\",\"message\":\"not authorized: a \\\"b\\\"=c\"}\n"
    ), "{out}");
    assert!(!out.contains("frame, ()"));
}

#[test]
fn an_error_is_found_by_its_close_code_and_its_close_is_shown() {
    let out = said(&["show", "metered", "4001"]);
    assert!(out.contains(
        "\nclose:  4001 invalid_token\nretry:  after `refresh_token`, at most 3 times\n"
    ));
    assert!(!out.contains("frame"));
}

#[test]
fn a_negative_code_is_no_option() {
    let catalog = catalog(vec![Entry { name: "no_method", code: Code::Number(-32601), ..BLANK }]);
    let program = Program::new("errors", vec![catalog]);
    let (exit, out, _) = run_in(&program, &["show", "test", "-32601"], Terminal::default());
    assert_eq!(exit, Exit::Success);
    assert!(out.starts_with("-32601 no_method: soft\n"), "{out}");
}

#[test]
fn a_field_in_the_close_frame_and_in_the_users_message_is_filled_in() {
    let field = |ident, example| Field {
        name: ident,
        ident,
        docs: "",
        ty: METERED.entries[0].fields[0].ty,
        cast: None,
        example,
        in_details: false,
        on_wire: false,
        whole: false,
    };
    const ROOM: Text = Text(&[Piece::Literal("room "), Piece::Field { name: "room", spec: "" }]);
    let entry = Entry {
        name: "kicked",
        delivery: Delivery::Close(Closing { code: ClosingCode::Field("code"), reason: ROOM }),
        fields: vec![field("room", Some("\"a\"")), field("code", None)].leak(),
        user: Some(UserMessage { title: ROOM, message: ROOM, action: None, fallback: false }),
        ..BLANK
    };
    let program = Program::new("errors", vec![catalog(vec![entry])]);
    let (_, out, _) = run_in(&program, &["show", "test", "kicked"], Terminal::default());
    assert!(out.contains("close:  4000 room a\n"), "{out}");
    assert!(out.contains("user:   room a: room a\n"), "{out}");
}

#[test]
fn an_unknown_name_is_answered_with_the_nearest_and_what_there_is() {
    let program = program();
    for (arguments, message) in [
        (
            &["show", "meterd", "x"][..],
            "error: there is no catalog \"meterd\"; did you mean `metered`?\n       there is: `metered`\n",
        ),
        (
            &["show", "metered", "BackendErr"],
            "error: there is no error of `metered` \"BackendErr\"; did you mean `backend_error`?\n       there is: `channel_not_authorized`, ",
        ),
        (
            &["show", "metered", "channel_not_authorized", "--field", "chanel=x"],
            "error: there is no field of `channel_not_authorized` \"chanel\"; did you mean `channel`?",
        ),
        (
            &["show", "metered", "backend_error", "--context", "id=x"],
            "error: there is no field of the context \"id\"\n       there is: `request_id`",
        ),
        (
            &["show", "metered", "backend_error", "--envelope", "Corelation"],
            "error: there is no envelope of `backend_error` for the context \"Corelation\"; did you mean `Correlation`?",
        ),
        (&["exprt"], "error: there is no command \"exprt\"; did you mean `export`?"),
        (
            &["export", "--only", "md,jsn"],
            "error: there is no format \"jsn\"; did you mean `json`?",
        ),
    ] {
        let err = refused(&program, arguments);
        assert!(err.starts_with(message), "{err}");
    }
}

#[test]
fn wrong_arguments_are_answered_with_the_usage() {
    let program = program();
    for arguments in [
        &["show"][..],
        &["show", "metered"],
        &["show", "metered", "4001", "more"],
        &["show", "metered", "4001", "--field", "x"],
        &["list", "more"],
        &["export", "--chek"],
        &["export", "--out"],
        &["--verbose"],
    ] {
        let err = refused(&program, arguments);
        assert!(err.starts_with("error: ") && err.contains("\nUsage: "), "{err}");
    }
    assert!(refused(&program, &[]).starts_with("Usage: "), "no arguments are no error to explain");
}

#[test]
fn a_code_that_several_errors_have_is_not_guessed_at() {
    let catalog = catalog(vec![
        Entry { name: "room", variant: "Room", code: Code::Number(4001), ..BLANK },
        Entry { name: "user", variant: "User", code: Code::Number(4001), ..BLANK },
    ]);
    let err = refused(&Program::new("errors", vec![catalog]), &["show", "test", "4001"]);
    assert!(err.starts_with(
        "error: \"4001\" stands for several errors of `test`: `room`, `user`; give the name of one"
    ));
}

#[test]
fn the_client_is_written_beside_typescript_modules_and_checked_with_them() {
    let directory = Directory::new();
    let client = directory.0.join(crate::export::RUNTIME_FILE);
    said(&["export", "--only", "md", "--out", directory.path()]);
    assert!(!client.exists(), "nothing needs it");
    said(&["export", "--only", "ts", "--out", directory.path()]);
    assert_eq!(fs::read_to_string(&client).unwrap(), crate::export::runtime());
    let check = ["export", "--only", "ts", "--check", "--out", directory.path()];
    said(&check);
    fs::write(&client, "// generated by ws-errors, once\n").unwrap();
    let (exit, out, _) = run_in(&program(), &check, Terminal::default());
    assert_eq!(exit, Exit::Failure);
    assert!(out.contains("stale") && out.contains(crate::export::RUNTIME_FILE), "{out}");
    // Without the modules it is nobody's.
    said(&["export", "--only", "md", "--check", "--out", directory.path()]);
}

#[test]
fn a_catalog_that_would_be_written_over_the_client_is_refused() {
    let entry = Entry { name: "room", variant: "Room", code: Code::Number(4001), ..BLANK };
    let catalog: &'static Catalog =
        Box::leak(Box::new(Catalog { name: "WS-Errors", ..*catalog(vec![entry]) }));
    let directory = Directory::new();
    let arguments = ["export", "--out", directory.path()];
    let program = Program::new("errors", vec![catalog]);
    let (exit, _, err) = run_in(&program, &arguments, Terminal::default());
    assert_eq!(exit, Exit::Failure);
    assert!(err.contains("`WS-Errors.ts` is the name of a file beside it"), "{err}");
    assert!(directory.files().is_empty());
}

#[test]
fn help_is_no_error_wherever_it_is_asked_for() {
    for arguments in [&["--help"][..], &["-h"], &["help"], &["show", "-h"], &["export", "--help"]] {
        assert!(said(arguments).contains("\nerrors show CATALOG ERROR"));
    }
}

#[test]
fn what_was_exported_is_fresh_and_what_was_changed_is_named() {
    let directory = Directory::new();
    let out = said(&["export", "--out", directory.path()]);
    // And the client that the TypeScript module is made for.
    assert_eq!(out.matches("wrote ").count(), Format::DEFAULT.len() + 1);
    assert!(
        said(&["export", "--out", directory.path()])
            .lines()
            .all(|line| line.starts_with("unchanged "))
    );
    said(&["export", "--out", directory.path(), "--check"]);

    fs::write(directory.0.join("metered.md"), "old").unwrap();
    fs::remove_file(directory.0.join("metered.json")).unwrap();
    fs::write(directory.0.join("gone.md"), "# gone\n\n> Generated by ws-errors from an enum\n")
        .unwrap();
    fs::write(directory.0.join("mine.md"), "# mine\n").unwrap();
    let before = directory.files();
    let arguments = ["export", "--check", "--out", directory.path()];
    let (exit, out, _) = run_in(&program(), &arguments, Terminal::default());
    assert_eq!(exit, Exit::Failure);
    let named: Vec<(&str, &str)> = out
        .lines()
        .map(|line| (line.split(' ').next().unwrap(), line.rsplit(['/', '\\']).next().unwrap()))
        .collect();
    assert_eq!(
        named,
        [("stale", "metered.md"), ("missing", "metered.json"), ("surplus", "gone.md")]
    );
    assert_eq!(directory.files(), before, "a check writes nothing");
    assert_eq!(fs::read_to_string(directory.0.join("metered.md")).unwrap(), "old");
}

#[test]
fn only_the_formats_that_are_asked_for_are_written_and_checked() {
    let directory = Directory::new();
    said(&["export", "--only", "json", "--out", directory.path()]);
    assert_eq!(directory.files(), ["metered.json"]);
    said(&["export", "--only", "json", "--check", "--out", directory.path()]);
}

#[test]
fn a_checkout_with_other_line_ends_is_fresh() {
    let directory = Directory::new();
    said(&["export", "--out", directory.path()]);
    for file in directory.files() {
        let text = fs::read_to_string(directory.0.join(&file)).unwrap();
        fs::write(directory.0.join(&file), text.replace('\n', "\r\n")).unwrap();
    }
    said(&["export", "--check", "--out", directory.path()]);
}

#[test]
fn catalogs_that_would_be_written_to_the_same_file_are_refused() {
    let directory = Directory::new();
    let program = Program::new("errors", vec![&METERED, &METERED]);
    let arguments = ["export", "--out", directory.path()];
    let (exit, _, err) = run_in(&program, &arguments, Terminal::default());
    assert_eq!(exit, Exit::Failure);
    assert!(err.starts_with("error: two catalogs are named `metered`"), "{err}");
    assert!(directory.files().is_empty());
}

#[test]
fn a_directory_that_cannot_be_made_is_named() {
    let directory = Directory::new();
    fs::write(directory.0.join("file"), "").unwrap();
    let below = directory.0.join("file").join("below");
    let arguments = ["export", "--out", below.to_str().unwrap()];
    let (exit, _, err) = run_in(&program(), &arguments, Terminal::default());
    assert_eq!(exit, Exit::Failure);
    assert!(err.contains(below.to_str().unwrap()), "{err}");
}

#[test]
fn a_tour_fits_the_terminal_and_writes_everything() {
    let directory = Directory::new();
    let program = Program::new("errors", vec![&METERED, hostile()]);
    for width in [60, 120] {
        let terminal = Terminal { width: Some(width), colour: false };
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let exit = tour::tour_to(&directory.0, &program, terminal, &mut out, &mut err).unwrap();
        assert_eq!((exit, err.len()), (Exit::Success, 0));
        let out = String::from_utf8(out).unwrap();
        let longest = out.lines().filter(|line| !line.contains("artefacts are in"));
        assert!(longest.map(terminal::width).max().unwrap() <= width, "{out}");
        assert!(out.contains(r#"  {"type":"error","requestId":"pub-2","code":"chan"#), "{out}");
        assert!(!out.contains('\u{1b}'), "no colours unless the terminal has them");
    }
    // And the clients, which the modules of a language share.
    assert_eq!(directory.files().len(), 2 * Format::ALL.len() + 2);
}

#[test]
fn colours_are_for_terminals_that_have_them() {
    let (_, out, _) = run_in(&program(), &["list"], Terminal { width: Some(80), colour: true });
    assert!(out.starts_with("\u{1b}[1mmetered: Errors of the realtime API.\u{1b}[0m\n"));
}

#[test]
fn an_error_is_explained_in_as_many_columns_as_there_are() {
    let terminal = Terminal { width: Some(50), colour: false };
    let (_, out, _) = run_in(&program(), &["explain", "channel_not_authorized"], terminal);
    assert_eq!(
        out,
        r#"metered: channel_not_authorized

The channel lies outside the key's channel
patterns.

What to do: Do not try again on this connection;
on another one it may work. Fix the key, or use
another channel.

How it arrives: as a message; the connection stays
open.

What the user sees: Access denied — You can't open
this room. Button: “Request access”.

Field      Type    Meaning
`channel`  string  The channel that was asked for.

For example, in the context `Correlation`:

    {"type":"error","requestId":"pub-2","code":"channel_not_authorized","message":"not authorized: other-app/room-1"}

For example, without a context:

    [4,null,"http://domain/exceptions#channel_not_authorized","not authorized: other-app/room-1",{"channel":"other-app/room-1"}]
"#
    );
}

#[test]
fn every_error_that_a_code_may_stand_for_is_explained() {
    let other = catalog(vec![
        Entry { name: "room", variant: "Room", code: Code::Number(4001), ..BLANK },
        Entry { name: "user", variant: "User", code: Code::Number(4001), ..BLANK },
    ]);
    let program = Program::new("errors", vec![&METERED, other]);
    let (_, out, _) = run_in(&program, &["explain", "4001"], Terminal::default());
    let titles: Vec<&str> = out
        .lines()
        .filter(|line| line.starts_with("metered: ") || line.starts_with("test: "))
        .collect();
    assert_eq!(titles, ["metered: invalid_token", "test: 4001 room", "test: 4001 user"]);
    let (_, out, _) = run_in(&program, &["explain", "test", "user"], Terminal::default());
    assert!(out.starts_with("test: 4001 user\n\n"));
    let err = refused(&program, &["explain", "rom"]);
    assert!(err.starts_with("error: there is no error \"rom\"; did you mean `room`?"), "{err}");
}

#[test]
fn an_older_catalog_is_compared_and_what_breaks_ends_with_1() {
    let directory = Directory::new();
    let file = directory.0.join("old.json");
    let new = crate::export::json(&METERED).unwrap();
    let path = file.to_str().unwrap();
    fs::write(&file, &new).unwrap();
    assert_eq!(said(&["diff", path]), "metered: nothing changed\n");
    assert_eq!(said(&["diff", path, path]), "metered: nothing changed\n");

    fs::write(&file, new.replace("\"code\": 4001", "\"code\": 4008")).unwrap();
    let (exit, out, err) = run_in(&program(), &["diff", path], Terminal::default());
    assert_eq!((exit, err.as_str()), (Exit::Failure, ""));
    assert!(out.contains("`invalid_token`: its close code was 4008, and is 4001"), "{out}");
    assert!(out.contains("→ keep it"), "{out}");
    let (exit, out, _) = run_in(&program(), &["diff", "--json", path], Terminal::default());
    let value: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!((exit, &value["breaking"]), (Exit::Failure, &true.into()));

    let made = Directory::new();
    let to = made.path();
    said(&["export", "--out", to]);
    let arguments = ["export", "--check", "--out", to, "--against", path];
    let (exit, out, _) = run_in(&program(), &arguments, Terminal::default());
    assert_eq!(exit, Exit::Failure);
    assert!(out.contains("are fresh\nmetered: 1 change: 1 breaking\n"), "{out}");
    fs::write(&file, &new).unwrap();
    let (exit, ..) = run_in(&program(), &arguments, Terminal::default());
    assert_eq!(exit, Exit::Success);
}

#[test]
fn a_folder_of_older_catalogs_is_compared_file_by_file() {
    let (made, released) = (Directory::new(), Directory::new());
    let (to, from) = (made.path(), released.path());
    said(&["export", "--out", to]);
    let arguments = ["export", "--check", "--out", to, "--against", from];
    let (exit, _, err) = run_in(&program(), &arguments, Terminal::default());
    assert_eq!(exit, Exit::Failure, "nothing was compared");
    assert!(err.contains(" has no catalog"), "{err}");

    said(&["export", "--out", from, "--only", "all"]);
    let (exit, out, err) = run_in(&program(), &arguments, Terminal::default());
    assert_eq!(exit, Exit::Success, "{out}{err}");
    assert!(out.contains("metered: nothing changed\n"), "{out}");

    let file = released.0.join("metered.json");
    let old = fs::read_to_string(&file).unwrap().replace("\"error\"", "\"err\"");
    fs::write(&file, old).unwrap();
    let (exit, out, _) = run_in(&program(), &arguments, Terminal::default());
    assert_eq!(exit, Exit::Failure);
    assert!(out.contains("breaking"), "{out}");
}

#[test]
fn several_catalogs_have_an_index_and_one_has_none() {
    let directory = Directory::new();
    let to = directory.path();
    let two = Program::new("two", vec![&METERED, crate::export::testing::hostile()]);
    let arguments = ["export", "--out", to, "--only", "md"];
    run_in(&two, &arguments, Terminal::default());
    assert!(directory.files().contains(&"index.md".to_owned()));
    let (_, _, err) = run_in(&program(), &arguments, Terminal::default());
    assert!(err.contains("index.md was generated once"), "{err}");
}

#[test]
fn what_cannot_be_compared_is_named() {
    let directory = Directory::new();
    let file = directory.0.join("old.json");
    let path = file.to_str().unwrap();
    for (content, message) in [
        (None, "can't be read: "),
        (Some("{"), "is no JSON: "),
        (Some("{}"), "is no catalog: `name` is missing"),
        (Some(r#"{ "name": "metered" }"#), "can't be compared: the old catalog is no catalog"),
    ] {
        if let Some(content) = content {
            fs::write(&file, content).unwrap();
        }
        let (exit, out, err) = run_in(&program(), &["diff", path], Terminal::default());
        assert_eq!((exit, out.as_str()), (Exit::Failure, ""));
        assert!(err.starts_with(&format!("error: {path} {message}")), "{err}");
    }
    fs::write(&file, r#"{ "name": "metred" }"#).unwrap();
    let err = refused(&program(), &["diff", path]);
    assert!(err.starts_with("error: there is no catalog \"metred\"; did you mean `metered`?"));
    let err = refused(&program(), &["export", "--against", path]);
    assert!(err.contains("it goes with `--check`"), "{err}");
}

/// The names of the errors, one on each line.
#[derive(Debug)]
struct Names;

impl crate::export::Exporter for Names {
    fn extension(&self) -> &str {
        "names.txt"
    }

    fn export(&self, catalog: &'static crate::catalog::Catalog) -> Result<String, ExportError> {
        if catalog.name == "test" {
            let reason = "no names for tests; give it another name".to_owned();
            return Err(ExportError::Other { catalog: catalog.name, reason });
        }
        let names: Vec<&str> = catalog.entries.iter().map(|entry| entry.name).collect();
        Ok(format!("{}\n{}\n", crate::export::MARK, names.join("\n")))
    }
}

#[test]
fn an_exporter_of_the_applications_own_is_written_and_checked_with_the_others() {
    let directory = Directory::new();
    let program = program().exporter(Names);
    let to = directory.path();
    run_in(&program, &["export", "--out", to], Terminal::default());
    assert!(directory.files().contains(&"metered.names.txt".to_owned()));
    run_in(&program, &["export", "--out", to, "--only", "names.txt"], Terminal::default());
    fs::rename(directory.0.join("metered.names.txt"), directory.0.join("old.names.txt")).unwrap();
    let (exit, out, _) = run_in(&program, &["export", "--check", "--out", to], Terminal::default());
    assert_eq!(exit, Exit::Failure);
    assert!(out.contains("missing ") && out.contains("surplus ") && out.contains("old.names.txt"));
    let program = Program::new("errors", vec![catalog(vec![])]).exporter(Names);
    let (exit, _, err) = run_in(&program, &["export", "--out", to], Terminal::default());
    assert_eq!(exit, Exit::Failure);
    assert_eq!(err, "error: catalog `test`: no names for tests; give it another name\n");
}

#[test]
fn a_longer_extension_is_another_format() {
    let directory = Directory::new();
    let to = directory.path();
    said(&["export", "--out", to, "--only", "all"]);
    fs::rename(directory.0.join("metered.schema.json"), directory.0.join("gone.schema.json"))
        .unwrap();
    said(&["export", "--check", "--out", to]);
    let arguments = ["export", "--check", "--out", to, "--only", "schema"];
    let (_, out, _) = run_in(&program(), &arguments, Terminal::default());
    assert!(out.contains("gone.schema.json") && out.starts_with("missing "), "{out}");
}

#[test]
fn several_catalogs_may_share_an_asyncapi_document() {
    let directory = Directory::new();
    let program = Program::new("errors", vec![&METERED, hostile()]);
    let to = directory.path();
    let arguments = ["export", "--out", to, "--only", "asyncapi", "--together", "service"];
    let (exit, ..) = run_in(&program, &arguments, Terminal::default());
    assert_eq!(
        (exit, directory.files()),
        (Exit::Success, vec!["service.asyncapi.json".to_owned()])
    );
    let err = refused(&program, &["export", "--together", "service"]);
    assert!(err.contains("it goes with `--only asyncapi`"), "{err}");
    let err = refused(&program, &["export", "--only", "asyncapi", "--together", "../x"]);
    assert!(err.contains("takes the name of a file"), "{err}");
}

#[test]
fn the_names_of_a_module_have_the_catalogs_before_them_on_request() {
    let directory = Directory::new();
    said(&["export", "--out", directory.path(), "--only", "ts", "--prefixed"]);
    let module = fs::read_to_string(directory.0.join("metered.ts")).unwrap();
    assert!(module.contains("  parse as meteredParse,"), "{module}");
}

#[test]
fn front_matter_is_there_on_request() {
    let directory = Directory::new();
    let to = directory.path();
    said(&["export", "--out", to, "--only", "md", "--front-matter"]);
    let page = fs::read_to_string(directory.0.join("metered.md")).unwrap();
    let head = "---\ntitle: \"metered errors\"\ndescription: \"Errors of the realtime API.\"\n---\n\n> Generated by";
    assert!(page.starts_with(head), "{page}");
    let (exit, ..) = run_in(
        &program(),
        &["export", "--check", "--out", to, "--only", "md"],
        Terminal::default(),
    );
    assert_eq!(exit, Exit::Failure, "a page without it is another page");
    let program = program().front_matter();
    let (exit, ..) =
        run_in(&program, &["export", "--check", "--out", to, "--only", "md"], Terminal::default());
    assert_eq!(exit, Exit::Success);
}

#[test]
fn what_a_terminal_would_obey_is_shown() {
    let odd = "a\u{1b}[31m\nerror: forged\u{9b}2J";
    let out =
        said(&["show", "metered", "channel_not_authorized", "--field", &format!("channel={odd}")]);
    let (_, _, err) =
        run_in(&program(), &["show", "metered", &format!("x{odd}")], Terminal::default());
    for text in [out, err] {
        assert!(text.contains("forged"), "{text}");
        assert!(
            !text.contains(['\u{1b}', '\u{9b}']) && !text.contains("\nerror: forged"),
            "{text}"
        );
    }
}

#[test]
fn names_in_a_file_given_to_diff_forge_no_line() {
    let directory = Directory::new();
    let old = crate::export::json(&METERED).unwrap();
    let file = directory.0.join("old.json");
    fs::write(&file, old.replace("\"channel_not_authorized\"", "\"x\\u001b[2J\\nerror: forged\""))
        .unwrap();
    let (_, out, err) = run_in(&program(), &["diff", file.to_str().unwrap()], Terminal::default());
    let text = out + &err;
    assert!(text.contains("forged"), "{text}");
    assert!(!text.contains('\u{1b}') && !text.contains("\nerror: forged"), "{text}");
}

#[test]
fn a_file_that_was_not_generated_is_kept() {
    let directory = Directory::new();
    fs::write(directory.0.join("metered.md"), "# By hand\n").unwrap();
    let arguments = ["export", "--only", "md", "--out", directory.path()];
    let (exit, _, err) = run_in(&program(), &arguments, Terminal::default());
    assert_eq!(exit, Exit::Failure);
    assert!(err.contains("metered.md") && err.contains("was not generated"), "{err}");
    assert_eq!(fs::read_to_string(directory.0.join("metered.md")).unwrap(), "# By hand\n");
    assert_eq!(directory.files(), ["metered.md"], "nothing else is left");
}

#[cfg(unix)]
#[test]
fn a_link_is_not_followed_out_of_the_folder() {
    let (directory, elsewhere) = (Directory::new(), Directory::new());
    let target = elsewhere.0.join("precious");
    fs::write(&target, "Generated by ws-errors, and precious").unwrap();
    std::os::unix::fs::symlink(&target, directory.0.join("metered.md")).unwrap();
    let arguments = ["export", "--only", "md", "--out", directory.path()];
    let (exit, _, err) = run_in(&program(), &arguments, Terminal::default());
    assert_eq!(exit, Exit::Failure);
    assert!(err.contains("links are not followed"), "{err}");
    assert_eq!(fs::read_to_string(target).unwrap(), "Generated by ws-errors, and precious");
}

#[cfg(unix)]
#[test]
fn a_named_pipe_is_neither_waited_for_nor_replaced() {
    let directory = Directory::new();
    let pipe = directory.0.join("metered.md");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let arguments = ["export", "--only", "md", "--out", directory.path()];
    let (exit, _, err) = run_in(&program(), &arguments, Terminal::default());
    assert_eq!(exit, Exit::Failure);
    assert!(err.contains("metered.md can't be written: something else has its name"), "{err}");
    assert!(!fs::symlink_metadata(pipe).unwrap().is_file());
}

#[test]
fn what_an_export_that_was_killed_left_behind_is_written_anew() {
    let directory = Directory::new();
    let arguments = ["export", "--only", "md", "--out", directory.path()];
    assert_eq!(run_in(&program(), &arguments, Terminal::default()).0, Exit::Success);
    let page = fs::read_to_string(directory.0.join("metered.md")).unwrap();
    // It writes beside the file, which has the old text until the new one is whole.
    let half = directory.0.join(format!(".metered.md.{}.tmp", std::process::id()));
    fs::write(&half, &page[..page.len() / 2]).unwrap();
    fs::write(directory.0.join("metered.md"), page.replace("metered", "old")).unwrap();
    let (exit, _, err) = run_in(&program(), &arguments, Terminal::default());
    assert_eq!(exit, Exit::Success, "{err}");
    assert_eq!(fs::read_to_string(directory.0.join("metered.md")).unwrap(), page);
    assert!(!half.exists());
}
