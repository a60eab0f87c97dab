//! Attributes to the model: what variants inherit, and what is meant where nothing is said.

use std::rc::Rc;

use proc_macro2::{Ident, Literal, Span};
use quote::{ToTokens, quote};
use syn::{Data, DeriveInput, GenericParam};

use super::constants::settle;
use super::nested::{Nested, Usage, nests, only_field};
use super::{Code, Context, Details, Envelope, Field, Message, Model, Variant};
use crate::attr::delivery::Delivery;
use crate::attr::enumeration::{CATALOG_NAME, Case, EnumAttributes, enumeration, is_catalog_name};
use crate::attr::field::field;
use crate::attr::foreign::{self, Display};
use crate::attr::retry::{Policies, Retry, RetryKind};
use crate::attr::text::Text;
use crate::attr::variant::{
    Code as CodeAttribute, EnvelopeAttribute, Inherited, Level, Message as MessageAttribute, Shape,
    VariantAttributes, variant,
};
use crate::cursor::{Cursor, Spanned, plain};
use crate::errors::{Errors, did_you_mean, list_names};
use crate::slot::each_slot;

/// The model of an enum; `None` where the input is no enum that can be read at all.
pub(crate) fn build<'a>(input: &'a DeriveInput, errors: &Errors) -> Option<Model<'a>> {
    let Data::Enum(data) = &input.data else {
        errors.at(
            input.ident.span(),
            "`WsError` is derived for an enum, each of whose variants is one error; write `enum`",
        );
        return None;
    };
    for param in &input.generics.params {
        if !matches!(param, GenericParam::Lifetime(_)) {
            errors.at(
                syn::spanned::Spanned::span(param),
                "`WsError` takes lifetimes, and no type or const parameters, since a catalog is the same for everybody; put the type into a field, or box it",
            );
        }
    }
    let mut attributes = enumeration(input, errors);
    settle(&mut attributes.defaults.set, errors);
    let name = match &attributes.catalog {
        Some(name) => name.value.clone(),
        None => default_name(&input.ident, errors),
    };
    if data.variants.is_empty() {
        errors.at(
            input.ident.span(),
            "`WsError` is derived for an enum with at least one variant: each is one error",
        );
    }
    let raw: Vec<(&syn::Variant, VariantAttributes)> =
        data.variants.iter().map(|v| (v, variant(v, errors))).collect();
    let mut builder = Builder {
        errors,
        enumeration: &input.ident,
        contexts: Vec::new(),
        attributes: &attributes,
    };
    let before = errors.len();
    let shared = builder.envelopes(&attributes.envelopes);
    let unread = attributes.unread || errors.len() > before;
    let own: Vec<Envelopes> =
        raw.iter().map(|(_, attributes)| builder.envelopes(&attributes.envelopes)).collect();
    let before = errors.len();
    let everywhere = builder.only(attributes.defaults.only.as_deref());
    let only: Vec<Option<Vec<usize>>> = raw
        .iter()
        .map(|(_, own)| builder.only(own.inherited.only.as_deref()).or_else(|| everywhere.clone()))
        .collect();
    let unread = unread || errors.len() > before;
    if builder.contexts.is_empty() {
        builder.contexts.push(Context::none(input.ident.span()));
    }
    let mut section = None;
    let (mut variants, mut nested) = (Vec::new(), Vec::new());
    for (((syntax, attributes), own), only) in raw.into_iter().zip(own).zip(only) {
        section = attributes.section.clone().or(section);
        if let Some(span) = attributes.transparent {
            let ways = builder.ways(&shared, &own, only.as_deref());
            let catalog =
                Catalog { attributes, ways, at: variants.len(), section: section.clone() };
            nested.extend(builder.nested(syntax, span, catalog));
            continue;
        }
        builder.not_transparent(&attributes.envelopes);
        let mut variant = builder.variant(syntax, attributes, &shared, &own, section.clone());
        variant.unread |= unread;
        builder.place(&mut variant, only.as_deref());
        variants.push(variant);
    }
    if nested.is_empty() && !variants.is_empty() {
        builder.not_transparent(&builder.attributes.envelopes);
    }
    let mut contexts = builder.contexts;
    note_fields(&mut contexts, &variants, &nested, errors);
    let krate = attributes
        .krate
        .as_ref()
        .map_or_else(|| quote!(::ws_errors), |path| path.to_token_stream());
    Some(Model {
        ident: &input.ident,
        generics: &input.generics,
        krate,
        name,
        docs: attributes.docs.clone().unwrap_or_else(|| foreign::docs(&input.attrs)),
        variants,
        nested,
        contexts,
        closes: attributes.closes,
        codes: attributes.codes,
        guards: attributes.guards,
        correlate: attributes.correlate.map(|field| (field.value, field.span)),
        retired: attributes.retired,
        examples: attributes.examples,
        unread,
        success: attributes.success,
    })
}

