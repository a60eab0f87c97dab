//! What is wrong, in words.

use super::unique::same;
use super::{Mistake, Named};
use crate::catalog::{Code, Slot};

/// The most bytes that a message may have.
const MOST: usize = 640;

/// A text that is made in a constant.
pub(super) struct Words {
    bytes: [u8; MOST],
    length: usize,
}

impl Words {
    const fn new() -> Self {
        Self { bytes: [0; MOST], length: 0 }
    }

    /// A piece for which there is no room is left out as a whole.
    const fn push(mut self, text: &str) -> Self {
        let text = text.as_bytes();
        if text.len() > MOST - self.length {
            return self;
        }
        let mut index = 0;
        while index < text.len() {
            self.bytes[self.length] = text[index];
            self.length += 1;
            index += 1;
        }
        self
    }

    const fn number(self, number: i64) -> Self {
        let mut digits = [0; 20];
        let mut start = digits.len();
        let mut rest = number.unsigned_abs();
        loop {
            start -= 1;
            digits[start] = b'0' + (rest % 10) as u8;
            rest /= 10;
            if rest == 0 {
                break;
            }
        }
        let signed = if number < 0 { self.push("-") } else { self };
        match std::str::from_utf8(digits.split_at(start).1) {
            Ok(digits) => signed.push(digits),
            Err(_) => signed,
        }
    }

    /// "`Full` of the catalog `rooms`".
    const fn named(self, named: Named) -> Self {
        self.push("`")
            .push(named.entry.variant)
            .push("` of the catalog `")
            .push(named.catalog)
            .push("`")
    }

    const fn code(self, code: Code) -> Self {
        match code {
            Code::Number(number) => self.number(number),
            Code::Text(text) => self.push("\"").push(text).push("\""),
            Code::None | Code::Field(_) => self,
        }
    }

    const fn slot(self, slot: Slot) -> Self {
        match slot {
            Slot::Code => self.push("code"),
            Slot::Name => self.push("name"),
            Slot::Message => self.push("message"),
            Slot::Details => self.push("details"),
            Slot::Recoverable => self.push("recoverable"),
            Slot::RetryAfter => self.push("retry_after"),
            Slot::Close => self.push("close"),
            Slot::Reason => self.push("reason"),
            Slot::Fields => self.push("self"),
            Slot::Set(name) => self.push("set.").push(name),
            Slot::Field(name) => self.push("self.").push(name),
            Slot::Context(name) => self.push("cx.").push(name),
        }
    }

    /// The text.
    pub(super) const fn as_str(&self) -> &str {
        match std::str::from_utf8(self.bytes.split_at(self.length).0) {
            Ok(text) => text,
            Err(_) => "`transparent`: this catalog does not go together with the rest",
        }
    }
}

const fn same_code(one: Code, other: Code) -> bool {
    match (one, other) {
        (Code::Number(one), Code::Number(other)) => one == other,
        (Code::Text(one), Code::Text(other)) => same(one, other),
        (Code::None, Code::None) | (Code::Field(_), Code::Field(_)) => true,
        _ => false,
    }
}

