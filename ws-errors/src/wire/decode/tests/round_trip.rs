//! decode(encode(x)) = x, whatever the values are.

use serde_json::{Map, Value, json};
use ws_errors_core::encoding::{View, Within, compile, values};

use super::ways::WAYS;
use crate::catalog::Entry;
use crate::wire::decode::{Decoded, Decoder};
use crate::wire::generated::Argument;
use crate::wire::json::Json;
use crate::wire::written;

/// A generator of numbers that is the same on every machine (xorshift, by George Marsaglia).
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap() % bound
    }

    fn text(&mut self) -> String {
        const HOSTILE: [&str; 25] = [
            "",
            "\"",
            "\\",
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "#",
            "'",
            "\r\n",
            "\u{0}",
            "\u{1e}",
            "\u{7f}",
            "\u{2028}",
            "\u{feff}",
            "🎈",
            "é",
            "-1",
            "null",
            "elements:",
            "7",
            "$serde_json",
            "a b",
        ];
        (0..self.below(6)).map(|_| HOSTILE[self.below(HOSTILE.len())]).collect()
    }

    fn value(&mut self, depth: usize) -> Value {
        match self.below(if depth == 0 { 8 } else { 10 }) {
            0 => json!(u64::MAX),
            1 => json!(i64::MIN),
            2 => json!(0.5),
            3 => json!(true),
            4 => json!(self.below(10)),
            8 => (0..self.below(4)).map(|_| self.value(depth - 1)).collect(),
            9 => {
                let members = (0..self.below(4)).map(|_| (self.text(), self.value(depth - 1)));
                Value::Object(members.collect::<Map<_, _>>())
            }
            _ => Value::String(self.text()),
        }
    }

    fn perhaps(&mut self) -> Value {
        if self.below(3) == 0 { Value::Null } else { self.value(2) }
    }
}

/// The frame of an entry, with values that are found by name.
fn frame(entry: &'static Entry, value_of: impl Fn(&str) -> Value) -> String {
    let fields = WAYS.contexts[0].fields.iter().map(|field| value_of(field.name));
    let all: Vec<Value> = values(entry)
        .iter()
        .map(|view| match view {
            View::Json(index) => value_of(entry.fields[*index].ident),
            View::Text { field, .. } => value_of(field),
            View::Display => Value::Null,
        })
        .chain(fields)
        .collect();
    let arguments: Vec<Argument<'_>> = all
        .iter()
        .map(|value| match value {
            Value::Null => Argument::Nothing,
            Value::String(text) => Argument::Text(text),
            value => Argument::Json(value),
        })
        .collect();
    written(&compile(&WAYS, entry, 0).unwrap(), &arguments).text
}

/// What is expected of a value that travels among other characters.
fn characters(value: &Value, within: Within) -> Value {
    let text = match value {
        Value::String(text) => text.clone(),
        value => value.to_string(),
    };
    match within {
        Within::String | Within::Raw => Value::String(text),
        Within::Text => {
            let replace = |c: char| if c.is_control() { char::REPLACEMENT_CHARACTER } else { c };
            Value::String(text.chars().map(replace).collect())
        }
    }
}

/// Encodes an entry with the values, and checks that they come back. Values are by name; `id` is the
/// context's.
fn check(decoder: &Decoder, name: &str, values: &[(&str, Value)], expected: &[(&str, Value)]) {
    let entry = WAYS.entry(name).unwrap();
    let text = frame(entry, |wanted| {
        let value = values.iter().find(|(name, _)| *name == wanted);
        value.map_or(Value::Null, |(_, value)| value.clone())
    });
    let Decoded::Known(known, received) = decoder.decode(&text) else {
        panic!("{name} is not decoded: {text}")
    };
    assert_eq!(known.name, name, "{text}");
    for (name, value) in expected {
        let read = received.fields().get(name).or(received.context_values().get(name));
        assert_eq!(read.unwrap_or(&Value::Null), value, "{name} of {text}");
    }
}

const ROUNDS: usize = 2_000;

