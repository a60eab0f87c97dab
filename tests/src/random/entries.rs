//! Entries, contexts and what belongs to them, made up.

use ws_errors::catalog::{
    Cast, Code, Context, ContextDelivery, ContextField, Delivery, Details, Entry, Field, Message,
    Node, Part, Piece, Retry, RetryKind, Slot, Success, Text, TimeUnit,
};

use super::made::{closing, leaked, leaked_list, wait};
use super::numbers::Random;
use super::texts::LITERALS;
use super::types::{CONTEXT_FIELDS, Kind, TYPES, Type};

/// The kinds of codes that a catalog has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Codes {
    Texts,
    Numbers,
    /// Both: then the code stands in no string.
    Both,
}

/// The names of constants of the user's own.
pub(super) const CONSTANTS: [&str; 2] = ["kind", "tag"];

pub(super) fn contexts(random: &mut Random) -> Vec<Context> {
    let count = 1 + random.below(20) / 8;
    (0..count)
        .map(|index| {
            let mut names = CONTEXT_FIELDS;
            random.shuffle(&mut names);
            let fields: Vec<ContextField> = names
                .iter()
                .take(if index == 0 && random.chance(30) { 0 } else { random.below(4) })
                .map(|(name, ty)| ContextField { name, ty: Type::named(ty).probe, example: None })
                .collect();
            let delivery = match random.below(12) {
                0 => Some(ContextDelivery::Soft),
                1 => Some(ContextDelivery::Close),
                2 => Some(ContextDelivery::SoftThenClose),
                _ => None,
            };
            Context {
                name: if index == 0 { "" } else { ["Reply", "Push"][index - 1] },
                fields: leaked_list(fields),
                delivery: delivery.filter(|_| index > 0),
            }
        })
        .collect()
}

pub(super) fn success(random: &mut Random, codes: Codes) -> Vec<Success> {
    if random.chance(75) {
        return Vec::new();
    }
    match codes {
        Codes::Texts => vec![Success::Text("ok")],
        Codes::Numbers => vec![Success::Numbers(0, 0), Success::Numbers(200, 299)],
        Codes::Both => vec![Success::Numbers(0, 0), Success::Text("ok")],
    }
}

/// An entry without envelopes. `catches_all` where its code may come from a field.
pub(super) fn entry(random: &mut Random, index: usize, codes: Codes, catches_all: bool) -> Entry {
    let is_tuple = random.chance(10);
    let mut fields = fields(random, is_tuple);
    let code = if catches_all {
        let ty = match codes {
            Codes::Numbers => "u32",
            Codes::Texts | Codes::Both => "String",
        };
        fields.push(field("code", Type::named(ty), true));
        Code::Field("code")
    } else {
        code(random, index, codes)
    };
    let message = message(random, &mut fields);
    let details = match fields.iter().filter(|field| field.in_details).count() {
        0 => Details::Nothing,
        1 if is_tuple => Details::Value,
        _ if is_tuple => Details::Array,
        _ => Details::Object,
    };
    let constants = constants(random, index, &fields);
    let name = leaked(format!("{}_{index}", ["denied", "late", "gone"][random.below(3)]));
    Entry {
        name,
        variant: leaked(format!("E{index}")),
        code,
        delivery: delivery(random, index, &fields),
        retry: retry(random, &fields),
        recoverable: random.chance(40),
        message,
        fields: leaked_list(fields),
        details,
        constants: leaked_list(constants),
        ..Entry::BLANK
    }
}

fn code(random: &mut Random, index: usize, codes: Codes) -> Code {
    let number =
        matches!(codes, Codes::Numbers) || (codes == Codes::Both && index.is_multiple_of(2));
    if number {
        let base = [4000, 1, -32_000, 100_000][random.below(4)];
        return Code::Number(base + i64::try_from(index).unwrap_or(0) * 7);
    }
    let stem = ["NOT_FOUND", "a.b-", "ERR", "té", "rate limited ", "it's", "x"][random.below(7)];
    if random.chance(8) {
        let hostile = ["A:B", "a b", "", "\"", "ERR ", "{", "4003", "é", "null", "a/b#c"];
        return Code::Text(random.one_of(&hostile));
    }
    Code::Text(leaked(format!("{stem}{index}")))
}

fn field(name: &'static str, ty: &Type, in_details: bool) -> Field {
    let probe = (ty.probe)();
    Field {
        name,
        ident: name,
        docs: ty.name,
        ty: probe,
        cast: probe.is_wide().then_some(Cast::String),
        example: None,
        in_details,
        on_wire: true,
        whole: false,
    }
}

