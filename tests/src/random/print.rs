//! A catalog that was made up, as somebody would write it.

use std::fmt::Write as _;

use ws_errors::catalog::{
    Cast, ClosingCode, Code, Delivery, Details, Element, Entry, Envelope, Field, Filter, Format,
    Member, Message, Node, Part, RetryKind, Slot, Success,
};

use super::check::Check;
use super::made::{Declared, Made, Occurrence};

/// The enum.
pub(super) fn as_enum(made: &Made) -> String {
    let mut out = String::new();
    let used = |index: usize| {
        made.entries.iter().any(|one| one.envelopes.get(index).is_some_and(Option::is_some))
    };
    for (index, context) in made.contexts.iter().enumerate().filter(|(index, _)| used(*index)) {
        let fields: Vec<&str> = context.fields.iter().map(|field| field.name).collect();
        let delivery =
            context.delivery.map_or(String::new(), |delivery| format!(", {}", delivery.word()));
        let _ = writeln!(
            out,
            "// context {}: {}{delivery}",
            context_name(made, index),
            fields.join(", ")
        );
    }
    if !made.success.is_empty() {
        let codes: Vec<String> = made
            .success
            .iter()
            .map(|success| match success {
                Success::Numbers(first, last) => format!("{first}..={last}"),
                Success::Text(text) => format!("{text:?}"),
            })
            .collect();
        let _ = writeln!(out, "#[ws_error(success({}))]", codes.join(", "));
    }
    out.push_str("enum E {\n");
    for declared in &made.entries {
        entry(made, declared, &mut out);
    }
    out + "}"
}

fn context_name(made: &Made, index: usize) -> &'static str {
    match made.contexts.get(index).map(|context| context.name) {
        None | Some("") => "()",
        Some(name) => name,
    }
}

fn entry(made: &Made, declared: &Declared, out: &mut String) {
    let Declared { entry, envelopes } = declared;
    let mut said = vec![format!("name = {:?}", entry.name)];
    said.push(match entry.code {
        Code::None => "code = none".to_owned(),
        Code::Number(number) if entry.shared => format!("code = shared({number})"),
        Code::Text(text) if entry.shared => format!("code = shared({text:?})"),
        Code::Number(number) => format!("code = {number}"),
        Code::Text(text) => format!("code = {text:?}"),
        Code::Field(field) => format!("code = self.{field}"),
    });
    match entry.delivery {
        Delivery::Close(closing) | Delivery::SoftThenClose(closing) => {
            let code = match closing.code {
                ClosingCode::Constant(code) => code.to_string(),
                _ => String::new(),
            };
            let reason = closing.reason.to_string();
            said.push(format!("{}({code}, {reason:?})", entry.delivery.word()));
        }
        Delivery::Observed { code: Some(code), .. } => said.push(format!("observed({code})")),
        Delivery::Rejected { close, .. } => {
            let close = close.map(|closing| format!(", {:?} {:?}", closing.code, closing.reason));
            said.push(format!("rejected(401{})", close.unwrap_or_default()));
        }
        _ => {}
    }
    match entry.message {
        Message::Text(text) => said.push(format!("message = {:?}", text.to_string())),
        Message::Display(text) => said.push(format!("message = display, {:?}", text.to_string())),
        Message::None | Message::Field(_) => {}
    }
    if entry.recoverable {
        said.push("recoverable = true".to_owned());
    }
    if let RetryKind::After(wait) = entry.retry.kind {
        let fixed = wait.fixed.map_or(0, |wait| wait.as_millis());
        said.push(match wait.field {
            Some(field) => format!("retry = after(self.{field} ?? {fixed}ms)"),
            None => format!("retry = after({fixed}ms)"),
        });
    }
    for (name, node) in entry.constants {
        said.push(format!("set({name} = {})", template(node)));
    }
    for (context, index) in envelopes.iter().enumerate() {
        if let Some(envelope) = index.and_then(|index| made.envelopes.get(index)) {
            said.push(format!(
                "envelope({}) = {}",
                context_name(made, context),
                envelope_of(envelope)
            ));
        }
    }
    let _ = writeln!(out, "    #[ws_error({})]", said.join(",\n        "));
    let fields: Vec<String> = entry.fields.iter().map(|one| field(entry, one)).collect();
    let (open, close) = match entry.details {
        Details::Value | Details::Array => ("(", ")"),
        _ => (" { ", " }"),
    };
    let _ = match fields.as_slice() {
        [] => writeln!(out, "    {},", entry.variant),
        fields => writeln!(out, "    {}{open}{}{close},", entry.variant, fields.join(", ")),
    };
}

fn field(entry: &Entry, field: &Field) -> String {
    let mut said = Vec::new();
    if field.name != field.ident {
        said.push(format!("rename = {:?}", field.name));
    }
    if entry.message == Message::Field(field.ident) {
        said.push("message".to_owned());
    } else if !field.on_wire {
        said.push("skip".to_owned());
    } else if !field.in_details {
        said.push("not in details".to_owned());
    }
    if let Some(cast) = field.cast {
        let cast = if cast == Cast::String { "string" } else { "number" };
        said.push(format!("as = {cast:?}"));
    }
    let said = match said.as_slice() {
        [] => String::new(),
        said => format!("#[ws_error({})] ", said.join(", ")),
    };
    format!("{said}{}: {}", field.ident, field.docs)
}

