//! What a client saw, beside what the catalog says: a pure function.

use super::frame::{Difference, Error, Identified, Reader, add};
use super::report::{Finding, Outcome};
use super::seen::{End, Seen};
use crate::catalog::{Catalog, Delivery, Entry};
use crate::export::Values;
use crate::wire::{Closed, Decoded};
use crate::{Close, Frame, http};
use serde_json::Value;

/// What a scenario asks for.
#[derive(Debug, Clone, Default)]
pub(super) struct Expected {
    /// The entry.
    pub(super) entry: Option<&'static Entry>,
    /// Values of its fields.
    pub(super) fields: Vec<(String, Value)>,
    /// Values of the context.
    pub(super) context: Vec<(String, Value)>,
    /// How the connection ends, where more is asked for than what the catalog says.
    pub(super) closes: Option<Closes>,
}

/// The end that a connection has to have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closes {
    /// It stays.
    Never,
    /// By any close frame.
    Always,
    /// By a close frame with this code.
    With(u16),
}

/// Knows the catalog.
#[derive(Debug)]
pub(super) struct Judge {
    pub(super) catalog: &'static Catalog,
    reader: Reader,
    responses: http::Decoder,
}

/// An error that came as a message, and how it reaches the client in each context that its message may
/// have been sent in.
pub(super) struct Last<'a>(&'a Error, Vec<Delivery>);

impl Judge {
    /// `other_texts` where texts for clients may be others than the enum's.
    pub(super) fn new(catalog: &'static Catalog, other_texts: bool) -> Self {
        Self {
            catalog,
            reader: Reader::new(catalog, other_texts),
            responses: http::Decoder::new(catalog).checking_types(),
        }
    }

    /// The error that a message is.
    pub(super) fn error(&self, frame: &Frame, expected: Option<&Entry>) -> Option<Box<Error>> {
        match self.reader.identify(frame, expected) {
            Identified::Error(error) => Some(error),
            Identified::Traffic | Identified::Undeclared(_) => None,
        }
    }

    /// Whether a message says that something went wrong, declared or not.
    pub(super) fn is_error(&self, frame: &Frame) -> bool {
        !matches!(self.reader.identify(frame, None), Identified::Traffic)
    }