fn fields(random: &mut Random, is_tuple: bool) -> Vec<Field> {
    let names = if is_tuple { ["0", "1", "2", "3"] } else { ["room", "limit", "args", "why"] };
    let count = random.below(if is_tuple { 3 } else { 5 });
    (0..count)
        .map(|index| {
            let ty = random.pick(TYPES);
            let is_detail = is_tuple || random.chance(80);
            let mut field = field(names[index], ty, is_detail);
            if !is_tuple && random.chance(15) {
                field.name = leaked(format!(
                    "{}{}",
                    field.ident,
                    ["-x", "Été", "🎈", " \""][random.below(4)]
                ));
            }
            if !is_tuple && !is_detail {
                field.on_wire = random.chance(50);
            }
            field
        })
        .collect()
}

fn message(random: &mut Random, fields: &mut [Field]) -> Message {
    match random.below(10) {
        0 => Message::None,
        1 | 2 if !fields.is_empty() => {
            let last = fields.len() - 1;
            let field = &mut fields[random.below(last + 1)];
            if field.ident == "code" {
                return Message::None;
            }
            field.in_details = false;
            field.on_wire = true;
            Message::Field(field.ident)
        }
        3..=5 => {
            let shown: Vec<&Field> = fields
                .iter()
                .filter(|field| Type::named(field.docs).kind == Kind::Displayed)
                .collect();
            let text = pieces(random, &shown);
            if random.chance(30) { Message::Display(text) } else { Message::Text(text) }
        }
        _ => Message::Text(Text(leaked_list(vec![Piece::Literal(
            ["no", "not found: it's gone", "é \"quoted\"", "a\nb"][random.below(4)],
        )]))),
    }
}

fn pieces(random: &mut Random, fields: &[&Field]) -> Text {
    let mut pieces = vec![Piece::Literal("no ")];
    for field in fields.iter().take(2) {
        pieces.push(Piece::Field { name: field.ident, spec: "" });
        pieces.push(Piece::Literal(random.one_of(&LITERALS)));
    }
    Text(leaked_list(pieces))
}

fn constants(random: &mut Random, index: usize, fields: &[Field]) -> Vec<(&'static str, Node)> {
    let mut constants = Vec::new();
    for name in CONSTANTS {
        let node = match random.below(6) {
            0 | 1 => continue,
            2 if random.chance(20) && fields.iter().any(|field| field.ident == "room") => {
                Node::Slot { slot: Slot::Field("room"), cast: None }
            }
            2 => Node::Constant(["401", "true", "\"same\""][random.below(3)]),
            3 => match fields.iter().find(|field| field.ident == "room") {
                Some(_) => Node::Composed(leaked_list(vec![
                    Part::Literal("room "),
                    Part::Slot(Slot::Field("room")),
                ])),
                None => continue,
            },
            _ => Node::Constant(leaked(format!(
                "\"{}{index}\"",
                ["Word", "dé", "w:"][random.below(3)]
            ))),
        };
        constants.push((name, node));
    }
    constants
}

fn delivery(random: &mut Random, index: usize, fields: &[Field]) -> Delivery {
    let number = 4000 + u16::try_from(index).unwrap_or(0);
    let shown: Vec<&Field> =
        fields.iter().filter(|field| Type::named(field.docs).kind == Kind::Displayed).collect();
    let reason = if random.chance(30) {
        pieces(random, &shown)
    } else {
        Text(leaked_list(vec![Piece::Literal("bye")]))
    };
    match random.below(16) {
        0 => Delivery::Close(closing(number, reason)),
        3 => Delivery::Observed { code: Some([1006, 4990][index % 2]), reason: Text::EMPTY },
        4 => Delivery::Rejected {
            status: Some(401),
            close: random.chance(50).then(|| closing(number, reason)),
        },
        1 | 2 => Delivery::SoftThenClose(closing(number, reason)),
        _ => Delivery::Soft,
    }
}

fn retry(random: &mut Random, fields: &[Field]) -> Retry {
    let unit = [TimeUnit::Milliseconds, TimeUnit::Seconds][fields.len() % 2];
    let waits = fields.iter().find(|field| matches!(field.docs, "u32" | "Option<u32>"));
    Retry::new(match (random.below(4), waits) {
        (0, Some(field)) if field.on_wire => RetryKind::After(wait(Some(field.ident), 1500, unit)),
        (1, _) => RetryKind::After(wait(None, 2000, unit)),
        _ => RetryKind::Never,
    })
}
