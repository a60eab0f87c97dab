//! How a frame becomes an error again: the reading plan, data in no language.
//!
//! A [`Plan`] is made once from a catalog. It lists what the frames of each entry look like in each
//! context ([`Reading`]), and what an error looks like that nobody declared. Rust interprets it, and
//! the readers of other languages are printed from it: none of them decides anything by itself.
//!
//! # The order
//!
//! The order is fixed when the plan is made, and the first reading that matches counts:
//!
//! 1. readings of a declared code; then what is no error because its code means success; then entries
//!    without a declared code, catch-alls and unknown codes; then the unknown without a code
//!    ([`Class`]);
//! 2. what requires more constants: a code that is open counts as one, however often it stands there,
//!    and all characters of one string as one together; then what has more constant characters;
//! 3. an entry before the unknown; then what requires more members; then an entry with a code of its own
//!    before a catch-all; then what has more constant characters in a message that is compared; then what
//!    shows more members; then the order in which contexts and entries are declared;
//! 4. JSON before a text of its class that takes whatever is written as that JSON.
//!
//! A class is tried twice. First each slot in a string ends at the next literal of the template; only
//! where no reading of the class matches so, it may end at a later one: from the left, with what has
//! failed remembered, [`MAX_TRIES`] ends for each reading, and in texts of at most [`MAX_RETRIED`]
//! bytes. Literals with nothing behind them end the text, and so stand where they stand last.
//!
//! # The rules
//!
//! **Codes.** A declared code is never a catch-all's, and a catch-all takes no declared code, whatever
//! its envelope. A message with a declared code that lacks something of its entry, or has a value
//! that can't be there, is unknown with that code: it is no other entry, and no ordinary traffic.
//!
//! **Shared codes.** Entries with one code, or without one, whose frames can be the same otherwise are
//! known by their messages: these are compared then, and a text that none of them has is unknown. No
//! other message is compared, so that a text can be reworded.
//!
//! **The unknown.** An error that nobody declared has every constant of an envelope, and a code of a
//! type that the codes have; nothing else is required of it. In JSON a constant that differs between
//! the entries is open to it. A text frame has nothing but its words: one that no entry has makes it
//! no error. Where an envelope carries no code, what it requires is required of the unknown, too.
//!
//! **Ordinary traffic is no error.** An envelope without a required constant tolerates no members that
//! it doesn't show, and what nobody declared is never unknown by it without a code.
//!
//! **Slots in strings.** A frame that this crate wrote is always read, and as another entry only where
//! its values spell that entry's constants.
//!
//! **`null`.** In a place that may be left out, `null` is the same as nothing there. Elsewhere it is a
//! value.
//!
//! **Members and elements** that an envelope doesn't show are passed over in objects, and not in
//! arrays. Several messages in one frame are several readings. Whether an error is recoverable may be
//! any value in a member, whose key says what it is, and is a boolean in an array and in a string.
//!
//! **Success.** A code that the catalog names as success is no error's. What has the shape of an
//! envelope, and such a code, is no error by another envelope either.
//!
//! **Closes** are known by their code, and by the reason where several entries have it. A standard code
//! (1000–2999) is everybody's, so a declared reason is compared there, too, unless it is the name that the
//! registry has for the code, or is not stated and so the name of the entry.
//!
//! **Types.** Those of a field are of the JSON that is written. Whether they are checked is for the
//! caller to say; it takes time in proportion to the message.
//!
//! **JSON.** A string with half a surrogate pair is none (RFC 8259, section 8.2, leaves that open). Of a
//! number that no double holds (`1e400`) readers make different things (section 6): to Rust the
//! message is none, to JavaScript the number is infinite.
//!
//! **Depth.** What nests deeper than [`MAX_DEPTH`](crate::json::MAX_DEPTH) is no message, whatever the
//! format.

mod absent;
mod build;
mod closes;
mod differences;
mod entry;
mod exact;
mod json_first;
mod pattern;
mod plan;
mod rank;
#[cfg(test)]
mod tests;
mod told_apart;
mod undeclared;

pub use plan::{
    Capture, Class, CloseCodePattern, CloseReading, Codes, ElementPattern, FramePattern,
    MAX_RETRIED, MAX_TRIES, MemberPattern, Pattern, Plan, Reading, Segment, Step,
};
pub use told_apart::message_pattern;
