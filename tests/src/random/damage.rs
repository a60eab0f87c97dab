//! Frames that are not as they should be.

use serde_json::{Value, json};

use super::numbers::Random;
use super::texts::text;

/// A frame with damage. `others` are frames of other entries, whose constants may turn up in it.
pub(super) fn damaged(random: &mut Random, frame: &str, others: &[String]) -> String {
    if random.chance(85)
        && let Ok(mut json) = serde_json::from_str::<Value>(frame)
        && (json.is_object() || json.is_array())
    {
        let other = others.get(random.below(others.len()));
        let other = other.and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default();
        for _ in 0..=random.below(10) / 6 {
            damage(random, &mut json, &other);
        }
        let text = json.to_string();
        return if random.chance(10) { spelled_oddly(random, &text) } else { text };
    }
    let mut text = frame.to_owned();
    for _ in 0..=random.below(2) {
        text = cut(random, &text, others);
    }
    text
}

/// Takes a value away, adds one, or puts another in its place.
fn damage(random: &mut Random, json: &mut Value, other: &Value) {
    let inside = random.chance(80);
    match json {
        Value::Object(members) if inside && !members.is_empty() => {
            let at = random.below(members.len());
            let Some(key) = members.keys().nth(at).cloned() else { return };
            match random.below(8) {
                0 | 1 => {
                    members.remove(&key);
                }
                2 => {
                    members.insert("new".to_owned(), strange(random));
                }
                3 if other.get(&key).is_some() => {
                    members.insert(key.clone(), other[&key].clone());
                }
                _ => {
                    if let Some(value) = members.get_mut(&key) {
                        damage(random, value, other.get(&key).unwrap_or(&Value::Null));
                    }
                }
            }
        }
        Value::Array(elements) if inside && !elements.is_empty() => {
            let at = random.below(elements.len());
            match random.below(9) {
                0 | 1 => {
                    elements.pop();
                }
                2 => elements.push(strange(random)),
                3 if other.get(at).is_some() => elements[at] = other[at].clone(),
                _ => damage(random, &mut elements[at], other.get(at).unwrap_or(&Value::Null)),
            }
        }
        Value::String(text) if random.chance(50) => {
            // A string that holds JSON is damaged as JSON, too.
            *text = match serde_json::from_str::<Value>(text) {
                Ok(mut inner) if inner.is_object() || inner.is_array() => {
                    damage(random, &mut inner, &Value::Null);
                    inner.to_string()
                }
                _ => {
                    let others: Vec<String> =
                        other.as_str().map(str::to_owned).into_iter().collect();
                    cut(random, text, &others)
                }
            };
        }
        value => *value = if random.chance(25) { other.clone() } else { strange(random) },
    }
}

/// Damages the characters of a text.
fn cut(random: &mut Random, frame: &str, others: &[String]) -> String {
    let characters: Vec<char> = frame.chars().collect();
    let at = random.below(characters.len() + 1);
    let (before, after) = characters.split_at(at);
    let (before, after): (String, String) = (before.iter().collect(), after.iter().collect());
    match random.below(6) {
        0 => before,
        1 => before + after.get(after.chars().next().map_or(0, char::len_utf8)..).unwrap_or(""),
        2 => after,
        3 => frame.to_owned() + &text(random, false),
        4 => match others.get(random.below(others.len())) {
            Some(other) => {
                let other: String = other.chars().skip(at).collect();
                before + &other
            }
            None => before,
        },
        _ => before + &text(random, false) + &after,
    }
}

fn strange(random: &mut Random) -> Value {
    match random.below(60) {
        0 => return deep(random.below(140)),
        1 => return "x".repeat(5000).into(),
        _ => {}
    }
    let values = [
        json!(null),
        json!(null),
        json!(true),
        json!(0),
        json!(-1.5),
        json!(200.0),
        json!(4003),
        json!(""),
        json!("x"),
        json!("NEW_CODE"),
        json!([]),
        json!(["x", 1]),
        json!({}),
        json!({ "a": "x" }),
        json!({ "constructor": 1 }),
    ];
    random.pick(&values).clone()
}

/// The same with another spelling of a value: one that readers of JSON agree on by their grammar, and
/// not always by what they make of it.
fn spelled_oddly(random: &mut Random, text: &str) -> String {
    let odd = [
        "-0",
        "1E2",
        "4003.0",
        "123456789012345678901234567890",
        "1e-400",
        "9007199254740993",
        r#""\ud800""#,
        r#""\u0000\/""#,
        "01",
        "+1",
        "NaN",
        "\"\t\"",
    ];
    let value = *random.pick(&["null", "true", "0", "4003", "\"x\"", "\"NEW_CODE\""]);
    text.replacen(value, random.one_of(&odd), 1)
}

/// A value in so many arrays.
fn deep(levels: usize) -> Value {
    (0..levels).fold(json!(1), |inner, _| json!([inner]))
}

/// Whether readers of JSON make different things of a text.
pub(super) fn is_read_differently(text: &str) -> bool {
    has_key_twice(text) || has_infinite_number(text)
}

/// Whether a number may be in a text that no double holds: Rust refuses the text, and JavaScript has
/// infinity.
fn has_infinite_number(text: &str) -> bool {
    let is_of_number = |c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '.' | 'e' | 'E');
    text.split(|c| !is_of_number(c)).any(|number| number.parse::<f64>().is_ok_and(f64::is_infinite))
}

/// Whether a key may be twice in an object of a text: it is the first to a reader that stops early, and
/// the last to JavaScript.
fn has_key_twice(text: &str) -> bool {
    let mut objects: Vec<Vec<String>> = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}', '"']) {
        let (_, found) = rest.split_at(at);
        if let Some(behind) = found.strip_prefix('"') {
            let mut strings = serde_json::Deserializer::from_str(found).into_iter::<String>();
            let Some(Ok(string)) = strings.next() else {
                rest = behind;
                continue;
            };
            rest = &found[strings.byte_offset()..];
            if string.contains('{') && has_key_twice(&string) {
                return true;
            }
            if rest.trim_start().starts_with(':')
                && let Some(keys) = objects.last_mut()
            {
                if keys.contains(&string) {
                    return true;
                }
                keys.push(string);
            }
            continue;
        }
        if found.starts_with('{') {
            objects.push(Vec::new());
        } else {
            objects.pop();
        }
        rest = &found[1..];
    }
    false
}
