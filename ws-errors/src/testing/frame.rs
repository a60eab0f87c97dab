//! What a message is, and whether it is what the catalog's own encoder writes.

use serde_json::Value;

use crate::Frame;
use crate::catalog::{Catalog, Code, Entry, Message};
use crate::export::{Values, backticks, example_in};
use crate::types::{Typed, in_words};
use crate::wire::{Decoded, Decoder, Received, Tree, Values as Read};

/// Reads messages, and compares them with what the encoder writes.
#[derive(Debug)]
pub(super) struct Reader {
    catalog: &'static Catalog,
    /// What checks the types of values.
    strict: Decoder,
    lenient: Decoder,
    /// Whether texts for clients may be others than the enum's, in another language, say.
    other_texts: bool,
}

/// What a message is.
#[derive(Debug)]
pub(super) enum Identified {
    /// No error.
    Traffic,
    /// It looks like an error, and the catalog has none that it could be; and why.
    Undeclared(String),
    /// An error of the catalog.
    Error(Box<Error>),
}

/// A message that is an error of the catalog.
#[derive(Debug)]
pub(super) struct Error {
    pub(super) entry: &'static Entry,
    /// The contexts that it may have been sent in: those whose envelope it has.
    pub(super) contexts: Vec<usize>,
    /// What was read of it, as the encoder takes it.
    pub(super) values: Values,
    /// The values of the context.
    pub(super) context_values: Read,
    /// Those of the entry's fields.
    pub(super) fields: Read,
    /// Why it is not what the encoder writes.
    pub(super) difference: Option<Difference>,
}

/// A difference from what the catalog says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Difference {
    /// In words.
    pub what: String,
    /// What the catalog says, where it can be shown.
    pub due: Option<String>,
    /// What came, where it can be shown.
    pub came: Option<String>,
}

impl Reader {
    pub(super) fn new(catalog: &'static Catalog, other_texts: bool) -> Self {
        Self {
            catalog,
            strict: Decoder::new(catalog).checking_types(),
            lenient: Decoder::new(catalog),
            other_texts,
        }
    }

    pub(super) fn closes(&self) -> &Decoder {
        &self.lenient
    }

    /// What a message is. Of several entries with its code, it is `expected` where that is one.
    pub(super) fn identify(&self, frame: &Frame, expected: Option<&Entry>) -> Identified {
        match decode(&self.strict, frame) {
            Decoded::Known(entry, received) => self.known(frame, entry, &received),
            Decoded::Unknown(received) => match decode(&self.lenient, frame) {
                Decoded::Known(entry, lenient) => self.of_another_type(frame, entry, &lenient),
                _ => self.unknown(frame, &received, expected),
            },
            Decoded::Foreign if looks_like_an_error(frame) => Identified::Undeclared(
                "it looks like an error, and has the shape of none of the catalog".to_owned(),
            ),
            Decoded::Foreign => Identified::Traffic,
        }
    }

    fn known(&self, frame: &Frame, entry: &'static Entry, received: &Received) -> Identified {
        let values = values(entry, received);
        let difference = self.difference(frame, entry, received, &values);
        self.error(entry, received, values, difference)
    }

    fn error(
        &self,
        entry: &'static Entry,
        received: &Received,
        values: Values,
        difference: Option<Difference>,
    ) -> Identified {
        let envelope = entry.envelope(received.context_index());
        let contexts = entry.envelopes.iter().filter(|(_, other)| Some(*other) == envelope);
        Identified::Error(Box::new(Error {
            entry,
            contexts: contexts.map(|(context, _)| *context).collect(),
            values,
            context_values: received.context_values().clone(),
            fields: received.fields().clone(),
            difference,
        }))
    }

    fn difference(
        &self,
        frame: &Frame,
        entry: &'static Entry,
        received: &Received,
        values: &Values,
    ) -> Option<Difference> {
        let context = received.context_index();
        let text = received.text();
        if let Some(difference) = self.other_text(entry, text) {
            return Some(difference);
        }
        let with_text = text.and_then(|text| values.with_text(self.catalog, entry, context, text));
        let due = match with_text {
            Some(due) => due,
            None => values.encode(self.catalog, entry, context).frame?,
        };
        compare(&due, frame, received)
    }

    /// How the body differs that answers a request.
    pub(super) fn body_difference(
        &self,
        body: &str,
        entry: &'static Entry,
        received: &Received,
    ) -> Option<Difference> {
        let (text, values) = (received.text(), values(entry, received));
        if let Some(difference) = self.other_text(entry, text) {
            return Some(difference);
        }
        let with_text = text.and_then(|text| values.body_with_text(self.catalog, entry, text));
        let due = with_text.or_else(|| values.body(self.catalog, entry)).unwrap_or_default();
        let frame = |text: &str| Frame::Text(text.to_owned().into());
        compare(&frame(&due), &frame(body), received)
    }

