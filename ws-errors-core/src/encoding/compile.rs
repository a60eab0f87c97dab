//! An envelope and an entry to operations.

use super::out::{Commas, Out, measure, value, when};
use super::values::{first_of_message, first_of_reason, values};
use super::{Encoding, Filtered, Operation, Present, TailElement, Within};
use crate::catalog::{
    Cast, Catalog, ContextField, Entry, Field, Filter, Format, HTTP_CONTEXT, Message, Piece, Text,
};
use crate::distinct::add_new;
use crate::escape::characters_of;
use crate::shape::{Fragment, Item, Property, Shape};

/// How an entry is written in the context with this index; `None` where it sends no message there.
///
/// What an envelope asks of the entry, and the entry lacks, is `null`: the [rules](crate::rules)
/// refuse that.
pub fn compile(catalog: &Catalog, entry: &Entry, context: usize) -> Option<Encoding> {
    let fields = catalog.contexts.get(context)?.fields;
    Some(of_shape(&Shape::of(catalog, entry, context)?, entry, fields, None))
}

/// The same where the text for the client is a translation: one more argument, behind the fields of
/// the context. `None` where there is no text to translate, or the message doesn't carry it.
pub fn compile_translated(catalog: &Catalog, entry: &Entry, context: usize) -> Option<Encoding> {
    translated(&Shape::of(catalog, entry, context)?, entry, catalog.contexts.get(context)?.fields)
}

/// How the body of an entry over HTTP is written; `None` where it has none.
pub fn compile_body(catalog: &Catalog, entry: &Entry) -> Option<Encoding> {
    Some(of_shape(&Shape::of_body(catalog, entry)?, entry, HTTP_CONTEXT.fields, None))
}

/// The same where the text for the client is a translation, as in [`compile_translated`].
pub fn compile_translated_body(catalog: &Catalog, entry: &Entry) -> Option<Encoding> {
    translated(&Shape::of_body(catalog, entry)?, entry, HTTP_CONTEXT.fields)
}

fn translated(
    shape: &(Shape, Format),
    entry: &Entry,
    fields: &'static [ContextField],
) -> Option<Encoding> {
    if !entry.has_text_for_clients() {
        return None;
    }
    let translation = argument(values(entry).len() + fields.len())?;
    let encoding = of_shape(shape, entry, fields, Some(translation));
    encoding.uses(usize::from(translation)).0.then_some(encoding)
}

/// Everything that is written of an entry: its message in each context, and its body over HTTP.
pub fn encodings(catalog: &Catalog, entry: &Entry) -> Vec<Encoding> {
    let contexts = entry.envelopes.iter().map(|(context, _)| *context);
    let messages = contexts.filter_map(|context| compile(catalog, entry, context));
    messages.chain(compile_body(catalog, entry)).collect()
}

fn of_shape(
    (shape, format): &(Shape, Format),
    entry: &Entry,
    fields: &'static [ContextField],
    translation: Option<u16>,
) -> Encoding {
    let compiler = Compiler { entry, fields, count: values(entry).len(), translation };
    let mut out = Out::default();
    match shape {
        Shape::Chain(items) => compiler.chain(items, &mut out),
        shape if !matches!(format, Format::MessagePack(_) | Format::Cbor(_)) => {
            compiler.link(shape, &mut out);
        }
        shape => compiler.json(shape, &mut out),
    }
    let mut encoding = Encoding { operations: out.finish(), ..Encoding::default() };
    measure(&encoding.operations, &mut encoding.size, &mut encoding.arguments);
    encoding
}

struct Compiler<'a> {
    entry: &'a Entry,
    fields: &'static [ContextField],
    /// How many values the occurrence brings: those of the context come after them.
    count: usize,
    /// The argument that is the text for the client, in place of the entry's own.
    translation: Option<u16>,
}

