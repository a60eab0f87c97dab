//! An outer envelope and an entry of a nested catalog, compiled when the catalogs are joined: what
//! the macro does where it sees both.

use crate::catalog::{
    Cast, Catalog, ContextField, Entry, Field, Filter, Format, Message, Piece, Text,
};
use crate::wire::{
    Encoding, Filtered, Fragment, Item, Operation, Parameter, Present, Property, Shape, Source,
    TailElement, Within,
};

use super::out::{Commas, Out, size, value, when};

/// Where an argument comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// The value of the nested error with this index.
    Value(usize),
    /// The field of the outer context with this index.
    Context(usize),
}

/// How an entry is encoded in an envelope, and where each argument comes from.
pub(super) fn compile(
    outer: &'static Catalog,
    entry: &Entry,
    context: usize,
    envelope: usize,
) -> Option<(Encoding, Vec<Place>)> {
    let encoding = Encoding { context, envelope, operations: &[], size: 0, parameters: &[] };
    let (shape, format) = Shape::of_entry(outer, entry, &encoding)?;
    let fields = outer.contexts.get(context)?.fields;
    let mut compiler = Compiler { entry, fields, parameters: Vec::new(), places: Vec::new() };
    let mut out = Out::default();
    match &shape {
        Shape::Chain(items) => compiler.chain(items, &mut out),
        shape if !matches!(format, Format::MessagePack(_) | Format::Cbor(_)) => {
            compiler.link(shape, &mut out);
        }
        shape => compiler.json(shape, &mut out),
    }
    let mut operations = out.finish();
    if operations.is_empty() {
        operations = &[Operation::Literal("")];
    }
    let size = operations.iter().map(size).sum();
    let parameters = compiler.parameters.leak();
    Some((Encoding { operations, size, parameters, ..encoding }, compiler.places))
}

struct Compiler<'a> {
    entry: &'a Entry,
    fields: &'static [ContextField],
    parameters: Vec<Parameter>,
    places: Vec<Place>,
}

