//! What a plan says, as its interpreters and printers meet it.

use super::told_apart::buckets;
use super::{Class, CloseCodePattern, FramePattern, Pattern, Plan, Segment, Step};
use crate::catalog::{
    Catalog, Closing, ClosingCode, Code, Context, Delivery, Element, Entry, Envelope, Format,
    Member, Message, Node, Part, Piece, Slot, Text,
};
use crate::json::Json;

const CODE: Node = Node::Slot { slot: Slot::Code, cast: None };
const MESSAGE: Node = Node::Slot { slot: Slot::Message, cast: None };
const KIND: Node = Node::Slot { slot: Slot::Set("kind"), cast: None };
const CONTEXT: Context = Context { name: "", fields: &[], delivery: None };

const fn pair(key: &'static str, value: Node) -> Member {
    Member::Pair { key, optional: false, value }
}

const fn json(template: Node) -> Envelope {
    Envelope { template, format: Format::Json }
}

const fn says(text: &'static [Piece]) -> Message {
    Message::Text(Text(text))
}

fn leak(text: String) -> &'static str {
    String::leak(text)
}

fn plan(entries: Vec<Entry>, envelopes: &'static [Envelope]) -> Plan {
    let entries = Vec::leak(entries);
    Plan::of(Box::leak(Box::new(Catalog {
        entries,
        envelopes,
        contexts: &[CONTEXT],
        ..Catalog::BLANK
    })))
}

fn entry(name: &'static str, code: Code) -> Entry {
    Entry { name, code, envelopes: &[(0, 0)], ..Entry::BLANK }
}

fn names(plan: &Plan) -> Vec<&'static str> {
    plan.readings.iter().map(|reading| reading.entry.map_or("", |entry| entry.name)).collect()
}

#[test]
fn declared_codes_come_first_then_entries_then_catch_alls_then_the_unknown() {
    const ENVELOPE: &[Envelope] = &[json(Node::Object(&[
        pair("type", Node::Constant("\"error\"")),
        Member::Pair { key: "code", optional: true, value: CODE },
    ]))];
    let plan = plan(
        vec![
            entry("codeless", Code::None),
            Entry {
                fields: &[crate::catalog::Field {
                    name: "code",
                    ident: "code",
                    docs: "",
                    ty: crate::catalog::FieldType {
                        optional: false,
                        scalar: None,
                        schema: None,
                        is_known: true,
                    },
                    cast: None,
                    example: None,
                    in_details: true,
                    on_wire: true,
                    whole: false,
                }],
                ..entry("catch_all", Code::Field("code"))
            },
            entry("declared", Code::Text("D")),
        ],
        ENVELOPE,
    );
    assert_eq!(names(&plan), ["declared", "catch_all", "", "codeless", ""]);
    let classes: Vec<Class> = plan.readings.iter().map(|reading| reading.class).collect();
    assert_eq!(classes[0], Class::Declared);
    assert!(classes[1..4].iter().all(|class| *class == Class::Undeclared));
    assert_eq!(classes[4], Class::Codeless);
    assert_eq!(plan.declared, [Json::from("D")]);
    assert_eq!(plan.readings[0].code, Some("D".into()));
}

#[test]
fn the_switch_leads_to_the_constant_that_tells_most_readings_apart() {
    const ENVELOPES: &[Envelope] = &[
        json(Node::Object(&[
            pair("type", Node::Constant("\"error\"")),
            pair("data", Node::Object(&[pair("code", CODE)])),
        ])),
        json(Node::Array(&[
            Element { optional: false, value: Node::Constant("4") },
            Element { optional: false, value: CODE },
        ])),
    ];
    let objects = plan(vec![entry("a", Code::Number(1)), entry("b", Code::Number(2))], ENVELOPES);
    assert_eq!(objects.switch, [Step::Key("data".into()), Step::Key("code".into())]);
    let in_array = |name, code| Entry { envelopes: &[(0, 1)], ..entry(name, Code::Number(code)) };
    let arrays = plan(vec![in_array("a", 1), in_array("b", 2)], ENVELOPES);
    assert_eq!(arrays.switch, [Step::Index(1)]);
    let FramePattern::Json(pattern) = &arrays.readings[0].frame else { panic!("JSON") };
    assert_eq!(pattern.constant_at(&arrays.switch), Some(&1.into()));
}

#[test]
fn a_slot_ends_where_it_does_in_all_entries_of_an_envelope() {
    const ENVELOPE: &[Envelope] = &[Envelope {
        template: Node::Composed(&[
            Part::Slot(Slot::Message),
            Part::Literal(" "),
            Part::Slot(Slot::Set("kind")),
            Part::Literal(":"),
        ]),
        format: Format::Text,
    }];
    let entry = Entry {
        message: says(&[Piece::Literal("m")]),
        constants: &[("kind", Node::Constant("\"e\""))],
        ..entry("one", Code::None)
    };
    for reading in plan(vec![entry], ENVELOPE).readings {
        let FramePattern::Text(segments) = &reading.frame else { panic!("text") };
        let [Segment::Slot(_), Segment::Literal(end), Segment::Literal(rest)] = &**segments else {
            panic!("{segments:?}")
        };
        assert_eq!((end.as_str(), rest.as_str()), (" ", "e:"));
    }
}

