//! Catalogs that have between them everything that the exporter meets, as the derive would write
//! them but for the operations, which it doesn't read.

use std::time::Duration;

use schemars::JsonSchema;

use crate::catalog::*;
use crate::wire::generated::{TypeProbe, Unknown as _};

/// What chat's errors tell of the fields of a form.
#[derive(Debug, JsonSchema)]
#[serde(untagged)]
#[allow(dead_code)]
pub(super) enum Detail {
    Text(String),
    List(Vec<Detail>),
    Fields(std::collections::BTreeMap<String, Detail>),
}

/// A place on the map. It ends */ nothing.
#[derive(Debug, JsonSchema)]
#[allow(dead_code)]
pub(super) struct Place {
    /// Degrees.
    pub(super) latitude: f64,
    pub(super) longitude: f64,
    pub(super) name: Option<String>,
    #[serde(rename = "zip-code")]
    pub(super) zip: Option<(u32, String)>,
}

#[derive(Debug, JsonSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
#[allow(dead_code)]
pub(super) enum Cause {
    Limit { most: u32, window: Option<u32> },
    Banned { until: String },
    Other,
}

pub(super) fn keep<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}

pub(super) fn all<T>(values: Vec<T>) -> &'static [T] {
    Box::leak(values.into_boxed_slice())
}

macro_rules! ty {
    ($ty:ty) => {
        FieldType {
            optional: TypeProbe::<$ty>::__WS_OPTIONAL,
            scalar: TypeProbe::<$ty>::__WS_SCALAR,
            schema: TypeProbe::<$ty>::__WS_SCHEMA,
            is_known: true,
        }
    };
}

pub(super) const BLANK: Entry = Entry::BLANK;

pub(super) const CATALOG: Catalog =
    Catalog { contexts: &[Context { name: "", fields: &[], delivery: None }], ..Catalog::BLANK };

pub(super) fn field(name: &'static str, ty: FieldType) -> Field {
    Field {
        name,
        ident: name,
        docs: "",
        ty,
        cast: None,
        example: None,
        in_details: true,
        on_wire: true,
    }
}

pub(super) fn said(words: &'static str) -> Message {
    Message::Text(Text(all(vec![Piece::Literal(words)])))
}

fn said_with(before: &'static str, name: &'static str, after: &'static str) -> Text {
    let pieces =
        vec![Piece::Literal(before), Piece::Field { name, spec: "" }, Piece::Literal(after)];
    Text(all(pieces))
}

fn words(words: &'static str) -> Text {
    if words.is_empty() { Text::EMPTY } else { Text(all(vec![Piece::Literal(words)])) }
}

fn closing(code: u16, reason: &'static str) -> Closing {
    Closing { code: ClosingCode::Constant(code), reason: words(reason) }
}

const fn slot(slot: Slot) -> Node {
    Node::Slot { slot, cast: None }
}

const fn pair(key: &'static str, value: Node) -> Member {
    Member::Pair { key, optional: false, value }
}

const fn maybe(key: &'static str, value: Node) -> Member {
    Member::Pair { key, optional: true, value }
}

const fn must(value: Node) -> Element {
    Element { optional: false, value }
}

const fn may(value: Node) -> Element {
    Element { optional: true, value }
}

fn object(members: Vec<Member>) -> Node {
    Node::Object(all(members))
}

fn json(template: Node) -> Envelope {
    Envelope { template, format: Format::Json }
}

