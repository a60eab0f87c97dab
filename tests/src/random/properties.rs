//! What has to be true of every catalog, every error that occurs, and every frame.

use serde_json::Value;
use ws_errors::catalog::{Code, Envelope};
use ws_errors::wire::{Decoded, Received};
use ws_errors::{Frame, Output};

use super::check::{Check, Held, Sent, broken};
use super::languages::{ask, in_all};
use super::made::{Made, Occurrence};
use super::reader::Reader;
use super::returning::{returned, spells};
use super::sending::{carries_code, sent, stranger_frame, success_frame};
use super::subject::Subject;

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
    let mut text = String::from("[");
    let rest = subject.encode_into(what, &mut text);
    let is_appended = output.text().is_some();
    let frame = output.frame.clone().filter(|_| !is_appended);
    if text[1..] != *output.text().unwrap_or_default()
        || rest != (Output { frame, ..output.clone() })
    {
        return broken("appended = encode", format!("{output:?}\nappended {text:?}, {rest:?}"));
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
        let lenient = subject.decode_leniently(&frame);
        if lenient.entry().is_none_or(|entry| entry.name != what.entry) {
            let seen = format!("{frame:?}\nis {lenient:?}");
            return broken("what is known is known where types are not checked", seen);
        }
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

fn stranger(made: &Made, subject: &Subject, what: &Occurrence) -> Held {
    let Some(Sent { frame, .. }) = stranger_frame(made, what) else { return Ok(()) };
    if !what.tame || !carries_code(made, what) {
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
    if !what.tame || !carries_code(made, what) {
        return Ok(());
    }
    let decoded = subject.decode(&frame);
    if decoded.is_foreign() {
        return Ok(());
    }
    broken("a success is no error", format!("{frame:?}\nis {decoded:?}"))
}

/// The first thing that does not hold of one check: for what is made smaller.
pub(super) fn holds(made: &Made, check: &Check, readers: &mut [Reader]) -> Held {
    let subject = Subject::new(made);
    if subject.refusal().is_some() {
        return Ok(());
    }
    in_rust(made, &subject, check)?;
    unfolds(made, &subject)?;
    nests(&subject, &Subject::nested(made), check)?;
    let checks = std::slice::from_ref(check);
    if let Err(error) = ask(readers, made, &subject, checks) {
        return broken("the module can be exported", error);
    }
    match in_all(readers, made, &subject, checks).into_iter().next() {
        Some((_, broken)) => Err(broken),
        None => Ok(()),
    }
}
