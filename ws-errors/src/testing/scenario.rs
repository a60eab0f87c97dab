//! What is tried on a server.

use serde_json::Value;
use tokio_tungstenite::tungstenite::Message;

use ws_errors_core::escape::push_escaped;

use super::judgement::Closes;
use crate::catalog::Filter;

/// What stands for the token in headers, in the path and in messages.
const TOKEN: &str = "{token}";

/// One thing to try: what to send over a connection of its own, and which error has to come of it.
///
/// ```
/// use ws_errors::testing::Scenario;
///
/// let scenario = Scenario::new("a room that is full")
///     .json(&serde_json::json!({ "type": "join", "room": "full", "requestId": "r1" }))
///     .expect("room_full")
///     .context("request_id", "r1");
/// # let _ = scenario;
/// ```
#[derive(Debug, Clone, Default)]
pub struct Scenario {
    pub(super) name: String,
    pub(super) path: Option<String>,
    pub(super) headers: Vec<(String, String)>,
    pub(super) token: Option<String>,
    pub(super) send: Vec<Sent>,
    pub(super) expect: Option<String>,
    pub(super) fields: Vec<(String, Value)>,
    pub(super) context: Vec<(String, Value)>,
    pub(super) closes: Option<Closes>,
    /// Whether the connection is cut, instead of anything else.
    pub(super) is_cut: bool,
}

/// A message that is sent, perhaps many times.
#[derive(Debug, Clone)]
pub(super) struct Sent {
    pub(super) body: Body,
    pub(super) times: u32,
}

/// What a message is.
#[derive(Debug, Clone)]
pub(super) enum Body {
    Text(String),
    /// JSON, as text.
    Json(String),
    Binary(Vec<u8>),
    /// A JSON string of so many bytes in all.
    Size(usize),
}

impl Scenario {
    /// A scenario with this name, which sends nothing yet.
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }

    /// Connects to this path (with its query) instead of that of the URL.
    #[must_use]
    pub fn path(mut self, path: impl Into<String>) -> Self {
        self.path = Some(path.into());
        self
    }

    /// Adds a header to the handshake.
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Sets what stands for `{token}` in its path, headers and messages, instead of
    /// [the valid one](Scenarios::token).
    #[must_use]
    pub fn token(mut self, token: impl Into<String>) -> Self {
        self.token = Some(token.into());
        self
    }

    /// Sends a text message.
    #[must_use]
    pub fn text(self, text: impl Into<String>) -> Self {
        self.body(Body::Text(text.into()))
    }

    /// Sends JSON in a text message.
    #[must_use]
    pub fn json(self, value: &Value) -> Self {
        self.body(Body::Json(value.to_string()))
    }

    /// Sends a binary message.
    #[must_use]
    pub fn binary(self, bytes: impl Into<Vec<u8>>) -> Self {
        self.body(Body::Binary(bytes.into()))
    }

    /// Sends a text message of so many bytes.
    #[must_use]
    pub fn size(self, bytes: usize) -> Self {
        self.body(Body::Size(bytes))
    }

    fn body(mut self, body: Body) -> Self {
        self.send.push(Sent { body, times: 1 });
        self
    }

    /// Sends the last message so many times in all.
    #[must_use]
    pub fn times(mut self, times: u32) -> Self {
        if let Some(last) = self.send.last_mut() {
            last.times = times;
        }
        self
    }

    /// The error that has to come: its name, its code or its close code. Without one, whatever comes is
    /// judged, and nothing has to come.
    #[must_use]
    pub fn expect(mut self, entry: impl Into<String>) -> Self {
        self.expect = Some(entry.into());
        self
    }

    /// The value that a field of the error has to have.
    #[must_use]
    pub fn field(mut self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        self.fields.push((name.into(), value.into()));
        self
    }

    /// The value that the context has to bring.
    #[must_use]
    pub fn context(mut self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        self.context.push((name.into(), value.into()));
        self
    }

    /// Sets how the connection has to end, where more is asked for than what the catalog says.
    #[must_use]
    pub fn closes(mut self, closes: Closes) -> Self {
        self.closes = Some(closes);
        self
    }
}

/// The scenarios of a test: those that are built in, and one's own.
///
/// | built in | what is tried |
/// |---|---|
/// | `malformed_json` | `{"type":`, which is no JSON |
/// | `unknown_type` | a JSON message of a type that no server knows |
/// | `binary` | a binary message |
/// | `too_large` | a message of 1 MiB |
/// | `expired_token` | [a token that has expired](Self::expired_token) |
/// | `rate_limit` | the message of `unknown_type`, 200 times |
/// | `cut` | the connection is cut, also in the middle of a message; the server must accept the next one |
#[derive(Debug, Clone)]
pub struct Scenarios {
    pub(super) path: Option<String>,
    pub(super) headers: Vec<(String, String)>,
    pub(super) first: Vec<Sent>,
    pub(super) token: Option<String>,
    pub(super) expired_token: Option<String>,
    pub(super) other_texts: bool,
    pub(super) all: Vec<Scenario>,
}

/// The names of the scenarios that are built in.
pub(super) const BUILT_IN: [&str; 7] =
    ["malformed_json", "unknown_type", "binary", "too_large", EXPIRED_TOKEN, "rate_limit", "cut"];

pub(super) const EXPIRED_TOKEN: &str = "expired_token";

const UNKNOWN_TYPE: &str = r#"{"type":"ws-errors-test"}"#;