    /// That the text for the client is not the entry's.
    fn other_text(&self, entry: &Entry, text: Option<&str>) -> Option<Difference> {
        let text =
            text.filter(|text| !self.other_texts && !self.lenient.is_text_of(entry, text))?;
        let due = entry.message.text().map(|text| text.to_string());
        let what = "the text for the client differs".to_owned();
        Some(Difference { what, due, came: Some(text.to_owned()) })
    }

    /// An error of the catalog, but for the type of a value.
    fn of_another_type(
        &self,
        frame: &Frame,
        entry: &'static Entry,
        received: &Received,
    ) -> Identified {
        let of_fields = received.fields().iter().filter_map(|(name, value)| {
            let field = entry.field(name)?;
            Some((name, value, field.ty))
        });
        let context = received.context().map_or(&[][..], |context| context.fields);
        let of_context = received.context_values().iter().filter_map(|(name, value)| {
            let field = context.iter().find(|field| field.name == name)?;
            Some((name, value, (field.ty)()))
        });
        let wrong = of_fields.chain(of_context).find_map(|(name, value, ty)| {
            let typed = Typed::of(&ty)?;
            let tree = Tree::of(value);
            (!typed.has(&tree)).then(|| {
                let words = in_words(&typed.ty, &typed.definitions, ty.optional, backticks);
                format!("`{name}` is {}, and not of its type: {words}", tree.compact())
            })
        });
        let difference = Difference {
            what: wrong.unwrap_or_else(|| "a value is of another type".to_owned()),
            due: self.example(entry, received.context_index()),
            came: Some(shown(frame)),
        };
        self.error(entry, received, values(entry, received), Some(difference))
    }

    /// An error of this API that is no entry: it has the code of one, or a code of its own.
    fn unknown(&self, frame: &Frame, received: &Received, expected: Option<&Entry>) -> Identified {
        let code = match received.code() {
            Some(Value::String(code)) => Some(code.clone()),
            code => code.map(Value::to_string),
        };
        let Some(code) = code else {
            return Identified::Undeclared("it has no code, and is no entry".to_owned());
        };
        let has_code = |entry: &&Entry| entry.code_text().as_deref() == Some(code.as_str());
        let mut entries = self.catalog.entries.iter().filter(has_code);
        let first = entries.clone().next();
        let is_expected = |entry: &&Entry| expected.is_some_and(|one| one.name == entry.name);
        let Some(entry) = entries.find(is_expected).or(first) else {
            return Identified::Undeclared(format!("no entry has the code {code:?}"));
        };
        let context = received.context_index();
        let difference = Difference {
            what: format!("it has the code of `{}`, and lacks something of it", entry.name),
            due: self.example(entry, context),
            came: Some(shown(frame)),
        };
        self.error(entry, received, values(entry, received), Some(difference))
    }

    fn example(&self, entry: &'static Entry, context: usize) -> Option<String> {
        let context = match entry.envelope(context) {
            Some(_) => context,
            None => entry.envelopes.first()?.0,
        };
        example_in(self.catalog, entry, context)
            .encode(self.catalog, entry, context)
            .frame
            .as_ref()
            .map(shown)
    }
}

fn decode(decoder: &Decoder, frame: &Frame) -> Decoded {
    match frame {
        Frame::Text(text) => decoder.decode(text),
        Frame::Binary(bytes) => decoder.decode_binary(bytes),
    }
}

/// What was read, as the encoder takes it.
fn values(entry: &'static Entry, received: &Received) -> Values {
    let mut values = Values::new();
    if let (Message::Field(ident), Some(message)) = (entry.message, received.message()) {
        values.field(ident, message);
    }
    if let (Code::Field(ident), Some(code)) = (entry.code, received.code()) {
        values.field(ident, code);
    }
    add(&mut values, entry, received.fields());
    for (name, value) in received.context_values().iter() {
        values.context(name, value);
    }
    values
}

/// Adds the values of the entry's fields that were read.
pub(super) fn add(values: &mut Values, entry: &Entry, read: &Read) {
    for (name, value) in read.iter() {
        if let Some(field) = entry.field(name) {
            values.field(field.ident, value);
        }
    }
}

/// A message as it is shown to people.
pub(super) fn shown(frame: &Frame) -> String {
    match frame {
        Frame::Text(text) => text.clone().into_string(),
        Frame::Binary(bytes) => {
            let hex: Vec<String> =
                bytes.iter().take(64).map(|byte| format!("{byte:02x}")).collect();
            let more = if bytes.len() > 64 { " …" } else { "" };
            format!("{} bytes: {}{more}", bytes.len(), hex.join(" "))
        }
    }
}