/// The words for a mistake.
pub(super) const fn of(mistake: &Mistake) -> Words {
    let words = Words::new();
    match *mistake {
        Mistake::Name(this, that) => words
            .push("`transparent`: the name `")
            .push(this.entry.name)
            .push("` of ")
            .named(this)
            .push(" is that of ")
            .named(that)
            .push(" as well; give one of the two another: `name = \"…\"`"),
        Mistake::Close(this, that) => words
            .push("`transparent`: a client can't tell the close of ")
            .named(this)
            .push(" from that of ")
            .named(that)
            .push("; give one of the two another code or reason, or say why they may look the same: `alike = \"…\"`"),
        Mistake::Message(this, that) => words
            .push("`transparent`: a client can't tell the message of ")
            .named(this)
            .push(" from that of ")
            .named(that)
            .push(if same_code(this.entry.code, that.entry.code) {
                "; give one of the two another `code`, or tell the catalogs apart by a constant, `transparent, set(from = \"…\")`, that the envelope has as `set.from`"
            } else {
                "; put `code` into the envelope"
            }),
        Mistake::Retired(this, catalog, why) => words
            .push("`transparent`: the code ")
            .code(this.entry.code)
            .push(" of ")
            .named(this)
            .push(" was retired by the catalog `")
            .push(catalog)
            .push("`, and may not be used again: ")
            .push(why)
            .push("; use another"),
        Mistake::RetiredClose(this, code, catalog, why) => words
            .push("`transparent`: the close code ")
            .number(code as i64)
            .push(" of ")
            .named(this)
            .push(" was retired by the catalog `")
            .push(catalog)
            .push("`, and may not be used again: ")
            .push(why)
            .push("; use another"),
        Mistake::Success(this, catalog) => words
            .push("`transparent`: the code ")
            .code(this.entry.code)
            .push(" of ")
            .named(this)
            .push(" is no error: the catalog `")
            .push(catalog)
            .push("` has it in `success(…)`; use another"),
        Mistake::Missing(this, slot) => words
            .push("`")
            .slot(slot)
            .push("` must be there, and ")
            .named(this)
            .push(" has none; leave it out where it is nothing, `\"key\"?: …`, or give a default, `?? …`"),
        Mistake::Quiet(this) => words
            .push("`message` is the `Display` text of ")
            .named(this)
            .push(", which is internal or has a source, so that text is not for the client; give it a text of its own there, `message = \"…\"`, or take `message` out of the envelope"),
        Mistake::Unnamed(this, slot) => words
            .push("`..")
            .slot(slot)
            .push("` splices named fields, and those of ")
            .named(this)
            .push(" have no names; write `\"key\": details`"),
        Mistake::Key(this, key) => words
            .push("the key \"")
            .push(key)
            .push("\" is in the envelope already, and a field of ")
            .named(this)
            .push(" has it, too; use another key, or write `\"key\": details`"),
        Mistake::Wide(this, field) => words
            .push("the field `")
            .push(field)
            .push("` of ")
            .named(this)
            .push(" is an integer of 64 bits, which does not survive `JSON.parse` in JavaScript: write `self.")
            .push(field)
            .push(" as string`, or keep it out of the envelope"),
        Mistake::Wait(this, field) => words
            .push("the client never sees the field `")
            .push(field)
            .push("` of ")
            .named(this)
            .push(", by which it is to wait; put `retry_after`, `details` or `self.")
            .push(field)
            .push("` into the envelope, `\"key\"?: …` where others lack it"),
        Mistake::Nobody(slot) => words
            .push("`")
            .slot(slot)
            .push("`: no variant here has it, and no entry of the catalogs that are nested"),
        Mistake::Kinds(this, that) => words
            .push("`code`: in a string a number and a text look the same, and the code of ")
            .named(this)
            .push(" is a number, that of ")
            .named(that)
            .push(" a text; write `code` outside of a string"),
        Mistake::Range(this, that, first, last) => words
            .push("`transparent`: the catalog `")
            .push(this)
            .push("` has another policy for the codes ")
            .number(first)
            .push("..=")
            .number(last)
            .push(" than the catalog `")
            .push(that)
            .push("`; let both say the same, or leave it to one"),
        Mistake::Unknown(this, that, what) => words
            .push("`transparent`: the catalogs `")
            .push(this)
            .push("` and `")
            .push(that)
            .push("` have different policies for codes that nobody declared; say here which it is: `")
            .push(what)
            .push("(unknown = …)`"),
        Mistake::Delivery(catalog, context, word) => {
            let words = words
                .push("`transparent`: in the context `")
                .push(context)
                .push("` the catalog `")
                .push(catalog);
            if word.is_empty() {
                words.push("` delivers each error as it is declared; take the delivery away from `envelope` here")
            } else {
                words
                    .push("` makes `")
                    .push(word)
                    .push("` of a close; say so here: `envelope(")
                    .push(context)
                    .push(", ")
                    .push(word)
                    .push(") = transparent`")
            }
        }
    }
}
