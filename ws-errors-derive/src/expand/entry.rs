//! A variant's entry as tokens.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::node::{cast, node};
use super::text::{option, text};
use super::{Encoded, policy, static_type};
use crate::attr::delivery::{Closing, ClosingCode, Delivery};
use crate::attr::user::User;
use crate::attr::variant::Level;
use crate::cursor::plain;
use crate::model::{Code, Details, Field, Message, Model, Variant};
use crate::operation::{Operation, Parameter, Present, View, Within};
use crate::slot::Source;

pub(crate) fn entry(
    model: &Model<'_>,
    variant: &Variant<'_>,
    encodings: &[Encoded],
) -> TokenStream {
    let name = &variant.name;
    let ident = plain(variant.ident);
    let code = code(variant);
    let delivery = delivery(variant);
    let retry = policy::retry(&variant.retry);
    let recoverable = variant.recoverable;
    let message = message(variant);
    let fields =
        variant.fields.iter().filter(|field| !field.source).map(|field| self::field(model, field));
    let details = match variant.details {
        Details::Nothing => quote!(Nothing),
        Details::Object => quote!(Object),
        Details::Value => quote!(Value),
        Details::Array => quote!(Array),
    };
    let constants = variant.constants.iter().map(|constant| {
        let (name, node) = (&constant.name, node(&constant.template));
        quote!((#name, #node))
    });
    let encodings = encodings.iter().map(|encoded| encoding(variant, encoded));
    let section = option(variant.section.as_ref());
    let docs = &variant.docs;
    let advice = option(variant.advice.as_ref());
    let user = option(variant.user.as_ref().map(user));
    let internal = variant.internal;
    let log = match variant.log {
        Level::Off => quote!(Off),
        Level::Trace => quote!(Trace),
        Level::Debug => quote!(Debug),
        Level::Info => quote!(Info),
        Level::Warn => quote!(Warn),
        Level::Error => quote!(Error),
    };
    let since = option(variant.since.as_ref());
    let deprecated = option(variant.deprecated.as_ref());
    let hidden = variant.hidden;
    quote! {
        __catalog::Entry {
            name: #name,
            variant: #ident,
            code: __catalog::Code::#code,
            delivery: __catalog::Delivery::#delivery,
            retry: #retry,
            recoverable: #recoverable,
            message: __catalog::Message::#message,
            fields: &[#(#fields),*],
            details: __catalog::Details::#details,
            constants: &[#(#constants),*],
            encodings: &[#(#encodings),*],
            section: #section,
            docs: #docs,
            advice: #advice,
            user: #user,
            internal: #internal,
            log: __catalog::Level::#log,
            since: #since,
            deprecated: #deprecated,
            hidden: #hidden,
        }
    }
}

fn code(variant: &Variant<'_>) -> TokenStream {
    match &variant.code {
        Code::None => quote!(None),
        Code::Number(number) => quote!(Number(#number)),
        Code::Text(text) => quote!(Text(#text)),
        Code::Field(index) => {
            let name = &variant.fields[*index].ident;
            quote!(Field(#name))
        }
    }
}

fn delivery(variant: &Variant<'_>) -> TokenStream {
    let reason = text(&variant.reason());
    let closing = |closing: &Closing| {
        let code = match &closing.code {
            ClosingCode::None => quote!(None),
            ClosingCode::Constant(code) => {
                quote!(Constant(__catalog::CloseCode::checked(#code)))
            }
            ClosingCode::Field(name, _) => quote!(Field(#name)),
        };
        quote!(__catalog::Closing { code: __catalog::ClosingCode::#code, reason: #reason })
    };
    match &variant.delivery {
        Delivery::Soft => quote!(Soft),
        Delivery::Close(close) => {
            let close = closing(close);
            quote!(Close(#close))
        }
        Delivery::SoftThenClose(close) => {
            let close = closing(close);
            quote!(SoftThenClose(#close))
        }
        Delivery::Observed { code, .. } => {
            let code = option(*code);
            quote!(Observed { code: #code, reason: #reason })
        }
        Delivery::Rejected { status, close } => {
            let (status, close) = (option(*status), option(close.as_ref().map(closing)));
            quote!(Rejected { status: #status, close: #close })
        }
    }
}

fn message(variant: &Variant<'_>) -> TokenStream {
    match &variant.message {
        Message::None => quote!(None),
        Message::Text(declared) => {
            let text = text(declared);
            quote!(Text(#text))
        }
        Message::Display(read) => {
            let text = text(read);
            quote!(Display(#text))
        }
        Message::Field(index) => {
            let name = &variant.fields[*index].ident;
            quote!(Field(#name))
        }
    }
}

fn field(model: &Model<'_>, field: &Field<'_>) -> TokenStream {
    let (name, ident, docs) = (&field.name, &field.ident, &field.docs);
    let ty = static_type(model, field.ty);
    let cast = cast(field.cast);
    let example = option(field.example.as_ref());
    let (in_details, on_wire) = (field.in_details, field.on_wire);
    quote! {
        __catalog::Field {
            name: #name,
            ident: #ident,
            docs: #docs,
            ty: __ws::field_type(
                __ws::TypeProbe::<#ty>::__WS_OPTIONAL,
                __ws::TypeProbe::<#ty>::__WS_WIDE,
                __ws::TypeProbe::<#ty>::__WS_SCHEMA,
            ),
            cast: #cast,
            example: #example,
            in_details: #in_details,
            on_wire: #on_wire,
        }
    }
}

fn user(user: &User) -> TokenStream {
    let (title, message) = (text(&user.title), text(&user.message));
    let action = option(user.action.as_ref().map(text));
    let fallback = user.fallback.is_some();
    quote! {
        __catalog::UserMessage {
            title: #title,
            message: #message,
            action: #action,
            fallback: #fallback,
        }
    }
}

fn encoding(variant: &Variant<'_>, encoded: &Encoded) -> TokenStream {
    let (context, envelope) = (encoded.context, encoded.envelope);
    let size = encoded.encoding.operations.iter().map(Operation::size).sum::<usize>();
    let operations = operations(&encoded.encoding.operations);
    let parameters = encoded.encoding.parameters.iter().map(|parameter| {
        let Parameter { source, view } = parameter;
        let source = match source {
            Source::Field(index) => {
                let name = &variant.fields[*index].ident;
                quote!(Field(#name))
            }
            Source::Context(field) => {
                let name = plain(field);
                quote!(Context(#name))
            }
            Source::Display => quote!(Display),
        };
        let display = matches!(view, View::Display(_));
        quote!(__wire::Parameter { source: __wire::Source::#source, display: #display })
    });
    quote! {
        __wire::Encoding {
            context: #context,
            envelope: #envelope,
            operations: #operations,
            size: #size,
            parameters: &[#(#parameters),*],
        }
    }
}

fn within(within: Within) -> TokenStream {
    match within {
        Within::String => quote!(__wire::Within::String),
        Within::Text => quote!(__wire::Within::Text),
        Within::Raw => quote!(__wire::Within::Raw),
    }
}

fn operations(operations: &[Operation]) -> TokenStream {
    let operations = operations.iter().map(operation);
    quote!(&[#(#operations),*])
}

fn operation(operation: &Operation) -> TokenStream {
    let operation = match operation {
        Operation::Literal(text) => quote!(Literal(#text)),
        Operation::Json(argument) => quote!(Json(#argument)),
        Operation::Characters { argument, within, bounded } => {
            let within = self::within(*within);
            quote!(Characters { argument: #argument, within: #within, bounded: #bounded })
        }
        Operation::Splice(argument) => quote!(Splice(#argument)),
        Operation::Filtered { filter, within, operations } => {
            let (filter, within) = (super::node::filter(*filter), self::within(*within));
            let operations = self::operations(operations);
            quote! {
                Filtered(&__wire::Filtered {
                    filter: #filter,
                    within: #within,
                    operations: #operations,
                })
            }
        }
        Operation::When { any, then, otherwise } => {
            let (then, otherwise) = (operations(then), operations(otherwise));
            quote!(When(&__wire::When { any: &[#(#any),*], then: #then, otherwise: #otherwise }))
        }
        Operation::Comma => quote!(Comma),
        Operation::Encoded(inner) => {
            let inner = operations(inner);
            quote!(Encoded(#inner))
        }
        Operation::Tail(elements) => {
            let elements = elements.iter().map(|element| {
                let present = match &element.present {
                    Present::Always => quote!(Always),
                    Present::Never => quote!(Never),
                    Present::Any(any) => quote!(Any(&[#(#any),*])),
                };
                let (then, otherwise) = (operations(&element.then), operations(&element.otherwise));
                quote! {
                    __wire::TailElement {
                        present: __wire::Present::#present,
                        then: #then,
                        otherwise: #otherwise,
                    }
                }
            });
            quote!(Tail(&[#(#elements),*]))
        }
    };
    quote!(__wire::Operation::#operation).into_token_stream()
}
