//! Variants that nest another catalog.

use proc_macro2::{Ident, Span, TokenStream};
use syn::Type;
use ws_errors_core::catalog::HttpForm;
use ws_errors_core::facts;

use super::Usage;
use super::build::Builder;
use super::fields::member;
use crate::attr::variant::VariantAttributes;
use crate::cursor::plain;
use crate::errors::Errors;
use crate::keep;

/// A variant that nests a catalog.
pub(crate) struct Nested<'a> {
    pub(crate) ident: &'a Ident,
    /// The member that holds the nested error.
    pub(crate) member: TokenStream,
    pub(crate) ty: &'a Type,
    /// How its entries are encoded in each of the model's contexts.
    pub(crate) usages: Vec<Usage>,
    /// What the catalog says of them.
    pub(crate) facts: facts::Nested,
}

impl Nested<'_> {
    /// Whether an envelope is declared here for its entries.
    pub(crate) fn has_envelopes(&self) -> bool {
        self.usages.iter().any(|usage| matches!(usage, Usage::Under(_)))
    }

    /// Whether its entries are somewhere in the envelopes of their own catalog.
    pub(crate) fn keeps(&self) -> bool {
        keeps(&self.usages)
    }
}

fn keeps(usages: &[Usage]) -> bool {
    usages.iter().any(|usage| matches!(usage, Usage::Kept(_)))
}

impl Builder<'_> {
    /// `at` is how many variants before it are entries; `http` is how its entries are answered, where
    /// they don't keep what they say.
    pub(super) fn nested<'a>(
        &mut self,
        syntax: &'a syn::Variant,
        attributes: VariantAttributes,
        usages: Vec<Usage>,
        at: usize,
        http: Option<HttpForm>,
    ) -> Option<Nested<'a>> {
        let ident = &syntax.ident;
        let span = attributes.transparent.unwrap_or_else(|| ident.span());
        let (member, ty) = only_field(syntax, span, self.errors)?;
        if nests(ty, self.enumeration) {
            self.errors.at(
                syn::spanned::Spanned::span(ty),
                "`transparent` nests another catalog, and this one would nest itself; take `transparent` away, and give the variant a message of its own",
            );
            return None;
        }
        let keeps = keeps(&usages);
        let own = attributes.inherited.set;
        if let Some(constant) = own.first().filter(|_| keeps) {
            self.errors.at(
                constant.span,
                "`set` is for an envelope that is declared here, and this catalog keeps its own; declare one, `envelope = { … }`, or take `set` away",
            );
        }
        let constants = self.constants(own, !keeps);
        let mut in_contexts = Vec::with_capacity(usages.len());
        for (index, usage) in usages.iter().enumerate() {
            in_contexts.push(match usage {
                Usage::Absent => facts::Usage::Absent,
                Usage::Kept(_) => facts::Usage::Kept,
                Usage::Under(envelope) => {
                    let templates = constants.iter().map(|constant| &constant.template);
                    for template in templates.chain([&envelope.template]) {
                        let context = &mut self.contexts[index];
                        template
                            .each(&mut |slot, written| context.note(slot, written, self.errors));
                    }
                    facts::Usage::Under(self.index(envelope))
                }
            });
        }
        let facts = facts::Nested {
            variant: keep::text(&plain(ident)),
            at,
            usages: in_contexts.leak(),
            constants: keep::list(constants.iter().map(|c| (c.name, c.template.node)).collect()),
            section: attributes.entry.section,
            audience: attributes.entry.audience,
            http,
        };
        Some(Nested { ident, member, ty, usages, facts })
    }
}

/// The one field of a variant that nests a catalog, as thiserror has it: a backtrace may stand
/// beside it.
fn only_field<'a>(
    syntax: &'a syn::Variant,
    span: Span,
    errors: &Errors,
) -> Option<(TokenStream, &'a Type)> {
    let is_backtrace = |field: &syn::Field| {
        let named = |name| field.attrs.iter().any(|attribute| attribute.path().is_ident(name));
        named("backtrace") && !named("source") && !named("from")
    };
    let mut fields = syntax.fields.iter().enumerate().filter(|(_, field)| !is_backtrace(field));
    let (Some((index, field)), None) = (fields.next(), fields.next()) else {
        let count = match syntax.fields.len() {
            0 => "none".to_owned(),
            count => count.to_string(),
        };
        errors.at(
            span,
            format!(
                "`transparent` nests the catalog of the variant's one field, and `{0}` has {count}; write `{0}(#[from] InnerError)`",
                syntax.ident,
            ),
        );
        return None;
    };
    Some((member(field, index), &field.ty))
}

/// Whether a type is an enum, or a box of it, by its name.
fn nests(ty: &Type, enumeration: &Ident) -> bool {
    let Type::Path(path) = ty else { return false };
    let Some(last) = path.path.segments.last() else { return false };
    let is_alone = path.qself.is_none() && path.path.segments.len() == 1;
    let is_itself = is_alone && (last.ident == *enumeration || last.ident == "Self");
    let in_box = match &last.arguments {
        syn::PathArguments::AngleBracketed(arguments) if last.ident == "Box" => {
            arguments.args.iter().any(|argument| match argument {
                syn::GenericArgument::Type(inner) => nests(inner, enumeration),
                _ => false,
            })
        }
        _ => false,
    };
    is_itself || in_box
}
