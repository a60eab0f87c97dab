//! What an enum declares, with everything inherited and every default in place.

mod build;
mod constants;
mod context;
mod envelopes;
mod fields;
mod nested;

pub(crate) use build::{build, no_field};
pub(crate) use context::Context;
pub(crate) use nested::{Nested, Usage};

use std::rc::Rc;

use proc_macro2::{Ident, Span, TokenStream};
use syn::{Generics, Type};

use crate::attr::delivery::Delivery;
use crate::attr::enumeration::{Guards, Retired, Success};
use crate::attr::policies::Policies;
use crate::attr::retry::Retry;
use crate::attr::text::Text;
use crate::attr::user::User;
use crate::attr::variant::{Constant, Level};
use crate::template::{Cast, Format, Template};

/// An enum.
pub(crate) struct Model<'a> {
    pub(crate) ident: &'a Ident,
    pub(crate) generics: &'a Generics,
    /// The path of the runtime.
    pub(crate) krate: TokenStream,
    pub(crate) name: String,
    pub(crate) docs: String,
    /// Those that are entries.
    pub(crate) variants: Vec<Variant<'a>>,
    /// Those that nest a catalog.
    pub(crate) nested: Vec<Nested<'a>>,
    /// At least one: the context without values, where none is declared.
    pub(crate) contexts: Vec<Context>,
    pub(crate) closes: Policies,
    pub(crate) codes: Policies,
    pub(crate) guards: Guards,
    pub(crate) correlate: Option<(String, Span)>,
    pub(crate) retired: Vec<Retired>,
    /// Values of contexts for docs, as JSON.
    pub(crate) examples: Vec<(String, Span, String)>,
    /// Something of the enum's attributes could not be read.
    pub(crate) unread: bool,
    pub(crate) success: Vec<Success>,
}

/// A variant, as the client sees it.
pub(crate) struct Variant<'a> {
    pub(crate) ident: &'a Ident,
    pub(crate) name: String,
    pub(crate) name_span: Span,
    pub(crate) code: Code,
    pub(crate) code_span: Span,
    pub(crate) delivery: Delivery,
    pub(crate) delivery_span: Span,
    pub(crate) retry: Retry,
    pub(crate) recoverable: bool,
    pub(crate) message: Message,
    pub(crate) fields: Vec<Field<'a>>,
    pub(crate) details: Details,
    pub(crate) constants: Vec<Constant>,
    /// The envelope for each of the model's contexts.
    pub(crate) envelopes: Vec<Option<Rc<Envelope>>>,
    /// Where it declares envelopes of its own.
    pub(crate) own_envelopes: Vec<Span>,
    /// The delivery in each of the model's contexts; `None` where it does not exist in one.
    pub(crate) deliveries: Vec<Option<Delivery>>,
    pub(crate) section: Option<String>,
    pub(crate) docs: String,
    pub(crate) advice: Option<String>,
    pub(crate) user: Option<User>,
    pub(crate) internal: bool,
    pub(crate) log: Level,
    pub(crate) since: Option<String>,
    pub(crate) deprecated: Option<String>,
    pub(crate) hidden: bool,
    /// It may look like another to a client.
    pub(crate) alike: bool,
    /// Something of its attributes, or of the enum's, could not be read, so what seems to be missing
    /// may be there: one mistake is told once.
    pub(crate) unread: bool,
}

/// An envelope where it is declared.
#[derive(Debug)]
pub(crate) struct Envelope {
    pub(crate) span: Span,
    pub(crate) template: Template,
    pub(crate) format: Format,
}

/// What tells a message's entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Code {
    None,
    Number(i64),
    Text(String),
    /// The index of a field.
    Field(usize),
}

/// The text for the client.
#[derive(Debug, Clone)]
pub(crate) enum Message {
    None,
    Text(Text),
    /// The `Display` text, as far as it could be read.
    Display(Text),
    /// The index of a field.
    Field(usize),
}

/// What the slot `details` holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Details {
    Nothing,
    Object,
    Value,
    Array,
}

/// A field of a variant.
pub(crate) struct Field<'a> {
    /// The name in Rust, or the index.
    pub(crate) ident: String,
    /// The member of a pattern or an expression.
    pub(crate) member: TokenStream,
    pub(crate) span: Span,
    pub(crate) ty: &'a Type,
    /// The key on the wire.
    pub(crate) name: String,
    pub(crate) docs: String,
    pub(crate) cast: Option<Cast>,
    pub(crate) example: Option<String>,
    pub(crate) source: bool,
    pub(crate) skip: bool,
    pub(crate) is_message: bool,
    pub(crate) in_details: bool,
    pub(crate) on_wire: bool,
}

impl<'a> Variant<'a> {
    /// Whether it is sent as a message in the context with this index.
    pub(crate) fn has_message_in(&self, context: usize) -> bool {
        self.deliveries.get(context).is_some_and(|d| d.as_ref().is_some_and(Delivery::has_message))
    }

    /// Whether it is sent as a message in any context.
    pub(crate) fn has_message(&self) -> bool {
        (0..self.deliveries.len()).any(|context| self.has_message_in(context))
    }

    /// The index of the field with this name in Rust.
    pub(crate) fn field(&self, ident: &str) -> Option<usize> {
        self.fields.iter().position(|field| field.ident == ident)
    }

    /// A constant of the user's own.
    pub(crate) fn constant(&self, name: &str) -> Option<&Constant> {
        self.constants.iter().find(|constant| constant.name == name)
    }

    /// The text of a close reason; the name where none is stated.
    pub(crate) fn reason(&self) -> Text {
        use crate::attr::delivery::{Closing, ClosingCode};
        match (&self.delivery, self.delivery.closing()) {
            (Delivery::Observed { reason, .. }, _) => reason.clone().unwrap_or_default(),
            (_, None | Some(Closing { code: ClosingCode::None, .. })) => Text::default(),
            (_, Some(closing)) => {
                closing.reason.clone().unwrap_or_else(|| Text::constant(self.name.as_str()))
            }
        }
    }
}
