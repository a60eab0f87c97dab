//! Types that serde's attributes change.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Serialize, Serializer};

/// Declares types that serialize and have a schema.
macro_rules! types {
    ($($item:item)*) => { $(
        #[derive(Debug, Clone, Serialize, JsonSchema)]
        $item
    )* };
}

types! {
    pub struct Named { pub a: u8, pub b: String }
    pub struct Newtype(pub u8);
    pub struct Pair(pub u8, pub String);
    pub struct Unit;
    pub struct Braced {}
    pub struct Generic<T> { pub inner: T }
    pub struct Nested { pub named: Named, pub list: Vec<Named> }
    pub struct Tree { pub children: Vec<Tree> }
    pub struct Linked { pub next: Option<Box<Linked>> }
    pub struct Optional { pub a: Option<u8> }

    #[serde(transparent)]
    pub struct Transparent { pub a: u8 }
    #[serde(rename = "Other")]
    pub struct Renamed { pub a: u8 }
    #[serde(rename_all = "camelCase")]
    pub struct Camel { pub two_words: u8 }
    #[serde(rename_all = "kebab-case")]
    pub struct Kebab { pub two_words: u8 }
    #[serde(rename_all = "SCREAMING_SNAKE_CASE")]
    pub struct Screaming { pub two_words: u8 }
    #[serde(rename_all = "PascalCase")]
    pub struct Pascal { pub two_words: u8 }
    #[serde(rename_all(serialize = "camelCase", deserialize = "kebab-case"))]
    pub struct CamelWhenSent { pub two_words: u8 }
    #[serde(deny_unknown_fields)]
    pub struct Closed { pub a: u8 }
    #[serde(tag = "type")]
    pub struct Tagged { pub a: u8 }
    #[serde(into = "String")]
    pub struct Converted { pub a: u8 }
    #[serde(default)]
    pub struct Defaulted { pub a: u8 }

    pub struct RenamedField { #[serde(rename = "x")] pub a: u8 }
    pub struct RenamedWhenSent { #[serde(rename(serialize = "sent", deserialize = "read"))] pub a: u8 }
    pub struct Aliased { #[serde(alias = "x")] pub a: u8 }
    pub struct Skipped { pub a: u8, #[serde(skip)] pub secret: String }
    pub struct SkippedWhenSent { pub a: u8, #[serde(skip_serializing)] pub secret: String }
    pub struct SkippedWhenRead { #[serde(skip_deserializing)] pub a: u8 }
    pub struct SkippedIfNone { #[serde(skip_serializing_if = "Option::is_none")] pub a: Option<u8> }
    pub struct SkippedIfEmpty { pub a: u8, #[serde(skip_serializing_if = "Vec::is_empty")] pub list: Vec<u8> }
    pub struct SkippedIfBlank { #[serde(default, skip_serializing_if = "String::is_empty")] pub text: String }
    pub struct DefaultedField { #[serde(default)] pub a: u8 }
    pub struct DefaultedOption { #[serde(default)] pub a: Option<u8> }
    pub struct SerializedWith { #[serde(serialize_with = "as_text")] #[schemars(with = "String")] pub a: u64 }
    pub struct Flat { pub a: u8, #[serde(flatten)] pub named: Flag }
    pub struct FlatMap { pub a: u8, #[serde(flatten)] pub rest: BTreeMap<String, u8> }
    pub struct FlatOption { pub a: u8, #[serde(flatten)] pub rest: Option<Flag> }
    pub struct FlatEnum { pub a: u8, #[serde(flatten)] pub rest: Internal }
    pub struct Flag { pub c: bool }
    pub struct Keyword { pub r#type: u8 }
    pub struct OddKeys {
        #[serde(rename = "__proto__")] pub a: u8,
        #[serde(rename = "constructor")] pub b: u8,
        #[serde(rename = "")] pub c: u8,
        #[serde(rename = "a b\"c")] pub d: u8,
    }
    pub struct Ranged { #[schemars(range(min = 1, max = 9))] pub a: u8 }
    pub struct Floats { pub a: f64, pub b: Option<f32>, pub c: Vec<f64> }

    pub enum Units { First, Second }
    #[serde(rename_all = "snake_case")]
    pub enum SnakeUnits { FirstOne, SecondOne }
    pub enum RenamedUnits { #[serde(rename = "1st")] First, Second }
    pub enum SentUnits { #[serde(rename(serialize = "sent"))] First, Second }
    pub enum External { Unit, New(u8), Pair(u8, String), Named { a: u8 } }
    #[serde(tag = "type")]
    pub enum Internal { Unit, Named { a: u8 }, New(Flag) }
    #[serde(tag = "type", content = "value")]
    pub enum Adjacent { Unit, New(u8), Pair(u8, String), Named { a: u8 } }
    #[serde(untagged)]
    pub enum Untagged { Unit, Number(u8), Text(String), Named { a: u8 } }
    #[serde(tag = "type", rename_all = "kebab-case", rename_all_fields = "camelCase")]
    pub enum Spelt { TwoWords { two_words: u8 } }
    #[serde(rename_all(serialize = "UPPERCASE"))]
    pub enum SpeltWhenSent { First, Second { a: u8 } }
    pub enum PartlySkipped { First, #[serde(skip)] #[allow(dead_code)] Never }
    pub enum PartlyUntagged { First, #[serde(untagged)] Other(u8) }
    #[serde(tag = "type")]
    pub enum Cause { All { causes: Vec<Cause> }, Leaf { text: String } }
    pub enum Single { Only }
    pub enum SingleNew { Only(String) }
    #[serde(tag = "t")]
    pub enum SingleTagged { Only { a: Option<u8> } }
}

/// What to write where only the schema shows an integer of 64 bits.
#[serde_with::serde_as]
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Usage {
    /// By itself.
    #[serde_as(as = "serde_with::DisplayFromStr")]
    pub bytes: u64,
    /// In a list.
    #[serde_as(as = "Vec<serde_with::DisplayFromStr>")]
    pub parts: Vec<u64>,
    /// Where it may be absent.
    #[serde_as(as = "Option<serde_with::DisplayFromStr>")]
    pub limit: Option<u64>,
}

fn as_text<S: Serializer>(value: &u64, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(value)
}

impl From<Converted> for String {
    fn from(value: Converted) -> Self {
        format!("a{}", value.a)
    }
}

impl Default for Defaulted {
    fn default() -> Self {
        Self { a: 1 }
    }
}