impl Default for Scenarios {
    /// Those that are built in.
    fn default() -> Self {
        let scenario = Scenario::new;
        let all = BUILT_IN.map(|name| match name {
            "malformed_json" => scenario(name).text(r#"{"type":"#),
            "unknown_type" => scenario(name).text(UNKNOWN_TYPE),
            "binary" => scenario(name).binary([0, 1, 2, 0xff]),
            "too_large" => scenario(name).size(1 << 20),
            "rate_limit" => scenario(name).text(UNKNOWN_TYPE).times(200),
            "cut" => Scenario { is_cut: true, ..scenario(name) },
            // What it sends are its token's places.
            _ => scenario(name),
        });
        Self {
            path: None,
            headers: Vec::new(),
            first: Vec::new(),
            token: None,
            expired_token: None,
            other_texts: false,
            all: all.into(),
        }
    }
}

impl Scenarios {
    /// None, not even those that are built in.
    pub fn none() -> Self {
        Self { all: Vec::new(), ..Self::default() }
    }

    /// Adds a scenario; one that has its name is replaced, one that is built in among them.
    #[must_use]
    pub fn with(mut self, scenario: Scenario) -> Self {
        match self.all.iter_mut().find(|one| one.name == scenario.name) {
            Some(one) => *one = scenario,
            None => self.all.push(scenario),
        }
        self
    }

    /// Leaves out the scenario with this name.
    #[must_use]
    pub fn without(mut self, name: &str) -> Self {
        self.all.retain(|one| one.name != name);
        self
    }

    /// Connects to this path (with its query) instead of that of the URL.
    #[must_use]
    pub fn path(mut self, path: impl Into<String>) -> Self {
        self.path = Some(path.into());
        self
    }

    /// Adds a header to each handshake.
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Sends a text message first over each connection.
    #[must_use]
    pub fn first(mut self, text: impl Into<String>) -> Self {
        self.first.push(Sent { body: Body::Text(text.into()), times: 1 });
        self
    }

    /// Sets what stands for `{token}` in paths, headers and messages.
    #[must_use]
    pub fn token(mut self, token: impl Into<String>) -> Self {
        self.token = Some(token.into());
        self
    }

    /// Sets what stands for `{token}` in the scenario `expired_token`, which is left out without it.
    #[must_use]
    pub fn expired_token(mut self, token: impl Into<String>) -> Self {
        self.expired_token = Some(token.into());
        self
    }

    /// Returns whether texts for clients may be others than those of the enum: where the server
    /// [translates](crate::language) them.
    #[must_use]
    pub fn other_texts(mut self, may_be: bool) -> Self {
        self.other_texts = may_be;
        self
    }

    /// The token of a scenario; `None` where there is none.
    pub(super) fn token_of<'a>(&'a self, scenario: &'a Scenario) -> Option<&'a str> {
        let expired = self.expired_token.as_ref().filter(|_| scenario.name == EXPIRED_TOKEN);
        scenario.token.as_ref().or(expired).or(self.token.as_ref()).map(String::as_str)
    }

    /// The headers of a scenario: its own stand in for those of all.
    pub(super) fn headers_of(&self, scenario: &Scenario) -> Vec<(String, String)> {
        let is_own =
            |name: &str| scenario.headers.iter().any(|(own, _)| own.eq_ignore_ascii_case(name));
        let of_all = self.headers.iter().filter(|(name, _)| !is_own(name));
        let token = self.token_of(scenario);
        of_all
            .chain(&scenario.headers)
            .map(|(name, value)| (name.clone(), with_token(value, token, str::to_owned)))
            .collect()
    }

    /// Where a scenario connects to.
    pub(super) fn url_of(&self, scenario: &Scenario, url: &str) -> String {
        let Some(path) = scenario.path.as_ref().or(self.path.as_ref()) else {
            return url.to_owned();
        };
        let encoded = |token: &str| Filter::Percent.apply(token).into_owned();
        let path = with_token(path, self.token_of(scenario), encoded);
        let authority = url.find("://").map_or(0, |at| at + 3);
        let end = url[authority..].find(['/', '?']).map_or(url.len(), |at| authority + at);
        let slash = if path.starts_with('/') { "" } else { "/" };
        format!("{}{slash}{path}", &url[..end])
    }

    /// What a scenario sends, each with how often.
    pub(super) fn messages_of(&self, scenario: &Scenario) -> Vec<(Message, u32)> {
        let token = self.token_of(scenario);
        let sent = self.first.iter().chain(&scenario.send);
        sent.map(|Sent { body, times }| (body.message(token), *times)).collect()
    }
}

impl Body {
    fn message(&self, token: Option<&str>) -> Message {
        let escaped = |token: &str| {
            let mut out = String::new();
            push_escaped(&mut out, token);
            out
        };
        match self {
            Self::Text(text) => Message::text(with_token(text, token, str::to_owned)),
            Self::Json(json) => Message::text(with_token(json, token, escaped)),
            Self::Binary(bytes) => Message::binary(bytes.clone()),
            Self::Size(bytes) => {
                Message::text(format!("\"{}\"", "x".repeat(bytes.saturating_sub(2))))
            }
        }
    }
}

fn with_token(text: &str, token: Option<&str>, written: impl Fn(&str) -> String) -> String {
    match token {
        Some(token) => text.replace(TOKEN, &written(token)),
        None => text.to_owned(),
    }
}
