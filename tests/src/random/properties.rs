//! What has to be true of every catalog, every error that occurs, and every frame.

use serde_json::Value;
use ws_errors::Frame;
use ws_errors::catalog::{
    Code, Entry, Envelope, Format, Message, Node as Template, Piece, Success, Text,
};
use ws_errors::wire::{Decoded, Received};

use super::expected::{Of, Place, places};
use super::made::{Made, Occurrence, leaked, leaked_list};
use super::node::{Answer, Node, Question};
use super::outcome::Outcome;
use super::subject::Subject;

/// What is looked at.
#[derive(Debug, Clone)]
pub(super) enum Check {
    /// An error that occurs.
    Occurrence(Occurrence),
    /// The same, with a code that the catalog does not declare.
    Stranger(Occurrence),
    /// The same, with a code that is a success.
    Success(Occurrence),
    /// Errors of one entry in one context: at least one of them is read as that entry.
    Apart(Vec<Occurrence>),
    /// Any frame.
    Frame(Sent),
    /// Any text that may hold several messages.
    Batch(String),
    /// Any close.
    Close(u16, String),
    /// The generated module as a whole.
    Module,
}

/// A frame, and what a client has unpacked of it.
#[derive(Debug, Clone)]
pub(super) struct Sent {
    /// The frame.
    pub frame: Frame,
    /// What is in it, where it is not text.
    pub data: Option<Value>,
}

/// Something that should be true, and is not.
#[derive(Debug, Clone)]
pub(super) struct Broken {
    /// Which property.
    pub property: &'static str,
    /// What was seen.
    pub seen: String,
}

type Held = Result<(), Broken>;

fn broken(property: &'static str, seen: impl Into<String>) -> Held {
    Err(Broken { property, seen: seen.into() })
}

impl Sent {
    /// A text frame.
    pub(super) fn text(text: impl Into<String>) -> Self {
        Self { frame: Frame::Text(text.into().into()), data: None }
    }

    /// A frame that a subject sends. What it packs, a client unpacks: that is the same catalog's
    /// message as JSON.
    fn of(frame: Frame, as_json: Option<&str>, is_json: bool) -> Self {
        let data = match &frame {
            Frame::Text(_) => None,
            Frame::Binary(bytes) => {
                let text = as_json.map_or_else(|| String::from_utf8_lossy(bytes), Into::into);
                let json = is_json.then(|| serde_json::from_str(&text).ok()).flatten();
                Some(json.unwrap_or_else(|| text.into()))
            }
        };
        Self { frame, data }
    }

    fn question(&self) -> Value {
        match (&self.frame, &self.data) {
            (_, Some(data)) => serde_json::json!({ "data": data }),
            (frame, None) => serde_json::json!({ "text": frame.as_text() }),
        }
    }
}

/// The frame of an occurrence, where it has one.
pub(super) fn sent(made: &Made, subject: &Subject, what: &Occurrence) -> Option<Sent> {
    let frame = subject.encode(what).frame?;
    let packed =
        |envelope: &Envelope| matches!(envelope.format, Format::MessagePack(_) | Format::Cbor(_));
    let index = made.declared(what.entry).envelope(what.context)?;
    let envelope = made.envelopes.get(index)?;
    if !packed(envelope) {
        let is_json = matches!(envelope.template, Template::Object(_) | Template::Array(_));
        return Some(Sent::of(frame, None, is_json));
    }
    let mut twin = made.clone();
    twin.envelopes[index].format = Format::Json;
    let text = Subject::new(&twin).encode(what);
    Some(Sent::of(frame, text.text(), true))
}

/// What is looked at, in Rust.
///
/// # Errors
/// With the property that does not hold.
pub(super) fn in_rust(made: &Made, subject: &Subject, check: &Check) -> Held {
    match check {
        Check::Occurrence(what) => occurs(made, subject, what),
        Check::Stranger(what) => stranger(made, subject, what),
        Check::Success(what) => success(made, subject, what),
        Check::Apart(all) => apart(subject, all),
        Check::Frame(sent) => has_its_code(made, subject, sent),
        Check::Batch(_) | Check::Close(..) | Check::Module => Ok(()),
    }
}

