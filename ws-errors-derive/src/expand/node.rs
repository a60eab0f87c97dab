//! Templates as tokens: the catalog's data.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::text::option;
use crate::cursor::plain;
use crate::model::Envelope;
use crate::template::{
    Cast, Element, Filter, Format, Member, Packing, Part, Slot, SlotUse, Template,
    quote as quote_json,
};

/// An envelope.
pub(crate) fn envelope(envelope: &Envelope) -> TokenStream {
    let format = match &envelope.format {
        Format::Text => None,
        Format::Binary => Some(quote!(Binary)),
        Format::Packed(packing, prefix) => {
            let prefix = Literal::byte_string(prefix);
            Some(match packing {
                Packing::MessagePack => quote!(MessagePack(#prefix)),
                Packing::Cbor => quote!(Cbor(#prefix)),
            })
        }
        Format::With(encode, decode) => {
            let name = encode.to_string().replace(' ', "");
            let decode = option(decode.as_ref());
            Some(quote! {
                With(__catalog::Codec { name: #name, encode: #encode, decode: #decode })
            })
        }
    };
    let is_packed = matches!(envelope.format, Format::Packed(..));
    let (node, text) = match &envelope.template {
        Template::Composed(parts) if !is_packed => (composed(parts), quote!(Text)),
        Template::Chain(elements) => {
            let links = elements.iter().map(|element| {
                let Element { optional, value } = element;
                let value = match value {
                    Template::Composed(parts) => composed(parts),
                    value => node(value),
                };
                quote!(__catalog::Element { optional: #optional, value: #value })
            });
            (quote!(__catalog::Node::Chain(&[#(#links),*])), quote!(Json))
        }
        template => (node(template), quote!(Json)),
    };
    let format = format.unwrap_or(text);
    quote!(__catalog::Envelope { template: #node, format: __catalog::Format::#format })
}

/// A node where a JSON value stands.
pub(crate) fn node(template: &Template) -> TokenStream {
    match template {
        Template::Constant(json) => quote!(__catalog::Node::Constant(#json)),
        Template::Object(members) => {
            let members = members.iter().map(member);
            quote!(__catalog::Node::Object(&[#(#members),*]))
        }
        Template::Array(elements) => {
            let elements = elements.iter().map(element);
            quote!(__catalog::Node::Array(&[#(#elements),*]))
        }
        Template::Slot(used) => {
            let (slot, cast) = (slot(&used.slot), cast(used.cast));
            quote!(__catalog::Node::Slot { slot: #slot, cast: #cast })
        }
        Template::Composed(parts) => match constant(parts) {
            Some(text) => {
                let json = quote_json(&text);
                quote!(__catalog::Node::Constant(#json))
            }
            None => composed(parts),
        },
        Template::Default(value, default) => {
            // What stands for nothing is exactly that: `{}` is no object with members then.
            let default = match default.as_constant() {
                Some(json) => quote!(__catalog::Node::Constant(#json)),
                None => node(default),
            };
            let value = node(value);
            quote!(__catalog::Node::Default { node: &#value, default: &#default })
        }
        Template::Encoded(value) => {
            let value = node(value);
            quote!(__catalog::Node::Encoded(&#value))
        }
        Template::Splice(used) => {
            let slot = slot(&used.slot);
            quote!(__catalog::Node::Splice(#slot))
        }
        Template::Chain(elements) => {
            let elements = elements.iter().map(element);
            quote!(__catalog::Node::Chain(&[#(#elements),*]))
        }
    }
}

fn constant(parts: &[Part]) -> Option<String> {
    parts
        .iter()
        .map(|part| match part {
            Part::Literal(text) => Some(text.as_str()),
            Part::Slot(_) => None,
        })
        .collect()
}

fn composed(parts: &[Part]) -> TokenStream {
    let parts = parts.iter().map(|part| match part {
        Part::Literal(text) => quote!(__catalog::Part::Literal(#text)),
        Part::Slot(used) => {
            let slot = slot(&used.slot);
            match used.filter.map(filter) {
                Some(filter) => quote!(__catalog::Part::Filtered(#slot, #filter)),
                None => quote!(__catalog::Part::Slot(#slot)),
            }
        }
    });
    quote!(__catalog::Node::Composed(&[#(#parts),*]))
}

fn member(member: &Member) -> TokenStream {
    match member {
        Member::Pair { key, optional, value } => {
            let value = node(value);
            quote!(__catalog::Member::Pair { key: #key, optional: #optional, value: #value })
        }
        Member::Splice(SlotUse { slot: spliced, .. }) => {
            let slot = slot(spliced);
            quote!(__catalog::Member::Splice(#slot))
        }
    }
}

fn element(element: &Element) -> TokenStream {
    let optional = element.optional;
    let value = node(&element.value);
    quote!(__catalog::Element { optional: #optional, value: #value })
}

fn slot(slot: &Slot) -> TokenStream {
    let slot = match slot {
        Slot::Code => quote!(Code),
        Slot::Name => quote!(Name),
        Slot::Message => quote!(Message),
        Slot::Details => quote!(Details),
        Slot::Recoverable => quote!(Recoverable),
        Slot::RetryAfter => quote!(RetryAfter),
        Slot::Close => quote!(Close),
        Slot::Reason => quote!(Reason),
        Slot::Fields => quote!(Fields),
        Slot::Set(name) => quote!(Set(#name)),
        Slot::Field(name) => quote!(Field(#name)),
        Slot::Context(field) => {
            let name = plain(field);
            quote!(Context(#name))
        }
    };
    quote!(__catalog::Slot::#slot)
}

pub(crate) fn filter(filter: Filter) -> TokenStream {
    match filter {
        Filter::Quoted => quote!(__catalog::Filter::Quoted),
        Filter::Line => quote!(__catalog::Filter::Line),
        Filter::Xml => quote!(__catalog::Filter::Xml),
        Filter::Raw => quote!(__catalog::Filter::Raw),
        Filter::Len => quote!(__catalog::Filter::Len),
    }
}

pub(crate) fn cast(cast: Option<Cast>) -> TokenStream {
    option(cast.map(|cast| match cast {
        Cast::String => quote!(__catalog::Cast::String),
        Cast::Number => quote!(__catalog::Cast::Number),
    }))
}
