//! What a template can put into a message.

use std::fmt;

use super::Cast;
use crate::names::{did_you_mean, list_names};

/// A value that a template can put into a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Slot {
    /// The entry's code.
    Code,
    /// The entry's name.
    Name,
    /// The text for the client.
    Message,
    /// The variant's fields.
    Details,
    /// Whether the entry is recoverable.
    Recoverable,
    /// The wait that the retry policy states, in milliseconds.
    RetryAfter,
    /// The close code of the entry.
    Close,
    /// The reason of the entry's close frame.
    Reason,
    /// The status over HTTP.
    Status,
    /// A few words for people: the title of the user's message, or else the name in words.
    Title,
    /// The address at which the reference docs speak of the entry.
    DocUrl,
    /// All fields that may be on the wire, the message among them (`..self`).
    Fields,
    /// A constant or template of the user's own.
    Set(&'static str),
    /// A field of the variant.
    Field(&'static str),
    /// A field of the context.
    Context(&'static str),
}

/// The slot as it is written.
impl fmt::Display for Slot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fields => f.write_str("self"),
            Self::Field(name) => write!(f, "self.{name}"),
            Self::Context(name) => write!(f, "cx.{name}"),
            Self::Set(name) => write!(f, "set.{name}"),
            slot => f.write_str(slot.word()),
        }
    }
}

impl Slot {
    /// The word for it where it is no template that people write: in JSON, and in docs.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Code => "code",
            Self::Name => "name",
            Self::Message => "message",
            Self::Details => "details",
            Self::Recoverable => "recoverable",
            Self::RetryAfter => "retry_after",
            Self::Close => "close",
            Self::Reason => "reason",
            Self::Status => "status",
            Self::Title => "title",
            Self::DocUrl => "doc_url",
            Self::Fields => "fields",
            Self::Set(_) => "set",
            Self::Field(_) => "field",
            Self::Context(_) => "context",
        }
    }

    /// The name of the constant or field that it holds; `None` where there is one such slot.
    pub const fn own_name(self) -> Option<&'static str> {
        match self {
            Self::Set(name) | Self::Field(name) | Self::Context(name) => Some(name),
            _ => None,
        }
    }

    /// The slots that stand by themselves, as they are written.
    pub const NAMED: [Self; 10] = [
        Self::Code,
        Self::Name,
        Self::Message,
        Self::Details,
        Self::Recoverable,
        Self::RetryAfter,
        Self::Close,
        Self::Reason,
        Self::Status,
        Self::DocUrl,
    ];
}

/// What is said of what is no slot: those that there are.
fn names() -> [String; Slot::NAMED.len()] {
    Slot::NAMED.map(|slot| slot.to_string())
}

impl Slot {
    /// The slot that stands by itself under this name.
    ///
    /// # Errors
    /// Says which ones there are.
    pub fn named(name: &str) -> Result<Self, String> {
        if let Some(slot) = Self::NAMED.into_iter().find(|slot| slot.to_string() == name) {
            return Ok(slot);
        }
        let names = names();
        let names = || names.iter().map(String::as_str);
        Err(match name.to_ascii_lowercase().as_str() {
            "none" | "null" | "nil" | "undefined" => {
                format!("nothing is `null` in JSON, and not `{name}`")
            }
            word @ ("true" | "false") => format!("JSON has `{word}`, and not `{name}`"),
            _ => format!(
                "no slot is called `{name}`{}\nthere are {}, `self.field`, `cx.field` and `set.name`",
                did_you_mean(name, names()),
                list_names(names())
            ),
        })
    }

    /// The slot `prefix.field`.
    ///
    /// # Errors
    /// Says which prefixes there are.
    pub fn dotted(prefix: &str, field: &'static str) -> Result<Self, String> {
        match prefix {
            "self" => Ok(Self::Field(field)),
            "cx" => Ok(Self::Context(field)),
            "set" => Ok(Self::Set(field)),
            _ => {
                let meant = match prefix {
                    "context" | "ctx" => "cx",
                    "err" | "error" | "this" => "self",
                    "const" | "constants" => "set",
                    _ => "",
                };
                let near = match meant {
                    "" => String::new(),
                    meant => format!("; did you mean `{meant}.{field}`?"),
                };
                Err(format!(
                    "`{prefix}.{field}` is no slot{near}\nthere are `self.field`, `cx.field` and `set.name`"
                ))
            }
        }
    }

    /// Why a slot can't be turned into a string or a number; `None` where it can.
    pub fn cannot_be(self, cast: Cast) -> Option<String> {
        Some(match (self, cast) {
            (Self::Details | Self::Fields, _) => {
                format!("`{self}` is an object; as a string it is written `json({{ ..{self} }})`")
            }
            (Self::Set(name), _) => format!(
                "`{self}` is what the enum or the variant says; say it there as it is to be: `set({name} = \"…\")`"
            ),
            (Self::Message | Self::Name | Self::Reason | Self::DocUrl | Self::Title, _) => {
                format!("`{self}` is a text, and stays one; take `as` away")
            }
            (Self::Recoverable, Cast::Number) => {
                format!("`{self}` is true or false, and no number; take `as number` away")
            }
            _ => return None,
        })
    }

    /// The slot that stands by itself under this name in a string; `inside` is all that stands between
    /// the braces.
    ///
    /// # Errors
    /// Says which ones there are, or that this one is no text.
    pub fn named_in_text(name: &str, inside: &str) -> Result<Self, String> {
        match name {
            "" => Err("`{}` names no slot; write `{code}`, `{self.field}` or `{cx.field}`".to_owned()),
            "self" | "details" => Err(format!("`{{{name}}}` is an object, and no text")),
            name => Self::named(name).map_err(|_| {
                let names = names();
                let names = || names.iter().map(String::as_str);
                format!(
                    "`{{{inside}}}` is no slot{}\na field of the variant is `{{self.{inside}}}`; a string in an envelope takes {}, `{{self.field}}`, `{{cx.field}}` and `{{set.name}}`; a brace itself is written `{{{{`",
                    did_you_mean(name, names()),
                    list_names(names()),
                )
            }),
        }
    }
}

/// What is said of `name!`, which stands in an envelope.
pub fn no_macro(name: &str) -> String {
    match name {
        "json" => "an envelope is JSON already: take `json!(` and its `)` away".to_owned(),
        _ => format!("no macro is expanded in an envelope; write what `{name}!` makes"),
    }
}

/// What is said of `name(…)`, which stands where a value does, and of `problem`.
pub fn no_call(name: &str) -> String {
    match name {
        "binary" | "msgpack" | "cbor" | "with" => {
            format!("`{name}(…)` is a whole frame, and stands at the root of an envelope")
        }
        "problem" => "`problem` is the whole body of an HTTP response: `http(status = 400, envelope = problem)`".to_owned(),
        _ => format!(
            "`{name}(…)` is nothing that an envelope has: there are `json(…)`, `binary(…)`, `msgpack(…)`, `cbor(…)`, and `with(encode, decode, {{ … }})` for frames that no template makes"
        ),
    }
}
