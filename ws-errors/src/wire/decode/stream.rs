//! The first step: which forms a message can still have, found while it is gone through.
//!
//! Ordinary traffic ends here, at the first value that no form allows. Nothing is built, and what no
//! form shows is passed over: whether it is JSON is for the second step to say.

use serde_json::Number;

use super::same::is_same_number;
use super::scan::{Forms, Scan};
use ws_errors_core::escape::plain_length;
use ws_errors_core::json::{Json as Constant, Kinds};

impl Scan {
    /// Those of the forms that the JSON at the beginning of the text can have. What follows it is
    /// not looked at.
    pub(super) fn run(&self, forms: Forms, text: &str) -> Forms {
        let mut reader = Reader { rest: text.as_bytes(), forms };
        reader.value(self).map_or(0, |()| reader.forms)
    }
}

/// Reads as long as there is a form; `None` is that there is none.
struct Reader<'t> {
    rest: &'t [u8],
    forms: Forms,
}

/// What stands between the quotes of a string.
struct Quoted<'t> {
    bytes: &'t [u8],
    is_escaped: bool,
}

impl<'t> Reader<'t> {
    /// Keeps only these forms.
    fn keep(&mut self, forms: Forms) -> Option<()> {
        self.forms &= forms;
        (self.forms != 0).then_some(())
    }

    fn value(&mut self, scan: &Scan) -> Option<()> {
        match self.peek()? {
            b'{' => self.object(scan),
            b'[' => self.array(scan),
            b'"' => self.text(scan),
            _ => self.word(scan),
        }
    }

    fn text(&mut self, scan: &Scan) -> Option<()> {
        let Quoted { bytes, is_escaped } = self.quoted()?;
        self.keep(scan.of_kind(Kinds::STRING))?;
        // One text can be escaped in several ways.
        self.keep(scan.of_constant(|constant| match constant {
            Constant::String(text) => is_escaped || text.as_bytes() == bytes,
            _ => false,
        }))
    }

    /// A number, `true`, `false` or `null`.
    fn word(&mut self, scan: &Scan) -> Option<()> {
        let (kind, constant) = match self.unquoted() {
            b"null" => (Kinds::NULL, Constant::Null),
            b"true" => (Kinds::BOOL, Constant::Bool(true)),
            b"false" => (Kinds::BOOL, Constant::Bool(false)),
            number => return self.number(scan, number),
        };
        self.keep(scan.of_kind(kind) & scan.of_constant(|other| *other == constant))
    }

    fn number(&mut self, scan: &Scan, digits: &[u8]) -> Option<()> {
        self.keep(scan.of_kind(Kinds::NUMBER))?;
        let number: Number = std::str::from_utf8(digits).ok()?.parse().ok()?;
        self.keep(scan.of_constant(
            |constant| matches!(constant, Constant::Number(other) if is_same_number(*other, &number)),
        ))
    }

    fn array(&mut self, scan: &Scan) -> Option<()> {
        self.keep(scan.of_kind(Kinds::ARRAY))?;
        let mut elements = scan.elements.iter();
        let mut is_open = self.open(b']')?;
        while is_open {
            match elements.next() {
                Some(element) => {
                    self.value(&element.place)?;
                    self.keep(!scan.arrays | element.present)?;
                }
                None => {
                    self.skip()?;
                    self.keep(!scan.arrays)?;
                }
            }
            is_open = self.go_on(b']')?;
        }
        // Those behind the first that is missing are missing, too.
        self.keep(elements.next().map_or(Forms::MAX, |element| !element.required))
    }

    fn object(&mut self, scan: &Scan) -> Option<()> {
        self.keep(scan.of_kind(Kinds::OBJECT))?;
        let mut seen: u64 = 0;
        let mut is_open = self.open(b'}')?;
        while is_open {
            let Quoted { bytes: key, is_escaped } = self.quoted()?;
            self.pass(b':')?;
            let mut members = (0..).zip(&scan.members);
            match members.find(|(_, member)| member.key.as_bytes() == key) {
                Some((index, member)) => {
                    // More members than bits: the others are looked at in the second step.
                    seen |= 1_u64.checked_shl(index).unwrap_or(0);
                    self.value(&member.place)?;
                }
                None => {
                    // It may be any of them.
                    if is_escaped {
                        seen = u64::MAX;
                    }
                    self.skip()?;
                }
            }
            is_open = self.go_on(b'}')?;
        }
        let missing = (0..u64::BITS).zip(&scan.members).filter(|(index, _)| seen >> index & 1 == 0);
        let required = missing.fold(0, |forms, (_, member)| forms | member.required);
        self.keep(!required)
    }

    /// Passes over a value. Which bracket closes which is not looked at.
    fn skip(&mut self) -> Option<()> {
        let mut depth = 0_usize;
        match self.peek()? {
            b'"' => return self.quoted().map(drop),
            b'{' | b'[' => {}
            _ => {
                self.unquoted();
                return Some(());
            }
        }
        loop {
            let is_wanted = |byte: &u8| matches!(byte, b'"' | b'{' | b'[' | b'}' | b']');
            let at = self.rest.iter().position(is_wanted)?;
            self.rest = &self.rest[at..];
            match self.rest[0] {
                b'"' => {
                    self.quoted()?;
                    continue;
                }
                b'{' | b'[' => depth += 1,
                _ => depth -= 1,
            }
            self.rest = &self.rest[1..];
            if depth == 0 {
                return Some(());
            }
        }
    }

