//! What people, CI systems and tools are shown.

use std::time::Duration;

use super::super::report::{Finding, Outcome, Report, Tried};
use super::super::{Coverage, Difference};
use super::catalog;

fn report() -> Report {
    let catalog = catalog();
    let of = |name: &str| catalog.entry(name).expect("an entry");
    let mut fine = Tried::new("a <full> room");
    fine.connections = 50;
    for _ in 0..50 {
        fine.add(vec![Finding::of(of("invalid_token"), Outcome::WrongFrame, None)]);
    }
    let mut wrong = Tried::new("publish\u{1b}");
    wrong.connections = 1;
    wrong.took = Duration::from_millis(1500);
    wrong.add(vec![Finding::of(
        of("forbidden"),
        Outcome::WrongFrame,
        Some(Difference {
            what: "the members are in another order: b, a".to_owned(),
            due: Some(r#"{"a":1,"b":"<"}"#.to_owned()),
            came: Some(r#"{"b":"<","a":1}"#.to_owned()),
        }),
    )]);
    let mut left_out = Tried::new("expired_token");
    left_out.left_out = Some("no expired token is given".to_owned());
    Report {
        catalog,
        url: "ws://127.0.0.1:1/".to_owned(),
        scenarios: vec![fine, Tried::new("binary"), wrong, left_out],
    }
}

#[test]
fn people_read_what_was_tried_what_differs_and_how_much_was_covered() {
    assert_eq!(
        report().to_string(),
        r#"metered at ws://127.0.0.1:1/

ok    a <full> room  invalid_token, 50 times
ok    binary         no error came
FAULT publish\u001b
      wrong frame: forbidden
      the members are in another order: b, a
      due:  {"a":1,"b":"<"}
      came: {"b":"<","a":1}
-     expired_token  left out: no expired token is given

not provoked  channel_not_authorized
not provoked  backend_error
provoked      invalid_token
wrong frame   forbidden
not provoked  no_such_path

coverage: 2 of 5 errors, 40 %; 1 fault
"#
    );
}

#[test]
fn what_only_the_client_sees_counts_for_nothing() {
    assert_eq!(report().coverage(), Coverage { provoked: 2, entries: 5 });
    assert!(report().entries().all(|(entry, _)| entry.name != "connection_lost"));
}

#[test]
fn the_json_has_all_of_it() {
    let json: serde_json::Value = serde_json::from_str(&report().json()).expect("JSON");
    assert_eq!(json["passed"], false);
    assert_eq!(json["coverage"]["percent"], 40);
    assert_eq!(json["entries"][2]["outcome"], "provoked");
    assert_eq!(json["scenarios"][0]["findings"][0]["times"], 50);
    let fault = &json["scenarios"][2]["findings"][0];
    assert_eq!((&fault["entry"], &fault["outcome"]), (&"forbidden".into(), &"wrong frame".into()));
    assert_eq!(fault["came"], r#"{"b":"<","a":1}"#);
    assert_eq!(json["scenarios"][3]["left_out"], "no expired token is given");
}

#[test]
fn junit_has_a_test_for_each_scenario_and_each_entry() {
    let xml = report().junit();
    assert!(
        xml.contains(
            r#"<testsuite name="metered" tests="9" failures="2" skipped="4" time="1.500">"#
        ),
        "{xml}"
    );
    for part in [
        r#"<testcase classname="metered.scenarios" name="a &lt;full&gt; room" time="0.000"></testcase>"#,
        r#"<testcase classname="metered.scenarios" name="publish\u001b" time="1.500">"#,
        r#"<failure type="wrong frame" message="the members are in another order: b, a">"#,
        r#"<skipped message="no expired token is given"/>"#,
        r#"name="backend_error" time="0.000"><skipped message="not provoked"/></testcase>"#,
    ] {
        assert!(xml.contains(part), "{part}\n{xml}");
    }
    let open = xml.matches("<testcase ").count();
    assert_eq!((open, xml.matches("</testcase>").count()), (9, 9));
}
