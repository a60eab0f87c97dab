//! Scenarios from a JSON file.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};
use serde_json::Value;

use super::judgement::Closes;
use super::scenario::{BUILT_IN, Body, Scenario, Scenarios, Sent};
use crate::catalog::Catalog;
use crate::find::{self, unknown};
use crate::wire::Tree;

/// The most times that a message is sent.
const MOST_TIMES: u32 = 10_000;

/// The largest message, in bytes.
const LARGEST: usize = 256 << 20;

/// A mistake in a file of scenarios: its place, and what to write instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidScenarios(String);

impl fmt::Display for InvalidScenarios {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for InvalidScenarios {}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(rename = "$schema", default)]
    _schema: Option<String>,
    path: Option<String>,
    #[serde(default)]
    headers: BTreeMap<String, String>,
    #[serde(default)]
    first: Vec<MessageOf>,
    #[serde(default)]
    tokens: Tokens,
    #[serde(default)]
    other_texts: bool,
    #[serde(default)]
    built_in: BTreeMap<String, BuiltIn>,
    #[serde(default)]
    scenarios: Vec<ScenarioOf>,
}

#[derive(serde::Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct Tokens {
    valid: Option<String>,
    expired: Option<String>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct ScenarioOf {
    name: Option<String>,
    path: Option<String>,
    #[serde(default)]
    headers: BTreeMap<String, String>,
    token: Option<String>,
    send: Option<Vec<MessageOf>>,
    expect: Option<Key>,
    #[serde(default)]
    fields: BTreeMap<String, Value>,
    #[serde(default)]
    context: BTreeMap<String, Value>,
    closes: Option<Closes>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct MessageOf {
    text: Option<String>,
    json: Option<JsonText>,
    binary: Option<Hex>,
    size: Option<usize>,
    #[serde(default = "once")]
    times: u32,
}

const fn once() -> u32 {
    1
}

/// JSON as it stands in the file, without white space.
struct JsonText(String);

impl<'de> Deserialize<'de> for JsonText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Tree::deserialize(deserializer).map(|tree| Self(tree.compact()))
    }
}

/// Bytes as two hexadecimal digits for each.
struct Hex(Vec<u8>);

impl<'de> Deserialize<'de> for Hex {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let digits: Vec<u8> = text.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
        let pairs = digits.chunks(2).map(|pair| {
            let pair = std::str::from_utf8(pair).ok().filter(|pair| pair.len() == 2)?;
            u8::from_str_radix(pair, 16).ok()
        });
        pairs.collect::<Option<_>>().map(Self).ok_or_else(|| {
            D::Error::custom(
                "`binary` takes two hexadecimal digits for each byte, such as \"00ff\"",
            )
        })
    }
}

/// A name, a code or a close code.
struct Key(String);

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Value::deserialize(deserializer)? {
            Value::String(key) => Ok(Self(key)),
            Value::Number(number) => Ok(Self(number.to_string())),
            _ => Err(D::Error::custom(
                "`expect` takes the name of an error, its code or its close code",
            )),
        }
    }
}

impl<'de> Deserialize<'de> for Closes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Value::deserialize(deserializer)? {
            Value::Bool(false) => Ok(Self::Never),
            Value::Bool(true) => Ok(Self::Always),
            Value::Number(code) => code
                .as_u64()
                .and_then(|code| code.try_into().ok())
                .map(Self::With)
                .ok_or_else(|| D::Error::custom("a close code is a number from 1000 to 4999")),
            _ => Err(D::Error::custom("`closes` takes true, false or a close code")),
        }
    }
}

/// A scenario that is built in: `false` leaves it out, an object changes it.
enum BuiltIn {
    LeftOut,
    Changed(Box<ScenarioOf>),
}

impl<'de> Deserialize<'de> for BuiltIn {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct OfFile;

        impl<'de> Visitor<'de> for OfFile {
            type Value = BuiltIn;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("`false`, which leaves it out, or an object")
            }
            fn visit_bool<E: Error>(self, is_tried: bool) -> Result<BuiltIn, E> {
                match is_tried {
                    true => Err(E::custom(
                        "it is tried anyway: leave it out of the file, or write `false`",
                    )),
                    false => Ok(BuiltIn::LeftOut),
                }
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<BuiltIn, A::Error> {
                let changed = ScenarioOf::deserialize(MapAccessDeserializer::new(map))?;
                Ok(BuiltIn::Changed(Box::new(changed)))
            }
        }

        deserializer.deserialize_any(OfFile)
    }
}