/// A frame may happen to be another entry's, too. Where each one is, the two can't be told apart, and
/// the rules refuse them.
fn apart(subject: &Subject, all: &[Occurrence]) -> Held {
    let mut seen = String::new();
    for what in all {
        let Some(frame) = subject.encode(what).frame else { return Ok(()) };
        let decoded = subject.decode(&frame);
        match decoded.entry() {
            Some(entry) if entry.name != what.entry => {
                seen = format!("{frame:?}\nis {}", entry.name);
            }
            _ => return Ok(()),
        }
    }
    if seen.is_empty() { Ok(()) } else { broken("what is accepted is told apart", seen) }
}

/// Whatever a text is, it is an entry only where the entry's code is in it.
fn has_its_code(made: &Made, subject: &Subject, sent: &Sent) -> Held {
    let Some(text) = sent.frame.as_text() else { return Ok(()) };
    let decoded = subject.decode(&sent.frame);
    let Decoded::Known(entry, received) = &decoded else { return Ok(()) };
    let Some(code) = entry.code_text() else { return Ok(()) };
    let index = made.declared(entry.name).envelope(received.context_index());
    let Some(envelope) = index.and_then(|index| made.envelopes.get(index)) else {
        return broken("an entry is read in a context in which it is sent", format!("{decoded:?}"));
    };
    // The length of a code is not the code.
    let template = format!("{:?}", envelope.template);
    let has_code = ["slot: Code", "Slot(Code)"].iter().any(|slot| template.contains(slot));
    if text.contains(&code) || !has_code {
        return Ok(());
    }
    broken("an entry is read by its code", format!("{text}\nis {decoded:?}"))
}

fn occurs(made: &Made, subject: &Subject, what: &Occurrence) -> Held {
    let output = subject.encode(what);
    let shown = subject.show(what);
    if output != shown {
        return broken("`show` = encode", format!("sent  {output:?}\nshown {shown:?}"));
    }
    if let Some(close) = &output.close
        && output.frame.is_none()
        && let Some(code) = close.code()
    {
        let closed = subject.decoder().closed(code.get(), close.reason());
        if closed.entry().is_none_or(|entry| entry.name != what.entry) {
            return broken("a close comes back", format!("{close:?} is {closed:?}"));
        }
    }
    validates(made, subject, what)?;
    let Some(frame) = output.frame else { return Ok(()) };
    let decoded = subject.decode(&frame);
    let seen = || format!("{frame:?}\nis {decoded:?}");
    let Decoded::Known(entry, received) = &decoded else {
        return broken("what was sent is known again", seen());
    };
    let is_same = entry.name == what.entry;
    if is_same && returned(subject, what, entry, received).is_ok() {
        return Ok(());
    }
    // The values spell what stands around them, or another entry's constants: nobody can tell.
    if spells(made, subject, what, entry, received, &frame) {
        return Ok(());
    }
    if !is_same {
        return broken("what was sent is read as the same entry", seen());
    }
    match returned(subject, what, entry, received) {
        Err(name) => broken("each value comes back", format!("{name} of {}", seen())),
        Ok(()) => Ok(()),
    }
}

/// What holds of a catalog as a whole, and of what occurs in it where it is nested.
///
/// # Errors
/// With the property that does not hold.
pub(super) fn nests(declared: &Subject, nested: &Subject, check: &Check) -> Held {
    let Check::Occurrence(what) = check else { return Ok(()) };
    let (one, other) = (declared.encode(what), nested.encode(what));
    if one == other {
        return Ok(());
    }
    broken("declared = nested", format!("declared {one:?}\nnested   {other:?}"))
}

/// Whether a catalog comes back from the text that the macro writes for it.
///
/// # Errors
/// With what is different.
pub(super) fn unfolds(made: &Made, subject: &Subject) -> Held {
    let (declared, read) = (format!("{:?}", made.catalog()), format!("{:?}", subject.catalog));
    if declared == read {
        return Ok(());
    }
    broken("a catalog unfolds as it was declared", format!("{declared}\n{read}"))
}

fn validates(made: &Made, subject: &Subject, what: &Occurrence) -> Held {
    let Some(Sent { frame, data }) = sent(made, subject, what) else { return Ok(()) };
    let index = made.declared(what.entry).envelope(what.context);
    let envelope = index.and_then(|index| made.envelopes.get(index));
    let held = match (&frame, data) {
        (_, Some(data)) => data,
        // What is no JSON is described as a string that holds the text.
        (Frame::Text(text), None) if envelope.is_some_and(Envelope::is_json) => {
            serde_json::from_str(text).unwrap_or_default()
        }
        (frame, None) => frame.as_text().into(),
    };
    match subject.schema() {
        Err(error) => broken("the schema can be exported", error),
        Ok(schema) if schema.is_valid(&held) => Ok(()),
        Ok(schema) => {
            let errors: Vec<String> =
                schema.iter_errors(&held).map(|error| error.to_string()).collect();
            broken("the frame validates", format!("{frame:?}\n{}", errors.join("\n")))
        }
    }
}