    /// An error as the last one before an end.
    pub(super) fn last<'a>(&self, error: &'a Error) -> Last<'a> {
        let deliveries = error.contexts.iter();
        let deliveries = deliveries.filter_map(|at| self.catalog.delivery(error.entry, *at));
        Last(error, deliveries.collect())
    }

    /// All that there is to say of what a client saw.
    pub(super) fn judge(&self, seen: &Seen, expected: &Expected) -> Vec<Finding> {
        let mut findings = Vec::new();
        let mut errors = Vec::new();
        for frame in &seen.frames {
            match self.reader.identify(frame, expected.entry) {
                Identified::Traffic => {}
                Identified::Undeclared(what) => {
                    let came = Some(super::frame::shown(frame));
                    let difference = Difference { what, due: None, came };
                    findings.push(Finding::new(None, Outcome::Undeclared, difference));
                }
                Identified::Error(error) => errors.push(error),
            }
        }
        for error in &errors {
            let difference = error.difference.clone().or_else(|| wrong_value(error, expected));
            findings.push(Finding::of(error.entry, Outcome::WrongFrame, difference));
        }
        let last = errors.last().map(|error| self.last(error));
        self.judge_end(&seen.end, last.as_ref(), expected, &mut findings);
        findings.extend(wrong_end(&seen.end, expected));
        if let Some(entry) = expected.entry
            && findings.iter().all(|finding| finding.entry != Some(entry.name))
        {
            let what = match &seen.end {
                End::Closed { code, reason } => {
                    format!("the connection was closed with {} instead", status(*code, reason))
                }
                _ => "nothing of it came".to_owned(),
            };
            findings.push(Finding::fault(Some(entry), Outcome::NotProvoked, what));
        }
        findings
    }

    fn judge_end(
        &self,
        end: &End,
        last: Option<&Last<'_>>,
        expected: &Expected,
        findings: &mut Vec<Finding>,
    ) {
        match end {
            End::Open => {
                if let Some(Last(error, _)) = last.filter(|last| last.has_to_close()) {
                    let what = "its close did not come, and the connection stays open".to_owned();
                    let due = error.values.close(error.entry).as_ref().map(shown);
                    let difference = Difference { what, due, came: None };
                    findings.push(Finding::new(Some(error.entry), Outcome::WrongClose, difference));
                }
            }
            End::Closed { code, reason } => {
                findings.extend(self.judge_close(*code, reason, last, expected));
            }
            End::Broken(why) => {
                let what = format!("the connection broke without a close frame: {why}");
                let is_lost = last.is_none_or(Last::has_to_close);
                let outcome = if is_lost { Outcome::Lost } else { Outcome::WrongClose };
                let entry = last.map(|last| last.0.entry).or(expected.entry);
                findings.push(Finding::fault(entry, outcome, what));
            }
            End::Flooded => {
                let what = "the server sends without end; no more of it was read".to_owned();
                findings.push(Finding::fault(None, Outcome::Undeclared, what));
            }
            End::Refused { .. } => findings.extend(self.judge_refusal(end, expected)),
        }
    }

    /// What a close frame says, behind the last error that was a message.
    fn judge_close(
        &self,
        code: u16,
        reason: &str,
        last: Option<&Last<'_>>,
        expected: &Expected,
    ) -> Option<Finding> {
        let closed = self.reader.closes().closed(code, reason);
        let came = status(code, reason);
        if let Some(Last(error, _)) = last.filter(|last| last.may_close()) {
            let mut values = error.values.clone();
            if let Closed::Known(entry, of_close) = &closed
                && entry.name == error.entry.name
            {
                add(&mut values, entry, of_close);
            }
            return self.compare_close(error.entry, &values, &came, last?.has_to_close());
        }
        let is_of_refusal = |last: &Last<'_>| shown(&Close::refusing(last.0.entry)) == came;
        if last.is_some_and(is_of_refusal) {
            return None;
        }
        match closed {
            Closed::Known(entry, of_close) if self.can_close_alone(entry) => {
                let mut values = Values::new();
                add(&mut values, entry, &of_close);
                let difference = self.compare_close(entry, &values, &came, true);
                Some(difference.unwrap_or_else(|| Finding::of(entry, Outcome::Provoked, None)))
            }
            Closed::Known(entry, _) if matches!(entry.delivery, Delivery::SoftThenClose(_)) => {
                let what = format!("its close came ({came}), and its message did not");
                Some(Finding::fault(Some(entry), Outcome::Lost, what))
            }
            // What the server never sends itself, such as 1001, is sent by what stands before it.
            Closed::Known(..) | Closed::Unknown { .. } => {
                let is_declared = closed.entry().is_some();
                let what = match is_declared {
                    true => "a close came that is not due",
                    false => "a close came that the catalog does not have",
                };
                let difference =
                    |due| Difference { what: what.to_owned(), due, came: Some(came.clone()) };
                let closes = |entry: &&Entry| entry.delivery.closing().is_some();
                match last.map(|last| last.0.entry).or(expected.entry.filter(closes)) {
                    Some(entry) => {
                        let due = Values::new().close(entry).as_ref().map(shown);
                        let due = due.unwrap_or_else(|| "the connection stays".to_owned());
                        let difference = difference(Some(due));
                        Some(Finding::new(Some(entry), Outcome::WrongClose, difference))
                    }
                    None if code >= 3000 && !is_declared => {
                        Some(Finding::new(None, Outcome::Undeclared, difference(None)))
                    }
                    None => None,
                }
            }
        }
    }

    /// Whether an entry may be a close frame without a message before it, in any context.
    fn can_close_alone(&self, entry: &Entry) -> bool {
        let is_close = |delivery| match delivery {
            Delivery::Close(_) => true,
            Delivery::Rejected { close, .. } => close.is_some(),
            _ => false,
        };
        let contexts = 0..self.catalog.contexts.len();
        is_close(entry.delivery)
            || contexts.filter_map(|at| self.catalog.delivery(entry, at)).any(is_close)
    }

    fn compare_close(
        &self,
        entry: &'static Entry,
        values: &Values,
        came: &str,
        has_to_close: bool,
    ) -> Option<Finding> {
        let due = values.close(entry).as_ref().map(shown);
        if due.as_deref() == Some(came) {
            return None;
        }
        let what = match has_to_close {
            true => "another close came than the one that is due".to_owned(),
            false => "a close came that is not due".to_owned(),
        };
        let difference = Difference { what, due, came: Some(came.to_owned()) };
        Some(Finding::new(Some(entry), Outcome::WrongClose, difference))
    }

    /// What an answer says that refuses the handshake.
    fn judge_refusal(&self, end: &End, expected: &Expected) -> Option<Finding> {
        let End::Refused { status, retry_after, body, is_whole } = end else { return None };
        let came = Some(format!("{status} {body}").trim_end().to_owned());
        let decoded = self.responses.decode(*status, body, retry_after.as_deref()).error;
        if let Decoded::Known(entry, received) = &decoded {
            // A catalog of responses has entries of its own.
            let entry = self.catalog.entry(entry.name)?;
            let difference = self.reader.body_difference(body, entry, received);
            let difference = difference.filter(|_| *is_whole);
            return Some(Finding::of(entry, Outcome::WrongFrame, difference));
        }
        let is_refused = |entry: &&Entry| {
            matches!(entry.delivery, Delivery::Rejected { .. })
                && entry.http_form().status == *status
        };
        let mut refused = self.catalog.entries.iter().filter(is_refused);
        if let Some(entry) = expected.entry {
            let what = "the handshake was refused in another way".to_owned();
            let due = Some(entry.http_form().status.to_string());
            let difference = (!is_refused(&entry)).then_some(Difference { what, due, came });
            return Some(Finding::of(entry, Outcome::WrongFrame, difference));
        }
        Some(match refused.next() {
            Some(entry) => Finding::of(entry, Outcome::Provoked, None),
            None => {
                let what = "the handshake was refused as the catalog does not say".to_owned();
                Finding::new(None, Outcome::Undeclared, Difference { what, due: None, came })
            }
        })
    }
}

