//! Which envelope a variant has in which context.

use std::rc::Rc;

use ws_errors_core::catalog::Entry;

use super::build::Builder;
use super::{Context, Envelope, Usage, Variant};
use crate::attr::envelope::EnvelopeAttribute;
use crate::keep;

/// The envelopes of an enum or a variant, with the index of their context.
pub(super) type Envelopes = Vec<(usize, Usage)>;

/// The index that stands for all contexts, in a variant's own `envelope = …`.
const ALL: usize = usize::MAX;

impl Builder<'_> {
    /// Envelopes with the index of their context. On the enum, the one without a type is the
    /// context without values; on a variant it replaces all.
    pub(super) fn declared(
        &mut self,
        attributes: &[EnvelopeAttribute],
        is_on_enum: bool,
    ) -> Envelopes {
        let (mut envelopes, mut spans) = (Envelopes::new(), Vec::new());
        for attribute in attributes {
            let without_values = is_on_enum.then(|| Context::none(attribute.span));
            let context = attribute.context.clone().or(without_values);
            let index = context.map_or(ALL, |context| self.context(context));
            if let Some(delivery) = &attribute.delivery {
                match self.contexts.get_mut(index).filter(|_| is_on_enum) {
                    Some(context) => context.delivery = Some(delivery.value),
                    None => self.errors.at(
                        delivery.span,
                        "a delivery comes with a context on the enum: `envelope(Context, soft_then_close) = …`",
                    ),
                }
            }
            if let Some(first) = envelopes.iter().position(|(other, _)| *other == index) {
                self.errors.at(attribute.span, "`envelope`: this context has one already; take this one away, or write `envelope(Context) = …` for another");
                self.errors.at(
                    attributes[first].span,
                    "`envelope` is first declared here for this context",
                );
                continue;
            }
            spans.push(attribute.span);
            envelopes.push((index, attribute.usage.clone()));
        }
        envelopes
    }

    /// How entries are encoded in each context: as the variant says for that one, or for all, or the
    /// enum. Those of a nested catalog are as they are where nothing is said.
    pub(super) fn usages(
        &self,
        shared: &Envelopes,
        own: &Envelopes,
        only: Option<&[usize]>,
    ) -> Vec<Usage> {
        let of = |list: &Envelopes, wanted: usize| {
            list.iter().find(|(other, _)| *other == wanted).map(|(_, usage)| usage.clone())
        };
        let usage = |index| match only {
            Some(only) if !only.contains(&index) => Usage::Absent,
            _ => {
                let found = of(own, index).or_else(|| of(own, ALL)).or_else(|| of(shared, index));
                found.unwrap_or(Usage::Kept(None))
            }
        };
        (0..self.contexts.len()).map(usage).collect()
    }

    /// Only a catalog that is nested has envelopes that could be kept.
    pub(super) fn not_transparent(&self, envelopes: &[EnvelopeAttribute]) {
        let is_kept = |envelope: &&EnvelopeAttribute| matches!(envelope.usage, Usage::Kept(_));
        for envelope in envelopes.iter().filter(is_kept) {
            self.errors.at(
                envelope.span,
                "`envelope = transparent` keeps the envelope of a nested catalog, and none is nested here; write a template, or `transparent` on the variant that holds the other error",
            );
        }
    }

    /// The contexts of `only(…)`.
    pub(super) fn only(&mut self, contexts: Option<&Vec<Context>>) -> Option<Vec<usize>> {
        Some(contexts?.iter().map(|context| self.context(context.clone())).collect())
    }

    fn context(&mut self, context: Context) -> usize {
        let known = self.contexts.iter().position(|other| other.key == context.key);
        known.unwrap_or_else(|| {
            self.contexts.push(context);
            self.contexts.len() - 1
        })
    }

    /// The index of an envelope; two that are written the same are one.
    pub(super) fn index(&mut self, envelope: &Rc<Envelope>) -> usize {
        let is_same = |other: &Rc<Envelope>| {
            Rc::ptr_eq(other, envelope)
                || (other.template.node == envelope.template.node
                    && other.frame.format == envelope.frame.format
                    && other.frame.decoder() == envelope.frame.decoder())
        };
        self.envelopes.iter().position(is_same).unwrap_or_else(|| {
            self.envelopes.push(Rc::clone(envelope));
            self.envelopes.len() - 1
        })
    }

    /// The envelopes of an entry's messages, by context.
    pub(super) fn messages(
        &mut self,
        variant: &Variant<'_>,
        entry: &Entry,
        usages: &[Usage],
    ) -> &'static [(usize, usize)] {
        let mut messages = Vec::new();
        for (context, usage) in usages.iter().enumerate() {
            let Usage::Under(envelope) = usage else { continue };
            envelope.template.each_reached(&variant.constants, &mut |slot, written| {
                self.contexts[context].note(slot, written, self.errors);
            });
            if self.catalog.delivery(entry, context).is_some_and(|how| how.has_message()) {
                messages.push((context, self.index(envelope)));
            }
        }
        keep::list(messages)
    }

    /// An envelope of a variant that sends no message would never be used.
    pub(super) fn no_envelope_without_message(
        &self,
        variant: &Variant<'_>,
        entry: &Entry,
        own: &[EnvelopeAttribute],
    ) {
        let deliveries = (0..self.contexts.len()).filter_map(|at| self.catalog.delivery(entry, at));
        if variant.unread || deliveries.into_iter().any(|delivery| delivery.has_message()) {
            return;
        }
        let how = entry.delivery.without_message();
        for envelope in own {
            self.errors.at(
                envelope.span,
                format!(
                    "`envelope`: the variant `{}` {how}; take it away, or send a message: `soft`, `soft_then_close(4001, \"reason\")`",
                    variant.ident
                ),
            );
        }
    }
}