/// Whether each value came back as it was sent; the name of the first that did not.
fn returned(
    subject: &Subject,
    what: &Occurrence,
    entry: &'static Entry,
    received: &Received,
) -> Result<(), String> {
    let Some(shape) = subject.shape(entry, what.context) else { return Ok(()) };
    let places = places(entry, &shape);
    let mut of: Vec<Of> = places.iter().map(|place| place.of).collect();
    of.dedup();
    for of in of {
        let sent = match of {
            Of::Field(ident) => what.field(ident).clone(),
            Of::Context(name) => what.context_value(name).clone(),
            Of::Message => message(what, entry).into(),
        };
        let read = read(received, entry, of);
        // What gives the code may be a field of the details, too.
        let also = match of {
            Of::Field(ident) => received.fields().get(ident).cloned().unwrap_or_default(),
            _ => Value::Null,
        };
        let allows = |place: &&Place| place.allows(&sent, &read) || place.allows(&sent, &also);
        let here = || places.iter().filter(|place| place.of == of);
        let exact = here().filter(|place| place.is_exact());
        let is_right = match exact.count() {
            0 => here().any(|place| allows(&place)),
            _ => here().filter(|place| place.is_exact()).any(|place| allows(&place)),
        };
        if !is_right {
            return Err(format!("{of:?} is {read}, was {sent},"));
        }
    }
    Ok(())
}

fn read(received: &Received, entry: &Entry, of: Of) -> Value {
    let value = match of {
        Of::Field(ident) if entry.code == Code::Field(ident) => {
            received.code().or(received.fields().get(ident))
        }
        Of::Field(ident) if entry.message == Message::Field(ident) => {
            received.message().or(received.fields().get(ident))
        }
        Of::Field(ident) => received.fields().get(ident),
        Of::Context(name) => received.context_values().get(name),
        Of::Message => received.message(),
    };
    value.cloned().unwrap_or_default()
}

/// The text for the client.
fn message(what: &Occurrence, entry: &Entry) -> String {
    let (Message::Text(Text(pieces)) | Message::Display(Text(pieces))) = entry.message else {
        return String::new();
    };
    let piece = |piece: &Piece| match piece {
        Piece::Literal(text) => (*text).to_owned(),
        Piece::Field { name, .. } => match what.field(name) {
            Value::String(text) => text.clone(),
            value => value.to_string(),
        },
    };
    pieces.iter().map(piece).collect()
}

/// Whether a frame is exactly what would be sent for what was read from it.
fn spells(
    made: &Made,
    subject: &Subject,
    what: &Occurrence,
    entry: &'static Entry,
    received: &Received,
    frame: &Frame,
) -> bool {
    let context = received.context_index();
    let Some(shape) = subject.shape(entry, context) else { return false };
    let places = places(entry, &shape);
    let is_read = |of: Of| places.iter().any(|place: &Place| place.of == of && place.is_read());
    let value = |of: Of, sent: &Value| {
        if is_read(of) { read(received, entry, of) } else { sent.clone() }
    };
    let mut again = what.clone();
    (again.entry, again.context) = (entry.name, context);
    again.fields = entry
        .fields
        .iter()
        .map(|field| (field.ident, value(Of::Field(field.ident), what.field(field.ident))))
        .collect();
    let fields = made.contexts.get(context).map(|one| one.fields).unwrap_or_default();
    again.context_values = fields
        .iter()
        .map(|field| (field.name, value(Of::Context(field.name), what.context_value(field.name))))
        .collect();
    let mut twin = made.clone();
    // A text is free: no message is compared but those that tell entries apart.
    if let Message::Text(text) | Message::Display(text) = entry.message
        && (text.constant().is_none() || entry.name == what.entry)
        && let Some(message) = received.text()
    {
        let text = Text(leaked_list(vec![Piece::Literal(leaked(message))]));
        let declared = twin.entries.iter_mut().find(|one| one.entry.name == entry.name);
        declared.into_iter().for_each(|one| one.entry.message = Message::Text(text));
    }
    Subject::new(&twin).encode(&again).frame.as_ref() == Some(frame)
}

