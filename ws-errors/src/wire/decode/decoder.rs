//! The decoder.

use super::choice::Choice;
use super::closed::{Closed, Closes};
use super::group::{Group, groups};
use super::matching::Input;
use super::received::Decoded;
use super::scan::{FORMS, Forms, Scan};
use crate::WsError;
use crate::catalog::Frame;
use crate::catalog::{Catalog, Format};
use crate::wire::json::Json;
use crate::wire::pack::{undo, unpack};

/// Tells which error a message or a close frame is.
///
/// It is made once for a catalog, and used for each message. A message is scanned first, which ends
/// at the first value that no error of the catalog can have there; only what may be an error is read
/// as a whole.
#[derive(Debug)]
pub struct Decoder {
    catalog: &'static Catalog,
    json: Vec<Scanned>,
    text: Vec<Group>,
    /// Groups whose frames are not text as it is.
    packed: Vec<Group>,
    closes: Closes,
}

/// Groups whose frames are JSON, as many as one scan can tell apart.
#[derive(Debug)]
struct Scanned {
    scan: Scan,
    forms: Forms,
    groups: Vec<(Forms, Group)>,
}

impl Decoder {
    /// A decoder for the errors of a catalog.
    pub fn new(catalog: &'static Catalog) -> Self {
        let mut decoder = Self {
            catalog,
            json: Vec::new(),
            text: Vec::new(),
            packed: Vec::new(),
            closes: Closes::new(catalog),
        };
        for group in groups(catalog) {
            decoder.add(group);
        }
        decoder
    }

    fn add(&mut self, group: Group) {
        if !matches!(group.format, Format::Json | Format::Text) {
            self.packed.push(group);
            return;
        }
        let Some(pattern) = group.json() else {
            self.text.push(group);
            return;
        };
        let mut scanned = match self.json.pop() {
            Some(last) if last.groups.len() < FORMS => last,
            last => {
                self.json.extend(last);
                Scanned { scan: Scan::default(), forms: 0, groups: Vec::new() }
            }
        };
        let form = 1 << scanned.groups.len();
        scanned.scan.require(form, pattern);
        scanned.forms |= form;
        scanned.groups.push((form, group));
        self.json.push(scanned);
    }

    /// A decoder for the errors of an enum.
    pub fn of<E: WsError>() -> Self {
        Self::new(E::catalog())
    }

    /// The catalog.
    pub const fn catalog(&self) -> &'static Catalog {
        self.catalog
    }

    /// What a text frame is. Whatever the text is, it never fails: what is no error of this API is
    /// [`Decoded::Foreign`].
    ///
    /// An entry is told by its code. Where it has none, or several shapes match, the one with the
    /// most matching constants counts, and then the one that explains the most members. Members that
    /// no shape has are passed over, but for an envelope that has nothing constant and a code that
    /// is not known: there, any message with such a member is ordinary traffic.
    ///
    /// A message with a known code that lacks something of the entry, or has a value of another type
    /// in it, is [`Decoded::Unknown`] with its code as it came: who handles an entry may rely on its
    /// fields. Whether it is recoverable may be otherwise. Types are those of the fields' JSON
    /// Schemas, and so of types that have one and with the feature `schemars`; without it the values
    /// are only there, and [`Received::value`](super::Received::value) tells whether they are of a
    /// type. The generated TypeScript goes by the same rule.
    pub fn decode(&self, text: &str) -> Decoded {
        let mut choice = Choice::default();
        let mut json = None;
        for Scanned { scan, forms, groups } in &self.json {
            let forms = scan.run(*forms, text);
            if forms != 0
                && let Ok(json) = json.get_or_insert_with(|| Json::parse(text))
            {
                for (_, group) in groups.iter().filter(|(form, _)| forms & form != 0) {
                    group.consider(Input::Json(json), &mut choice);
                }
            }
        }
        for group in self.text.iter().filter(|group| group.can_be(text)) {
            group.consider(Input::Text(text), &mut choice);
        }
        let with = |group: &&Group| matches!(group.format, Format::With(_));
        for group in self.packed.iter().filter(with) {
            if let Some(json) = undo(&group.format, &Frame::Text(text.to_owned().into())) {
                group.consider(Input::Json(&json), &mut choice);
            }
        }
        choice.decoded(self.catalog)
    }

    /// What a binary frame is: of envelopes that are `binary(…)`, `msgpack(…)`, `cbor(…)`, or
    /// `with(…)` a decoder of the application's own. It never fails either.
    pub fn decode_binary(&self, bytes: &[u8]) -> Decoded {
        let mut choice = Choice::default();
        for group in &self.packed {
            if group.json().is_some() {
                if let Some(json) = unpack(&group.format, bytes) {
                    group.consider(Input::Json(&json), &mut choice);
                }
            } else if let Ok(text) = std::str::from_utf8(bytes) {
                group.consider(Input::Text(text), &mut choice);
            }
        }
        choice.decoded(self.catalog)
    }

    /// The same of a value that is part of a frame.
    pub(super) fn decode_value(&self, json: &Json<'_>) -> Decoded {
        let mut choice = Choice::default();
        for (_, group) in self.json.iter().flat_map(|scanned| &scanned.groups) {
            group.consider(Input::Json(json), &mut choice);
        }
        choice.decoded(self.catalog)
    }

    /// The constant texts with which frames end that are not JSON alone.
    pub(super) fn terminators(&self) -> impl Iterator<Item = &str> {
        self.text.iter().filter_map(Group::terminator)
    }

    /// The same decoder, which reads every JSON message as a whole.
    #[cfg(test)]
    pub(super) fn without_scan(mut self) -> Self {
        self.json.iter_mut().for_each(|scanned| scanned.scan = Scan::default());
        self
    }

    /// What the end of a connection means: `code` as the close event has it (1005 where the frame
    /// had no status, 1006 where there was no frame), and the reason, empty where there is none.
    pub fn closed(&self, code: u16, reason: &str) -> Closed {
        self.closes.closed(self.catalog, code, reason)
    }
}