    /// The next byte that is no white space.
    #[inline]
    fn peek(&mut self) -> Option<u8> {
        while let [b' ' | b'\t' | b'\n' | b'\r', rest @ ..] = self.rest {
            self.rest = rest;
        }
        self.rest.first().copied()
    }

    /// Passes over this byte.
    #[inline]
    fn pass(&mut self, byte: u8) -> Option<()> {
        (self.peek()? == byte).then(|| self.rest = &self.rest[1..])
    }

    /// Goes behind the bracket that opens a list, and returns whether anything is in it.
    fn open(&mut self, close: u8) -> Option<bool> {
        self.rest = self.rest.get(1..)?;
        let is_empty = self.peek()? == close;
        if is_empty {
            self.pass(close)?;
        }
        Some(!is_empty)
    }

    /// Goes behind what follows a value in a list, and returns whether another follows.
    fn go_on(&mut self, close: u8) -> Option<bool> {
        let next = self.peek()?;
        self.rest = &self.rest[1..];
        (next == close || next == b',').then_some(next != close)
    }

    fn quoted(&mut self) -> Option<Quoted<'t>> {
        self.pass(b'"')?;
        let text = self.rest;
        let mut end = 0;
        let mut is_escaped = false;
        loop {
            end += plain_length(text.get(end..)?);
            match text.get(end)? {
                b'"' => break,
                b'\\' => end += 2,
                _ => return None,
            }
            is_escaped = true;
        }
        self.rest = &text[end + 1..];
        Some(Quoted { bytes: &text[..end], is_escaped })
    }

    /// What stands before the next byte that ends a value without quotes.
    fn unquoted(&mut self) -> &'t [u8] {
        let is_end = |byte: &u8| matches!(byte, b',' | b']' | b'}' | b' ' | b'\t' | b'\n' | b'\r');
        let length = self.rest.iter().position(is_end).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(length);
        self.rest = rest;
        word
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ws_errors_core::reading::{ElementPattern, MemberPattern, Pattern};

    /// The pattern of a constant, whose objects are open.
    fn of(json: Constant) -> Pattern {
        match json {
            Constant::Object(members) => Pattern::Object(
                members
                    .into_iter()
                    .map(|(key, value)| MemberPattern { key, optional: false, value: of(value) })
                    .collect(),
            ),
            Constant::Array(elements) => Pattern::Array(
                elements
                    .into_iter()
                    .map(|value| ElementPattern {
                        optional: false,
                        spliced: false,
                        value: of(value),
                    })
                    .collect(),
            ),
            scalar => Pattern::Constant(scalar),
        }
    }

    fn scan() -> Scan {
        let mut scan = Scan::default();
        for (form, json) in [
            (1, r#"{"type":"error","data":{"code":1}}"#),
            (2, r#"{"type":"failure"}"#),
            (4, r#"[4,"x"]"#),
        ] {
            scan.require(form, &of(Constant::parse(json).unwrap()));
        }
        scan
    }

    #[test]
    fn only_forms_whose_constants_are_there_stay() {
        let scan = scan();
        for (text, forms) in [
            (r#"{"type":"error","data":{"code":1}}"#, 1),
            (r#"{"new":[{}],"data":{"code":1.0,"new":2},"type":"error"}"#, 1),
            (r#"{"type":"error","data":{"code":2}}"#, 0),
            (r#"{"type":"error","data":1}"#, 0),
            (r#"{"type":"error"}"#, 0),
            (r#"{"type":"failure","data":1}"#, 2),
            (r#"{"$serde_json::private::Number":7,"type":"failure"}"#, 2),
            (r#"[4,"x"]"#, 4),
            (r#"[4,"x",null]"#, 0),
            ("[4]", 0),
            ("4", 0),
            ("", 0),
        ] {
            assert_eq!(scan.run(7, text), forms, "{text}");
        }
        assert_eq!(scan.run(6, r#"{"type":"error","data":{"code":1}}"#), 0);
    }

    #[test]
    fn a_message_that_is_none_of_them_is_left_at_the_first_value_that_differs() {
        // What comes after that value isn't even JSON, and is not reached.
        let mut reader = Reader { rest: br#"{"id":7,"type":"message","data":no"#, forms: 7 };
        assert_eq!(reader.value(&scan()), None);
        assert_eq!((reader.forms, reader.rest), (0, &br#","data":no"#[..]));
    }

    #[test]
    fn what_is_escaped_may_be_any_text() {
        for text in [
            r#"{"type":"\u0065rror","data":{"code":1}}"#,
            r#"{"t\u0079pe":"error","data":{"code":1}}"#,
            r#"{"new":"\\","type":"error","text":"\"}","data":{"code":1}}"#,
        ] {
            assert_eq!(scan().run(1, text), 1, "{text}");
        }
        assert_eq!(scan().run(7, r#"{"t\u0079pe":"error","data":{"code":2}}"#), 2);
    }

    #[test]
    fn what_is_cut_off_or_no_json_has_no_form() {
        let message =
            r#" { "type" : "error" , "new" : [ {} , [ "}" ] ] , "data" : { "code" : 1 } } "#;
        assert_eq!(scan().run(1, message), 1);
        let whole = message.trim_end().len();
        for length in 0..whole {
            assert_eq!(scan().run(1, &message[..length]), 0, "{}", &message[..length]);
        }
        for text in ["PING", "]", r#"{"type"}"#, r#"{"type":"error";}"#, r#"{7:1}"#, "[4 5]"] {
            assert_eq!(scan().run(7, text), 0, "{text}");
        }
    }
}