impl Compiler<'_> {
    fn argument(&mut self, place: Place, source: Source, display: bool) -> u16 {
        let index = self.places.iter().position(|other| *other == place).unwrap_or_else(|| {
            self.places.push(place);
            self.parameters.push(Parameter { source, display });
            self.places.len() - 1
        });
        // An entry has no more than 65,536 values, or the macro would have refused it.
        u16::try_from(index).unwrap_or(u16::MAX)
    }

    fn field(&mut self, field: &Field) -> Option<u16> {
        let index = self.entry.fields.iter().position(|other| other.ident == field.ident)?;
        Some(self.argument(Place::Value(index), Source::Field(field.ident), false))
    }

    /// The argument of a value that stands alone.
    fn value_of(&mut self, shape: &Shape) -> Option<(u16, Option<Cast>)> {
        match shape {
            Shape::Code(field) => Some((self.field(field)?, field.cast)),
            Shape::Field(field, cast) => Some((self.field(field)?, cast.or(field.cast))),
            Shape::Message(Message::Field(name)) => {
                let field = self.entry.field(name)?;
                Some((self.field(field)?, field.cast))
            }
            Shape::Context(field, cast) => {
                let index = self.fields.iter().position(|other| other.name == field.name)?;
                let source = Source::Context(field.name);
                Some((self.argument(Place::Context(index), source, false), *cast))
            }
            _ => None,
        }
    }

    /// The values that make something of a shape: it is nothing when each of them is.
    fn any(&mut self, shape: &Shape) -> &'static [u16] {
        let mut any = Vec::new();
        self.collect(shape, &mut any);
        any.leak()
    }

    fn collect(&mut self, shape: &Shape, any: &mut Vec<u16>) {
        if let Some((argument, _)) = self.value_of(shape) {
            if !any.contains(&argument) {
                any.push(argument);
            }
            return;
        }
        match shape {
            Shape::Object(properties) => {
                for property in properties {
                    match &property.value {
                        // What a default stands for makes nothing something.
                        Shape::Default(value, _) => self.collect(value, any),
                        value => self.collect(value, any),
                    }
                }
            }
            Shape::Array(items) | Shape::Chain(items) => {
                items.iter().for_each(|item| self.collect(&item.value, any));
            }
            Shape::Composed(fragments) => {
                for fragment in fragments {
                    if let Fragment::Open(shape) | Fragment::Filtered(shape, _) = fragment {
                        self.collect(shape, any);
                    }
                }
            }
            Shape::Default(value, default) => {
                self.collect(value, any);
                self.collect(default, any);
            }
            Shape::Splice(value) | Shape::Encoded(value) => self.collect(value, any),
            _ => {}
        }
    }

    /// A value where one has to stand.
    fn json(&mut self, shape: &Shape, out: &mut Out) {
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
                out.push(Operation::Encoded(inner.finish()));
            }
            Shape::Message(_) | Shape::Text(_) | Shape::Composed(_) => {
                out.text.push('"');
                self.characters(shape, Within::String, out);
                out.text.push('"');
            }
            // A list is spliced into an array, a chain stands at the root, and what has no argument
            // is not there.
            _ => out.text.push_str("null"),
        }
    }

    fn object(&mut self, properties: &[Property], out: &mut Out) {
        out.text.push('{');
        let mut commas = Commas::None;
        for Property { key, optional, value } in properties {
            let any = if *optional { self.any(value) } else { &[] };
            let mut member = Out::default();
            commas.push(if any.is_empty() { out } else { &mut member });
            let target = if any.is_empty() { &mut *out } else { &mut member };
            target.text.push('"');
            target.push_text(key, Within::String);
            target.text.push_str("\":");
            self.json(value, target);
            if any.is_empty() {
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

    fn array(&mut self, items: &[Item], out: &mut Out) {
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
            out.push(Operation::Tail(elements.leak()));
        }
        out.text.push(']');
    }

    fn element(&mut self, Item { optional, value }: &Item) -> TailElement {
        let (mut then, mut otherwise) = (Out::default(), Out::default());
        let (value, default) = match value {
            Shape::Default(value, default) if *optional => (&**value, Some(&**default)),
            value => (value, None),
        };
        let present = match (optional, self.any(value)) {
            (false, _) => Present::Always,
            (true, []) => Present::Never,
            (true, any) => Present::Any(any),
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
    fn characters(&mut self, shape: &Shape, within: Within, out: &mut Out) {
        if let Some((argument, _)) = self.value_of(shape) {
            return out.push(Operation::Characters { argument, within, bounded: false });
        }
        match shape {
            Shape::Constant(json) => {
                out.push_text(&crate::wire::characters_of(&**json), within);
            }
            Shape::Message(Message::Text(text)) => {
                self.text(text, self.entry.fields.len() + in_reason(self.entry), within, out);
            }
            Shape::Message(Message::Display(_)) => {
                let place = Place::Value(self.entry.fields.len() + in_reason(self.entry));
                let argument = self.argument(place, Source::Display, true);
                out.push(Operation::Characters { argument, within, bounded: true });
            }
            Shape::Text(reason) => {
                self.text(reason, self.entry.fields.len(), within, out);
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

    fn filtered(&mut self, shape: &Shape, filter: Filter, within: Within, out: &mut Out) {
        let mut inner = Out::default();
        self.characters(shape, Within::Raw, &mut inner);
        let operations = inner.finish();
        let filtered: &'static Filtered =
            Box::leak(Box::new(Filtered { filter, within, operations }));
        out.push(Operation::Filtered(filtered));
    }

    /// A text with fields in it, the first of which is the value with this index.
    fn text(&mut self, text: &Text, first: usize, within: Within, out: &mut Out) {
        let mut index = first;
        for piece in text.0 {
            match piece {
                Piece::Literal(text) => out.push_text(text, within),
                Piece::Field { name, .. } => {
                    let argument = self.argument(Place::Value(index), Source::Field(name), true);
                    out.push(Operation::Characters { argument, within, bounded: true });
                    index += 1;
                }
            }
        }
    }

    fn chain(&mut self, items: &[Item], out: &mut Out) {
        for Item { optional, value } in items {
            let any = if *optional { self.any(value) } else { &[] };
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
    fn link(&mut self, shape: &Shape, out: &mut Out) {
        match shape {
            Shape::Composed(_) => self.characters(shape, Within::Text, out),
            Shape::Constant(json) if json.starts_with('"') => {
                self.characters(shape, Within::Text, out);
            }
            shape => self.json(shape, out),
        }
    }
}

/// How many values the close reason of an entry has.
fn in_reason(entry: &Entry) -> usize {
    entry.delivery.closing().map_or(0, |closing| closing.reason.fields().count())
}