/// `{"error":{"code":4003,"detail":…}}` without a constant, and `{"error":"invalid event type"}`.
pub(super) fn chat() -> &'static Catalog {
    let detail = |name, variant, number: i64| Entry {
        name,
        variant,
        code: Code::Number(number),
        message: Message::Field("detail"),
        fields: all(vec![Field { in_details: false, ..field("detail", ty!(Detail)) }]),
        envelopes: &[(0, 0)],
        ..BLANK
    };
    keep(Catalog {
        name: "chat",
        docs: "Errors of the chat.\nA client branches on the code.",
        entries: all(vec![
            detail("permission_denied", "PermissionDenied", 4002),
            detail("validation_failed", "ValidationFailed", 4003),
            detail("not_found", "NotFound", 4004),
            Entry {
                name: "authentication_failed",
                variant: "AuthenticationFailed",
                delivery: Delivery::Close(closing(4001, "Authentication Failed")),
                retry: Retry::new(RetryKind::When { action: "sign_in", otherwise: Some("stop") }),
                ..BLANK
            },
            Entry {
                name: "invalid_event_type",
                variant: "InvalidEventType",
                message: said("invalid event type"),
                envelopes: &[(0, 1)],
                ..BLANK
            },
        ]),
        envelopes: all(vec![
            json(object(vec![pair(
                "error",
                object(vec![pair("code", slot(Slot::Code)), pair("detail", slot(Slot::Message))]),
            )])),
            json(object(vec![pair("error", slot(Slot::Message))])),
        ]),
        ..CATALOG
    })
}

