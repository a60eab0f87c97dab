//! Scenarios from a file.

use tokio_tungstenite::tungstenite::Message;

use super::super::judgement::Closes;
use super::super::{Scenario, Scenarios};
use super::catalog;

fn refused(text: &str) -> String {
    Scenarios::parse(text, catalog()).expect_err("refused").to_string()
}

#[test]
fn a_file_says_what_is_sent_and_what_has_to_come() {
    let text = r#"{
        "$schema": "scenarios.schema.json",
        "path": "/ws?token={token}",
        "headers": { "authorization": "Bearer {token}" },
        "first": [{ "json": { "type": "hello", "token": "{token}" } }],
        "tokens": { "valid": "a/b \"c\"", "expired": "old" },
        "built_in": {
            "binary": false,
            "too_large": { "send": [{ "size": 10 }], "closes": 1009 },
            "expired_token": { "expect": "invalid_token" }
        },
        "scenarios": [{
            "name": "publish",
            "headers": { "Authorization": "none" },
            "send": [
                { "json": { "z": 1, "a": 2 }, "times": 3 },
                { "text": "hi" },
                { "binary": "00 fF" }
            ],
            "expect": 4001,
            "context": { "request_id": "r1" },
            "closes": true
        }]
    }"#;
    let scenarios = Scenarios::parse(text, catalog()).expect("right");
    let find = |name: &str| scenarios.all.iter().find(|one| one.name == name);
    assert!(find("binary").is_none());
    assert_eq!(find("too_large").expect("there").closes, Some(Closes::With(1009)));

    let publish = find("publish").expect("there");
    assert_eq!(
        scenarios.url_of(publish, "ws://host:1/other"),
        "ws://host:1/ws?token=a%2Fb%20%22c%22"
    );
    assert_eq!(
        scenarios.headers_of(publish),
        [("Authorization".to_owned(), "none".to_owned())],
        "its own stands in for that of all"
    );
    assert_eq!(
        scenarios.messages_of(publish),
        [
            (Message::text(r#"{"type":"hello","token":"a/b \"c\""}"#), 1),
            (Message::text(r#"{"z":1,"a":2}"#), 3),
            (Message::text("hi"), 1),
            (Message::binary(vec![0, 0xff]), 1),
        ]
    );
    assert_eq!(publish.closes, Some(Closes::Always));
    assert_eq!(publish.expect.as_deref(), Some("4001"));

    let expired = find("expired_token").expect("there");
    assert_eq!(
        scenarios.headers_of(expired),
        [("authorization".to_owned(), "Bearer old".to_owned())]
    );
}

#[test]
fn a_path_stands_in_for_that_of_the_url() {
    let of = |url: &str| Scenarios::default().url_of(&Scenario::new("x").path("a?b"), url);
    assert_eq!(of("ws://host"), "ws://host/a?b");
    assert_eq!(of("ws://host?c"), "ws://host/a?b");
    assert_eq!(of("wss://host:1/c/d"), "wss://host:1/a?b");
}

#[test]
fn a_message_of_a_size_has_exactly_that() {
    let scenario = Scenario::new("x").size(100);
    let [(message, 1)] = &Scenarios::default().messages_of(&scenario)[..] else { panic!("one") };
    assert_eq!(message.len(), 100);
}

#[test]
fn what_is_wrong_with_a_file_is_said_with_its_line_and_what_to_write() {
    for (text, said) in [
        (
            "{\n\"scenario\": []\n}",
            "unknown field `scenario`, expected one of `$schema`, `path`, `headers`, `first`, `tokens`, `other_texts`, `built_in`, `scenarios` at line 2 column 10",
        ),
        (
            "{\n\"built_in\": {\n\"binry\": false } }",
            "there is no built-in scenario \"binry\"; did you mean `binary`?",
        ),
        (
            "{ \"built_in\": { \"binary\": true } }",
            "it is tried anyway: leave it out of the file, or write `false` at line 1 column 30",
        ),
        (
            "{ \"scenarios\": [{\n\"name\": \"x\", \"send\": [{ \"txt\": \"\" }] }] }",
            "unknown field `txt`, expected one of `text`, `json`, `binary`, `size`, `times` at line 2",
        ),
        (
            "{ \"scenarios\": [{}] }",
            "a scenario has no `name`: add one, such as \"name\": \"a full room\"",
        ),
        (
            "{ \"scenarios\": [{ \"name\": \"x\", \"send\": [{}] }] }",
            "the scenario \"x\": a message has one of `text`, `json`, `binary` and `size`, such as { \"text\": \"hello\" }",
        ),
        (
            "{ \"scenarios\": [{ \"name\": \"x\", \"send\": [{ \"text\": \"\", \"times\": 0 }] }] }",
            "`times` is a number from 1 to 10000",
        ),
        (
            "{ \"scenarios\": [{ \"name\": \"x\", \"send\": [{ \"binary\": \"0\" }] }] }",
            "two hexadecimal digits for each byte",
        ),
        (
            "{ \"scenarios\": [\n{ \"name\": \"x\" },\n{ \"name\": \"binary\" }] }",
            "there are two scenarios with the name \"binary\"; rename one",
        ),
        (
            "{ \"scenarios\": [{ \"name\": \"x\",\n\"expect\": \"invalid_tokn\" }] }",
            "`metered` has no error \"invalid_tokn\"; did you mean `invalid_token`?",
        ),
        (
            "{ \"scenarios\": [{ \"name\": \"x\",\n\"expect\": \"invalid_tokn\" }] }",
            "line 2: `metered` has no error",
        ),
        (
            "{ \"tokens\": { \"valid\": \"$WS_ERRORS_NO_SUCH\" } }",
            "tokens.valid: the environment has no variable `WS_ERRORS_NO_SUCH`; set it",
        ),
        (
            "{ \"scenarios\": [{ \"name\": \"x\", \"closes\": \"no\" }] }",
            "`closes` takes true, false or a close code",
        ),
        ("{", "EOF while parsing an object at line 1 column 1"),
    ] {
        let refusal = refused(text);
        assert!(refusal.contains(said), "{text}\n{refusal}");
    }
}