/// How a message differs from what is due; the order of members within values is the application's.
fn compare(due: &Frame, came: &Frame, received: &Received) -> Option<Difference> {
    if due == came {
        return None;
    }
    let what = match (due, came) {
        (Frame::Text(due), Frame::Text(came)) => match (Tree::parse(due), Tree::parse(came)) {
            (Ok(due), Ok(tree)) => match first_difference(&due, &tree, "", &objects(received)) {
                Some(difference) => difference,
                None if tree.compact() == **came => return None,
                None => "white space or escapes differ".to_owned(),
            },
            _ => "the text differs".to_owned(),
        },
        (Frame::Text(_), Frame::Binary(_)) => {
            "a text frame is due, and a binary one came".to_owned()
        }
        (Frame::Binary(_), Frame::Text(_)) => "a binary frame is due, and a text came".to_owned(),
        (Frame::Binary(_), Frame::Binary(_)) => "the bytes are others".to_owned(),
    };
    Some(Difference { what, due: Some(shown(due)), came: Some(shown(came)) })
}

/// The values that are objects, or hold some.
fn objects(received: &Received) -> Vec<Value> {
    let values = received.fields().iter().chain(received.context_values().iter());
    let values = values.map(|(_, value)| value).chain(received.message());
    values.filter(|value| value.is_object() || value.is_array()).cloned().collect()
}

/// The first place where two trees differ.
fn first_difference(
    due: &Tree<'_>,
    came: &Tree<'_>,
    path: &str,
    objects: &[Value],
) -> Option<String> {
    let at = |what: String| match path {
        "" => what,
        path => format!("at `{path}`: {what}"),
    };
    match (due, came) {
        (Tree::Object(_) | Tree::Array(_), _)
            if due.to_value() == came.to_value() && objects.contains(&came.to_value()) =>
        {
            None
        }
        (Tree::Object(due), Tree::Object(came)) => {
            let keys = |members: &[(std::borrow::Cow<'_, str>, Tree<'_>)]| {
                members.iter().map(|(key, _)| key.to_string()).collect::<Vec<_>>()
            };
            let (wanted, found) = (keys(due), keys(came));
            if let Some(more) = found.iter().find(|key| !wanted.contains(key)) {
                return Some(at(format!("the member `{more}` is not in the envelope")));
            }
            if let Some(lacks) = wanted.iter().find(|key| !found.contains(key)) {
                return Some(at(format!("the member `{lacks}` is missing")));
            }
            if wanted != found {
                let order = found.join(", ");
                return Some(at(format!("the members are in another order: {order}")));
            }
            due.iter().zip(came).find_map(|((key, due), (_, came))| {
                let path = if path.is_empty() { key.to_string() } else { format!("{path}.{key}") };
                first_difference(due, came, &path, objects)
            })
        }
        (Tree::Array(due), Tree::Array(came)) if due.len() == came.len() => {
            due.iter().zip(came).enumerate().find_map(|(index, (due, came))| {
                first_difference(due, came, &format!("{path}[{index}]"), objects)
            })
        }
        (due, came) if due == came => None,
        (due, came) => Some(at(format!("{} is due, and {} came", due.compact(), came.compact()))),
    }
}

/// Keys whose value is an error where there is one.
const ERROR_KEYS: [&str; 4] = ["error", "errors", "exception", "fault"];

/// Keys whose value says what a message is.
const KIND_KEYS: [&str; 6] = ["type", "event", "kind", "status", "op", "action"];

/// Whether a message that is none of this API's errors seems to be meant as one.
fn looks_like_an_error(frame: &Frame) -> bool {
    let Frame::Text(text) = frame else { return false };
    let is_word = |text: &str| {
        let start = text.trim_start_matches(['-', '!', '[', ' ']).get(..3);
        start.is_some_and(|start| start.eq_ignore_ascii_case("err"))
    };
    match Tree::parse(text) {
        Ok(Tree::Object(members)) => members.iter().any(|(key, value)| {
            let key = key.to_lowercase();
            let says_something = match value {
                Tree::Null | Tree::Bool(false) => false,
                Tree::Array(elements) => !elements.is_empty(),
                Tree::Object(members) => !members.is_empty(),
                _ => true,
            };
            match value {
                Tree::String(kind) if KIND_KEYS.contains(&&*key) => is_word(kind),
                _ => ERROR_KEYS.contains(&&*key) && says_something,
            }
        }),
        Ok(_) => false,
        Err(_) => is_word(text),
    }
}