#[test]
fn only_messages_of_entries_that_nothing_else_tells_apart_are_compared() {
    const ENVELOPE: &[Envelope] =
        &[json(Node::Object(&[pair("code", CODE), pair("message", MESSAGE)]))];
    let with = |name, code, text: &'static [Piece]| Entry {
        message: says(text),
        ..entry(name, Code::Number(code))
    };
    let plan = plan(
        vec![
            with("free", 1, &[Piece::Field { name: "x", spec: "" }]),
            with("full", 1, &[Piece::Literal("full")]),
            with("gone", 1, &[Piece::Literal("gone: "), Piece::Field { name: "x", spec: "" }]),
            with("late", 2, &[Piece::Literal("late")]),
        ],
        ENVELOPE,
    );
    let compared = |name: &str| {
        let reading = plan.readings.iter().find(|r| r.entry.is_some_and(|e| e.name == name));
        let FramePattern::Json(pattern) = &reading.unwrap().frame else { panic!("JSON") };
        pattern.any(&|pattern| matches!(pattern, Pattern::Both(..)))
    };
    assert!(compared("full") && compared("gone") && !compared("free") && !compared("late"));
    assert_eq!(names(&plan), ["gone", "full", "free", "late", ""]);
    assert_eq!(plan.not_told_apart(), [] as [[usize; 2]; 0]);
}

#[test]
fn entries_whose_frames_are_read_as_others_are_reported_as_pairs() {
    const ENVELOPES: &[Envelope] = &[
        json(Node::Object(&[pair("type", Node::Constant("\"error\"")), pair("text", MESSAGE)])),
        json(Node::Object(&[pair("type", Node::Constant("\"error\"")), pair("kind", KIND)])),
    ];
    let with =
        |name, text: &'static [Piece]| Entry { message: says(text), ..entry(name, Code::None) };
    let same =
        plan(vec![with("a", &[Piece::Literal("x")]), with("b", &[Piece::Literal("x")])], ENVELOPES);
    assert_eq!(same.not_told_apart(), [[0, 1]]);
    let other =
        plan(vec![with("a", &[Piece::Literal("x")]), with("b", &[Piece::Literal("y")])], ENVELOPES);
    assert!(other.not_told_apart().is_empty());
    let kind = |name, json: &'static str| Entry {
        constants: Vec::leak(vec![("kind", Node::Constant(json))]),
        envelopes: &[(0, 1)],
        ..entry(name, Code::None)
    };
    assert!(plan(vec![kind("a", "1"), kind("b", "2")], ENVELOPES).not_told_apart().is_empty());
    assert_eq!(plan(vec![kind("a", "1"), kind("b", "1.0")], ENVELOPES).not_told_apart(), [[0, 1]]);
}

/// How many pairs are looked at, at most.
fn pairs(plan: &Plan) -> usize {
    buckets(&plan.readings).iter().map(|bucket| bucket.len() * bucket.len()).sum()
}

#[test]
fn a_thousand_entries_are_told_apart_without_comparing_each_with_each() {
    const COUNT: usize = 1_000;
    const WITH_CODE: &[Envelope] = &[json(Node::Object(&[pair("code", CODE)]))];
    const WITH_KIND: &[Envelope] =
        &[json(Node::Object(&[pair("error", KIND), pair("message", MESSAGE)]))];
    const WITH_TEXT: &[Envelope] = &[json(Node::Object(&[
        pair("type", Node::Constant("\"error\"")),
        pair("message", MESSAGE),
    ]))];
    const WITH_WORD: &[Envelope] = &[Envelope {
        template: Node::Composed(&[
            Part::Literal("-"),
            Part::Slot(Slot::Set("kind")),
            Part::Literal(" "),
            Part::Slot(Slot::Message),
        ]),
        format: Format::Text,
    }];
    let each = |of: &dyn Fn(usize) -> Entry| (0..COUNT).map(of).collect::<Vec<Entry>>();
    let name = |index: usize| leak(format!("e{index:04}"));
    let with_kind = |index: usize| Entry {
        constants: Vec::leak(vec![("kind", Node::Constant(leak(format!("\"k{index:04}\""))))]),
        message: says(&[Piece::Literal("m")]),
        ..entry(name(index), Code::None)
    };
    for (entries, envelopes) in [
        (each(&|index| entry(name(index), Code::Number(index as i64))), WITH_CODE),
        (each(&with_kind), WITH_KIND),
        (
            each(&|index| Entry {
                message: says(Vec::leak(vec![Piece::Literal(name(index))])),
                ..entry(name(index), Code::None)
            }),
            WITH_TEXT,
        ),
        (each(&with_kind), WITH_WORD),
    ] {
        let plan = plan(entries, envelopes);
        assert!(pairs(&plan) <= COUNT, "{} pairs", pairs(&plan));
        assert!(plan.not_told_apart().is_empty());
    }
}

#[test]
fn a_reason_is_compared_where_a_close_code_is_shared_or_a_standard_one() {
    let closes = |name, code, reason: &'static str| Entry {
        name,
        envelopes: &[],
        delivery: Delivery::Close(Closing {
            code: ClosingCode::Constant(code),
            reason: Text(Vec::leak(vec![Piece::Literal(reason)])),
        }),
        ..Entry::BLANK
    };
    let long = "x".repeat(200);
    let plan = plan(
        vec![
            closes("bye", 1000, "good bye"),
            closes("own", 4000, "own"),
            closes("one", 4001, "one"),
            closes("longer", 4001, leak(long)),
        ],
        &[],
    );
    let closes: Vec<(&str, u16, bool)> = plan
        .closes
        .iter()
        .map(|reading| match reading.code {
            CloseCodePattern::Constant(code) => (reading.entry.name, code, reading.compared),
            CloseCodePattern::Field(_) => panic!("a constant"),
        })
        .collect();
    assert_eq!(
        closes,
        [("longer", 4001, true), ("bye", 1000, true), ("own", 4000, false), ("one", 4001, true)]
    );
    assert!(matches!(&*plan.closes[0].reason, [Segment::Literal(cut)] if cut.len() == 123));
}
