//! Objects and arrays: which members are there, and the commas between them.

use super::compile::Compiler;
use super::text::push_literal;
use super::{Operation, Present, TailElement, View};
use crate::slot::{Content, Presence, Source, content, template_presence};
use crate::template::{Element, Member, SlotUse, Template, quote};

impl Compiler<'_> {
    pub(super) fn object(&mut self, members: &[Member], out: &mut Vec<Operation>) {
        push_literal(out, "{");
        let mut commas = Commas::None;
        for member in members {
            match member {
                Member::Splice(used) => {
                    if let Content::Object(fields) = content(&used.slot, self.variant) {
                        self.fields(fields, &mut commas, out);
                    }
                }
                Member::Pair { key, optional, value } => {
                    let key = quote(key) + ":";
                    let presence = if *optional {
                        template_presence(value, self.variant)
                    } else {
                        Presence::Always
                    };
                    self.member(&key, presence, &mut commas, out, |this, out| {
                        this.json(value, out);
                    });
                }
            }
        }
        push_literal(out, "}");
    }

    /// Fields as members, those that are `None` left out.
    pub(super) fn fields(
        &mut self,
        fields: Vec<usize>,
        commas: &mut Commas,
        out: &mut Vec<Operation>,
    ) {
        for index in fields {
            let key = quote(&self.variant.fields[index].name) + ":";
            let source = Source::Field(index);
            let presence = Presence::When(vec![source.clone()]);
            self.member(&key, presence, commas, out, |this, out| this.value(source, None, out));
        }
    }

    fn member(
        &mut self,
        key: &str,
        presence: Presence,
        commas: &mut Commas,
        out: &mut Vec<Operation>,
        value: impl FnOnce(&mut Self, &mut Vec<Operation>),
    ) {
        match presence {
            Presence::Never => {}
            Presence::Always => {
                commas.push(out);
                *commas = Commas::Certain;
                push_literal(out, key);
                value(self, out);
            }
            Presence::When(sources) => {
                let any = self.arguments(sources);
                let mut then = Vec::new();
                commas.push(&mut then);
                if matches!(commas, Commas::None) {
                    *commas = Commas::Perhaps;
                }
                push_literal(&mut then, key);
                value(self, &mut then);
                out.push(Operation::When { any, then, otherwise: Vec::new() });
            }
        }
    }

    pub(super) fn array(&mut self, elements: &[Element], out: &mut Vec<Operation>) {
        // Whether an element is there is asked of the value in front of its default.
        let there = |element: &Element| match &element.value {
            _ if !element.optional => Presence::Always,
            Template::Default(value, _) => template_presence(value, self.variant),
            value => template_presence(value, self.variant),
        };
        let mut there: Vec<Presence> = elements.iter().map(there).collect();
        while there.last() == Some(&Presence::Never) {
            there.pop();
        }
        let certain = there.iter().take_while(|presence| **presence == Presence::Always).count();
        push_literal(out, "[");
        let mut commas = Commas::None;
        for element in elements.iter().take(certain) {
            match &element.value {
                Template::Splice(used) => self.splice(used, &mut commas, out),
                value => {
                    commas.push(out);
                    commas = Commas::Certain;
                    self.json(value, out);
                }
            }
        }
        let mut tail = Vec::new();
        for (element, presence) in elements.iter().zip(there).skip(certain) {
            let (mut then, mut otherwise) = (Vec::new(), Vec::new());
            let default = match &element.value {
                Template::Default(_, default) => Some(default),
                _ => None,
            };
            match default {
                Some(default) => self.right_side(default, &mut otherwise),
                None => push_literal(&mut otherwise, "null"),
            }
            let present = match presence {
                Presence::Never => Present::Never,
                Presence::Always => Present::Always,
                Presence::When(sources) => Present::Any(self.arguments(sources)),
            };
            match (&present, &element.value) {
                (Present::Never, _) => {}
                (_, Template::Default(value, _)) if element.optional => {
                    self.json(value, &mut then);
                }
                (_, value) => self.json(value, &mut then),
            }
            tail.push(TailElement { present, then, otherwise });
        }
        if !tail.is_empty() {
            out.push(Operation::Tail(tail));
        }
        push_literal(out, "]");
    }

    /// The elements of a list. The list may be nothing: then there are none.
    fn splice(&mut self, used: &SlotUse, commas: &mut Commas, out: &mut Vec<Operation>) {
        match content(&used.slot, self.variant) {
            Content::Nothing => {}
            Content::Value(source) => {
                out.push(Operation::Splice(self.argument(source, View::Json)));
                if matches!(commas, Commas::None) {
                    *commas = Commas::Perhaps;
                }
            }
            Content::Array(fields) => {
                for field in fields {
                    commas.push(out);
                    *commas = Commas::Certain;
                    self.value(Source::Field(field), None, out);
                }
            }
            _ => self.errors.at(
                used.span,
                format!(
                    "`..` splices a list, and `{}` is none in the variant `{}`",
                    used.text(),
                    self.variant.ident
                ),
            ),
        }
    }
}

/// What is known of the members written so far.
pub(super) enum Commas {
    /// None is written.
    None,
    /// Perhaps one is written: the encoder looks.
    Perhaps,
    /// One is written.
    Certain,
}

impl Commas {
    fn push(&self, out: &mut Vec<Operation>) {
        match self {
            Self::None => {}
            Self::Perhaps => out.push(Operation::Comma),
            Self::Certain => push_literal(out, ","),
        }
    }
}
