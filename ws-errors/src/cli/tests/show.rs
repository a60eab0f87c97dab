//! `show` and `explain`: one error, as it is sent.

use super::*;

#[test]
fn an_error_is_shown_as_it_is_sent() {
    let out = said(&["show", "metered", "channel_not_authorized", "--context", "request_id=7"]);
    assert_eq!(
        out,
        r#"channel_not_authorized: a message (soft)
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
    assert!(!out.contains("\nframe"));
}

#[test]
fn an_error_that_one_catalog_has_needs_no_catalog() {
    assert_eq!(said(&["show", "4001"]), said(&["show", "metered", "4001"]));
    let other = catalog(vec![Entry { name: "invalid_token", variant: "InvalidToken", ..BLANK }]);
    let two = Program::new("errors", vec![&METERED, other]);
    let err = refused(&two, &["show", "invalid_token"]);
    let several = "\"invalid_token\" stands for several errors: `metered invalid_token`, `test invalid_token`; give the catalog and the name of one\n";
    assert_eq!(err, format!("error: {several}"));
    let err = refused(&two, &["show", "invalid_tokn"]);
    assert!(
        err.starts_with(
            "error: no catalog has an error \"invalid_tokn\"; did you mean `invalid_token`?"
        ),
        "{err}"
    );
    let (exit, out, _) = run_in(&two, &["show", "4001"], Terminal::default());
    assert_eq!((exit, out), (Exit::Success, said(&["show", "metered", "4001"])));
}

#[test]
fn a_negative_code_is_no_option() {
    let catalog = catalog(vec![Entry { name: "no_method", code: Code::Number(-32601), ..BLANK }]);
    let program = Program::new("errors", vec![catalog]);
    let (exit, out, _) = run_in(&program, &["show", "test", "-32601"], Terminal::default());
    assert_eq!(exit, Exit::Success);
    assert!(out.starts_with("-32601 no_method: a message (soft)\n"), "{out}");
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
fn bytes_are_shown_and_what_they_hold_and_what_answers_a_request() {
    let template = Node::Composed(&[
        Part::Literal("ERR "),
        Part::Slot(Slot::Code),
        Part::Literal(" "),
        Part::Slot(Slot::Context("request_id")),
    ]);
    let http = |envelope| Some(HttpForm { status: 404, envelope, content_type: "text/plain" });
    let entry = Entry { envelopes: &[(0, 0)], code: Code::Text("GONE"), ..BLANK };
    let program = |http| {
        let one = Catalog {
            contexts: &[Context { name: "", fields: HTTP_CONTEXT.fields, delivery: None }],
            envelopes: vec![Envelope { template, format: crate::catalog::Format::Binary }].leak(),
            ..*catalog(vec![Entry { http, ..entry }])
        };
        Program::new("errors", vec![Box::leak(Box::new(one))])
    };
    let shown = |http, arguments: &[&str]| {
        let arguments = [&["show", "blank", "--context", "request_id=7"], arguments].concat();
        run_in(&program(http), &arguments, Terminal::default()).1
    };
    let frame = "\nframe:\n45 52 52 20 47 4f 4e 45 20 37\n10 bytes, which hold ERR GONE 7\n";
    let out = shown(http(Some(0)), &[]);
    assert!(out.contains(frame), "{out}");
    assert!(out.contains("\nover HTTP, with 404 and text/plain:\nERR GONE 7\n"), "{out}");
    assert!(shown(http(None), &[]).contains("\nover HTTP, with 404 and no body\n"));
    assert!(!shown(http(Some(0)), &["--envelope", "()"]).contains("HTTP"));
    assert!(!shown(None, &[]).contains("HTTP"));
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
    assert!(
        err.starts_with("error: no catalog has an error \"rom\"; did you mean `room`?"),
        "{err}"
    );
}
