//! A small catalog as the derive writes it, for unit tests.

use std::time::Duration;

use crate::catalog::*;
use crate::wire::generated::{
    OptionalType as _, SchemaType as _, TypeProbe, Unknown as _, UnknownType as _, type_probe,
};

/// What a message of the fixture carries besides the error.
#[derive(Debug, Default)]
pub(crate) struct Correlation<'a> {
    pub(crate) request_id: Option<&'a str>,
}

/// A message of these pieces.
pub(crate) const fn text(text: &'static [Piece]) -> Message {
    Message::Text(Text(text))
}

pub(crate) const BLANK: Entry = Entry::BLANK;

/// `{"type":"error","requestId"?:cx.request_id,"code":code,"message":message}`, and a WAMP-like
/// array `[4, cx.request_id ?? null, "http://domain/exceptions#{code}", message, details?]`.
pub(crate) static METERED: Catalog = Catalog {
    name: "metered",
    docs: "Errors of the realtime API.",
    entries: &[
        Entry {
            name: "channel_not_authorized",
            variant: "ChannelNotAuthorized",
            code: Code::Text("channel_not_authorized"),
            retry: Retry::new(RetryKind::NeverOnConnection),
            message: text(&[
                Piece::Literal("not authorized: "),
                Piece::Field { name: "channel", spec: "" },
            ]),
            fields: &[Field {
                name: "channel",
                ident: "channel",
                docs: "The channel that was asked for.",
                ty: FieldType {
                    optional: TypeProbe::<String>::__WS_OPTIONAL,
                    scalar: TypeProbe::<String>::__WS_SCALAR,
                    schema: TypeProbe::<String>::__WS_SCHEMA,
                    is_known: true,
                },
                cast: None,
                example: Some(r#""other-app/room-1""#),
                in_details: true,
                on_wire: true,
                whole: false,
            }],
            details: Details::Object,
            envelopes: &[(0, 0), (1, 1)],
            section: Some("Channels"),
            docs: "The channel lies outside the key's channel patterns.",
            advice: Some("Fix the key, or use another channel."),
            user: Some(UserMessage {
                title: Text(&[Piece::Literal("Access denied")]),
                message: Text(&[Piece::Literal("You can't open this room.")]),
                action: Some(Text(&[Piece::Literal("Request access")])),
                fallback: false,
            }),
            ..BLANK
        },
        Entry {
            name: "backend_error",
            variant: "BackendError",
            code: Code::Text("backend_error"),
            retry: Retry {
                attempts: Some(5),
                ..Retry::new(RetryKind::Backoff {
                    base: Duration::from_millis(500),
                    max: Duration::from_secs(30),
                })
            },
            recoverable: true,
            message: text(&[Piece::Literal("temporary server fault")]),
            envelopes: &[(0, 0)],
            section: Some("Server"),
            docs: "A passing fault while routing.",
            internal: true,
            log: Level::Error,
            ..BLANK
        },
        Entry {
            name: "invalid_token",
            variant: "InvalidToken",
            code: Code::Text("invalid_token"),
            delivery: Delivery::Close(Closing {
                code: ClosingCode::Constant(4001),
                reason: Text(&[Piece::Literal("invalid_token")]),
            }),
            retry: Retry {
                attempts: Some(3),
                ..Retry::new(RetryKind::When { action: "refresh_token", otherwise: None })
            },
            recoverable: true,
            section: Some("Server"),
            docs: "The token was refused while connecting.",
            ..BLANK
        },
        Entry {
            name: "connection_lost",
            variant: "ConnectionLost",
            delivery: Delivery::Observed { code: Some(1006), reason: Text::EMPTY },
            retry: Retry::new(RetryKind::Unknown),
            recoverable: true,
            section: Some("Server"),
            docs: "The connection broke without a close frame.",
            ..BLANK
        },
    ],
    contexts: &[
        Context {
            delivery: None,
            name: "Correlation",
            fields: &[ContextField {
                name: "request_id",
                ty: || {
                    let probe = type_probe(|cx: &Correlation<'static>| &cx.request_id);
                    FieldType {
                        optional: (&&probe).__ws_optional(),
                        scalar: probe.__ws_scalar(),
                        schema: (&&probe).__ws_schema(),
                        is_known: true,
                    }
                },
                example: Some(r#""pub-2""#),
            }],
        },
        Context { name: "", fields: &[], delivery: None },
    ],
    envelopes: &[
        Envelope {
            template: Node::Object(&[
                Member::Pair { key: "type", optional: false, value: Node::Constant(r#""error""#) },
                Member::Pair {
                    key: "requestId",
                    optional: true,
                    value: Node::Slot { slot: Slot::Context("request_id"), cast: None },
                },
                Member::Pair {
                    key: "code",
                    optional: false,
                    value: Node::Slot { slot: Slot::Code, cast: None },
                },
                Member::Pair {
                    key: "message",
                    optional: false,
                    value: Node::Slot { slot: Slot::Message, cast: None },
                },
            ]),
            format: Format::Json,
        },
        Envelope {
            template: Node::Array(&[
                Element { optional: false, value: Node::Constant("4") },
                Element { optional: false, value: Node::Constant("null") },
                Element {
                    optional: false,
                    value: Node::Composed(&[
                        Part::Literal("http://domain/exceptions#"),
                        Part::Slot(Slot::Code),
                    ]),
                },
                Element { optional: false, value: Node::Slot { slot: Slot::Message, cast: None } },
                Element { optional: true, value: Node::Slot { slot: Slot::Details, cast: None } },
            ]),
            format: Format::Json,
        },
    ],
    closes: Policies {
        ranges: &[PolicyRange { first: 4000, last: 4099, retry: Retry::new(RetryKind::Never) }],
        ..Policies::UNDECLARED_CLOSES
    },
    codes: Policies::UNDECLARED_CODES,
    guards: Guards::NONE,
    correlate: Some("request_id"),
    retired: &[Retired { code: RetiredCode::Text("OLD_CODE"), why: "Renamed." }],
    success: &[],
    language: None,
    doc_url: None,
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::Shape;

    #[test]
    fn the_type_of_a_contexts_field_is_probed_through_an_accessor() {
        let ty = (METERED.contexts[0].fields[0].ty)();
        assert!(ty.optional && !ty.is_wide());
        assert!(!METERED.entries[0].fields[0].ty.optional);
        assert_eq!(ty.schema.is_some(), cfg!(feature = "schemars"));
    }

    #[test]
    fn an_envelope_specialised_to_an_entry_has_its_constants_in_place() {
        let entry = &METERED.entries[0];
        let (shape, _) = Shape::of(&METERED, entry, 1).unwrap();
        let Shape::Array(items) = shape else { panic!("{shape:?}") };
        assert!(matches!(
            &items[2].value,
            Shape::Constant(json) if json == r#""http://domain/exceptions#channel_not_authorized""#
        ));
        assert!(!items[4].optional, "its details have a field that is always there");
    }
}
