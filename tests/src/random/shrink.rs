//! A failure made small: whatever can be left out of the catalog, the values and the frame while it
//! still fails.

use serde_json::{Map, Value};
use ws_errors::Frame;
use ws_errors::catalog::{
    Code, Delivery, Details, Element, Entry, Member, Message, Node, Part, Retry, RetryKind,
};

use super::check::{Check, Sent};
use super::made::{Made, Occurrence, leaked_list};

/// How often the property is asked at most.
const TRIES: usize = 1500;

/// The smallest catalog and check that were found of which `fails` is still true.
pub(super) fn smallest(
    made: Made,
    check: Check,
    mut fails: impl FnMut(&Made, &Check) -> bool,
) -> (Made, Check) {
    let (mut made, mut check) = (made, check);
    let mut tries = 0;
    loop {
        let smaller = checks(&check).into_iter().map(|check| (made.clone(), check));
        let smaller = catalogs(&made, &check)
            .into_iter()
            .map(|made| (made, check.clone()))
            .chain(smaller)
            .find(|(made, check)| {
                tries += 1;
                tries < TRIES && fails(made, check)
            });
        match smaller {
            Some(found) => (made, check) = found,
            None => return (made, check),
        }
    }
}

fn occurrence(check: &Check) -> Option<&Occurrence> {
    match check {
        Check::Occurrence(what) | Check::Stranger(what) | Check::Success(what) => Some(what),
        Check::Apart(all) => all.first(),
        Check::Frame(_) | Check::Batch(_) | Check::Close(..) | Check::Module => None,
    }
}

fn catalogs(made: &Made, check: &Check) -> Vec<Made> {
    let what = occurrence(check);
    let mut out = Vec::new();
    let mut change = |change: &dyn Fn(&mut Made)| {
        let mut smaller = made.clone();
        change(&mut smaller);
        out.push(smaller);
    };
    for (index, one) in made.entries.iter().enumerate() {
        let is_needed = what.is_some_and(|what| what.entry == one.entry.name);
        if !is_needed && made.entries.len() > 1 {
            change(&|made| {
                made.entries.remove(index);
            });
        }
        for (context, envelope) in one.envelopes.iter().enumerate() {
            let is_needed = is_needed && what.is_some_and(|what| what.context == context);
            if envelope.is_some() && !is_needed {
                change(&|made| made.entries[index].envelopes[context] = None);
            }
        }
    }
    if !made.success.is_empty() && !matches!(check, Check::Success(_)) {
        change(&|made| made.success.clear());
    }
    let used: Vec<usize> =
        made.entries.iter().flat_map(|one| one.envelopes.iter().flatten().copied()).collect();
    for (index, envelope) in made.envelopes.iter().enumerate() {
        if !used.contains(&index) {
            continue;
        }
        for template in templates(&envelope.template) {
            if identifies(&envelope.template) == identifies(&template) {
                change(&|made| made.envelopes[index].template = template);
            }
        }
    }
    for (index, one) in made.entries.iter().enumerate() {
        let mut used = format!("{:?}", one.entry.delivery);
        for envelope in one.envelopes.iter().flatten() {
            used += &format!("{:?}", made.envelopes[*envelope].template);
        }
        for entry in entries(&one.entry, &used) {
            change(&|made| made.entries[index].entry = entry);
        }
    }
    out
}

/// What in an envelope identifies its entries: whether there is the code, the name, and a constant of
/// its own.
fn identifies(node: &Node) -> (bool, bool, bool) {
    let text = format!("{node:?}");
    let has = |slot: &str| text.contains(slot);
    (has("slot: Code") || has("(Code"), has("slot: Name") || has("(Name"), has("own") || has("OWN"))
}

fn entries(entry: &Entry, used: &str) -> Vec<Entry> {
    let mut out = Vec::new();
    if !matches!(entry.delivery, Delivery::Soft)
        && !used.contains("Close")
        && !used.contains("Reason")
    {
        out.push(Entry { delivery: Delivery::Soft, ..*entry });
    }
    if entry.retry.kind != RetryKind::Never && !used.contains("RetryAfter") {
        out.push(Entry { retry: Retry::new(RetryKind::Never), ..*entry });
    }
    if entry.recoverable {
        out.push(Entry { recoverable: false, ..*entry });
    }
    for index in 0..entry.constants.len() {
        if !used.contains(&format!("Set({:?})", entry.constants[index].0)) {
            let mut constants = entry.constants.to_vec();
            constants.remove(index);
            out.push(Entry { constants: leaked_list(constants), ..*entry });
        }
    }
    let mut used = used.to_owned() + &format!("{:?}", entry.constants);
    if entry.message != Message::None {
        if !used.contains("Message") {
            out.push(Entry { message: Message::None, ..*entry });
        }
        used += &format!("{:?}", entry.message);
    }
    used += &format!("{:?}", entry.retry.kind);
    for index in 0..entry.fields.len() {
        let field = &entry.fields[index];
        let ident = format!("{:?}", field.ident);
        let is_alone =
            field.in_details && entry.fields.iter().filter(|one| one.in_details).count() == 1;
        let is_named = used.contains(&ident) || entry.code == Code::Field(field.ident);
        if is_named || (is_alone && used.contains("Details")) {
            continue;
        }
        let mut fields = entry.fields.to_vec();
        fields.remove(index);
        let details = if fields.iter().any(|field| field.in_details) {
            entry.details
        } else {
            Details::Nothing
        };
        out.push(Entry { fields: leaked_list(fields), details, ..*entry });
    }
    out
}

fn without<T: Clone>(list: &[T], index: usize) -> &'static [T] {
    let mut list = list.to_vec();
    list.remove(index);
    leaked_list(list)
}

