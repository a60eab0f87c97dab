//! The two questions about a slot in a variant: what is it, and can it be nothing. Every rule of the
//! envelope language is a case of one of them.

use std::collections::HashSet;

use proc_macro2::Ident;

use crate::attr::delivery::ClosingCode;
use crate::attr::retry::RetryKind;
use crate::attr::text::Text;
use crate::model::{Code, Details, Message, Variant};
use crate::template::{Member, Part, Slot, SlotUse, Template, quote};

/// What a slot is in a variant.
#[derive(Debug)]
pub(crate) enum Content<'m> {
    /// Nothing, in each occurrence.
    Nothing,
    /// The same in each occurrence, as JSON.
    Constant(String),
    /// A text with fields in it.
    Text(Text),
    /// The `Display` text.
    Display,
    /// A value that is known at run time.
    Value(Source),
    /// A value that is known at run time, and a constant where it is nothing.
    ValueOr(Source, String),
    /// A template of the user's own.
    Template(&'m Template),
    /// An object of these fields.
    Object(Vec<usize>),
    /// An array of these fields.
    Array(Vec<usize>),
}

/// Where a value comes from at run time.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Source {
    /// The field of the variant with this index.
    Field(usize),
    /// A field of the context.
    Context(Ident),
    /// The `Display` text of the error.
    Display,
}

/// Whether something is there.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Presence {
    /// It is nothing, in each occurrence.
    Never,
    /// It is something, in each occurrence.
    Always,
    /// It is something when any of these is.
    When(Vec<Source>),
}

impl Presence {
    /// Something when either is.
    fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Always, _) | (_, Self::Always) => Self::Always,
            (Self::Never, presence) | (presence, Self::Never) => presence,
            (Self::When(mut sources), Self::When(others)) => {
                for source in others {
                    if !sources.contains(&source) {
                        sources.push(source);
                    }
                }
                Self::When(sources)
            }
        }
    }

    fn any(all: impl IntoIterator<Item = Self>) -> Self {
        all.into_iter().fold(Self::Never, Self::or)
    }
}

/// What is it?
pub(crate) fn content<'m>(slot: &Slot, variant: &'m Variant<'_>) -> Content<'m> {
    match slot {
        Slot::Code => match &variant.code {
            Code::None => Content::Nothing,
            Code::Number(number) => Content::Constant(number.to_string()),
            Code::Text(text) => Content::Constant(quote(text)),
            Code::Field(index) => Content::Value(Source::Field(*index)),
        },
        Slot::Name => Content::Constant(quote(&variant.name)),
        Slot::Message => match &variant.message {
            Message::None => Content::Nothing,
            Message::Text(text) => text_content(text),
            Message::Display(_) => Content::Display,
            Message::Field(index) => Content::Value(Source::Field(*index)),
        },
        Slot::Details => {
            let fields = indices(variant, |field| field.in_details);
            match (variant.details, fields.first()) {
                (Details::Object, _) => Content::Object(fields),
                (Details::Array, _) => Content::Array(fields),
                (Details::Value, Some(index)) => Content::Value(Source::Field(*index)),
                (Details::Nothing | Details::Value, _) => Content::Nothing,
            }
        }
        Slot::Fields => match indices(variant, |field| field.on_wire) {
            fields if fields.is_empty() => Content::Nothing,
            fields => Content::Object(fields),
        },
        Slot::Recoverable => Content::Constant(variant.recoverable.to_string()),
        Slot::RetryAfter => retry_after(variant),
        Slot::Close => match variant.delivery.closing().map(|closing| &closing.code) {
            None | Some(ClosingCode::None) => Content::Nothing,
            Some(ClosingCode::Constant(code)) => Content::Constant(code.to_string()),
            Some(ClosingCode::Field(name, _)) => field(variant, name),
        },
        Slot::Reason => match variant.delivery.closing() {
            None => Content::Nothing,
            Some(_) => text_content(&variant.reason()),
        },
        Slot::Set(name) => variant
            .constant(name)
            .map_or(Content::Nothing, |constant| Content::Template(&constant.template)),
        Slot::Field(name) => field(variant, name),
        Slot::Context(name) => Content::Value(Source::Context(name.clone())),
    }
}

fn text_content<'m>(text: &Text) -> Content<'m> {
    match text.as_constant() {
        Some(text) => Content::Constant(quote(&text)),
        None => Content::Text(text.clone()),
    }
}

