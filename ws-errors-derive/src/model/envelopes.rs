//! Which envelope a variant has in which context.

use std::rc::Rc;

use proc_macro2::Span;
use ws_errors_core::catalog::{Catalog, Delivery, Entry};

use super::build::Builder;
use super::constants::settle;
use super::http::Http;
use super::nested::{Nested, Usage, nests, only_field};
use super::{Context, Envelope, Variant};
use crate::attr::envelope::{EnvelopeAttribute, Shape};
use crate::attr::variant::VariantAttributes;
use crate::cursor::Cursor;
use crate::keep;

/// A variant and its entry while they are put together.
pub(super) struct Draft<'a> {
    pub(super) variant: Variant<'a>,
    pub(super) entry: Entry,
    /// The envelope for each of the contexts.
    pub(super) envelopes: Vec<Option<Rc<Envelope>>>,
    /// Where it declares envelopes of its own.
    pub(super) own: Vec<Span>,
    /// How it is answered over HTTP.
    pub(super) http: Option<Http>,
    /// The delivery in each of the contexts; `None` where it does not exist in one.
    pub(super) deliveries: Vec<Option<Delivery>>,
}

/// The envelopes of an enum or a variant, with the index of their context.
pub(super) type Envelopes = Vec<(usize, Usage)>;

/// The index that stands for all contexts, in a variant's own `envelope = …`.
const ALL: usize = usize::MAX;

impl Builder<'_> {
    /// Envelopes with the index of their context. On the enum, the one without a type is the
    /// context without values; on a variant it replaces all.
    pub(super) fn envelopes(&mut self, attributes: &[EnvelopeAttribute]) -> Envelopes {
        let on_enum = std::ptr::eq(attributes, self.attributes.envelopes.as_slice());
        let mut envelopes = Envelopes::new();
        let mut spans: Vec<Span> = Vec::new();
        for attribute in attributes {
            let context = match &attribute.context {
                None if on_enum => Some(Context::none(attribute.span)),
                None => None,
                Some(cursor) => match self.errors.ok(Context::parse(cursor)) {
                    Some(context) => Some(context),
                    None => continue,
                },
            };
            let index = context.map_or(ALL, |context| self.context(context));
            if let Some(delivery) = &attribute.delivery {
                match self.contexts.get_mut(index).filter(|_| on_enum) {
                    Some(context) => context.delivery = Some(delivery.value),
                    None => self.errors.at(
                        delivery.span,
                        "a delivery comes with a context on the enum: `envelope(Context, soft_then_close) = …`",
                    ),
                }
            }
            if let Some(first) = envelopes.iter().position(|(other, _)| *other == index) {
                self.errors.at(attribute.span, "`envelope`: this context has one already; take this one away, or write `envelope(Context) = …` for another");
                self.errors.at(spans[first], "`envelope` is first declared here for this context");
                continue;
            }
            spans.push(attribute.span);
            let envelope = match &attribute.shape {
                Shape::Template(template, frame) => Usage::Under(Rc::new(Envelope {
                    span: attribute.span,
                    template: template.clone(),
                    frame: frame.clone(),
                })),
                Shape::Transparent(None) => Usage::Kept(None),
                Shape::Transparent(Some(inner)) => {
                    Usage::Kept(self.errors.ok(Context::parse(inner)).map(Rc::new))
                }
            };
            envelopes.push((index, envelope));
        }
        envelopes
    }

    /// How a nested catalog is encoded in each context: as the variant says, or the enum, or else as
    /// it is.
    pub(super) fn usages(
        &self,
        shared: &Envelopes,
        own: &Envelopes,
        only: Option<&[usize]>,
    ) -> Vec<Usage> {
        (0..self.contexts.len())
            .map(|index| match only {
                Some(only) if !only.contains(&index) => Usage::Absent,
                _ => envelope_of(shared, own, index).unwrap_or(Usage::Kept(None)),
            })
            .collect()
    }

    pub(super) fn nested<'a>(
        &self,
        syntax: &'a syn::Variant,
        span: Span,
        attributes: VariantAttributes,
        usages: Vec<Usage>,
        at: usize,
        section: Option<String>,
    ) -> Option<Nested<'a>> {
        let (member, ty) = only_field(syntax, span, self.errors)?;
        if nests(ty, self.enumeration) {
            self.errors.at(
                syn::spanned::Spanned::span(ty),
                "`transparent` nests another catalog, and this one would nest itself; take `transparent` away, and give the variant a message of its own",
            );
            return None;
        }
        let mut constants = attributes.inherited.set;
        let keeps = usages.iter().any(|usage| matches!(usage, Usage::Kept(_)));
        if let Some(constant) = constants.first().filter(|_| keeps) {
            self.errors.at(
                constant.span,
                "`set` is for an envelope that is declared here, and this catalog keeps its own; declare one, `envelope = { … }`, or take `set` away",
            );
        }
        if !keeps {
            for constant in &self.attributes.defaults.set {
                if !constants.iter().any(|own| own.name == constant.name) {
                    constants.push(constant.clone());
                }
            }
        }
        settle(&mut constants, self.errors);
        Some(Nested {
            ident: &syntax.ident,
            at,
            member,
            ty,
            usages,
            indices: Vec::new(),
            constants,
            section,
            audience: attributes.audience,
            http: None,
        })
    }

    /// Only a catalog that is nested has envelopes that could be kept.
    pub(super) fn not_transparent(&self, envelopes: &[EnvelopeAttribute]) {
        for envelope in
            envelopes.iter().filter(|envelope| matches!(envelope.shape, Shape::Transparent(_)))
        {
            self.errors.at(
                envelope.span,
                "`envelope = transparent` keeps the envelope of a nested catalog, and none is nested here; write a template, or `transparent` on the variant that holds the other error",
            );
        }
    }

    /// The contexts of `only(…)`.
    pub(super) fn only(&mut self, contexts: Option<&[Cursor]>) -> Option<Vec<usize>> {
        let parsed: Vec<Context> =
            contexts?.iter().filter_map(|c| self.errors.ok(Context::parse(c))).collect();
        Some(parsed.into_iter().map(|context| self.context(context)).collect())
    }

    /// Says how a variant is delivered in each context, and takes away what it has where it doesn't
    /// exist.
    pub(super) fn place(&self, draft: &mut Draft<'_>, only: Option<Vec<usize>>) {
        let contexts: Vec<_> = self.contexts.iter().map(|context| context.declared(&[])).collect();
        draft.entry.only = only.map(keep::list);
        let catalog = Catalog { contexts: contexts.leak(), ..Catalog::BLANK };
        draft.deliveries =
            (0..self.contexts.len()).map(|at| catalog.delivery(&draft.entry, at)).collect();
        for (envelope, delivery) in draft.envelopes.iter_mut().zip(&draft.deliveries) {
            if delivery.is_none() {
                *envelope = None;
            }
        }
        self.no_envelope_without_message(draft);
    }

    pub(super) fn context(&mut self, context: Context) -> usize {
        match self.contexts.iter().position(|other| other.key == context.key) {
            Some(index) => index,
            None => {
                self.contexts.push(context);
                self.contexts.len() - 1
            }
        }
    }
}

