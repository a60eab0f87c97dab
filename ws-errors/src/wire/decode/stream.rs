//! The first step: which forms a message can still have, found while it streams by.
//!
//! Ordinary traffic ends here, at the first value that no form allows, before anything is built.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Number;

use super::same::is_same_number;
use super::scan::{Forms, Scan, ScanMember};
use crate::wire::json::{Json, NUMBER_KEY};
use ws_errors_core::json::{Json as Constant, Kinds};

impl Scan {
    /// Those of the forms that the JSON at the beginning of the text can have. What follows it is
    /// not looked at.
    pub(super) fn run(&self, mut forms: Forms, text: &str) -> Forms {
        let place = Place { scan: self, forms: &mut forms };
        match place.deserialize(&mut serde_json::Deserializer::from_str(text)) {
            Ok(()) => forms,
            Err(_) => 0,
        }
    }
}

/// A place of the message that is being read.
struct Place<'s> {
    scan: &'s Scan,
    forms: &'s mut Forms,
}

impl Place<'_> {
    /// Keeps only these forms, and leaves when none is left.
    fn keep<E: Error>(&mut self, forms: Forms) -> Result<(), E> {
        *self.forms &= forms;
        if *self.forms == 0 { Err(E::custom("")) } else { Ok(()) }
    }

    fn scalar<E: Error>(
        mut self,
        kind: Kinds,
        is_same: impl Fn(&Constant) -> bool,
    ) -> Result<(), E> {
        self.keep(self.scan.of_kind(kind) & self.scan.of_constant(is_same))
    }

    fn number<E: Error>(self, number: &Number) -> Result<(), E> {
        self.scalar(
            Kinds::NUMBER,
            |constant| matches!(constant, Constant::Number(other) if is_same_number(*other, number)),
        )
    }
}

impl<'de> DeserializeSeed<'de> for Place<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Place<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }
    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.scalar(Kinds::NULL, |constant| matches!(constant, Constant::Null))
    }
    fn visit_bool<E: Error>(self, value: bool) -> Result<(), E> {
        self.scalar(
            Kinds::BOOL,
            |constant| matches!(constant, Constant::Bool(other) if *other == value),
        )
    }
    fn visit_i64<E: Error>(self, value: i64) -> Result<(), E> {
        self.number(&value.into())
    }
    fn visit_u64<E: Error>(self, value: u64) -> Result<(), E> {
        self.number(&value.into())
    }
    fn visit_f64<E: Error>(self, value: f64) -> Result<(), E> {
        match Number::from_f64(value) {
            Some(number) => self.number(&number),
            None => self.scalar(Kinds::NUMBER, |_| false),
        }
    }
    fn visit_str<E: Error>(self, value: &str) -> Result<(), E> {
        self.scalar(
            Kinds::STRING,
            |constant| matches!(constant, Constant::String(other) if other == value),
        )
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut list: A) -> Result<(), A::Error> {
        let scan = self.scan;
        self.keep(scan.of_kind(Kinds::ARRAY))?;
        for element in &scan.elements {
            let place = Place { scan: &element.place, forms: self.forms };
            match list.next_element_seed(place)? {
                Some(()) => self.keep(!scan.arrays | element.present)?,
                None => return self.keep(!element.required),
            }
        }
        while list.next_element::<IgnoredAny>()?.is_some() {
            self.keep(!scan.arrays)?;
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        let scan = self.scan;
        let mut seen: u64 = 0;
        let mut key = map.next_key_seed(Key(scan))?;
        // serde_json's spelling of a number where the application turns on `arbitrary_precision`.
        if let Some(Found::Number) = key {
            let value: Json<'_> = map.next_value()?;
            key = map.next_key_seed(Key(scan))?;
            // A peer may have a key of that name, too.
            if let (None, Json::String(digits)) = (&key, &value)
                && let Ok(number) = digits.parse()
            {
                return self.number(&number);
            }
        }
        self.keep(scan.of_kind(Kinds::OBJECT))?;
        while let Some(found) = key {
            match found {
                Found::Member(index, member) => {
                    // More members than bits: the others are looked at in the second step.
                    seen |= 1_u64.checked_shl(index).unwrap_or(0);
                    map.next_value_seed(Place { scan: &member.place, forms: self.forms })?;
                }
                Found::Number | Found::Other => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
            key = map.next_key_seed(Key(scan))?;
        }
        let missing = (0..u64::BITS).zip(&scan.members).filter(|(index, _)| seen >> index & 1 == 0);
        let required = missing.fold(0, |forms, (_, member)| forms | member.required);
        self.keep(!required)
    }
}

/// A key of an object.
struct Key<'s>(&'s Scan);

enum Found<'s> {
    Member(u32, &'s ScanMember),
    Number,
    Other,
}

impl<'de, 's> DeserializeSeed<'de> for Key<'s> {
    type Value = Found<'s>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Found<'s>, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'s> Visitor<'_> for Key<'s> {
    type Value = Found<'s>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }
    fn visit_str<E: Error>(self, key: &str) -> Result<Found<'s>, E> {
        let mut members = (0..).zip(&self.0.members);
        Ok(match members.find(|(_, member)| member.key == key) {
            Some((index, member)) => Found::Member(index, member),
            None if key == NUMBER_KEY => Found::Number,
            None => Found::Other,
        })
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
        let mut forms = 7;
        let scan = scan();
        let place = Place { scan: &scan, forms: &mut forms };
        let mut deserializer =
            serde_json::Deserializer::from_str(r#"{"id":7,"type":"message","data":no"#);
        let error = place.deserialize(&mut deserializer).unwrap_err();
        assert!(forms == 0 && error.is_data(), "{error}");
    }
}