impl Compiler<'_> {
    fn field(&self, field: &Field) -> Option<u16> {
        let index = self.entry.fields.iter().position(|other| other.ident == field.ident)?;
        argument(index)
    }

    /// The argument of a value that stands alone.
    fn value_of(&self, shape: &Shape) -> Option<(u16, Option<Cast>)> {
        match shape {
            Shape::Code(field, cast) | Shape::Field(field, cast) => {
                Some((self.field(field)?, cast.or(field.cast)))
            }
            Shape::Message(Message::Field(name)) => {
                let field = self.entry.field(name)?;
                Some((self.field(field)?, field.cast))
            }
            Shape::Context(field, cast) => {
                let index = self.fields.iter().position(|other| other.name == field.name)?;
                Some((argument(self.count + index)?, *cast))
            }
            _ => None,
        }
    }

    /// The values that make something of a shape: it is nothing when each of them is.
    fn any(&self, shape: &Shape) -> Vec<u16> {
        let mut any = Vec::new();
        self.collect(shape, &mut any);
        any
    }

    fn collect(&self, shape: &Shape, any: &mut Vec<u16>) {
        if let Some((argument, _)) = self.value_of(shape) {
            return add_new(any, argument);
        }
        let in_object = matches!(shape, Shape::Object(_));
        shape.each_child(&mut |child| match child {
            // What a default of a member stands for makes nothing something.
            Shape::Default(value, _) if in_object => self.collect(value, any),
            child => self.collect(child, any),
        });
    }

    /// A value where one has to stand.
    fn json(&self, shape: &Shape, out: &mut Out) {
        if let Some((argument, cast)) = self.value_of(shape) {
            return value(argument, cast, out);
        }
        match shape {
            Shape::Constant(json) => out.text.push_str(json),
            Shape::Object(properties) => self.object(properties, out),
            Shape::Array(items) => self.array(items, out),
            Shape::Default(value, default) => {
                let any = self.any(value);
                let (mut then, mut otherwise) = (Out::default(), Out::default());
                self.json(value, &mut then);
                self.json(default, &mut otherwise);
                out.push(when(any, then, otherwise));
            }
            Shape::Encoded(value) => {
                let mut inner = Out::default();
                self.json(value, &mut inner);
                out.push_encoded(inner);
            }
            Shape::Message(_) | Shape::Text(_) | Shape::Composed(_) => {
                out.text.push('"');
                self.characters(shape, Within::String, out);
                out.text.push('"');
            }
            // A list is spliced into an array, a chain stands at the root, and what has no argument
            // is not there.
            Shape::Splice(_)
            | Shape::Chain(_)
            | Shape::Code(..)
            | Shape::Field(..)
            | Shape::Context(..) => out.text.push_str("null"),
        }
    }

    fn object(&self, properties: &[Property], out: &mut Out) {
        out.text.push('{');
        let mut commas = Commas::None;
        for Property { key, optional, value } in properties {
            let any = if *optional { self.any(value) } else { Vec::new() };
            let is_certain = any.is_empty();
            let mut member = Out::default();
            let target = if is_certain { &mut *out } else { &mut member };
            commas.push(target);
            target.text.push('"');
            target.push_text(key, Within::String);
            target.text.push_str("\":");
            self.json(value, target);
            if is_certain {
                commas = Commas::Certain;
            } else {
                out.push(when(any, member, Out::default()));
                if commas == Commas::None {
                    commas = Commas::Perhaps;
                }
            }
        }
        out.text.push('}');
    }

    fn array(&self, items: &[Item], out: &mut Out) {
        out.text.push('[');
        let certain = items.iter().take_while(|item| !item.optional).count();
        let (first, tail) = items.split_at(certain);
        let mut commas = Commas::None;
        for Item { value, .. } in first {
            if let Shape::Splice(list) = value {
                if let Some((argument, _)) = self.value_of(list) {
                    out.push(Operation::Splice(argument));
                    if commas == Commas::None {
                        commas = Commas::Perhaps;
                    }
                } else if let Shape::Array(items) = &**list {
                    for item in items {
                        commas.push(out);
                        commas = Commas::Certain;
                        self.json(&item.value, out);
                    }
                }
                continue;
            }
            commas.push(out);
            commas = Commas::Certain;
            self.json(value, out);
        }
        let elements: Vec<TailElement> = tail.iter().map(|item| self.element(item)).collect();
        if !elements.is_empty() {
            out.push(Operation::Tail(elements));
        }
        out.text.push(']');
    }

    fn element(&self, Item { optional, value }: &Item) -> TailElement {
        let (mut then, mut otherwise) = (Out::default(), Out::default());
        let (value, default) = match value {
            Shape::Default(value, default) if *optional => (&**value, Some(&**default)),
            value => (value, None),
        };
        let present = match self.any(value) {
            _ if !optional => Present::Always,
            any if any.is_empty() => Present::Never,
            any => Present::Any(any),
        };
        if present == Present::Never {
            // What the entry lacks holds the place of its default.
            self.json(value, &mut otherwise);
        } else {
            self.json(value, &mut then);
            match default {
                Some(default) => self.json(default, &mut otherwise),
                None => otherwise.text.push_str("null"),
            }
        }
        TailElement { present, then: then.finish(), otherwise: otherwise.finish() }
    }

    /// The characters of a shape, in a text or a string.
    fn characters(&self, shape: &Shape, within: Within, out: &mut Out) {
        if let Some((argument, _)) = self.value_of(shape) {
            return out.push(Operation::Characters { argument, within, bounded: false });
        }
        match shape {
            Shape::Constant(json) => {
                out.push_text(&characters_of(json), within);
            }
            Shape::Message(_) if self.translation.is_some() => {
                if let Some(argument) = self.translation {
                    out.push(Operation::Characters { argument, within, bounded: false });
                }
            }
            Shape::Message(Message::Text(text)) => {
                self.text(text, first_of_message(self.entry), within, out);
            }
            // The rules refuse an envelope that reaches what is for operators; were one to, it would
            // say nothing.
            Shape::Message(Message::Display(_)) if self.entry.is_for_operators() => {}
            Shape::Message(Message::Display(_)) => {
                self.bounded(first_of_message(self.entry), within, out);
            }
            Shape::Text(reason) => {
                self.text(reason, first_of_reason(self.entry), within, out);
            }
            Shape::Composed(fragments) => {
                for fragment in fragments {
                    match fragment {
                        Fragment::Literal(text) => out.push_text(text, within),
                        Fragment::Open(shape) => self.characters(shape, within, out),
                        Fragment::Filtered(shape, filter) => {
                            self.filtered(shape, *filter, within, out);
                        }
                    }
                }
            }
            Shape::Default(value, default) => {
                let any = self.any(value);
                let (mut then, mut otherwise) = (Out::default(), Out::default());
                self.characters(value, within, &mut then);
                self.characters(default, within, &mut otherwise);
                out.push(when(any, then, otherwise));
            }
            _ => {}
        }
    }

    fn filtered(&self, shape: &Shape, filter: Filter, within: Within, out: &mut Out) {
        let mut inner = Out::default();
        self.characters(shape, Within::Raw, &mut inner);
        let operations = inner.finish();
        out.push(Operation::Filtered(Box::new(Filtered { filter, within, operations })));
    }

    /// A text with fields in it, the first of which is the value with this index.
    fn text(&self, text: &Text, first: usize, within: Within, out: &mut Out) {
        let mut index = first;
        for piece in text.0 {
            match piece {
                Piece::Literal(text) => out.push_text(text, within),
                Piece::Field { .. } => {
                    self.bounded(index, within, out);
                    index += 1;
                }
            }
        }
    }

    /// A value that may be an echo of what the client sent.
    fn bounded(&self, index: usize, within: Within, out: &mut Out) {
        if let Some(argument) = argument(index) {
            out.push(Operation::Characters { argument, within, bounded: true });
        }
    }

    fn chain(&self, items: &[Item], out: &mut Out) {
        for Item { optional, value } in items {
            let any = if *optional { self.any(value) } else { Vec::new() };
            if any.is_empty() {
                self.link(value, out);
            } else {
                let mut then = Out::default();
                self.link(value, &mut then);
                out.push(when(any, then, Out::default()));
            }
        }
    }

    /// A string at the root is text as it is.
    fn link(&self, shape: &Shape, out: &mut Out) {
        match shape {
            Shape::Composed(_) => self.characters(shape, Within::Text, out),
            Shape::Constant(json) if json.starts_with('"') => {
                self.characters(shape, Within::Text, out);
            }
            shape => self.json(shape, out),
        }
    }
}

/// An argument by its index. The rules refuse an entry that has more values than that.
fn argument(index: usize) -> Option<u16> {
    u16::try_from(index).ok()
}