fn envelope_of(envelope: &Envelope) -> String {
    let text = template(&envelope.template);
    match envelope.format {
        Format::Json | Format::Text => text,
        Format::With(_) => format!("with(encode, decode, {text})"),
        Format::Binary => format!("binary({text})"),
        Format::MessagePack(prefix) => format!("binary({prefix:?}) + msgpack({text})"),
        Format::Cbor(prefix) => format!("binary({prefix:?}) + cbor({text})"),
    }
}

fn template(node: &Node) -> String {
    match node {
        Node::Constant(json) => (*json).to_owned(),
        Node::Object(members) => {
            let members: Vec<String> = members
                .iter()
                .map(|member| match member {
                    Member::Pair { key, optional, value } => {
                        let mark = if *optional { "?" } else { "" };
                        format!("{key:?}{mark}: {}", template(value))
                    }
                    Member::Splice(Slot::Fields) => "..self".to_owned(),
                    Member::Splice(_) => "..details".to_owned(),
                })
                .collect();
            format!("{{ {} }}", members.join(", "))
        }
        Node::Array(elements) => {
            let elements: Vec<String> = elements.iter().map(element).collect();
            format!("[{}]", elements.join(", "))
        }
        Node::Slot { slot: one, cast } => match cast {
            Some(Cast::String) => format!("{} as string", slot(*one)),
            Some(Cast::Number) => format!("{} as number", slot(*one)),
            None => slot(*one),
        },
        Node::Splice(one) => format!("..{}", slot(*one)),
        Node::Composed(parts) => {
            let text: String = parts
                .iter()
                .map(|part| match part {
                    Part::Literal(text) => text.replace('{', "{{").replace('}', "}}"),
                    Part::Slot(one) => format!("{{{}}}", slot(*one)),
                    Part::Filtered(one, Filter::Len) => format!("{{len({})}}", slot(*one)),
                    Part::Filtered(one, filter) => {
                        format!("{{{}:{}}}", slot(*one), format!("{filter:?}").to_lowercase())
                    }
                })
                .collect();
            format!("{text:?}")
        }
        Node::Default { node, default } => format!("{} ?? {}", template(node), template(default)),
        Node::Encoded(node) => format!("json({})", template(node)),
        Node::Chain(elements) => {
            let elements: Vec<String> = elements.iter().map(element).collect();
            elements.join(" + ")
        }
    }
}

fn element(element: &Element) -> String {
    match (element.optional, &element.value) {
        (true, Node::Default { node, default }) => {
            format!("{}? ?? {}", template(node), template(default))
        }
        (true, value) => format!("{}?", template(value)),
        (false, value) => template(value),
    }
}

fn slot(slot: Slot) -> String {
    match slot {
        Slot::Code => "code".to_owned(),
        Slot::Name => "name".to_owned(),
        Slot::Message => "message".to_owned(),
        Slot::Details => "details".to_owned(),
        Slot::Recoverable => "recoverable".to_owned(),
        Slot::RetryAfter => "retry_after".to_owned(),
        Slot::Close => "close".to_owned(),
        Slot::Reason => "reason".to_owned(),
        Slot::Fields => "self".to_owned(),
        Slot::Set(name) => format!("set.{name}"),
        Slot::Field(name) => format!("self.{name}"),
        Slot::Context(name) => format!("cx.{name}"),
        Slot::Status | Slot::Title | Slot::DocUrl => slot.to_string(),
    }
}

/// What is looked at.
pub(super) fn as_input(made: &Made, check: &Check) -> String {
    let occurs = |what: &Occurrence| {
        let fields = made.declared(what.entry).entry.fields;
        let list = |values: &[(&str, serde_json::Value)], is_field: bool| {
            let values: Vec<String> = values
                .iter()
                .filter(|(name, _)| !is_field || fields.iter().any(|field| field.ident == *name))
                .map(|(name, value)| format!("{name}: {value}"))
                .collect();
            values.join(", ")
        };
        format!(
            "{} {{ {} }} in {} {{ {} }}",
            what.entry,
            list(&what.fields, true),
            context_name(made, what.context),
            list(&what.context_values, false)
        )
    };
    match check {
        Check::Occurrence(what) => occurs(what),
        Check::Stranger(what) => format!("{}, with a new code", occurs(what)),
        Check::Apart(all) => all.iter().map(occurs).collect::<Vec<_>>().join("\n"),
        Check::Success(what) => format!("{}, with the code of a success", occurs(what)),
        Check::Frame(sent) => format!("{:?}", sent.frame),
        Check::Batch(text) => format!("several messages {text:?}"),
        Check::Close(code, reason) => format!("close {code} {reason:?}"),
        Check::Module => "the TypeScript module".to_owned(),
    }
}
