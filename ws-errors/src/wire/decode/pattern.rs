//! A shape made ready for matching: its constants are parsed, and its strings flat.

use std::borrow::Cow;

use super::kinds::Kinds;
use super::types::Type;
use crate::catalog::{Cast, ContextField, Entry, Field, FieldType, Filter, Format, Message};
use crate::wire::json::Json;
use ws_errors_core::shape::{self, Shape};

/// What a whole frame looks like.
#[derive(Debug)]
pub(super) enum Form {
    /// JSON.
    Json(Pattern),
    /// Text that is not JSON.
    Text(Pattern),
    /// Text and JSON one after the other.
    Chain(Vec<Link>),
}

/// What a value looks like.
#[derive(Debug)]
pub(super) enum Pattern {
    /// Exactly this value.
    Constant(Json<'static>),
    /// Any value of these types.
    Open(Kinds, Reading),
    /// A value that is read as this, of the type.
    Typed(Box<Type>, Kinds, Reading),
    /// A value of any kind, which is read where it is as the pattern says.
    Lenient(Box<Pattern>),
    /// A code that is not told.
    Code {
        /// The types that it can have; null where there may be none.
        kinds: Kinds,
        /// Whether it stands in a string whatever its type is.
        quoted: bool,
        /// The field that it comes from.
        field: Option<&'static Field>,
    },
    /// An object.
    Object(Vec<Member>),
    /// An array.
    Array(Vec<Element>),
    /// A string of several fragments.
    Composed(Vec<Fragment>),
    /// The first, or else the second.
    Default(Box<Pattern>, Box<Pattern>),
    /// A string that holds JSON.
    Encoded(Box<Pattern>),
    /// What a filter makes of the characters of another; only as a part of a string.
    Filtered(Filter, Box<Pattern>),
}

/// What a value that is matched is read as.
#[derive(Debug, Clone, Copy)]
pub(super) enum Reading {
    /// Nothing that is wanted.
    Nothing,
    /// The code.
    Code {
        /// Whether it is in a string whatever its type is: digits are a number then.
        in_string: bool,
    },
    /// The name, which is the code of envelopes without one.
    Name,
    /// The text for the client, and the field that it comes from.
    Message(Option<&'static Field>),
    /// The fields of an entry that is not known.
    Details,
    /// A field.
    Field(&'static Field),
    /// A field of the context.
    Context(&'static ContextField),
}

impl Reading {
    /// Whether it can be nothing.
    pub(super) fn is_optional(self) -> bool {
        match self {
            Self::Field(field) | Self::Message(Some(field)) => field.ty.optional,
            Self::Context(field) => (field.ty)().optional,
            _ => false,
        }
    }
}

#[derive(Debug)]
pub(super) struct Member {
    pub(super) key: Cow<'static, str>,
    pub(super) optional: bool,
    pub(super) value: Pattern,
}

#[derive(Debug)]
pub(super) struct Element {
    pub(super) optional: bool,
    /// Whether it stands for any number of elements: the value is their list.
    pub(super) spliced: bool,
    pub(super) value: Pattern,
}

/// A part of a string.
#[derive(Debug)]
pub(super) enum Fragment {
    Literal(String),
    Open(Pattern),
}

/// A part of a chain.
#[derive(Debug)]
pub(super) struct Link {
    pub(super) optional: bool,
    pub(super) value: LinkValue,
}

#[derive(Debug)]
pub(super) enum LinkValue {
    Text(Vec<Fragment>),
    Json(Pattern),
}

impl Form {
    /// The form of an entry's frames.
    pub(super) fn of(entry: &'static Entry, shape: &Shape, format: Format) -> Self {
        match (shape, format) {
            (Shape::Chain(items), _) => Self::Chain(
                items
                    .iter()
                    .map(|item| Link {
                        optional: item.optional,
                        value: match &item.value {
                            Shape::Composed(parts) => LinkValue::Text(fragments(entry, parts)),
                            value => LinkValue::Json(Pattern::of(entry, value)),
                        },
                    })
                    .collect(),
            ),
            (_, Format::Text) => Self::Text(Pattern::of(entry, shape).without_null()),
            (shape, Format::Binary) if is_string(shape) => {
                Self::Text(Pattern::of(entry, shape).without_null())
            }
            (_, _) => Self::Json(Pattern::of(entry, shape)),
        }
    }
}

/// Whether a template is a string at its root, which is text then.
fn is_string(shape: &Shape) -> bool {
    match shape {
        Shape::Composed(_) => true,
        Shape::Constant(json) => json.starts_with('"'),
        _ => false,
    }
}

impl Pattern {
    fn of(entry: &'static Entry, shape: &Shape) -> Self {
        match shape {
            Shape::Constant(json) => Self::constant(json),
            Shape::Code(field) => {
                Self::Code { kinds: kinds_of_code(field), quoted: false, field: Some(field) }
            }
            Shape::Message(Message::Field(name)) => {
                let field = entry.field(name);
                Self::typed(field.map(|field| field.ty), None, Reading::Message(field))
            }
            Shape::Message(_) => Self::Open(Kinds::STRING, Reading::Message(None)),
            // What follows from the entry, and may be otherwise in another version of it.
            Shape::Text(text) if text.0.is_empty() => Self::Open(Kinds::ANY, Reading::Nothing),
            Shape::Text(_) => Self::Open(Kinds::STRING, Reading::Nothing),
            Shape::Field(field, cast) => Self::typed(Some(field.ty), *cast, Reading::Field(field)),
            Shape::Context(field, cast) => {
                Self::typed(Some((field.ty)()), *cast, Reading::Context(field))
            }
            Shape::Object(properties) => Self::object(
                properties
                    .iter()
                    .map(|property| Member {
                        key: Cow::Borrowed(property.key),
                        optional: property.optional,
                        value: Self::of(entry, &property.value).something(property.optional),
                    })
                    .collect(),
            ),
            // A chain is always the root; here it would be no JSON.
            Shape::Array(items) | Shape::Chain(items) => Self::Array(
                items
                    .iter()
                    .map(|item| Element {
                        optional: item.optional,
                        spliced: matches!(item.value, Shape::Splice(_)),
                        value: Self::of(entry, &item.value).something(item.optional),
                    })
                    .collect(),
            ),
            Shape::Splice(list) => Self::of(entry, list),
            Shape::Composed(parts) => {
                let fragments = fragments(entry, parts);
                let is_perhaps_nothing = fragments.iter().all(|fragment| match fragment {
                    Fragment::Literal(_) => true,
                    Fragment::Open(Self::Open(_, reading) | Self::Typed(_, _, reading)) => {
                        reading.is_optional()
                    }
                    Fragment::Open(_) => false,
                });
                let string = Self::Composed(fragments);
                if is_perhaps_nothing { string.or_null() } else { string }
            }
            Shape::Default(shape, default) => Self::or_default(
                Self::of(entry, shape).something(true),
                match default.as_ref() {
                    Shape::Constant(json) => Self::exactly(json),
                    default => Self::of(entry, default),
                },
            ),
            Shape::Encoded(shape) => Self::Encoded(Box::new(Self::of(entry, shape))),
        }
    }

    /// A value of a field's type, as far as that is known.
    pub(super) fn typed(ty: Option<FieldType>, cast: Option<Cast>, reading: Reading) -> Self {
        let known = ty.filter(|_| cast != Some(Cast::String)).as_ref().and_then(Type::of);
        match known {
            Some(ty) => Self::Typed(Box::new(ty), kinds(cast), reading),
            None => Self::Open(kinds(cast), reading),
        }
    }

    /// The pattern in a place where `null` doesn't stand for nothing, if that is so.
    fn something(self, optional: bool) -> Self {
        match self {
            Self::Typed(ty, kinds, reading) if optional && reading.is_optional() => {
                Self::Typed(Box::new(ty.without_null()), kinds, reading)
            }
            Self::Default(ref pattern, _)
                if optional && matches!(**pattern, Self::Object(_) | Self::Composed(_)) =>
            {
                self.without_null()
            }
            pattern => pattern,
        }
    }

    /// Whether it has a constant or a code, by which messages are known.
    pub(super) fn is_telling(&self) -> bool {
        match self {
            Self::Constant(_) | Self::Code { .. } | Self::Open(_, Reading::Name) => true,
            Self::Open(..) | Self::Typed(..) | Self::Lenient(_) => false,
            Self::Object(members) => members.iter().any(|member| member.value.is_telling()),
            Self::Array(elements) => elements.iter().any(|element| element.value.is_telling()),
            Self::Composed(fragments) => fragments.iter().any(|fragment| match fragment {
                Fragment::Literal(_) => true,
                Fragment::Open(pattern) => pattern.is_telling(),
            }),
            Self::Default(pattern, _) | Self::Encoded(pattern) | Self::Filtered(_, pattern) => {
                pattern.is_telling()
            }
        }
    }

    /// A constant of a template. Its objects are as open to new members as any.
    pub(super) fn constant(json: &str) -> Self {
        Self::opened(parse(json))
    }

    fn opened(json: Json<'static>) -> Self {
        match json {
            Json::Object(members) => Self::Object(
                members
                    .into_iter()
                    .map(|(key, value)| Member { key, optional: false, value: Self::opened(value) })
                    .collect(),
            ),
            Json::Array(elements) => Self::Array(
                elements
                    .into_iter()
                    .map(|value| Element {
                        optional: false,
                        spliced: false,
                        value: Self::opened(value),
                    })
                    .collect(),
            ),
            scalar => Self::Constant(scalar),
        }
    }

    /// A constant that stands for nothing: `{}` is no object with members then.
    pub(super) fn exactly(json: &str) -> Self {
        Self::Constant(parse(json))
    }

    /// An object, which is null where it has members and all of them are nothing.
    pub(super) fn object(members: Vec<Member>) -> Self {
        let is_perhaps_nothing =
            !members.is_empty() && members.iter().all(|member| member.optional);
        let object = Self::Object(members);
        if is_perhaps_nothing { object.or_null() } else { object }
    }

    /// The pattern, or null in the place of nothing.
    pub(super) fn or_null(self) -> Self {
        self.or_default(Self::Constant(Json::Null))
    }

    /// The pattern where no JSON is, and nothing has no characters.
    pub(super) fn without_null(self) -> Self {
        match self {
            Self::Default(pattern, default) if matches!(*default, Self::Constant(Json::Null)) => {
                *pattern
            }
            pattern => pattern,
        }
    }

    pub(super) fn filtered(filter: Filter, pattern: Self) -> Self {
        Self::Filtered(filter, Box::new(pattern.without_null()))
    }

    pub(super) fn or_default(self, default: Self) -> Self {
        Self::Default(Box::new(self), Box::new(default))
    }
}

fn parse(json: &str) -> Json<'static> {
    Json::parse(json).map_or(Json::Null, Json::into_owned)
}

const fn kinds(cast: Option<Cast>) -> Kinds {
    match cast {
        Some(Cast::String) => Kinds::STRING.or_null(true),
        Some(Cast::Number) | None => Kinds::ANY,
    }
}

/// The types of codes that a field takes.
pub(super) fn kinds_of_code(field: &Field) -> Kinds {
    let Some(ty) = Type::of(&field.ty) else { return Kinds::CODE };
    let text = if ty.has(&Json::String("".into())) { Kinds::STRING } else { Kinds::NONE };
    let number = if ty.has(&Json::Number(0.into())) { Kinds::NUMBER } else { Kinds::NONE };
    let kinds = text.or(number);
    if kinds == Kinds::NONE { Kinds::CODE } else { kinds }
}

fn fragments(entry: &'static Entry, parts: &[shape::Fragment]) -> Vec<Fragment> {
    let mut out = Fragments::default();
    for part in parts {
        match part {
            shape::Fragment::Literal(text) => out.literal(text),
            shape::Fragment::Open(shape) => out.open(Pattern::of(entry, shape).without_null()),
            shape::Fragment::Filtered(shape, filter) => {
                out.open(Pattern::filtered(*filter, Pattern::of(entry, shape)));
            }
        }
    }
    out.0
}

/// Fragments of which no two literals stand side by side.
#[derive(Default)]
pub(super) struct Fragments(pub(super) Vec<Fragment>);

impl Fragments {
    pub(super) fn literal(&mut self, text: &str) {
        if let Some(Fragment::Literal(last)) = self.0.last_mut() {
            last.push_str(text);
        } else if !text.is_empty() {
            self.0.push(Fragment::Literal(text.to_owned()));
        }
    }

    pub(super) fn open(&mut self, pattern: Pattern) {
        match pattern {
            Pattern::Constant(Json::String(text)) => self.literal(&text),
            Pattern::Composed(fragments) => {
                for fragment in fragments {
                    match fragment {
                        Fragment::Literal(text) => self.literal(&text),
                        Fragment::Open(pattern) => self.0.push(Fragment::Open(pattern)),
                    }
                }
            }
            pattern => self.0.push(Fragment::Open(pattern)),
        }
    }
}