/// `MeteredError` is the catalog `metered`.
fn default_name(ident: &Ident, errors: &Errors) -> String {
    let name = plain(ident);
    let stem = name.strip_suffix("Error").filter(|stem| !stem.is_empty()).unwrap_or(&name);
    let stem = Case::Snake.apply(stem.trim_matches('_'));
    if !is_catalog_name(&stem) {
        errors.at(
            ident.span(),
            format!("{CATALOG_NAME}; `{stem}` is none, so write `catalog = \"…\"`"),
        );
    }
    stem
}

/// Which fields of each context are used, and only where its envelopes are.
fn note_fields(
    contexts: &mut [Context],
    variants: &[Variant<'_>],
    nested: &[Nested<'_>],
    errors: &Errors,
) {
    for (index, context) in contexts.iter_mut().enumerate() {
        for variant in variants {
            let Some(envelope) = &variant.envelopes[index] else { continue };
            each_slot(&envelope.template, variant, &mut |used| context.note(used, errors));
        }
        for nested in nested {
            let Some(Usage::Under(envelope)) = nested.ways.get(index) else { continue };
            let constants = nested.constants.iter().map(|constant| &constant.template);
            for template in constants.chain([&envelope.template]) {
                template.each_slot(&mut |used| context.note(used, errors));
            }
        }
    }
}

/// What a variant says that nests a catalog.
struct Catalog {
    attributes: VariantAttributes,
    ways: Vec<Usage>,
    at: usize,
    section: Option<String>,
}

/// The envelopes of an enum or a variant, with the index of their context.
type Envelopes = Vec<(usize, Usage)>;

struct Builder<'e> {
    errors: &'e Errors,
    enumeration: &'e Ident,
    contexts: Vec<Context>,
    attributes: &'e EnumAttributes,
}

/// The index that stands for all contexts, in a variant's own `envelope = …`.
const ALL: usize = usize::MAX;

impl Builder<'_> {
    /// Envelopes with the index of their context. On the enum, the one without a type is the
    /// context without values; on a variant it replaces all.
    fn envelopes(&mut self, attributes: &[EnvelopeAttribute]) -> Envelopes {
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
                Shape::Template(template, format) => Usage::Under(Rc::new(Envelope {
                    span: attribute.span,
                    template: template.clone(),
                    format: format.clone(),
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
    fn ways(&self, shared: &Envelopes, own: &Envelopes, only: Option<&[usize]>) -> Vec<Usage> {
        (0..self.contexts.len())
            .map(|index| match only {
                Some(only) if !only.contains(&index) => Usage::Absent,
                _ => envelope_of(shared, own, index).unwrap_or(Usage::Kept(None)),
            })
            .collect()
    }

    fn nested<'a>(
        &self,
        syntax: &'a syn::Variant,
        span: Span,
        catalog: Catalog,
    ) -> Option<Nested<'a>> {
        let Catalog { attributes, ways, at, section } = catalog;
        let (member, ty) = only_field(syntax, span, self.errors)?;
        if nests(ty, self.enumeration) {
            self.errors.at(
                syn::spanned::Spanned::span(ty),
                "`transparent` nests another catalog, and this one would nest itself; take `transparent` away, and give the variant a message of its own",
            );
            return None;
        }
        let mut constants = attributes.inherited.set;
        let keeps = ways.iter().any(|way| matches!(way, Usage::Kept(_)));
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
        Some(Nested { ident: &syntax.ident, at, member, ty, ways, constants, section })
    }

    /// Only a catalog that is nested has envelopes that could be kept.
    fn not_transparent(&self, envelopes: &[EnvelopeAttribute]) {
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
    fn only(&mut self, contexts: Option<&[Cursor]>) -> Option<Vec<usize>> {
        let parsed: Vec<Context> =
            contexts?.iter().filter_map(|c| self.errors.ok(Context::parse(c))).collect();
        Some(parsed.into_iter().map(|context| self.context(context)).collect())
    }

    /// Says how a variant is delivered in each context, and takes away what it has where it doesn't
    /// exist.
    fn place(&self, variant: &mut Variant<'_>, only: Option<&[usize]>) {
        variant.deliveries = self
            .contexts
            .iter()
            .enumerate()
            .map(|(index, context)| {
                only.is_none_or(|only| only.contains(&index)).then(|| match context.delivery {
                    Some(way) => way.apply(&variant.delivery),
                    None => variant.delivery.clone(),
                })
            })
            .collect();
        for (envelope, delivery) in variant.envelopes.iter_mut().zip(&variant.deliveries) {
            if delivery.is_none() {
                *envelope = None;
            }
        }
    }

    fn context(&mut self, context: Context) -> usize {
        match self.contexts.iter().position(|other| other.key == context.key) {
            Some(index) => index,
            None => {
                self.contexts.push(context);
                self.contexts.len() - 1
            }
        }
    }

    fn variant<'a>(
        &self,
        syntax: &'a syn::Variant,
        attributes: VariantAttributes,
        shared: &Envelopes,
        own: &Envelopes,
        section: Option<String>,
    ) -> Variant<'a> {
        let defaults = &self.attributes.defaults;
        let before = self.errors.len();
        let ident = &syntax.ident;
        let VariantAttributes { inherited, .. } = &attributes;
        let (name, name_span) = match &attributes.name {
            Some(name) => (name.value.clone(), name.span),
            None => {
                let plain = plain(ident);
                let name = self.attributes.rename_all.map(|case| case.apply(&plain));
                (name.unwrap_or(plain), ident.span())
            }
        };
        let Spanned { value: delivery, span: delivery_span } = inherited
            .delivery
            .clone()
            .or_else(|| defaults.delivery.clone())
            .unwrap_or(Spanned { value: Delivery::Soft, span: ident.span() });
        let mut fields = self.fields(syntax, &attributes);
        let details = self.details(&mut fields, &attributes);
        let (code, code_span) = self.code(&attributes, &name, name_span, &fields);
        let message = self.message(syntax, inherited, &fields);
        let retry = inherited
            .retry
            .as_ref()
            .or(defaults.retry.as_ref())
            .map_or_else(|| self.unsaid_retry(&delivery), |retry| retry.value.clone());
        let recoverable =
            attributes.recoverable.unwrap_or_else(|| self.is_recoverable(&retry, &delivery));
        let envelopes = (0..self.contexts.len())
            .map(|index| match envelope_of(shared, own, index) {
                Some(Usage::Under(envelope)) => Some(envelope),
                _ => None,
            })
            .collect();
        let mut constants = inherited.set.clone();
        for constant in &defaults.set {
            if !constants.iter().any(|own| own.name == constant.name) {
                constants.push(constant.clone());
            }
        }
        if !inherited.set.is_empty() {
            settle(&mut constants, self.errors);
        }
        let log = inherited.log.or(if attributes.internal { None } else { defaults.log });
        Variant {
            ident,
            name,
            name_span,
            code,
            code_span,
            delivery,
            delivery_span,
            retry,
            recoverable,
            message,
            fields,
            details,
            constants,
            envelopes,
            own_envelopes: attributes.envelopes.iter().map(|envelope| envelope.span).collect(),
            deliveries: Vec::new(),
            section,
            docs: attributes.docs.unwrap_or_else(|| foreign::docs(&syntax.attrs)),
            advice: attributes.advice,
            user: attributes.user,
            internal: attributes.internal,
            log: log.unwrap_or(if attributes.internal { Level::Error } else { Level::Debug }),
            since: attributes.since,
            deprecated: foreign::deprecated(&syntax.attrs),
            hidden: attributes.hidden,
            alike: attributes.alike,
            unread: attributes.unread || self.errors.len() > before,
        }
    }

    fn fields<'a>(
        &self,
        syntax: &'a syn::Variant,
        attributes: &VariantAttributes,
    ) -> Vec<Field<'a>> {
        let transparent = matches!(foreign::display(&syntax.attrs), Some(Display::Transparent));
        let fields: Vec<Field<'a>> = syntax
            .fields
            .iter()
            .enumerate()
            .map(|(index, syntax)| {
                let own = field(syntax, self.errors);
                let span = match &syntax.ident {
                    Some(ident) => ident.span(),
                    None => syn::spanned::Spanned::span(&syntax.ty),
                };
                let (ident, member) = match &syntax.ident {
                    Some(ident) => (plain(ident), ident.to_token_stream()),
                    None => {
                        let literal = Literal::usize_unsuffixed(index);
                        (index.to_string(), literal.to_token_stream())
                    }
                };
                let source = transparent || foreign::is_source(syntax);
                if source && let Some(span) = own.message.or(own.skip) {
                    self.errors
                        .at(span, "`message` and `skip` mean nothing on a source, which never reaches the client: take this away, and write `message = \"…\"` on the variant where it needs a text");
                }
                if let (Some(message), Some(_)) = (own.message, own.skip) {
                    self.errors.at(message, "`message` and `skip` on one field: it is the message, or it is kept off the wire; keep one");
                }
                Field {
                    name: own.rename.map_or_else(|| ident.clone(), |name| name.value),
                    ident,
                    member,
                    span,
                    ty: &syntax.ty,
                    docs: own.docs.unwrap_or_else(|| foreign::docs(&syntax.attrs)),
                    cast: own.cast,
                    example: own.example,
                    source,
                    skip: own.skip.is_some(),
                    is_message: own.message.is_some(),
                    in_details: false,
                    on_wire: false,
                }
            })
            .collect();
        let mut marked = fields.iter().filter(|field| field.is_message);
        if let (Some(first), Some(second)) = (marked.next(), marked.next()) {
            self.errors
                .at(second.span, "`message` marks one field of a variant; take it away here");
            self.errors.at(first.span, "`message` first marks this field");
        }
        if attributes.inherited.message.is_some()
            && let Some(field) = fields.iter().find(|field| field.is_message)
        {
            self.errors.at(
                field.span,
                "`message` marks this field, and the variant has `message = \"…\"` besides; keep one",
            );
        }
        fields
    }

    /// Marks the fields of `details`, and says what it holds.
    fn details(&self, fields: &mut [Field<'_>], attributes: &VariantAttributes) -> Details {
        let closed = attributes.internal || fields.iter().any(|field| field.source);
        if let Some(names) = &attributes.details {
            for (name, span) in names {
                let Some(field) = fields.iter_mut().find(|field| field.ident == *name) else {
                    let known = || fields.iter().map(|field| field.ident.as_str());
                    self.errors.at(*span, format!("`details`: {}", no_field(name, known)));
                    continue;
                };
                if field.source {
                    self.errors.at(
                        *span,
                        format!("`details`: `{name}` is a source, which never reaches the client; name another field"),
                    );
                } else {
                    field.in_details = true;
                }
            }
        } else if !closed {
            for field in fields.iter_mut() {
                field.in_details = !field.skip && !field.is_message;
            }
        }
        for field in fields.iter_mut() {
            field.on_wire = field.in_details || (field.is_message && !field.source);
        }
        let named = fields.iter().all(|field| field.ident.parse::<usize>().is_err());
        match (fields.iter().filter(|field| field.in_details).count(), named) {
            (0, _) => Details::Nothing,
            (_, true) => Details::Object,
            // Of a tuple variant with one field, the value; where others are skipped, too.
            (1, false) => Details::Value,
            (_, false) => Details::Array,
        }
    }

    fn code(
        &self,
        attributes: &VariantAttributes,
        name: &str,
        name_span: Span,
        fields: &[Field<'_>],
    ) -> (Code, Span) {
        let Some(Spanned { value, span }) = &attributes.code else {
            return (Code::Text(name.to_owned()), name_span);
        };
        let code = match value {
            CodeAttribute::None => Code::None,
            CodeAttribute::Number(number) => {
                if number.unsigned_abs() > (1 << 53) - 1 {
                    self.errors.at(
                        *span,
                        format!(
                            "`code`: JavaScript can't hold the number {number}; use one from −(2⁵³ − 1) to 2⁵³ − 1, or a text"
                        ),
                    );
                }
                Code::Number(*number)
            }
            CodeAttribute::Text(text) => Code::Text(text.clone()),
            CodeAttribute::Field(field) => {
                match fields.iter().position(|other| other.ident == *field) {
                    Some(index) if fields[index].source => {
                        self.errors.at(
                            *span,
                            format!("`code`: `{field}` is a source, which never reaches the client; use another field, or write `code = \"…\"`"),
                        );
                        Code::Text(name.to_owned())
                    }
                    Some(index) => Code::Field(index),
                    None => {
                        let known = || fields.iter().map(|field| field.ident.as_str());
                        self.errors.at(*span, format!("`code`: {}", no_field(field, known)));
                        Code::Text(name.to_owned())
                    }
                }
            }
        };
        (code, *span)
    }

    fn message(
        &self,
        syntax: &syn::Variant,
        inherited: &Inherited,
        fields: &[Field<'_>],
    ) -> Message {
        if let Some(index) = fields.iter().position(|field| field.is_message && !field.source) {
            return Message::Field(index);
        }
        let message = inherited.message.as_ref().or(self.attributes.defaults.message.as_ref());
        match message {
            None => Message::None,
            Some(MessageAttribute::Text(text)) => Message::Text(text.clone()),
            Some(MessageAttribute::Display) => {
                Message::Display(match foreign::display(&syntax.attrs) {
                    Some(Display::Text(text)) => text,
                    _ => Text::default(),
                })
            }
        }
    }

    /// Unsaid: `never` on a soft error; on a close, the policy by range, else `unknown`'s.
    fn unsaid_retry(&self, delivery: &Delivery) -> Retry {
        if matches!(delivery, Delivery::Soft) {
            return Retry::new(RetryKind::Never);
        }
        let by_range = delivery.close_code().and_then(|code| {
            self.attributes
                .closes
                .ranges
                .iter()
                .find(|range| (range.first..=range.last).contains(&i64::from(code)))
        });
        by_range.map_or(Retry::new(RetryKind::Unknown), |range| range.retry.clone())
    }

    fn is_recoverable(&self, retry: &Retry, delivery: &Delivery) -> bool {
        if !matches!(retry.kind, RetryKind::Unknown) {
            return retry.is_recoverable();
        }
        let unknown = |policies: &Policies| policies.unknown.as_ref().map(Retry::is_recoverable);
        match delivery {
            Delivery::Soft => unknown(&self.attributes.codes).unwrap_or(false),
            _ => unknown(&self.attributes.closes).unwrap_or(true),
        }
    }
}

/// The envelope of a variant in a context: its own for that one, its own for all, or the enum's.
fn envelope_of(shared: &Envelopes, own: &Envelopes, index: usize) -> Option<Usage> {
    let of = |list: &Envelopes, wanted: usize| {
        list.iter().find(|(other, _)| *other == wanted).map(|(_, envelope)| envelope.clone())
    };
    of(own, index).or_else(|| of(own, ALL)).or_else(|| of(shared, index))
}

/// "the variant has no field `x`", with what it has.
pub(crate) fn no_field<'n, I: Iterator<Item = &'n str>>(
    name: &str,
    known: impl Fn() -> I,
) -> String {
    let near = did_you_mean(name, known());
    let all: Vec<&str> = known().collect();
    if all.is_empty() {
        format!("the variant has no field `{name}`; it has no fields")
    } else {
        format!("the variant has no field `{name}`{near}\nit has {}", list_names(all))
    }
}
