//! Types that fields have, and values of them.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, json};
use ws_errors::__private::{TypeProbe, Unknown as _, field_type};
use ws_errors::catalog::FieldType;

use super::numbers::Random;
use super::texts::text;

/// A type of fields.
#[derive(Debug, Clone, Copy)]
pub(super) struct Type {
    /// As it is written in Rust.
    pub name: &'static str,
    /// What the macro would know of it.
    pub probe: fn() -> FieldType,
    /// What it can be used for beyond a value.
    pub kind: Kind,
    /// A value of it, as it is serialized.
    value: fn(&mut Random, bool) -> Value,
}

/// What a type can be used for beyond a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// It has a `Display` text, and so may stand in a message.
    Displayed,
    /// It may be spliced into an array.
    List,
    /// Nothing.
    Other,
}

impl Type {
    /// The type with this name.
    ///
    /// # Panics
    /// Where there is none.
    pub(super) fn named(name: &str) -> &'static Self {
        TYPES.iter().find(|ty| ty.name == name).expect("a type of these")
    }

    /// A value of it. One that is tame has letters and digits only in its texts.
    pub(super) fn value(&self, random: &mut Random, tame: bool) -> Value {
        (self.value)(random, tame)
    }
}

// They are known by their schemas; values of them are made as JSON.
#[allow(dead_code)]
#[derive(Serialize, JsonSchema)]
struct Point {
    x: i32,
    label: Option<String>,
}

#[allow(dead_code)]
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Scope {
    Read,
    ReadWrite,
}

#[allow(dead_code)]
#[derive(Serialize, JsonSchema)]
#[serde(tag = "type")]
enum Cause {
    All { causes: Vec<Cause> },
    Leaf { text: String },
}

macro_rules! types {
    ($($kind:ident $ty:ty => $value:expr;)*) => {
        &[$(Type {
            name: stringify!($ty),
            probe: || field_type(
                TypeProbe::<$ty>::__WS_OPTIONAL,
                TypeProbe::<$ty>::__WS_SCALAR,
                TypeProbe::<$ty>::__WS_SCHEMA,
            ),
            kind: Kind::$kind,
            value: $value,
        }),*]
    };
}

/// All of them.
pub(super) const TYPES: &[Type] = types! {
    Displayed String => |random, tame| text(random, tame).into();
    Displayed u32 => |random, _| json!(number(random));
    Displayed i32 => |random, _| json!(i64::try_from(number(random)).unwrap_or(0) - 5);
    Displayed bool => |random, _| json!(random.chance(50));
    Other f64 => |random, _| json!([0.0, 0.5, -1.25, 3.0, 1e10][random.below(5)]);
    Displayed u64 => |random, _| json!([7, 9_007_199_254_740_993, u64::MAX][random.below(3)]);
    Other Option<String> => |random, tame| perhaps(random, |random| text(random, tame).into());
    Other Option<u32> => |random, _| perhaps(random, |random| json!(number(random)));
    Other Option<bool> => |random, _| perhaps(random, |random| json!(random.chance(50)));
    List Vec<String> => list_of_texts;
    Other Option<Vec<String>> => |random, tame| perhaps(random, |random| list_of_texts(random, tame));
    List Vec<u32> => |random, _| (0..random.below(3)).map(|_| number(random)).collect();
    Other Value => |random, tame| any(random, tame, 2);
    Other Option<Value> => |random, tame| perhaps(random, |random| any(random, tame, 1));
    Other Point => |random, tame| {
        json!({ "x": number(random), "label": perhaps(random, |random| text(random, tame).into()) })
    };
    Other Scope => |random, _| json!(["read", "read_write"][random.below(2)]);
    Other Cause => |random, tame| cause(random, tame, 2);
    Other (i32, String) => |random, tame| json!([number(random), text(random, tame)]);
    Other [u8; 2] => |random, _| json!([random.below(256), random.below(256)]);
    Other BTreeMap<String, u32> => |random, tame| {
        let members = (0..random.below(3)).map(|_| (text(random, tame), number(random).into()));
        Value::Object(members.collect())
    };
};

fn number(random: &mut Random) -> u64 {
    [0, 1, 7, 42, 200, 4003, 65_535, 1_000_000][random.below(8)]
}

fn perhaps(random: &mut Random, value: impl FnOnce(&mut Random) -> Value) -> Value {
    if random.chance(40) { Value::Null } else { value(random) }
}

fn list_of_texts(random: &mut Random, tame: bool) -> Value {
    (0..random.below(3)).map(|_| text(random, tame)).collect()
}

fn cause(random: &mut Random, tame: bool, depth: usize) -> Value {
    if depth == 0 || random.chance(50) {
        return json!({ "type": "Leaf", "text": text(random, tame) });
    }
    let causes: Vec<Value> = (0..random.below(3)).map(|_| cause(random, tame, depth - 1)).collect();
    json!({ "type": "All", "causes": causes })
}

fn any(random: &mut Random, tame: bool, depth: usize) -> Value {
    match random.below(if depth == 0 { 5 } else { 7 }) {
        0 => json!(number(random)),
        1 => json!(random.chance(50)),
        2 if !tame => json!(null),
        3 => json!(-0.5),
        5 => (0..random.below(3)).map(|_| any(random, tame, depth - 1)).collect(),
        6 => {
            let members =
                (0..random.below(3)).map(|_| (text(random, tame), any(random, tame, depth - 1)));
            Value::Object(members.collect())
        }
        _ => text(random, tame).into(),
    }
}

/// The types of contexts' fields: a name has one type.
pub(super) const CONTEXT_FIELDS: [(&str, &str); 7] = [
    ("id", "Option<String>"),
    ("seq", "u32"),
    ("topic", "String"),
    ("trace", "Option<Value>"),
    ("ns", "Option<String>"),
    ("before", "Vec<String>"),
    ("at", "f64"),
];
