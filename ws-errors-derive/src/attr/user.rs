//! `user(…)`: what a person sees.

use proc_macro2::Span;
use ws_errors_core::catalog::UserMessage;

use super::item::{Item, named};
use super::text::text;
use crate::errors::error;

/// `user(title = …, message = …, action = …, fallback)`.
pub(crate) struct User {
    pub(crate) message: UserMessage,
    /// Where its texts are written.
    pub(crate) texts: Vec<Span>,
    pub(crate) fallback: Option<Span>,
}

const WHAT: &str = "`user` is written `user(title = \"…\", message = \"…\", action = \"…\", fallback)`; action and fallback may be absent";

pub(super) fn user(item: Item) -> syn::Result<User> {
    let span = item.span;
    let (mut title, mut message, mut action, mut fallback) = (None, None, None, None);
    let keys = ["action", "fallback", "message", "title"];
    for item in named("user", &item.arguments()?, &keys, WHAT)? {
        let place = match item.key.as_str() {
            "title" => &mut title,
            "message" => &mut message,
            "action" => &mut action,
            _ => {
                fallback = Some(item.flag()?);
                continue;
            }
        };
        *place = Some(text(item.string()?)?);
    }
    let (Some(title), Some(message)) = (title, message) else {
        return error(
            span,
            "`user` needs a title and a message: `user(title = \"…\", message = \"…\")`",
        );
    };
    let texts = [title, message].iter().chain(&action).map(|text| text.span).collect();
    let message = UserMessage {
        title: title.value,
        message: message.value,
        action: action.map(|action| action.value),
        fallback: fallback.is_some(),
    };
    Ok(User { message, texts, fallback })
}
