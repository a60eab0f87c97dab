//! The decoder.

use super::candidates::{OfJson, OfText};
use super::closed::Closed;
use super::matching::{Matching, Texts};
use super::received::{Decoded, Received};
use super::scan::Forms;
use super::types::Types;
use crate::WsError;
use crate::catalog::{Catalog, Format, Frame, Retry};
use crate::wire::json::Json;
use crate::wire::pack::{undo, unpack};
use ws_errors_core::reading::{Class, Plan, Reading};

/// Identifies the error that a message or a close frame is.
///
/// It is made once for a catalog, and used for each message. A message is scanned first, which ends
/// at the first value that no error of the catalog can have there; only what may be an error is read
/// as a whole.
#[derive(Debug)]
pub struct Decoder {
    catalog: &'static Catalog,
    pub(super) plan: Plan,
    types: Option<Types>,
    json: Vec<OfJson>,
    text: OfText,
    binary_text: OfText,
}

/// A frame that is read: its text, and the JSON that it holds in a format.
struct Input<'a> {
    text: &'a str,
    json: Vec<(&'a OfJson, Json<'a>)>,
}

/// How a reading is tried.
struct Tried {
    /// Whether slots may end at a later separator than the first.
    again: bool,
    /// Whether what is read is kept at once. The first reading is nearly always the one; of those that
    /// don't match nothing is copied.
    keeping: bool,
}

impl Decoder {
    /// A decoder for the errors of a catalog.
    pub fn new(catalog: &'static Catalog) -> Self {
        Self::with_plan(catalog, Plan::of(catalog), false)
    }

    /// A decoder for the errors of an enum.
    pub fn of<E: WsError>() -> Self {
        Self::new(E::catalog())
    }

    /// The same decoder, which also checks the types of values: an entry is known only where its
    /// fields, and those of the context, are of the types that they have in Rust.
    ///
    /// Types are those of the fields' JSON Schemas, and so of types that have one, with the feature
    /// `schemars`. Without it, and of a type that has none, a value only has to be there.
    #[must_use]
    pub fn checking_types(self) -> Self {
        let plan = Plan::with_kinds(self.catalog, &crate::types::FieldTypes::code_kinds);
        Self::with_plan(self.catalog, plan, true)
    }

    fn with_plan(catalog: &'static Catalog, plan: Plan, checking_types: bool) -> Self {
        Self {
            catalog,
            types: checking_types.then(|| Types::of(&plan.types)),
            json: OfJson::all(&plan),
            text: OfText::of(&plan, false),
            binary_text: OfText::of(&plan, true),
            plan,
        }
    }