/// The wait that the policy states, in milliseconds.
fn retry_after<'m>(variant: &'m Variant<'_>) -> Content<'m> {
    let RetryKind::After { field, fixed } = &variant.retry.kind else { return Content::Nothing };
    let fixed = fixed.map(|fixed| fixed.as_millis().to_string());
    match (field, fixed) {
        (Some((name, _)), fixed) => match (variant.field(name), fixed) {
            (Some(index), Some(fixed)) => Content::ValueOr(Source::Field(index), fixed),
            (Some(index), None) => Content::Value(Source::Field(index)),
            (None, _) => Content::Nothing,
        },
        (None, Some(fixed)) => Content::Constant(fixed),
        (None, None) => Content::Nothing,
    }
}

fn field<'m>(variant: &'m Variant<'_>, name: &str) -> Content<'m> {
    match variant.field(name) {
        Some(index) if !variant.fields[index].source => Content::Value(Source::Field(index)),
        _ => Content::Nothing,
    }
}

fn indices(variant: &Variant<'_>, is: impl Fn(&crate::model::Field<'_>) -> bool) -> Vec<usize> {
    variant.fields.iter().enumerate().filter(|(_, field)| is(field)).map(|(i, _)| i).collect()
}

/// Can it be nothing?
pub(crate) fn presence(slot: &Slot, variant: &Variant<'_>) -> Presence {
    match content(slot, variant) {
        Content::Nothing => Presence::Never,
        Content::Value(source) => Presence::When(vec![source]),
        Content::Template(template) => template_presence(template, variant),
        Content::Object(fields) => Presence::When(fields.into_iter().map(Source::Field).collect()),
        Content::Constant(_)
        | Content::Text(_)
        | Content::Display
        | Content::ValueOr(..)
        | Content::Array(_) => Presence::Always,
    }
}

/// The same of a template: an object with slots is nothing when each of them is, and so is a string
/// that is composed of slots.
pub(crate) fn template_presence(template: &Template, variant: &Variant<'_>) -> Presence {
    match template {
        Template::Constant(_) | Template::Array(_) => Presence::Always,
        Template::Slot(used) | Template::Splice(used) => presence(&used.slot, variant),
        Template::Object(members) => {
            let slots: Vec<Presence> =
                members.iter().filter_map(|member| member_presence(member, variant)).collect();
            if slots.is_empty() { Presence::Always } else { Presence::any(slots) }
        }
        Template::Composed(parts) => {
            let slots: Vec<Presence> = parts
                .iter()
                .filter_map(|part| match part {
                    Part::Slot(used) => Some(presence(&used.slot, variant)),
                    Part::Literal(_) => None,
                })
                .collect();
            if slots.is_empty() { Presence::Always } else { Presence::any(slots) }
        }
        Template::Default(value, default) => {
            template_presence(value, variant).or(template_presence(default, variant))
        }
        Template::Encoded(value) => template_presence(value, variant),
        Template::Chain(elements) => {
            Presence::any(elements.iter().map(|e| template_presence(&e.value, variant)))
        }
    }
}

/// Calls `visit` for each slot that a template reaches in a variant, through its constants as well.
pub(crate) fn each_slot(
    template: &Template,
    variant: &Variant<'_>,
    visit: &mut impl FnMut(&SlotUse),
) {
    // A constant is looked into once, however often it is used.
    let mut seen: HashSet<&str> = HashSet::new();
    let mut templates = vec![template];
    while let Some(template) = templates.pop() {
        template.each_slot(&mut |used| {
            visit(used);
            if let Slot::Set(name) = &used.slot
                && seen.insert(name)
            {
                templates.extend(variant.constant(name).map(|constant| &constant.template));
            }
        });
    }
}

/// Of the slots in a member; `None` where it has none.
fn member_presence(member: &Member, variant: &Variant<'_>) -> Option<Presence> {
    let value = match member {
        Member::Splice(used) => return Some(presence(&used.slot, variant)),
        Member::Pair { value, .. } => value,
    };
    let mut slots = Vec::new();
    collect(value, &mut slots);
    (!slots.is_empty())
        .then(|| Presence::any(slots.into_iter().map(|slot| presence(slot, variant))))
}

/// The slots in a template, without those of defaults: they don't make something of nothing.
fn collect<'t>(template: &'t Template, slots: &mut Vec<&'t Slot>) {
    match template {
        Template::Default(value, _) => collect(value, slots),
        Template::Object(members) => members.iter().for_each(|member| match member {
            Member::Pair { value, .. } => collect(value, slots),
            Member::Splice(used) => slots.push(&used.slot),
        }),
        Template::Array(elements) | Template::Chain(elements) => {
            elements.iter().for_each(|element| collect(&element.value, slots));
        }
        other => other.each_slot(&mut |used| slots.push(&used.slot)),
    }
}
