//! `user(…)`: what a person sees.

use proc_macro2::Span;
use ws_errors_core::catalog::{Text, UserMessage};

use super::item::{Attributes, Item, Read, inside, put};
use super::text::text;
use crate::cursor::Spanned;
use crate::errors::{Errors, error};

/// `user(title = …, message = …, action = …, fallback)`.
pub(crate) struct User {
    title: Spanned<Text>,
    message: Spanned<Text>,
    action: Option<Spanned<Text>>,
    pub(crate) fallback: Option<Span>,
}

const WHAT: &str = "`user` is written `user(title = \"…\", message = \"…\", action = \"…\", fallback)`; action and fallback may be absent";

impl Attributes for User {
    const KEYS: &'static [(&'static str, Read<Self>)] = &[
        ("action", |of, item, _| put(&mut of.action, text(item.string()?))),
        ("fallback", |of, item, _| put(&mut of.fallback, item.flag())),
        ("message", |of, item, _| text(item.string()?).map(|text| of.message = text)),
        ("title", |of, item, _| text(item.string()?).map(|text| of.title = text)),
    ];
}

pub(super) fn user(item: Item, errors: &Errors) -> syn::Result<User> {
    if item.arguments.is_none() || item.value.is_some() {
        return error(item.span, WHAT);
    }
    let absent = Spanned { value: Text::EMPTY, span: item.span };
    let user = User { title: absent, message: absent, action: None, fallback: None };
    Ok(inside(user, item, &["title", "message"], WHAT, errors)?.0)
}

impl User {
    /// The same in the catalog.
    pub(crate) fn declared(&self) -> UserMessage {
        UserMessage {
            title: self.title.value,
            message: self.message.value,
            action: self.action.map(|action| action.value),
            fallback: self.fallback.is_some(),
        }
    }

    /// Where its texts are written.
    pub(crate) fn texts(&self) -> Vec<Span> {
        [self.title, self.message].iter().chain(&self.action).map(|text| text.span).collect()
    }
}