    /// The catalog.
    pub const fn catalog(&self) -> &'static Catalog {
        self.catalog
    }

    /// Reads a text frame. Whatever the text is, it never fails: what is no error of this API is
    /// [`Decoded::Foreign`].
    ///
    /// An entry is known by its code. Where it has none, the most specific reading counts: the one
    /// that requires the most constants, and then the most members. Members that no envelope shows
    /// are passed over, but where an envelope has nothing constant and the code is not known: there,
    /// any message with such a member is ordinary traffic. In the place of what may be absent,
    /// `null` is the same as absent.
    ///
    /// A message with a known code that lacks something of the entry is [`Decoded::Unknown`] with
    /// its code as it came: who handles an entry may rely on its fields being there. Whether they
    /// are of their types is looked at where [types are checked](Self::checking_types), and
    /// otherwise by [`Received::value`]. The generated TypeScript goes by the same rules.
    pub fn decode(&self, text: &str) -> Decoded {
        let mut input = Input { text, json: Vec::new() };
        let mut found = Vec::new();
        for readings in &self.json {
            match readings.format {
                Format::Json | Format::Text => {
                    let forms = readings.scan(text);
                    if forms != 0
                        && let Ok(json) = Json::parse(text)
                    {
                        readings.find(&self.plan, &json, forms, &mut found);
                        input.json.push((readings, json));
                    }
                }
                Format::With(_) => {
                    let frame = Frame::Text(text.to_owned().into());
                    self.find(readings, undo(&readings.format, &frame), &mut input, &mut found);
                }
                Format::Binary | Format::MessagePack(_) | Format::Cbor(_) => {}
            }
        }
        self.text.find(text, &mut found);
        self.read(&input, found)
    }

    /// Reads a binary frame: of envelopes that are `binary(…)`, `msgpack(…)`, `cbor(…)`, or
    /// `with(…)` a decoder of the application's own. It never fails either.
    pub fn decode_binary(&self, bytes: &[u8]) -> Decoded {
        let text = std::str::from_utf8(bytes);
        let mut input = Input { text: text.unwrap_or_default(), json: Vec::new() };
        let mut found = Vec::new();
        for readings in &self.json {
            let json = unpack(&readings.format, bytes);
            self.find(readings, json, &mut input, &mut found);
        }
        if let Ok(text) = text {
            self.binary_text.find(text, &mut found);
        }
        self.read(&input, found)
    }

    /// What JSON is that is part of a text.
    pub(super) fn decode_value(&self, json: Json<'_>) -> Decoded {
        let mut input = Input { text: "", json: Vec::new() };
        let mut found = Vec::new();
        if let Some(readings) = self.json.iter().find(|one| one.format == Format::Json) {
            self.find(readings, Some(json), &mut input, &mut found);
        }
        self.read(&input, found)
    }

    fn find<'j>(
        &'j self,
        readings: &'j OfJson,
        json: Option<Json<'j>>,
        input: &mut Input<'j>,
        found: &mut Vec<usize>,
    ) {
        if let Some(json) = json {
            readings.find(&self.plan, &json, Forms::MAX, found);
            input.json.push((readings, json));
        }
    }

    /// Whether JSON that is part of a text may be an error, as far as a scan sees.
    pub(super) fn can_be(&self, text: &str) -> bool {
        let mut json = self.json.iter().filter(|readings| readings.format == Format::Json);
        json.any(|readings| readings.scan(text) != 0)
    }

    /// The first of these readings that the frame has. Slots end at the first separator, and only
    /// where nothing of a class can be read so, at a later one.
    fn read(&self, input: &Input<'_>, mut found: Vec<usize>) -> Decoded {
        if found.is_empty() {
            return Decoded::Foreign;
        }
        found.sort();
        let texts = Texts::default();
        let readings = found.iter().filter_map(|index| self.plan.readings.get(*index));
        for (index, (reading, again)) in Plan::tries(readings).enumerate() {
            let tried = Tried { again, keeping: index == 0 };
            if let Some(decoded) = self.try_to_read(reading, input, &texts, tried) {
                return decoded;
            }
        }
        Decoded::Foreign
    }

    fn try_to_read(
        &self,
        reading: &Reading,
        input: &Input<'_>,
        texts: &Texts,
        Tried { again, keeping }: Tried,
    ) -> Option<Decoded> {
        let json = input.json.iter().find(|(readings, _)| readings.has(reading));
        let json = json.map(|(_, json)| json);
        let matching = |keeping: bool| {
            let mut matching = self.matching(texts, reading.closed, again, keeping);
            matching.reading(reading, json, input.text).then_some(matching)
        };
        let mut matched = matching(keeping)?;
        if reading.class == Class::Success {
            return Some(Decoded::Foreign);
        }
        if !keeping {
            matched = matching(true)?;
        }
        let received = Received::of(self.catalog(), reading, matched.into_kept());
        Some(match reading.entry {
            Some(entry) => Decoded::Known(entry, received),
            None => Decoded::Unknown(received),
        })
    }

    pub(super) fn matching<'m>(
        &'m self,
        texts: &'m Texts,
        closed: bool,
        again: bool,
        keeping: bool,
    ) -> Matching<'m> {
        Matching {
            plan: &self.plan,
            types: self.types.as_ref(),
            texts,
            closed,
            again,
            tries: 0,
            kept: keeping.then(Vec::new),
        }
    }

    /// The constant texts with which frames end that are not JSON alone.
    pub(super) fn terminators(&self) -> impl Iterator<Item = &str> {
        self.plan.readings.iter().filter_map(Reading::terminator)
    }

    /// The same decoder, which reads every JSON message as a whole.
    #[cfg(test)]
    pub(super) fn without_scan(mut self) -> Self {
        self.json.iter_mut().for_each(OfJson::without_scan);
        self
    }

    /// Returns what a client may do after its connection ended so: the policy of the entry, or the one for
    /// close codes that nobody declared. [`Catalog::retry_lost`] is for a connection that failed.
    pub fn retry_closed(&self, code: u16, reason: &str) -> &'static Retry {
        match self.closed(code, reason) {
            Closed::Known(entry, _) => self.catalog.retry(entry),
            Closed::Unknown { retry, .. } => retry,
        }
    }
}