impl Last<'_> {
    /// Whether a close has to follow in each context.
    pub(super) fn has_to_close(&self) -> bool {
        !self.1.is_empty() && self.1.iter().all(|delivery| delivery.closing().is_some())
    }

    /// Whether a close follows in some context.
    fn may_close(&self) -> bool {
        self.1.iter().any(|delivery| delivery.closing().is_some())
    }
}

/// A value that differs from what the scenario asks for.
fn wrong_value(error: &Error, expected: &Expected) -> Option<Difference> {
    if expected.entry.is_none_or(|entry| entry.name != error.entry.name) {
        return None;
    }
    let fields = expected.fields.iter().map(|wanted| ("field", wanted, &error.fields));
    let context =
        expected.context.iter().map(|one| ("context's value", one, &error.context_values));
    fields.chain(context).find_map(|(kind, (name, wanted), found)| {
        let found = found.get(name).unwrap_or(&Value::Null);
        (found != wanted).then(|| Difference {
            what: format!("the {kind} `{name}` differs from what the scenario asks for"),
            due: Some(wanted.to_string()),
            came: Some(found.to_string()),
        })
    })
}

/// An end that differs from what the scenario asks for.
fn wrong_end(end: &End, expected: &Expected) -> Option<Finding> {
    let closes = expected.closes?;
    let is_so = match (closes, end) {
        (Closes::Never, End::Open) | (Closes::Always, End::Closed { .. }) => true,
        (Closes::With(wanted), End::Closed { code, .. }) => *code == wanted,
        _ => false,
    };
    let due = match closes {
        Closes::Never => "the connection stays".to_owned(),
        Closes::Always => "a close frame".to_owned(),
        Closes::With(code) => code.to_string(),
    };
    let came = match end {
        End::Closed { code, reason } => status(*code, reason),
        End::Open => "the connection stays".to_owned(),
        End::Broken(why) => why.clone(),
        End::Flooded => "messages without end".to_owned(),
        End::Refused { status, .. } => format!("the handshake is refused with {status}"),
    };
    let what = "the end differs from what the scenario asks for".to_owned();
    let difference = Difference { what, due: Some(due), came: Some(came) };
    (!is_so).then(|| Finding::new(expected.entry, Outcome::WrongClose, difference))
}

/// A close frame as it is shown to people.
fn shown(close: &Close) -> String {
    let code = close.code().map_or(ws_errors_core::close_code::NO_STATUS, |code| code.get());
    status(code, close.reason())
}

fn status(code: u16, reason: &str) -> String {
    match reason {
        "" => code.to_string(),
        reason => format!("{code} {reason:?}"),
    }
}