/// The same entry as if it had just been added to the server.
fn newer(made: &Made, what: &Occurrence, code: impl Fn(Code) -> Option<Code>) -> Option<Made> {
    let mut newer = made.clone();
    let declared = newer.entries.iter_mut().find(|one| one.entry.name == what.entry)?;
    declared.entry.code = code(declared.entry.code)?;
    Some(newer)
}

fn new_code(code: Code) -> Option<Code> {
    match code {
        Code::Number(_) => Some(Code::Number(31_337)),
        Code::Text(_) => Some(Code::Text("NEW_CODE")),
        Code::None | Code::Field(_) => None,
    }
}

/// The frame of an occurrence whose entry has another code.
pub(super) fn stranger_frame(made: &Made, what: &Occurrence) -> Option<Sent> {
    let made = newer(made, what, new_code)?;
    sent(&made, &Subject::new(&made), what)
}

/// The frame of an occurrence whose code says that all is well.
pub(super) fn success_frame(made: &Made, what: &Occurrence) -> Option<Sent> {
    let code = |code: Code| match code {
        Code::Number(_) => made.success.iter().find_map(|success| match success {
            Success::Numbers(first, _) => Some(Code::Number(*first)),
            Success::Text(_) => None,
        }),
        Code::Text(_) => made.success.iter().find_map(|success| match success {
            Success::Text(text) => Some(Code::Text(text)),
            Success::Numbers(..) => None,
        }),
        Code::None | Code::Field(_) => None,
    };
    let made = newer(made, what, code)?;
    sent(&made, &Subject::new(&made), what)
}

/// Whether the message of an entry carries its code.
fn carries_code(made: &Made, subject: &Subject, what: &Occurrence) -> bool {
    let frame = |code| {
        let newer = newer(made, what, |_| Some(code))?;
        Subject::new(&newer).encode(what).frame
    };
    let _ = subject;
    frame(Code::Text("NEW_CODE")) != frame(Code::Text("OTHER"))
}

fn stranger(made: &Made, subject: &Subject, what: &Occurrence) -> Held {
    let Some(Sent { frame, .. }) = stranger_frame(made, what) else { return Ok(()) };
    if !what.tame || !carries_code(made, subject, what) {
        return Ok(());
    }
    let decoded = subject.decode(&frame);
    let seen = format!("{frame:?}\nis {decoded:?}");
    let code = |received: &Received| match received.code() {
        Some(Value::String(text)) => text.contains("NEW_CODE") || text.contains("31337"),
        Some(code) => *code == 31_337,
        None => false,
    };
    // Where there are several shapes, another may show a code elsewhere.
    let shapes = made.entries.iter().flat_map(|one| one.envelopes.iter().flatten());
    let is_one = shapes.collect::<std::collections::BTreeSet<_>>().len() == 1;
    match &decoded {
        Decoded::Unknown(received) if code(received) || !is_one => Ok(()),
        Decoded::Known(entry, received) if matches!(entry.code, Code::Field(_)) => {
            if code(received) { Ok(()) } else { broken("a new code is kept", seen) }
        }
        _ => broken("a new code is unknown", seen),
    }
}

fn success(made: &Made, subject: &Subject, what: &Occurrence) -> Held {
    let Some(Sent { frame, .. }) = success_frame(made, what) else { return Ok(()) };
    if !what.tame || !carries_code(made, subject, what) {
        return Ok(());
    }
    let decoded = subject.decode(&frame);
    if decoded.is_foreign() {
        return Ok(());
    }
    broken("a success is no error", format!("{frame:?}\nis {decoded:?}"))
}

/// The frames of what is looked at, and the closes.
pub(super) fn question(
    made: &Made,
    subject: &Subject,
    checks: &[Check],
) -> Result<Question, String> {
    let mut question =
        Question { module: subject.typescript()?, frames: Vec::new(), closes: Vec::new() };
    for check in checks {
        let frame = frame_of(made, subject, check);
        question.frames.extend(frame.map(|sent| sent.question()));
        if let Check::Batch(text) = check {
            question.frames.push(serde_json::json!({ "batch": text }));
        }
        question.closes.extend(close_of(subject, check));
    }
    Ok(question)
}

fn frame_of(made: &Made, subject: &Subject, check: &Check) -> Option<Sent> {
    match check {
        Check::Occurrence(what) => sent(made, subject, what),
        Check::Stranger(what) => stranger_frame(made, what),
        Check::Success(what) => success_frame(made, what),
        Check::Frame(sent) => Some(sent.clone()),
        Check::Apart(_) | Check::Batch(_) | Check::Close(..) | Check::Module => None,
    }
}

