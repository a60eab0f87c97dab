//! A catalog with an entry for each way in which a value can travel, as the derive would declare it.

use super::catalogs::*;
use crate::catalog::*;
use crate::wire::generated::field_type;
const fn slot(name: &'static str) -> Node {
    Node::Slot { slot: Slot::Field(name), cast: None }
}

/// An entry for each way in which a value can travel.
pub(super) static WAYS: Catalog = Catalog {
    entries: &[
        Entry {
            details: Details::Object,
            fields: &[optional_field("a"), field("b")],
            envelopes: &[(0, 0)],
            ..entry("members", Code::Number(7))
        },
        Entry {
            details: Details::Object,
            fields: &[Field { in_details: false, ..field("code") }, field("b")],
            envelopes: &[(0, 0)],
            ..entry("any_code", Code::Field("code"))
        },
        Entry {
            fields: &[field("a"), optional_field("args"), optional_field("kw")],
            envelopes: &[(0, 1)],
            ..entry("elements", Code::Text("elements"))
        },
        Entry {
            fields: &[field("b")],
            message: Message::Field("b"),
            envelopes: &[(0, 2)],
            ..entry("chain", Code::None)
        },
        Entry { fields: &[field("b")], envelopes: &[(0, 3)], ..entry("encoded", Code::Number(9)) },
        Entry {
            fields: &[field("a"), field("b")],
            envelopes: &[(0, 4)],
            ..entry("text", Code::Text("text"))
        },
    ],
    contexts: &[Context {
        delivery: None,
        name: "Correlation",
        fields: &[ContextField { name: "id", ty: || field_type(true, None, None), example: None }],
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
