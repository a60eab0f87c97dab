//! The decoder.

use super::choice::Choice;
use super::closed::{Closed, Closes};
use super::group::{Group, groups};
use super::matching::Input;
use super::received::Decoded;
use super::scan::{Forms, Scan};
use crate::WsError;
use crate::catalog::Catalog;
use crate::wire::json::Json;

/// Tells which error a message or a close frame is.
///
/// It is made once for a catalog, and used for each message. A message is scanned first, which ends
/// at the first value that no error of the catalog can have there; only what may be an error is read
/// as a whole.
#[derive(Debug)]
pub struct Decoder {
    catalog: &'static Catalog,
    /// What the JSON frames of all groups have in common.
    scan: Scan,
    /// The groups that the scan can tell.
    scanned: Forms,
    json: Vec<Group>,
    text: Vec<Group>,
    closes: Closes,
}

impl Decoder {
    /// A decoder for the errors of a catalog.
    pub fn new(catalog: &'static Catalog) -> Self {
        let (json, text): (Vec<Group>, Vec<Group>) =
            groups(catalog).into_iter().partition(Group::is_json);
        let mut scan = Scan::default();
        let mut scanned = 0;
        for group in &json {
            scanned |= group.bit.unwrap_or(0);
            group.require(&mut scan);
        }
        Self { catalog, scan, scanned, json, text, closes: Closes::new(catalog) }
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
    pub fn decode(&self, text: &str) -> Decoded {
        let mut choice = Choice::default();
        let scanned = self.scan.run(self.scanned, text);
        let mut groups = self
            .json
            .iter()
            .filter(|group| group.bit.is_none_or(|bit| scanned & bit != 0))
            .peekable();
        if groups.peek().is_some()
            && let Ok(json) = Json::parse(text)
        {
            groups.for_each(|group| group.consider(Input::Json(&json), &mut choice));
        }
        for group in self.text.iter().filter(|group| group.can_be(text)) {
            group.consider(Input::Text(text), &mut choice);
        }
        choice.decoded(self.catalog)
    }

    /// The same decoder, which reads every JSON message as a whole.
    #[cfg(test)]
    pub(super) fn without_scan(mut self) -> Self {
        self.json.iter_mut().for_each(|group| group.bit = None);
        self
    }

    /// What the end of a connection means: `code` as the close event has it (1005 where the frame
    /// had no status, 1006 where there was no frame), and the reason, empty where there is none.
    pub fn closed(&self, code: u16, reason: &str) -> Closed {
        self.closes.closed(self.catalog, code, reason)
    }
}