fn close_of(subject: &Subject, check: &Check) -> Option<(u16, String)> {
    match check {
        Check::Close(code, reason) => Some((*code, reason.clone())),
        Check::Occurrence(what) => {
            let close = subject.encode(what).close?;
            Some((close.code()?.get(), close.reason().to_owned()))
        }
        _ => None,
    }
}

/// What is looked at, in Rust and in TypeScript: what does not hold, each with its check.
pub(super) fn in_both(
    made: &Made,
    subject: &Subject,
    checks: &[Check],
    answer: Answer,
) -> Vec<(Check, Broken)> {
    if let Some(failure) = answer.failure {
        let broken = Broken { property: "the module can be used", seen: failure };
        return vec![(Check::Module, broken)];
    }
    let mut found = Vec::new();
    let (mut errors, mut closes) = (answer.errors.into_iter(), answer.closes.into_iter());
    for check in checks {
        if let Some(sent) = frame_of(made, subject, check) {
            let rust = Outcome::of_rust(&subject.decode(&sent.frame));
            let error = errors.next().unwrap_or_default();
            let typescript = Outcome::of_typescript(&error, |name| subject.catalog.entry(name));
            if !rust.is(&typescript) {
                let seen =
                    format!("{:?}\nRust       {rust:?}\nTypeScript {typescript:?}", sent.frame);
                found.push((
                    Check::Frame(sent),
                    Broken { property: difference(&rust, &typescript), seen },
                ));
            }
        }
        if let Check::Batch(text) = check {
            let rust: Vec<Outcome> =
                subject.decoder().decode_all(text).iter().map(Outcome::of_rust).collect();
            let list = errors.next().unwrap_or_default();
            let typescript: Vec<Outcome> = list
                .as_array()
                .into_iter()
                .flatten()
                .map(|error| Outcome::of_typescript(error, |name| subject.catalog.entry(name)))
                .collect();
            let is_same = rust.len() == typescript.len()
                && rust.iter().zip(&typescript).all(|(one, other)| one.is(other));
            if !is_same {
                let seen = format!("{text:?}\nRust       {rust:?}\nTypeScript {typescript:?}");
                let property = "Rust = TypeScript, several messages";
                found.push((check.clone(), Broken { property, seen }));
            }
        }
        if let Some((code, reason)) = close_of(subject, check) {
            let rust = Outcome::of_rust_close(&subject.decoder().closed(code, &reason));
            let typescript = Outcome::of_typescript_close(&closes.next().unwrap_or_default());
            if rust.kind != typescript.kind {
                let seen =
                    format!("{code} {reason:?}\nRust       {rust:?}\nTypeScript {typescript:?}");
                let property = "Rust = TypeScript, closes";
                found.push((Check::Close(code, reason), Broken { property, seen }));
            }
        }
    }
    found
}

fn difference(rust: &Outcome, typescript: &Outcome) -> &'static str {
    let is_unknown = |outcome: &Outcome| outcome.kind.as_deref() == Some("$unknown");
    match (&rust.kind, &typescript.kind) {
        (one, other) if one == other => "Rust = TypeScript, values",
        (None, Some(_)) => "Rust = TypeScript: foreign to Rust",
        (Some(_), None) => "Rust = TypeScript: foreign to TypeScript",
        _ if is_unknown(rust) => "Rust = TypeScript: unknown to Rust",
        _ if is_unknown(typescript) => "Rust = TypeScript: unknown to TypeScript",
        _ => "Rust = TypeScript: another entry",
    }
}

/// The first thing that does not hold of one check: for what is made smaller.
pub(super) fn holds(made: &Made, check: &Check, node: Option<&mut Node>) -> Held {
    let subject = Subject::new(made);
    if subject.refusal().is_some() {
        return Ok(());
    }
    in_rust(made, &subject, check)?;
    unfolds(made, &subject)?;
    nests(&subject, &Subject::nested(made), check)?;
    let Some(node) = node else { return Ok(()) };
    let checks = std::slice::from_ref(check);
    let question = match question(made, &subject, checks) {
        Ok(question) => question,
        Err(error) => return broken("the module can be exported", error),
    };
    node.ask(&question);
    match in_both(made, &subject, checks, node.answer()).into_iter().next() {
        Some((_, broken)) => Err(broken),
        None => Ok(()),
    }
}