/// The envelope of a variant in a context: its own for that one, its own for all, or the enum's.
pub(super) fn envelope_of(shared: &Envelopes, own: &Envelopes, index: usize) -> Option<Usage> {
    let of = |list: &Envelopes, wanted: usize| {
        list.iter().find(|(other, _)| *other == wanted).map(|(_, envelope)| envelope.clone())
    };
    of(own, index).or_else(|| of(own, ALL)).or_else(|| of(shared, index))
}

/// The envelopes that are used, each once.
#[derive(Default)]
pub(super) struct Declared {
    pub(super) all: Vec<Rc<Envelope>>,
}

impl Declared {
    /// Two that are written the same are one.
    pub(super) fn index(&mut self, envelope: &Rc<Envelope>) -> usize {
        let is_same = |other: &Rc<Envelope>| {
            Rc::ptr_eq(other, envelope)
                || (other.template.node == envelope.template.node
                    && other.frame.format == envelope.frame.format
                    && other.frame.decoder() == envelope.frame.decoder())
        };
        self.all.iter().position(is_same).unwrap_or_else(|| {
            self.all.push(Rc::clone(envelope));
            self.all.len() - 1
        })
    }

    pub(super) fn catalog(&self) -> Vec<ws_errors_core::catalog::Envelope> {
        let envelope = |envelope: &Rc<Envelope>| ws_errors_core::catalog::Envelope {
            template: envelope.template.node,
            format: envelope.frame.format,
        };
        self.all.iter().map(envelope).collect()
    }
}
