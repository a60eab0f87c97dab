//! One error, as the client sees it.

use super::{Cast, Delivery, FieldType, HttpForm, Node, Retry, RetryKind, Text};
use crate::names::{did_you_mean, in_words, list_names};

/// One variant, as the client sees it.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
    /// The key: unique in its catalog.
    pub name: &'static str,
    /// The variant's name in Rust.
    pub variant: &'static str,
    /// What a message carries.
    pub code: Code,
    /// Whether other entries may have its code as well.
    pub shared: bool,
    /// How it reaches the client.
    pub delivery: Delivery,
    /// What the client may do next.
    pub retry: Retry,
    /// Whether the client can go on after it.
    pub recoverable: bool,
    /// The text for the client.
    pub message: Message,
    /// The fields of the variant, without its sources.
    pub fields: &'static [Field],
    /// What the slot `details` holds.
    pub details: Details,
    /// The constants and templates of the user's own, by name.
    pub constants: &'static [(&'static str, Node)],
    /// The envelopes of its messages: the index of a context in
    /// [`Catalog::contexts`](super::Catalog::contexts), at most once, with the index of its envelope
    /// in [`Catalog::envelopes`](super::Catalog::envelopes). Empty where it has no message.
    pub envelopes: &'static [(usize, usize)],
    /// The contexts in which it exists, by their index; `None` where it exists in all.
    pub only: Option<&'static [usize]>,
    /// How it is answered over HTTP; `None` where it is not.
    pub http: Option<HttpForm>,
    /// The heading under which it stands in the docs.
    pub section: Option<&'static str>,
    /// When it happens, for the developer who reads the docs (CommonMark).
    pub docs: &'static str,
    /// What to do about it, in one sentence, for the developer who reads the docs.
    pub advice: Option<&'static str>,
    /// How a developer who tests a client makes it happen (CommonMark).
    pub provoke: Option<&'static str>,
    /// Where the reference docs speak of it: an address, with its anchor. See
    /// [`Catalog::doc_url`](super::Catalog::doc_url).
    pub doc_url: Option<&'static str>,
    /// What a person sees.
    pub user: Option<UserMessage>,
    /// Whether its cause is the server's own business: logged as an error with its sources.
    pub internal: bool,
    /// The level of its log event.
    pub log: Level,
    /// The version that brought it.
    pub since: Option<&'static str>,
    /// Why it is deprecated (empty where no reason is given); `None` where it is not.
    pub deprecated: Option<&'static str>,
    /// Whether docs and generated clients leave it out.
    pub hidden: bool,
    /// The only readers for whom docs and generated clients speak of it; `None` where all are.
    pub audience: Option<&'static str>,
    /// Whether it may look like another to a client.
    pub alike: bool,
    /// The fields that are sources of the error, by their name in Rust: they never reach the client.
    pub sources: &'static [&'static str],
}

/// The code that a message carries to identify its entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Code {
    /// None: the shape of its message identifies the entry, or it has no message.
    None,
    /// A number.
    Number(i64),
    /// A string.
    Text(&'static str),
    /// A field of the variant, which takes all codes that no other entry has.
    Field(&'static str),
}

/// The text for the client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Message {
    /// None.
    None,
    /// A text of the entry's own.
    Text(Text),
    /// The `Display` text, as far as the macro could read it.
    Display(Text),
    /// A field as it is, which may be any JSON.
    Field(&'static str),
}

/// What the slot `details` holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Details {
    /// Nothing.
    Nothing,
    /// An object of the fields, those that are `None` left out.
    Object,
    /// The value of the one field.
    Value,
    /// An array of the fields.
    Array,
}

/// A field of a variant.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// The key on the wire.
    pub name: &'static str,
    /// The name in Rust; the index in a tuple variant.
    pub ident: &'static str,
    /// What it means (CommonMark).
    pub docs: &'static str,
    /// Its type, as far as it could be probed.
    pub ty: FieldType,
    /// The JSON type that it is turned into, where one is asked for.
    pub cast: Option<Cast>,
    /// A value for docs and demonstrations, as compact JSON.
    pub example: Option<&'static str>,
    /// Whether it is part of `details`.
    pub in_details: bool,
    /// Whether it is part of `..self`.
    pub on_wire: bool,
    /// Whether it is sent whole where it is a value of its own, although a text shows it.
    pub whole: bool,
}

/// What a person sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UserMessage {
    /// A few words.
    pub title: Text,
    /// A sentence or two.
    pub message: Text,
    /// What the button says, where there is one.
    pub action: Option<Text>,
    /// Whether entries without one of their own show this.
    pub fallback: bool,
}

/// The level of a log event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Not logged.
    Off,
    /// Very detailed.
    Trace,
    /// For developers.
    Debug,
    /// Of note.
    Info,
    /// Unexpected, and handled.
    Warn,
    /// A fault of the server.
    Error,
}