fn with<T: Clone>(list: &[T], index: usize, item: T) -> &'static [T] {
    let mut list = list.to_vec();
    list[index] = item;
    leaked_list(list)
}

fn templates(node: &Node) -> Vec<Node> {
    match *node {
        Node::Constant(_) | Node::Slot { .. } | Node::Splice(_) => Vec::new(),
        Node::Object(members) => {
            let mut out: Vec<Node> = (0..members.len())
                .filter(|_| members.len() > 1)
                .map(|index| Node::Object(without(members, index)))
                .collect();
            for (index, member) in members.iter().enumerate() {
                let Member::Pair { key, optional, value } = *member else { continue };
                out.extend(templates(&value).into_iter().map(|value| {
                    Node::Object(with(members, index, Member::Pair { key, optional, value }))
                }));
            }
            out
        }
        Node::Array(elements) => lists(elements).into_iter().map(Node::Array).collect(),
        Node::Chain(elements) => {
            let mut out: Vec<Node> = lists(elements).into_iter().map(Node::Chain).collect();
            if let [Element { value: value @ (Node::Object(_) | Node::Array(_)), .. }] = elements {
                out.push(*value);
            }
            out
        }
        Node::Composed(parts) => (0..parts.len())
            .filter(|_| parts.len() > 1)
            .map(|index| without(parts, index))
            .filter(|parts| {
                let is_literal = |part: &Part| matches!(part, Part::Literal(_));
                parts.windows(2).all(|two| is_literal(&two[0]) != is_literal(&two[1]))
            })
            .map(Node::Composed)
            .collect(),
        Node::Default { node, default } => {
            let mut out = vec![*default];
            out.extend(
                templates(node)
                    .into_iter()
                    .map(|node| Node::Default { node: Box::leak(Box::new(node)), default }),
            );
            out
        }
        Node::Encoded(node) => {
            let mut out = vec![*node];
            out.extend(
                templates(node).into_iter().map(|node| Node::Encoded(Box::leak(Box::new(node)))),
            );
            out
        }
    }
}

fn lists(elements: &[Element]) -> Vec<&'static [Element]> {
    let mut out: Vec<&'static [Element]> = (0..elements.len())
        .filter(|_| elements.len() > 1)
        .map(|index| without(elements, index))
        .collect();
    for (index, element) in elements.iter().enumerate() {
        out.extend(
            templates(&element.value)
                .into_iter()
                .map(|value| with(elements, index, Element { value, ..*element })),
        );
    }
    out
}

fn checks(check: &Check) -> Vec<Check> {
    match check {
        Check::Occurrence(what) => occurrences(what).into_iter().map(Check::Occurrence).collect(),
        Check::Stranger(what) => occurrences(what).into_iter().map(Check::Stranger).collect(),
        Check::Success(what) => occurrences(what).into_iter().map(Check::Success).collect(),
        Check::Frame(Sent { frame: Frame::Text(text), .. }) => {
            frames(text).into_iter().map(|text| Check::Frame(Sent::text(text))).collect()
        }
        Check::Batch(text) => texts(text).into_iter().map(Check::Batch).collect(),
        Check::Apart(_) | Check::Frame(_) | Check::Close(..) | Check::Module => Vec::new(),
    }
}

fn occurrences(what: &Occurrence) -> Vec<Occurrence> {
    let mut out = Vec::new();
    for (index, (_, value)) in what.fields.iter().enumerate() {
        for value in values(value) {
            let mut smaller = what.clone();
            smaller.fields[index].1 = value;
            out.push(smaller);
        }
    }
    for (index, (_, value)) in what.context_values.iter().enumerate() {
        for value in values(value) {
            let mut smaller = what.clone();
            smaller.context_values[index].1 = value;
            out.push(smaller);
        }
    }
    out
}

/// Smaller values of the same type, as far as that can be seen.
fn values(value: &Value) -> Vec<Value> {
    match value {
        Value::String(text) if text.len() > 1 => {
            texts(text).into_iter().map(Value::String).collect()
        }
        Value::Array(elements) if !elements.is_empty() => vec![Value::Array(Vec::new())],
        _ => Vec::new(),
    }
}

fn texts(text: &str) -> Vec<String> {
    let characters: Vec<char> = text.chars().collect();
    let mut out = Vec::new();
    let mut size = characters.len() / 2;
    while size > 0 {
        for start in (0..characters.len()).step_by(size) {
            let end = (start + size).min(characters.len());
            out.push(characters[..start].iter().chain(&characters[end..]).collect());
        }
        size /= 2;
    }
    out
}

fn frames(text: &str) -> Vec<String> {
    match serde_json::from_str::<Value>(text) {
        Ok(json) if json.is_object() || json.is_array() => {
            parts_of(&json).iter().map(Value::to_string).collect()
        }
        _ => texts(text),
    }
}

fn parts_of(json: &Value) -> Vec<Value> {
    match json {
        Value::Object(members) => {
            let mut out = Vec::new();
            for (key, value) in members {
                let mut fewer: Map<String, Value> = members.clone();
                fewer.remove(key);
                out.push(Value::Object(fewer));
                for value in parts_of(value) {
                    let mut other = members.clone();
                    other.insert(key.clone(), value);
                    out.push(Value::Object(other));
                }
            }
            out
        }
        Value::Array(elements) => {
            let mut out = Vec::new();
            for (index, element) in elements.iter().enumerate() {
                let mut fewer = elements.clone();
                fewer.remove(index);
                out.push(Value::Array(fewer));
                for element in parts_of(element) {
                    let mut other = elements.clone();
                    other[index] = element;
                    out.push(Value::Array(other));
                }
            }
            out
        }
        Value::String(text) => {
            frames(text).into_iter().filter(|other| other != text).map(Value::String).collect()
        }
        _ => Vec::new(),
    }
}
