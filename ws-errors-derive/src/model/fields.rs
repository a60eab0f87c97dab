//! The fields of a variant, and which of them are its details.

use proc_macro2::{Literal, TokenStream};
use quote::ToTokens as _;
use ws_errors_core::catalog::{Details, Field as Shown};
use ws_errors_core::rules::no_field;

use super::Field;
use super::build::Builder;
use crate::attr::field::{FieldAttributes, field};
use crate::attr::foreign::{self, Display};
use crate::attr::variant::VariantAttributes;
use crate::cursor::plain;
use crate::keep;

/// The fields of a variant.
pub(super) struct Fields<'a> {
    /// All of them.
    pub(super) fields: Vec<Field<'a>>,
    /// Those of the entry, without sources.
    pub(super) shown: Vec<Shown>,
    pub(super) details: Details,
    /// The field that is the message, by its name.
    pub(super) message: Option<&'static str>,
}

/// The member of a pattern that binds a field.
pub(super) fn member(syntax: &syn::Field, index: usize) -> TokenStream {
    match &syntax.ident {
        Some(ident) => ident.to_token_stream(),
        None => Literal::usize_unsuffixed(index).to_token_stream(),
    }
}

impl Builder<'_> {
    pub(super) fn fields<'a>(
        &self,
        syntax: &'a syn::Variant,
        attributes: &VariantAttributes,
    ) -> Fields<'a> {
        let mut read = self.read(syntax, attributes);
        let details = self.details(&mut read, attributes);
        let is_shown = |(field, _): &&(Field<'_>, FieldAttributes)| !field.source;
        let shown: Vec<_> = read.iter().filter(is_shown).map(|(_, of)| of).collect();
        Fields {
            message: shown.iter().find(|of| of.message.is_some()).map(|of| of.field.ident),
            shown: shown.iter().map(|of| of.field).collect(),
            details,
            fields: read.into_iter().map(|(field, _)| field).collect(),
        }
    }

    fn read<'a>(
        &self,
        syntax: &'a syn::Variant,
        attributes: &VariantAttributes,
    ) -> Vec<(Field<'a>, FieldAttributes)> {
        let transparent = matches!(foreign::display(&syntax.attrs), Some(Display::Transparent));
        let read = syntax.fields.iter().enumerate().map(|(index, syntax)| {
            let (ident, span) = match &syntax.ident {
                Some(ident) => (plain(ident), ident.span()),
                None => (index.to_string(), syn::spanned::Spanned::span(&syntax.ty)),
            };
            let ident = keep::text(&ident);
            let mut of = field(syntax, ident, self.errors);
            let source = transparent || foreign::is_source(syntax);
            if source && let Some(span) = of.message.or(of.skip) {
                self.errors
                    .at(span, "`message` and `skip` mean nothing on a source, which never reaches the client: take this away, and write `message = \"…\"` on the variant where it needs a text");
            }
            if let (Some(message), Some(_)) = (of.message, of.skip) {
                self.errors.at(message, "`message` and `skip` on one field: it is the message, or it is kept off the wire; keep one");
            }
            of.field.docs = of.docs.unwrap_or_else(|| foreign::docs(&syntax.attrs, self.errors));
            let member = member(syntax, index);
            (Field { ident, member, span, ty: &syntax.ty, source }, of)
        });
        let read: Vec<_> = read.collect();
        let marked: Vec<_> = read.iter().filter(|(_, of)| of.message.is_some()).collect();
        if let [(first, _), (second, _), ..] = marked[..] {
            self.errors
                .at(second.span, "`message` marks one field of a variant; take it away here");
            self.errors.at(first.span, "`message` first marks this field");
        }
        if let (Some(_), [(field, _), ..]) = (attributes.inherited.message, &marked[..]) {
            self.errors.at(
                field.span,
                "`message` marks this field, and the variant has `message = \"…\"` besides; keep one",
            );
        }
        read
    }

    /// Marks the fields of `details`, and says what it holds.
    fn details(
        &self,
        fields: &mut [(Field<'_>, FieldAttributes)],
        attributes: &VariantAttributes,
    ) -> Details {
        let is_closed = attributes.entry.internal || fields.iter().any(|(field, _)| field.source);
        if let Some(names) = &attributes.details {
            for name in names {
                let found = fields.iter_mut().find(|(field, _)| field.ident == name.value);
                let why = match found {
                    Some((field, _)) if field.source => format!(
                        "`{}` is a source, which never reaches the client; name another field",
                        name.value
                    ),
                    Some((_, of)) => {
                        of.field.in_details = true;
                        continue;
                    }
                    None => no_field(name.value, fields.iter().map(|(field, _)| field.ident)),
                };
                self.errors.at(name.span, format!("`details`: {why}"));
            }
        } else if !is_closed {
            for (_, of) in fields.iter_mut() {
                of.field.in_details = of.skip.is_none() && of.message.is_none();
            }
        }
        for (field, of) in fields.iter_mut() {
            of.field.on_wire = of.field.in_details || (of.message.is_some() && !field.source);
        }
        let is_named = fields.iter().all(|(field, _)| field.ident.parse::<usize>().is_err());
        match (fields.iter().filter(|(_, of)| of.field.in_details).count(), is_named) {
            (0, _) => Details::Nothing,
            (_, true) => Details::Object,
            // Of a tuple variant with one field, the value; where others are skipped, too.
            (1, false) => Details::Value,
            (_, false) => Details::Array,
        }
    }
}