/// Members in members, details that vary, constants of entries, guards and texts.
pub(super) fn materi() -> &'static Catalog {
    let entry = |name, variant, code, recoverable, fields: Vec<Field>| Entry {
        name,
        variant,
        code: Code::Text(code),
        recoverable,
        message: said("It didn't work."),
        details: if fields.is_empty() { Details::Nothing } else { Details::Object },
        fields: all(fields),
        envelopes: &[(0, 0)],
        ..BLANK
    };
    keep(Catalog {
        name: "materi",
        entries: all(vec![
            Entry {
                delivery: Delivery::SoftThenClose(closing(4001, "token_expired")),
                docs: "The token's time is over.",
                user: Some(UserMessage {
                    title: words("Signed out"),
                    message: words("Please sign in again."),
                    action: Some(words("Sign in")),
                    fallback: true,
                }),
                ..entry("token_expired", "TokenExpired", "TOKEN_EXPIRED", false, vec![])
            },
            Entry {
                user: Some(UserMessage {
                    title: words("A \"newer\" version"),
                    message: said_with("Yours is ", "client_version", "."),
                    action: None,
                    fallback: false,
                }),
                ..entry(
                    "version_conflict",
                    "VersionConflict",
                    "VERSION_CONFLICT",
                    true,
                    vec![
                        field("client_version", ty!(u32)),
                        field("server_version", ty!(Option<u32>)),
                    ],
                )
            },
            Entry {
                retry: Retry {
                    jitter: Jitter::Add(Duration::from_secs(1)),
                    spread: Some(Duration::from_secs(5)),
                    ..Retry::new(RetryKind::After(Wait {
                        field: Some("retry_after"),
                        fixed: Some(Duration::from_secs(1)),
                    }))
                },
                ..entry(
                    "rate_limit_exceeded",
                    "RateLimitExceeded",
                    "RATE_LIMIT_EXCEEDED",
                    true,
                    vec![field("retry_after", ty!(u32)), field("causes", ty!(Vec<Cause>))],
                )
            },
            entry(
                "document_deleted",
                "DocumentDeleted",
                "DOCUMENT_DELETED",
                false,
                vec![field("place", ty!(Option<Place>))],
            ),
            Entry {
                name: "kicked",
                variant: "Kicked",
                delivery: Delivery::Close(closing(4001, "kicked")),
                retry: Retry::new(RetryKind::Leave { code: 1000, reason: "Bye" }),
                ..BLANK
            },
            Entry {
                name: "maintenance",
                variant: "Maintenance",
                delivery: Delivery::Close(Closing {
                    code: ClosingCode::Constant(1012),
                    reason: said_with("back in ", "0", " s"),
                }),
                fields: all(vec![field("0", ty!(u32))]),
                ..BLANK
            },
        ]),
        contexts: all(vec![Context {
            delivery: None,
            name: "Stamp",
            fields: all(vec![ContextField {
                name: "timestamp",
                ty: || ty!(String),
                example: None,
            }]),
        }]),
        envelopes: all(vec![json(object(vec![
            pair("type", Node::Constant(r#""system""#)),
            pair("event", Node::Constant(r#""error""#)),
            pair(
                "data",
                object(vec![
                    pair("error_code", slot(Slot::Code)),
                    pair("message", slot(Slot::Message)),
                    maybe("details", slot(Slot::Details)),
                    pair("recoverable", slot(Slot::Recoverable)),
                    pair("timestamp", slot(Slot::Context("timestamp"))),
                ]),
            ),
        ]))]),
        closes: Policies {
            ranges: all(vec![
                PolicyRange { first: 4000, last: 4099, retry: Retry::new(RetryKind::Never) },
                PolicyRange { first: 4100, last: 4199, retry: Retry::new(RetryKind::Now) },
            ]),
            ..Policies::UNDECLARED_CLOSES
        },
        guards: Guards {
            storm: Some(Storm {
                more_than: 10,
                within: Duration::from_secs(60),
                code: 4999,
                reason: "Error storm",
            }),
            breaker: Some(Breaker { open_after: 5, half_open_after: Duration::from_secs(60) }),
        },
        ..CATALOG
    })
}

/// Frames that are text: told apart by their text, by a number in them, and around JSON.
pub(super) fn text() -> &'static Catalog {
    let told =
        |name, variant, message| Entry { name, variant, message, envelopes: &[(0, 0)], ..BLANK };
    let numbered = |name, variant, number| Entry {
        name,
        variant,
        code: Code::Number(number),
        message: said("anything"),
        envelopes: &[(1, 1)],
        ..BLANK
    };
    let chained = |name, variant| Entry {
        name,
        variant,
        code: Code::Text(name),
        message: said("anything"),
        envelopes: &[(2, 2)],
        ..BLANK
    };
    let error = Node::Composed(all(vec![
        Part::Literal("-ERR '"),
        Part::Slot(Slot::Message),
        Part::Literal("'"),
    ]));
    let line = Node::Composed(all(vec![
        Part::Literal("E"),
        Part::Slot(Slot::Code),
        Part::Literal(" #"),
        Part::Slot(Slot::Context("attempt")),
        Part::Literal(": "),
        Part::Slot(Slot::Message),
    ]));
    let chain = Node::Chain(all(vec![
        must(Node::Constant(r#""44""#)),
        may(Node::Composed(all(vec![Part::Slot(Slot::Context("ns")), Part::Literal(",")]))),
        must(object(vec![pair("code", slot(Slot::Code)), pair("message", slot(Slot::Message))])),
        must(Node::Constant(r#""\u001e""#)),
    ]));
    keep(Catalog {
        name: "line-protocol",
        entries: all(vec![
            told("authorization", "Authorization", said("Authorization Violation")),
            told(
                "publish",
                "Publish",
                Message::Text(said_with(
                    "Permissions Violation for Publish to \"",
                    "subject",
                    "\"",
                )),
            ),
            told("other", "Other", Message::Field("text")),
            numbered("busy", "Busy", 503),
            numbered("gone", "Gone", 410),
            chained("closed", "Closed"),
            chained("full", "Full"),
        ]
        .into_iter()
        .map(|entry| match entry.name {
            "other" => Entry {
                fields: all(vec![Field { in_details: false, ..field("text", ty!(String)) }]),
                ..entry
            },
            _ => entry,
        })
        .collect()),
        contexts: all(vec![
            Context { name: "", fields: &[], delivery: None },
            Context {
                delivery: None,
                name: "Attempt",
                fields: all(vec![ContextField { name: "attempt", ty: || ty!(u32), example: None }]),
            },
            Context {
                delivery: None,
                name: "Namespace",
                fields: all(vec![ContextField {
                    name: "ns",
                    ty: || ty!(Option<String>),
                    example: None,
                }]),
            },
        ]),
        envelopes: all(vec![
            Envelope { template: error, format: Format::Text },
            Envelope { template: line, format: Format::Text },
            json(chain),
        ]),
        ..CATALOG
    })
}

/// Names and texts that mean something to TypeScript, and every odd place of the language.
pub(super) fn hostile() -> &'static Catalog {
    let entry = |name, variant, code, fields: Vec<Field>| Entry {
        name,
        variant,
        code,
        message: said("text */ `${x}` \\"),
        details: if fields.is_empty() { Details::Nothing } else { Details::Object },
        fields: all(fields),
        envelopes: &[(0, 0), (1, 1), (2, 2)],
        docs: "Ends */ here, or `${there}`.\n\n@example nothing\u{2028}more",
        ..BLANK
    };
    let envelope = vec![
        pair("t", Node::Constant(r#""it's \"err\"""#)),
        pair("code", Node::Slot { slot: Slot::Code, cast: Some(Cast::String) }),
        maybe(
            "id",
            Node::Default {
                node: keep(slot(Slot::Context("id"))),
                default: keep(Node::Constant(r#""-1""#)),
            },
        ),
        maybe("details", slot(Slot::Details)),
    ];
    let array = vec![
        must(Node::Constant("8")),
        must(slot(Slot::Code)),
        must(Node::Constant("{}")),
        may(Node::Default {
            node: keep(slot(Slot::Context("id"))),
            default: keep(Node::Constant("[]")),
        }),
        may(slot(Slot::Details)),
    ];
    let nested = Node::Encoded(keep(object(vec![
        pair("error", slot(Slot::Code)),
        pair("text", slot(Slot::Message)),
        Member::Splice(Slot::Details),
    ])));
    let id = || all(vec![ContextField { name: "id", ty: || ty!(Option<String>), example: None }]);
    keep(Catalog {
        name: "3rd-party's \"*/\" catalog",
        docs: "One */ line\nanother",
        entries: all(vec![
            entry(
                "__proto__",
                "Proto",
                Code::Text("__proto__"),
                vec![field("__proto__", ty!(bool))],
            ),
            Entry {
                deprecated: Some("use \"other\" */ instead"),
                ..entry(
                    "constructor",
                    "Map",
                    Code::Text("constructor"),
                    vec![field("kind", ty!(Option<String>)), field("a b", ty!(Vec<(String, u8)>))],
                )
            },
            entry(
                "it's a \"name\"",
                "Detail",
                Code::Text("a\u{2028}b"),
                vec![field("detail", ty!(Detail))],
            ),
            Entry { hidden: true, ..entry("hidden", "Hidden", Code::Text("hidden"), vec![]) },
            entry("small", "Small", Code::Text("twice"), vec![field("size", ty!(u8))]),
            entry(
                "large",
                "Large",
                Code::Text("twice"),
                vec![field("size", ty!(u8)), field("more", ty!(u8))],
            ),
            Entry {
                fields: all(vec![
                    Field { in_details: false, on_wire: false, ..field("code", ty!(String)) },
                    Field { cast: Some(Cast::String), ..field("wide", ty!(u64)) },
                ]),
                ..entry(
                    "any_other_code_with_a_long_name_that_does_not_fit_on_a_line",
                    "AnyOtherCodeWithALongNameThatDoesNotFitOnALineOfEightyCharacters",
                    Code::Field("code"),
                    vec![field("wide", ty!(u64))],
                )
            },
        ]),
        contexts: all(vec![
            Context { name: "One", fields: id(), delivery: None },
            Context { name: "Two", fields: id(), delivery: None },
            Context { name: "", fields: &[], delivery: None },
        ]),
        envelopes: all(vec![
            json(object(envelope)),
            json(Node::Array(all(array))),
            json(object(vec![pair("kind", Node::Constant("true")), pair("data", nested)])),
        ]),
        ..CATALOG
    })
}

/// Told by their names, by their texts alone, and by a constant of their own.
pub(super) fn told() -> &'static Catalog {
    let named = |name, variant| Entry {
        name,
        variant,
        code: Code::Number(7),
        message: said("anything"),
        envelopes: &[(0, 0)],
        ..BLANK
    };
    let texts = |name, variant, words| Entry {
        name,
        variant,
        message: said(words),
        envelopes: &[(0, 1)],
        ..BLANK
    };
    let with_status = |name, variant, status| Entry {
        name,
        variant,
        code: Code::Text(name),
        recoverable: true,
        message: said("anything"),
        constants: all(vec![("status", Node::Constant(status)), ("kind", Node::Constant("\"e\""))]),
        envelopes: &[(0, 2)],
        ..BLANK
    };
    keep(Catalog {
        name: "told",
        entries: all(vec![
            named("gone", "Gone"),
            named("denied", "Denied"),
            texts("no_luck", "NoLuck", "no luck"),
            texts("no_room", "NoRoom", "no room"),
            with_status("teapot", "Teapot", "418"),
            with_status("missing", "Missing", "404"),
        ]),
        envelopes: all(vec![
            json(object(vec![
                pair("error", slot(Slot::Name)),
                pair("message", slot(Slot::Message)),
            ])),
            json(object(vec![
                pair("type", Node::Constant("\"error\"")),
                pair("message", slot(Slot::Message)),
            ])),
            json(object(vec![
                pair("kind", slot(Slot::Set("kind"))),
                pair("status", slot(Slot::Set("status"))),
                pair("code", slot(Slot::Code)),
                pair("recoverable", slot(Slot::Recoverable)),
            ])),
        ]),
        ..CATALOG
    })
}

/// Thirteen messages and four closes, as large as a real API.
pub(super) fn thirteen() -> &'static Catalog {
    let soft = |name, variant, retry: RetryKind| Entry {
        name,
        variant,
        code: Code::Text(name),
        retry: Retry::new(retry),
        message: said("text"),
        envelopes: &[(0, 0)],
        ..BLANK
    };
    let close = |name, variant, code, retry: RetryKind| Entry {
        name,
        variant,
        delivery: Delivery::Close(closing(code, name)),
        retry: Retry::new(retry),
        ..BLANK
    };
    let never = RetryKind::Never;
    let here = RetryKind::NeverOnConnection;
    let backoff =
        RetryKind::Backoff { base: Duration::from_millis(500), max: Duration::from_secs(30) };
    let refresh = RetryKind::When { action: "refresh_token", otherwise: None };
    keep(Catalog {
        name: "thirteen",
        entries: all(vec![
            soft("bad_request", "BadRequest", never),
            soft("unknown_type", "UnknownType", never),
            soft("channel_not_authorized", "ChannelNotAuthorized", here),
            soft("channel_reserved", "ChannelReserved", never),
            soft("publish_not_allowed", "PublishNotAllowed", here),
            soft("subscribe_not_allowed", "SubscribeNotAllowed", here),
            soft("presence_not_allowed", "PresenceNotAllowed", here),
            soft(
                "too_many_channels",
                "TooManyChannels",
                RetryKind::When { action: "unsubscribe", otherwise: None },
            ),
            soft("message_too_large", "MessageTooLarge", never),
            soft("not_subscribed", "NotSubscribed", never),
            soft(
                "over_message_quota",
                "OverMessageQuota",
                RetryKind::When { action: "allow_overages", otherwise: None },
            ),
            soft(
                "rate_limited",
                "RateLimited",
                RetryKind::After(Wait { field: None, fixed: Some(Duration::from_secs(1)) }),
            ),
            soft("backend_error", "BackendError", backoff),
            close("invalid_token", "InvalidToken", 4001, refresh),
            close("over_concurrent_limit", "OverConcurrentLimit", 4010, backoff),
            close("over_message_rate", "OverMessageRate", 4011, backoff),
            close("admin_disconnect", "AdminDisconnect", 4020, never),
        ]),
        contexts: all(vec![Context {
            delivery: None,
            name: "Correlation",
            fields: all(vec![ContextField {
                name: "request_id",
                ty: || ty!(Option<String>),
                example: None,
            }]),
        }]),
        envelopes: all(vec![json(object(vec![
            pair("type", Node::Constant(r#""error""#)),
            maybe("requestId", slot(Slot::Context("request_id"))),
            pair("code", slot(Slot::Code)),
            pair("message", slot(Slot::Message)),
        ]))]),
        correlate: Some("request_id"),
        ..CATALOG
    })
}
