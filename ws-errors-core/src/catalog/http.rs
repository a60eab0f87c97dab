//! How an error is answered over HTTP.
//!
//! Over HTTP an error is a message like any other: a status, and a body in an envelope. So the errors
//! of a catalog over HTTP are a catalog again, and everything that is said of one holds for it: the
//! rules, the plan by which bodies are written, the plan by which responses are read.

use super::{
    Catalog, Context, ContextField, Delivery, Entry, Envelope, FieldType, Format, Member, Node,
    Slot,
};

/// The answer to an entry over HTTP.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HttpForm {
    /// The status (RFC 9110, section 15).
    pub status: u16,
    /// The index of the body's envelope in [`Catalog::envelopes`]; `None` where there is no body.
    pub envelope: Option<usize>,
    /// The media type of the body; empty where there is none.
    pub content_type: &'static str,
}

impl HttpForm {
    /// What is answered for an error that has no form of its own over HTTP: 500, and no body.
    pub const UNEXPECTED: Self = Self { status: 500, envelope: None, content_type: "" };
}

/// The media type of a problem (RFC 9457, section 3).
pub const PROBLEM_JSON: &str = "application/problem+json";

/// The template of problem details.
///
/// It is the envelope that one would write, were there a slot for the title of an entry: the members
/// of RFC 9457, section 3.1, then the code and the wait, and the fields of the variant.
pub const PROBLEM: Node = Node::Object(&[
    Member::of("type", Slot::DocUrl, false),
    Member::of("title", Slot::Title, false),
    Member::of("status", Slot::Status, false),
    Member::of("detail", Slot::Message, true),
    Member::of("instance", Slot::Context("instance"), true),
    Member::of("code", Slot::Code, true),
    Member::of("retry_after_ms", Slot::RetryAfter, true),
    Member::Splice(Slot::Details),
]);

/// The smallest and the largest status of an error (RFC 9110, sections 15.5 and 15.6).
pub const ERROR_STATUSES: (u16, u16) = (400, 599);

impl Format {
    /// The media type of a body in this format; `None` where it can be none.
    pub const fn http_media_type(&self) -> Option<&'static str> {
        match self {
            Self::Json => Some("application/json"),
            Self::Text => Some("text/plain; charset=utf-8"),
            Self::Binary | Self::MessagePack(_) | Self::Cbor(_) | Self::With(_) => None,
        }
    }
}

const fn optional_text(name: &'static str, example: &'static str) -> ContextField {
    ContextField {
        name,
        ty: || FieldType {
            optional: true,
            scalar: None,
            schema: Some(|_| r#"{"type":["string","null"]}"#.to_owned()),
            is_known: true,
        },
        example: Some(example),
    }
}

/// What varies per request: the context of all bodies.
pub const HTTP_CONTEXT: Context = Context {
    name: "Request",
    fields: &[
        optional_text("request_id", r#""7f3c9a""#),
        optional_text("instance", r#""/rooms/7""#),
        optional_text("timestamp", r#""2025-01-01T00:00:00Z""#),
    ],
    delivery: None,
};

impl Entry {
    /// The status that it has by itself: that of its form over HTTP, or of its refusal.
    pub fn own_http_status(&self) -> Option<u16> {
        let refused = match self.delivery {
            Delivery::Rejected { status, .. } => status,
            _ => None,
        };
        self.http.map(|form| form.status).or(refused)
    }

    /// How it is answered over HTTP in any case: a refusal without a form has its status, or 400, and
    /// what has none was not expected there.
    pub fn http_form(&self) -> HttpForm {
        self.http.unwrap_or(match self.delivery {
            Delivery::Rejected { status, .. } => {
                HttpForm { status: status.unwrap_or(400), ..HttpForm::UNEXPECTED }
            }
            _ => HttpForm::UNEXPECTED,
        })
    }

    /// Returns whether the server can answer a request with it: not what only the client sees.
    pub const fn can_be_answered(&self) -> bool {
        !matches!(self.delivery, Delivery::Observed { .. })
    }
}

impl Catalog {
    /// Returns whether any of its errors has a form over HTTP.
    pub fn has_http(&self) -> bool {
        self.entries.iter().any(|entry| entry.http.is_some())
    }

    /// The bodies of the errors over HTTP: a catalog with the same entries, in the context
    /// [`HTTP_CONTEXT`] alone.
    pub fn http_bodies(&self) -> Self {
        let envelopes = |entry: &Entry| entry.http.and_then(|form| form.envelope);
        Self { success: &[], ..self.over_http(self.envelopes, envelopes) }
    }

    /// The responses by which errors are identified over HTTP: a catalog whose messages are
    /// `{"status": …, "body": …}`. A text is a string in it, and no body an empty one.
    pub fn http_responses(&self) -> Self {
        let mut responses: Vec<Envelope> = self.envelopes.iter().map(response).collect();
        responses
            .push(response(&Envelope { template: Node::Constant(r#""""#), format: Format::Json }));
        let bodyless = self.envelopes.len();
        self.over_http(responses.leak(), |entry| Some(entry.http?.envelope.unwrap_or(bodyless)))
    }

    /// The errors in frames, and behind them the [responses](Self::http_responses), as one catalog
    /// with one context more: for those who read both.
    pub fn with_http_responses(&self) -> Self {
        let responses = self.http_responses();
        let context = self.contexts.len();
        let entries = self.entries.iter().zip(responses.entries).map(|(entry, response)| {
            let answered = response.envelopes.iter();
            let answered = answered.map(|(_, at)| (context, self.envelopes.len() + at));
            let envelopes: Vec<_> = entry.envelopes.iter().copied().chain(answered).collect();
            Entry { envelopes: envelopes.leak(), ..*entry }
        });
        Self {
            entries: entries.collect::<Vec<_>>().leak(),
            contexts: [self.contexts, responses.contexts].concat().leak(),
            envelopes: [self.envelopes, responses.envelopes].concat().leak(),
            ..*self
        }
    }

    fn over_http(
        &self,
        envelopes: &'static [Envelope],
        envelope: impl Fn(&Entry) -> Option<usize>,
    ) -> Self {
        let entries = self.entries.iter().map(|entry| {
            let envelopes = envelope(entry).map(|envelope| (0, envelope));
            Entry {
                envelopes: envelopes.into_iter().collect::<Vec<_>>().leak(),
                only: if envelopes.is_some() { None } else { Some(&[]) },
                ..*entry
            }
        });
        Self {
            entries: entries.collect::<Vec<_>>().leak(),
            contexts: const { &[HTTP_CONTEXT] },
            envelopes,
            correlate: None,
            ..*self
        }
    }
}

fn response(body: &Envelope) -> Envelope {
    let body = Member::Pair { key: "body", optional: false, value: body.template };
    let members = vec![Member::of("status", Slot::Status, false), body];
    Envelope { template: Node::Object(members.leak()), format: Format::Json }
}
