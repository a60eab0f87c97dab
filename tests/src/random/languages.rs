//! What a catalog means in Rust and in the languages of clients.

use ws_errors::Frame;
use ws_errors::catalog::{Entry, Format};

use super::check::{Broken, Check, Sent};
use super::damage;
use super::made::Made;
use super::outcome::Outcome;
use super::reader::{Answer, Question, Reader};
use super::sending::{sent, stranger_frame, success_frame};
use super::subject::Subject;

/// Whether all languages are given the same: a binary frame is one to Rust, and what is in it to the
/// others, which can't know that other frames are text.
fn is_readable_by_both(made: &Made, sent: &Sent) -> bool {
    let formats = made.entries.iter().flat_map(|one| one.envelopes.iter().flatten());
    let formats: Vec<Format> = formats.map(|index| made.envelopes[*index].format).collect();
    sent.data.is_none() || formats.windows(2).all(|two| two[0] == two[1])
}

/// The frames of what is looked at, and the closes.
fn question(
    made: &Made,
    subject: &Subject,
    checks: &[Check],
    reader: &Reader,
) -> Result<Question, String> {
    let module = (reader.export)(subject.catalog).map_err(|error| error.to_string())?;
    let names_of = |entry: &Entry| entry.fields.iter().map(|field| field.name).collect();
    let of_entries = subject.catalog.entries.iter().map(|entry| (entry.name, names_of(entry)));
    let contexts = subject.catalog.contexts.iter().flat_map(|context| context.fields);
    let of_contexts = ("", contexts.map(|field| field.name).collect());
    let names = of_entries.chain([of_contexts]).collect();
    let mut question = Question { module, names, frames: Vec::new(), closes: Vec::new() };
    for check in checks {
        let frame = frame_of(made, subject, check);
        question.frames.extend(frame.map(|sent| sent.question()));
        if let Check::Batch(text) = check
            && is_readable_batch(text)
        {
            question.frames.push(serde_json::json!({ "batch": text }));
        }
        question.closes.extend(close_of(subject, check));
    }
    Ok(question)
}

/// Whether a client can read a text with several messages: none is packed.
fn is_readable_batch(text: &str) -> bool {
    let is_packed = |message: &str| message.starts_with("WITH ");
    !damage::is_read_differently(text) && !text.split(char::is_control).any(is_packed)
}

fn frame_of(made: &Made, subject: &Subject, check: &Check) -> Option<Sent> {
    let frame = match check {
        Check::Occurrence(what) => sent(made, subject, what),
        Check::Stranger(what) => stranger_frame(made, what),
        Check::Success(what) => success_frame(made, what),
        Check::Frame(sent) => Some(sent.clone()),
        Check::Apart(_) | Check::Batch(_) | Check::Close(..) | Check::Module => None,
    };
    frame.filter(|sent| {
        let text = match &sent.frame {
            Frame::Text(text) => Some(&**text),
            Frame::Binary(bytes) => std::str::from_utf8(bytes).ok(),
        };
        // Frames of an application's own encoding are unpacked before a client sees them.
        let is_packed_text =
            sent.data.is_none() && text.is_some_and(|text| text.starts_with("WITH "));
        is_readable_by_both(made, sent)
            && !is_packed_text
            && !text.is_some_and(damage::is_read_differently)
    })
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

/// Asks all readers, and does not wait for their answers.
///
/// # Errors
/// Where a module can't be exported; nothing is asked then.
pub(super) fn ask(
    readers: &mut [Reader],
    made: &Made,
    subject: &Subject,
    checks: &[Check],
) -> Result<(), String> {
    let questions: Result<Vec<Question>, String> =
        readers.iter().map(|reader| question(made, subject, checks, reader)).collect();
    readers.iter_mut().zip(questions?).for_each(|(reader, question)| reader.ask(&question));
    Ok(())
}

/// What all readers answer: what does not hold, each with its check.
pub(super) fn in_all(
    readers: &mut [Reader],
    made: &Made,
    subject: &Subject,
    checks: &[Check],
) -> Vec<(Check, Broken)> {
    let found = readers.iter_mut().flat_map(|reader| {
        let (language, answer) = (reader.language, reader.answer());
        in_both(made, subject, checks, language, answer)
    });
    found.collect()
}

/// What is looked at, in Rust and in another language: what does not hold, each with its check.
fn in_both(
    made: &Made,
    subject: &Subject,
    checks: &[Check],
    language: &'static str,
    answer: Answer,
) -> Vec<(Check, Broken)> {
    let property = |what: &str| -> &'static str { format!("Rust = {language}{what}").leak() };
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
            let client = Outcome::of_client(&error, |name| subject.catalog.entry(name));
            if !rust.is(&client) {
                let seen =
                    format!("{:?}\nRust       {rust:?}\n{language:10} {client:?}", sent.frame);
                found.push((
                    Check::Frame(sent),
                    Broken { property: property(&difference(&rust, &client, language)), seen },
                ));
            }
        }
        if let Check::Batch(text) = check
            && is_readable_batch(text)
        {
            let rust: Vec<Outcome> =
                subject.decoder().decode_all(text).iter().map(Outcome::of_rust).collect();
            let list = errors.next().unwrap_or_default();
            let client: Vec<Outcome> = list
                .as_array()
                .into_iter()
                .flatten()
                .map(|error| Outcome::of_client(error, |name| subject.catalog.entry(name)))
                .collect();
            let is_same = rust.len() == client.len()
                && rust.iter().zip(&client).all(|(one, other)| one.is(other));
            if !is_same {
                let seen = format!("{text:?}\nRust       {rust:?}\n{language:10} {client:?}");
                let property = property(", several messages");
                found.push((check.clone(), Broken { property, seen }));
            }
        }
        if let Some((code, reason)) = close_of(subject, check) {
            let rust = Outcome::of_rust_close(&subject.decoder().closed(code, &reason));
            let client = Outcome::of_client_close(&closes.next().unwrap_or_default());
            if rust.kind != client.kind {
                let seen =
                    format!("{code} {reason:?}\nRust       {rust:?}\n{language:10} {client:?}");
                let property = property(", closes");
                found.push((Check::Close(code, reason), Broken { property, seen }));
            }
        }
    }
    found
}

fn difference(rust: &Outcome, client: &Outcome, language: &str) -> String {
    let is_unknown = |outcome: &Outcome| outcome.kind.as_deref() == Some("$unknown");
    match (&rust.kind, &client.kind) {
        (one, other) if one == other => ", values".to_owned(),
        (None, Some(_)) => ": foreign to Rust".to_owned(),
        (Some(_), None) => format!(": foreign to {language}"),
        _ if is_unknown(rust) => ": unknown to Rust".to_owned(),
        _ if is_unknown(client) => format!(": unknown to {language}"),
        _ => ": another entry".to_owned(),
    }
}
