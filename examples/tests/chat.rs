//! Both servers keep to the catalog, the client comes back, and what is exported is fresh.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use examples::ChatError;
use ws_errors::WsError;
use ws_errors::testing::{Scenarios, Test};

const SERVERS: [&str; 2] =
    [env!("CARGO_BIN_EXE_chat-tungstenite"), env!("CARGO_BIN_EXE_chat-axum")];

/// A program, until it is dropped.
struct Program {
    child: Child,
    input: Option<ChildStdin>,
    lines: BufReader<ChildStdout>,
}

impl Program {
    fn start(path: &str, argument: &str) -> Self {
        let mut child = Command::new(path)
            .arg(argument)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("it starts");
        let (input, out) = (child.stdin.take(), child.stdout.take().expect("piped"));
        Self { child, input, lines: BufReader::new(out) }
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        self.lines.read_line(&mut line).expect("a line");
        line.trim().to_owned()
    }

    fn say(&mut self, text: &str) {
        writeln!(self.input.as_mut().expect("open"), "{text}").expect("written");
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The server, and its URL without the token.
fn server(path: &str) -> (Program, String) {
    let mut server = Program::start(path, "127.0.0.1:0");
    let url = server.line();
    (server, url.split('?').next().unwrap_or_default().to_owned())
}

#[tokio::test]
async fn both_servers_keep_to_the_catalog() {
    let text = include_str!("../scenarios.json");
    let scenarios = Scenarios::parse(text, ChatError::catalog()).expect("right");
    for path in SERVERS {
        let (_server, url) = server(path);
        let test = Test::of::<ChatError>(url).scenarios(scenarios.clone());
        let report = test.run().await.expect("a report");
        assert!(report.passed(), "{path}\n{report}");
        assert!(report.coverage().provoked >= 4, "{path}\n{report}");
    }
}

#[test]
fn the_client_signs_in_where_the_server_asks_for_it_and_reads_what_is_wrong() {
    for path in SERVERS {
        let (_server, url) = server(path);
        let mut client = Program::start(env!("CARGO_BIN_EXE_chat-client"), &url);
        assert_eq!(client.line(), "signed_out: sign in first");
        assert_eq!(client.line(), "closed: 4401 signed out");
        assert_eq!(client.line(), "signing in");
        client.say("hello");
        assert_eq!(client.line(), r#"{"text":"hello","type":"said"}"#);
        client.say(&"x".repeat(201));
        assert_eq!(client.line(), "too_long: at most 200 characters");
        drop(client.input.take());
        assert!(client.child.wait().expect("it ends").success());
    }
}

#[test]
fn a_server_that_stops_says_farewell_and_the_client_comes_back() {
    let (mut server, url) = server(env!("CARGO_BIN_EXE_chat-axum"));
    let url = format!("{url}?token=good");
    let mut client = Program::start(env!("CARGO_BIN_EXE_chat-client"), &url);
    client.say("hello");
    assert_eq!(client.line(), r#"{"text":"hello","type":"said"}"#);
    drop(server.input.take());
    assert_eq!(client.line(), "closed: 1012 restart");
    assert!(client.line().starts_with("again in "));
    assert_eq!(server.line(), "0 were cut off");
    assert!(server.child.wait().expect("it ends").success());
}

#[test]
fn what_is_exported_is_fresh() {
    let checked = Command::new(env!("CARGO_BIN_EXE_chat-errors"))
        .args(["export", "--check"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("it runs");
    let said = String::from_utf8_lossy(&checked.stdout);
    assert!(checked.status.success(), "{said}{}", String::from_utf8_lossy(&checked.stderr));
}
