//! `list`, `tour`, and the width and colours of a terminal.

use super::*;

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