#[test]
fn values_come_back_as_they_were_whatever_they_are() {
    let decoder = Decoder::new(&WAYS);
    let random = &mut Random(0x5eed);
    for _ in 0..ROUNDS {
        let (id, a, b) = (random.perhaps(), random.perhaps(), random.value(2));
        let values = [("id", id), ("a", a), ("b", b)];
        check(&decoder, "members", &values, &values);

        let code = if random.below(2) == 0 { json!(random.text()) } else { json!(8) };
        let values = [("id", random.perhaps()), ("code", code), ("b", random.value(2))];
        check(&decoder, "any_code", &values, &values);

        let values = [
            ("id", random.perhaps()),
            ("a", random.value(2)),
            ("args", random.perhaps()),
            ("kw", random.perhaps()),
        ];
        let mut expected = values.clone();
        // A default decodes to nothing.
        if expected[0].1 == "-1" {
            expected[0].1 = Value::Null;
        }
        expected[1].1 = characters(&values[1].1, Within::String);
        if expected[2].1 == json!([]) {
            expected[2].1 = Value::Null;
        }
        check(&decoder, "elements", &values, &expected);

        let values = [("b", random.value(2))];
        check(&decoder, "encoded", &values, &values);

        let values = [("b", random.value(2))];
        check(&decoder, "text", &values, &[("b", characters(&values[0].1, Within::Text))]);

        // A slot ends at the next literal, so this id may not hold it, and what is empty is nothing.
        let id = match characters(&random.perhaps(), Within::Text) {
            Value::String(text) if !text.contains(',') && !text.is_empty() => json!(text),
            _ => Value::Null,
        };
        let values = [("id", id), ("b", random.value(2))];
        check(&decoder, "chain", &values, &values);
    }
}

#[test]
fn a_text_that_was_damaged_is_decoded_without_a_panic_and_as_without_the_scan() {
    let decoder = Decoder::new(&WAYS);
    let thorough = Decoder::new(&WAYS).without_scan();
    let random = &mut Random(0xdead);
    let mut outcomes = [0; 3];
    for round in 0..ROUNDS * 5 {
        let entry = &WAYS.entries[round % WAYS.entries.len()];
        let values = [random.perhaps(), random.value(1), random.value(2)];
        let mut text: Vec<char> = frame(entry, |source| match source {
            "id" => values[0].clone(),
            "code" => json!("x"),
            "a" => values[1].clone(),
            _ => values[2].clone(),
        })
        .chars()
        .collect();
        for _ in 0..=random.below(3) {
            let at = random.below(text.len().max(1));
            match random.below(5) {
                0 => text.truncate(at),
                1 if at < text.len() => drop(text.remove(at)),
                2 => text.splice(at..at, random.text().chars().collect::<Vec<_>>()).for_each(drop),
                3 => text.extend_from_within(at..),
                _ => {
                    let digits: Vec<char> = random.below(100).to_string().chars().collect();
                    text.splice(at..(at + 1).min(text.len()), digits).for_each(drop);
                }
            }
        }
        let text: String = text.into_iter().collect();
        let decoded = decoder.decode(&text);
        outcomes[match decoded {
            Decoded::Known(..) => 0,
            Decoded::Unknown(_) => 1,
            Decoded::Foreign => 2,
        }] += 1;
        if !Json::parse(&text).is_ok_and(|json| has_key_twice(&json)) {
            assert_eq!(format!("{decoded:?}"), format!("{:?}", thorough.decode(&text)), "{text}");
        }
    }
    assert!(outcomes.iter().all(|&count| count > 50), "{outcomes:?}");
}

/// The scan leaves at the first value that differs, and can't know that another follows.
fn has_key_twice(json: &Json<'_>) -> bool {
    match json {
        Json::Array(elements) => elements.iter().any(has_key_twice),
        Json::Object(members) => members.iter().enumerate().any(|(index, (key, value))| {
            has_key_twice(value) || members[..index].iter().any(|(other, _)| other == key)
        }),
        _ => false,
    }
}