impl Scenarios {
    /// Reads the scenarios of a JSON file, and checks that the catalog has the errors that they expect.
    ///
    /// ```
    /// use ws_errors::WsError;
    /// use ws_errors::testing::Scenarios;
    ///
    /// #[derive(Debug, thiserror::Error, WsError)]
    /// #[ws_error(rename_all = "snake_case", envelope = { "code": code })]
    /// enum ChatError {
    ///     #[error("full")]
    ///     RoomFull,
    /// }
    ///
    /// let file = r#"{
    ///   "headers": { "authorization": "Bearer {token}" },
    ///   "first": [{ "json": { "type": "hello" } }],
    ///   "tokens": { "valid": "good", "expired": "old" },
    ///   "built_in": { "binary": false, "too_large": { "send": [{ "size": 70000 }], "closes": 1009 } },
    ///   "scenarios": [
    ///     { "name": "a full room", "send": [{ "json": { "type": "join" } }], "expect": "room_full" }
    ///   ]
    /// }"#;
    /// Scenarios::parse(file, ChatError::catalog())?;
    /// # Ok::<(), ws_errors::testing::InvalidScenarios>(())
    /// ```
    ///
    /// - Of all: `path` (instead of that of the URL), `headers`, `first` (sent first over each connection),
    ///   `tokens` (what stands for `{token}`; one that begins with `$` is a variable of the environment),
    ///   `other_texts`, `built_in` (by name: `false` leaves one out, an object changes it).
    /// - Of a scenario: `name`, `path`, `headers`, `token`, `send`, `expect` (a name, a code or a close
    ///   code), `fields`, `context`, and `closes` (`true`, `false` or a close code).
    /// - Of a message: one of `text`, `json`, `binary` (hexadecimal) and `size`, and how many `times`.
    ///
    /// # Errors
    /// Says in which line something is wrong, and what to write instead.
    pub fn parse(text: &str, catalog: &'static Catalog) -> Result<Self, InvalidScenarios> {
        let file: File =
            serde_json::from_str(text).map_err(|error| InvalidScenarios(error.to_string()))?;
        let mut scenarios = Self {
            path: file.path,
            headers: file.headers.into_iter().collect(),
            other_texts: file.other_texts,
            token: token("tokens.valid", file.tokens.valid)?,
            expired_token: token("tokens.expired", file.tokens.expired)?,
            ..Self::default()
        };
        scenarios.first =
            file.first.into_iter().map(|one| one.sent("first")).collect::<Result<_, _>>()?;
        for (name, built_in) in file.built_in {
            let Some(at) = scenarios.all.iter().position(|one| one.name == name) else {
                let what = unknown("there is no built-in scenario", &name, BUILT_IN);
                return Err(at_line(text, &name, what));
            };
            match built_in {
                BuiltIn::LeftOut => drop(scenarios.all.remove(at)),
                BuiltIn::Changed(changed) => changed.change(&mut scenarios.all[at])?,
            }
        }
        for own in file.scenarios {
            let Some(name) = own.name.clone() else {
                let what = "a scenario has no `name`: add one, such as \"name\": \"a full room\"";
                return Err(InvalidScenarios(what.to_owned()));
            };
            if scenarios.all.iter().any(|one| one.name == name) {
                let what = format!("there are two scenarios with the name {name:?}; rename one");
                return Err(at_line(text, &name, what));
            }
            let mut scenario = Scenario::new(name);
            own.change(&mut scenario)?;
            scenarios.all.push(scenario);
        }
        for scenario in &scenarios.all {
            if let Some(key) = &scenario.expect {
                find::one(&[catalog], key).map_err(|what| at_line(text, key, what))?;
            }
        }
        Ok(scenarios)
    }
}

/// A token: one that begins with `$` is a variable of the environment.
fn token(place: &str, token: Option<String>) -> Result<Option<String>, InvalidScenarios> {
    match token.as_deref().and_then(|token| token.strip_prefix('$')) {
        None => Ok(token),
        Some(name) => std::env::var(name).map(Some).map_err(|_| {
            InvalidScenarios(format!("{place}: the environment has no variable `{name}`; set it"))
        }),
    }
}

/// The same with the line in which the value stands first.
fn at_line(text: &str, value: &str, what: String) -> InvalidScenarios {
    let line = text.lines().position(|line| line.contains(value));
    InvalidScenarios(match line {
        Some(line) => format!("line {}: {what}", line + 1),
        None => what,
    })
}

impl ScenarioOf {
    fn change(self, scenario: &mut Scenario) -> Result<(), InvalidScenarios> {
        scenario.path = self.path.or(scenario.path.take());
        scenario.headers.extend(self.headers);
        scenario.token = self.token.or(scenario.token.take());
        if let Some(send) = self.send {
            let name = scenario.name.clone();
            let sent = send.into_iter().map(|one| one.sent(&format!("the scenario {name:?}")));
            scenario.send = sent.collect::<Result<_, _>>()?;
        }
        scenario.expect = self.expect.map(|key| key.0).or(scenario.expect.take());
        scenario.fields.extend(self.fields);
        scenario.context.extend(self.context);
        scenario.closes = self.closes.or(scenario.closes);
        Ok(())
    }
}

impl MessageOf {
    fn sent(self, place: &str) -> Result<Sent, InvalidScenarios> {
        let body = match (self.text, self.json, self.binary, self.size) {
            (Some(text), None, None, None) => Body::Text(text),
            (None, Some(json), None, None) => Body::Json(json.0),
            (None, None, Some(bytes), None) => Body::Binary(bytes.0),
            (None, None, None, Some(bytes)) if bytes <= LARGEST => Body::Size(bytes),
            (None, None, None, Some(_)) => {
                let what = format!("{place}: a message has at most {LARGEST} bytes");
                return Err(InvalidScenarios(what));
            }
            _ => {
                let what = format!(
                    "{place}: a message has one of `text`, `json`, `binary` and `size`, such as {{ \"text\": \"hello\" }}"
                );
                return Err(InvalidScenarios(what));
            }
        };
        if !(1..=MOST_TIMES).contains(&self.times) {
            let what = format!("{place}: `times` is a number from 1 to {MOST_TIMES}");
            return Err(InvalidScenarios(what));
        }
        Ok(Sent { body, times: self.times })
    }
}
