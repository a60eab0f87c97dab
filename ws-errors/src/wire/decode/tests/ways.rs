//! A catalog with an entry for each way in which a value can travel, as the derive would write it.

use super::catalogs::*;
use crate::catalog::*;
use crate::wire::generated::field_type;
use crate::wire::operation::{
    Encoding, Operation, Operation::Characters, Operation::Literal, Operation::Tail, Parameter,
    Present, Source, TailElement, When, Within,
};

const CX_ID: Parameter = Parameter { source: Source::Context("id"), display: false };
const fn of(field: &'static str) -> Parameter {
    Parameter { source: Source::Field(field), display: false }
}
const fn slot(name: &'static str) -> Node {
    Node::Slot { slot: Slot::Field(name), cast: None }
}
const ID_MEMBER: Operation = Operation::When(&When {
    any: &[0],
    then: &[Literal(r#","id":"#), Operation::Json(0)],
    otherwise: &[],
});
const IN_STRING: Within = Within::String;
const IN_TEXT: Within = Within::Text;

/// An entry for each way in which a value can travel.
pub(super) static WAYS: Catalog = Catalog {
    entries: &[
        Entry {
            details: Details::Object,
            fields: &[optional_field("a"), field("b")],
            encodings: &[Encoding {
                context: 0,
                envelope: 0,
                operations: &[
                    Literal(r#"{"op":"error""#),
                    ID_MEMBER,
                    Literal(r#","code":7,"details":{"#),
                    Operation::When(&When {
                        any: &[1],
                        then: &[Literal(r#""a":"#), Operation::Json(1)],
                        otherwise: &[],
                    }),
                    Operation::Comma,
                    Literal(r#""b":"#),
                    Operation::Json(2),
                    Literal("}}"),
                ],
                size: 0,
                parameters: &[CX_ID, of("a"), of("b")],
            }],
            ..entry("members", Code::Number(7))
        },
        Entry {
            details: Details::Object,
            fields: &[Field { in_details: false, ..field("code") }, field("b")],
            encodings: &[Encoding {
                context: 0,
                envelope: 0,
                operations: &[
                    Literal(r#"{"op":"error""#),
                    ID_MEMBER,
                    Literal(r#","code":"#),
                    Operation::Json(1),
                    Literal(r#","details":{"b":"#),
                    Operation::Json(2),
                    Literal("}}"),
                ],
                size: 0,
                parameters: &[CX_ID, of("code"), of("b")],
            }],
            ..entry("any_code", Code::Field("code"))
        },
        Entry {
            fields: &[field("a"), optional_field("args"), optional_field("kw")],
            encodings: &[Encoding {
                context: 0,
                envelope: 1,
                operations: &[
                    Literal("[4,"),
                    Operation::When(&When {
                        any: &[0],
                        then: &[Operation::Json(0)],
                        otherwise: &[Literal("\"-1\"")],
                    }),
                    Literal(",\"urn:x#elements:"),
                    Characters { argument: 1, within: IN_STRING, bounded: false },
                    Literal("\""),
                    Tail(&[
                        TailElement {
                            present: Present::Any(&[2]),
                            then: &[Operation::Json(2)],
                            otherwise: &[Literal("[]")],
                        },
                        TailElement {
                            present: Present::Any(&[3]),
                            then: &[Operation::Json(3)],
                            otherwise: &[Literal("null")],
                        },
                    ]),
                    Literal("]"),
                ],
                size: 0,
                parameters: &[CX_ID, of("a"), of("args"), of("kw")],
            }],
            ..entry("elements", Code::Text("elements"))
        },
        Entry {
            fields: &[field("b")],
            message: Message::Field("b"),
            encodings: &[Encoding {
                context: 0,
                envelope: 2,
                operations: &[
                    Literal("44"),
                    Operation::When(&When {
                        any: &[0],
                        then: &[
                            Characters { argument: 0, within: IN_TEXT, bounded: false },
                            Literal(","),
                        ],
                        otherwise: &[],
                    }),
                    Literal(r#"{"event":"error","message":"#),
                    Operation::Json(1),
                    Literal("}"),
                ],
                size: 0,
                parameters: &[CX_ID, of("b")],
            }],
            ..entry("chain", Code::None)
        },
        Entry {
            fields: &[field("b")],
            encodings: &[Encoding {
                context: 0,
                envelope: 3,
                operations: &[
                    Literal(r#"{"event":"e","data":"#),
                    Operation::Encoded(&[
                        Literal(r#"{"code":9,"b":"#),
                        Operation::Json(0),
                        Literal("}"),
                    ]),
                    Literal("}"),
                ],
                size: 0,
                parameters: &[of("b")],
            }],
            ..entry("encoded", Code::Number(9))
        },
        Entry {
            fields: &[field("a"), field("b")],
            encodings: &[Encoding {
                context: 0,
                envelope: 4,
                operations: &[
                    Literal("-ERR text '"),
                    Characters { argument: 0, within: IN_TEXT, bounded: false },
                    Literal("'\r\n"),
                ],
                size: 0,
                parameters: &[of("b")],
            }],
            ..entry("text", Code::Text("text"))
        },
    ],
    contexts: &[Context {
        delivery: None,
        name: "Correlation",
        fields: &[ContextField { name: "id", ty: || field_type(true, false, None), example: None }],
    }],
    envelopes: &[
        json(Node::Object(&[
            pair("op", constant("\"error\"")),
            optional("id", ID),
            pair("code", CODE),
            optional("details", DETAILS),
        ])),
        json(Node::Array(&[
            element(constant("4")),
            element(Node::Default { node: &ID, default: &constant("\"-1\"") }),
            element(Node::Composed(&[
                Part::Literal("urn:x#"),
                Part::Slot(Slot::Code),
                Part::Literal(":"),
                Part::Slot(Slot::Field("a")),
            ])),
            optional_element(Node::Default { node: &slot("args"), default: &constant("[]") }),
            optional_element(slot("kw")),
        ])),
        json(Node::Chain(&[
            element(constant("\"44\"")),
            optional_element(Node::Composed(&[
                Part::Slot(Slot::Context("id")),
                Part::Literal(","),
            ])),
            element(Node::Object(&[
                pair("event", constant("\"error\"")),
                pair("message", MESSAGE),
            ])),
        ])),
        json(Node::Object(&[
            pair("event", constant("\"e\"")),
            pair("data", Node::Encoded(&Node::Object(&[pair("code", CODE), pair("b", slot("b"))]))),
        ])),
        plain(Node::Composed(&[
            Part::Literal("-ERR "),
            Part::Slot(Slot::Code),
            Part::Literal(" '"),
            Part::Slot(Slot::Field("b")),
            Part::Literal("'\r\n"),
        ])),
    ],
    ..catalog(&[], &[])
};