impl Message {
    /// The text that the enum states; `None` where there is none, or it comes with the occurrence.
    pub const fn text(self) -> Option<Text> {
        match self {
            Self::Text(text) | Self::Display(text) => Some(text),
            Self::None | Self::Field(_) => None,
        }
    }
}

impl Field {
    /// A field of which nothing is said.
    pub const BLANK: Self = Self {
        name: "",
        ident: "",
        docs: "",
        ty: FieldType::UNKNOWN,
        cast: None,
        example: None,
        in_details: false,
        on_wire: false,
        whole: false,
    };
}

impl Level {
    const NAMED: [(&'static str, Self); 6] = [
        ("off", Self::Off),
        ("trace", Self::Trace),
        ("debug", Self::Debug),
        ("info", Self::Info),
        ("warn", Self::Warn),
        ("error", Self::Error),
    ];

    /// The level of `log = …`, as it is written there.
    ///
    /// # Errors
    /// Says which levels there are.
    pub fn named(written: &str) -> Result<Self, String> {
        let names = Self::NAMED.map(|(name, _)| name);
        let word = written.trim_matches('"');
        match Self::NAMED.into_iter().find(|(name, _)| *name == word) {
            Some((_, level)) if word == written => Ok(level),
            Some(_) => Err(format!("a level stands without quotes: `log = {word}`")),
            None => {
                let near = did_you_mean(word, names);
                Err(format!("`log` takes a level{near}\nthere are {}", list_names(names)))
            }
        }
    }
}

impl Default for Entry {
    fn default() -> Self {
        Self::BLANK
    }
}

impl Entry {
    /// An entry of which nothing is said: a soft error without code, text or fields.
    pub const BLANK: Self = Self {
        name: "",
        variant: "",
        code: Code::None,
        shared: false,
        delivery: Delivery::Soft,
        retry: Retry::new(RetryKind::Never),
        recoverable: false,
        message: Message::None,
        fields: &[],
        details: Details::Nothing,
        constants: &[],
        envelopes: &[],
        only: None,
        http: None,
        section: None,
        docs: "",
        advice: None,
        provoke: None,
        doc_url: None,
        user: None,
        internal: false,
        log: Level::Debug,
        since: None,
        deprecated: None,
        hidden: false,
        audience: None,
        alike: false,
        sources: &[],
    };

    /// The field with this name, as it is on the wire or in Rust.
    pub fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.ident == name || field.name == name)
    }

    /// The index of its envelope in the context with this index in
    /// [`Catalog::contexts`](super::Catalog::contexts); `None` where it sends no message there.
    pub fn envelope(&self, context: usize) -> Option<usize> {
        self.envelopes.iter().find(|(other, _)| *other == context).map(|(_, envelope)| *envelope)
    }

    /// A few words for people, the same for each occurrence: the title of the user's message where it
    /// is constant, or else the name in words.
    pub fn title(&self) -> String {
        let of_user = self.user.and_then(|user| user.title.constant());
        of_user.map_or_else(|| in_words(self.name), str::to_owned)
    }

    /// Returns whether a field is an echo, so that no more of it is sent than of a text that shows
    /// it: one that stands in the message or in the close reason, unless it says that it is sent
    /// whole.
    pub fn echoes(&self, field: &Field) -> bool {
        let is_shown = |text: Text| text.fields().any(|name| name == field.ident);
        !field.whole && (self.message.text().is_some_and(is_shown) || is_shown(self.close_reason()))
    }

    /// The text of its close frame; empty where it has none.
    pub fn close_reason(&self) -> Text {
        self.delivery.closing().map_or(Text::EMPTY, |closing| closing.reason)
    }

    /// Returns whether its `Display` text is for operators, and never for clients: it has a source,
    /// or is the server's own business.
    pub const fn is_for_operators(&self) -> bool {
        self.internal || !self.sources.is_empty()
    }

    /// Returns whether it has a text of its own for clients, which a translation may stand in for.
    /// A text that comes with the occurrence is the application's, and what `Display` says of the
    /// server's own business is nobody's.
    pub const fn has_text_for_clients(&self) -> bool {
        match self.message {
            Message::Text(_) => true,
            Message::Display(_) => !self.is_for_operators(),
            Message::None | Message::Field(_) => false,
        }
    }

    /// The constant or template of the user's own with this name.
    pub fn constant(&self, name: &str) -> Option<&'static Node> {
        self.constants.iter().find(|(other, _)| *other == name).map(|(_, node)| node)
    }

    /// The code, where it is the same for each occurrence, as text.
    pub fn code_text(&self) -> Option<String> {
        match self.code {
            Code::Number(number) => Some(number.to_string()),
            Code::Text(text) => Some(text.to_owned()),
            Code::None | Code::Field(_) => None,
        }
    }
}
