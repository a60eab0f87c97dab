//! Catalogs and what occurs in them, made up.

use serde_json::Value;
use ws_errors::catalog::{Code, Entry, Envelope, Retry, RetryKind, Success, Wait};

use super::entries::{self, Codes};
use super::envelopes::{self, Scope};
use super::made::{Declared, Made, Occurrence, wait};
use super::numbers::Random;
use super::texts::text;
use super::types::{CONTEXT_FIELDS, Type};

/// A catalog.
pub(super) fn catalog(random: &mut Random) -> Made {
    let codes = match random.below(10) {
        0..=5 => Codes::Texts,
        6..=8 => Codes::Numbers,
        _ => Codes::Both,
    };
    let contexts = entries::contexts(random);
    let count = 1 + random.below(6);
    let catch_all = random.chance(15).then(|| random.below(count));
    let mut entries: Vec<Entry> = (0..count)
        .map(|index| entries::entry(random, index, codes, catch_all == Some(index)))
        .collect();
    for entry in &mut entries {
        if random.chance(8) && !matches!(entry.code, Code::Field(_)) {
            entry.code = Code::None;
        }
    }
    if random.chance(20) {
        clash(random, &mut entries);
    }
    for index in 0..entries.len() {
        entries[index].shared = entries
            .iter()
            .enumerate()
            .any(|(at, other)| at != index && other.code == entries[index].code);
    }
    let mut made = Made {
        contexts,
        envelopes: Vec::new(),
        entries: entries
            .iter()
            .map(|entry| Declared { entry: *entry, envelopes: Vec::new() })
            .collect(),
        success: entries::success(random, codes),
    };
    for context in 0..made.contexts.len() {
        give_envelopes(random, &mut made, context, codes);
    }
    made.entries.iter_mut().for_each(|one| keep_waits(one, &made.envelopes));
    made
}

/// Makes two entries look more alike: what clients can't tell apart, the rules have to refuse.
fn clash(random: &mut Random, entries: &mut [Entry]) {
    let (one, other) = (random.below(entries.len()), random.below(entries.len()));
    let (name, variant) = (entries[other].name, entries[other].variant);
    let (like, fields) = (entries[one], entries[other].fields);
    if matches!(like.code, Code::Field(_)) || matches!(entries[other].code, Code::Field(_)) {
        return;
    }
    match random.below(4) {
        0 => entries[other] = Entry { name, variant, ..like },
        1 => entries[other].code = like.code,
        2 => (entries[one].code, entries[other].code) = (Code::None, Code::None),
        _ if fields.is_empty() => {
            (entries[other].constants, entries[other].code) = (like.constants, like.code);
        }
        _ if like.close_reason().fields().count() == 0 => {
            entries[other].delivery = like.delivery;
        }
        _ => {}
    }
}

/// A wait that the server gives is one that each message carries.
fn keep_waits(declared: &mut Declared, envelopes: &[Envelope]) {
    let RetryKind::After(Wait { field: Some(name), unit, .. }) = declared.entry.retry.kind else {
        return;
    };
    let field = format!("Field({name:?})");
    let is_carried = |index: &usize| {
        let template = format!("{:?}", envelopes[*index].template);
        ["RetryAfter", "Details", "Fields", &field].iter().any(|slot| template.contains(slot))
    };
    if !declared.envelopes.iter().flatten().all(is_carried) {
        declared.entry.retry = Retry::new(RetryKind::After(wait(None, 1500, unit)));
    }
}

/// Chooses who shares an envelope in a context, and makes it.
fn give_envelopes(random: &mut Random, made: &mut Made, context: usize, codes: Codes) {
    let fields = made.contexts[context].fields;
    let mut shared = Vec::new();
    for index in 0..made.entries.len() {
        let declared = &made.entries[index];
        let is_there = made.is_sent(declared, context) && (context == 0 || !random.chance(15));
        let entry = declared.entry;
        made.entries[index].envelopes.push(None);
        if !is_there {
            continue;
        }
        if random.chance(if entry.code == Code::None { 70 } else { 20 }) {
            let scope = Scope { entries: &[&entry], fields, codes };
            let envelope = envelopes::envelope(random, &scope, made.envelopes.len());
            made.entries[index].envelopes[context] = Some(made.envelopes.len());
            made.envelopes.push(envelope);
        } else {
            shared.push(index);
        }
    }
    let sharing: Vec<Entry> = shared.iter().map(|index| made.entries[*index].entry).collect();
    let sharing: Vec<&Entry> = sharing.iter().collect();
    if sharing.is_empty() {
        return;
    }
    let scope = Scope { entries: &sharing, fields, codes };
    let envelope = envelopes::envelope(random, &scope, made.envelopes.len());
    for index in shared {
        made.entries[index].envelopes[context] = Some(made.envelopes.len());
    }
    made.envelopes.push(envelope);
}

/// Something that occurs: an entry that is sent in a context, with values.
pub(super) fn occurrence(
    random: &mut Random,
    made: &Made,
    declared: &Declared,
    context: usize,
    tame: bool,
) -> Occurrence {
    let entry = &declared.entry;
    let fields = entry.fields.iter().map(|field| {
        let is_code = entry.code == Code::Field(field.ident);
        let value = if is_code {
            new_code(random, made, field.docs, tame)
        } else {
            Type::named(field.docs).value(random, tame)
        };
        (field.ident, value)
    });
    let fields = fields.collect();
    let context_fields = made.contexts.get(context).map(|one| one.fields).unwrap_or_default();
    let context_values = context_fields.iter().map(|field| {
        let known = CONTEXT_FIELDS.iter().find(|(name, _)| *name == field.name);
        let value = known.map(|(_, ty)| Type::named(ty).value(random, tame));
        (field.name, value.unwrap_or_default())
    });
    let context_values = context_values.collect();
    Occurrence { entry: entry.name, context, fields, context_values, tame }
}

/// A code that nobody declared.
pub(super) fn new_code(random: &mut Random, made: &Made, ty: &str, tame: bool) -> Value {
    loop {
        let code: Value = match ty {
            "u32" => (7000 + random.below(90)).into(),
            _ => format!("Z{}", text(random, tame)).into(),
        };
        let is_declared = made.entries.iter().any(|one| match one.entry.code {
            Code::Number(number) => code == number,
            Code::Text(text) => code == text,
            Code::None | Code::Field(_) => false,
        });
        if !is_declared && !made.success.iter().any(|success| is_success(success, &code)) {
            return code;
        }
    }
}

fn is_success(success: &Success, code: &Value) -> bool {
    code.as_i64().is_some_and(|code| success.has_number(code))
        || code.as_str().is_some_and(|code| success.has_text(code))
}
