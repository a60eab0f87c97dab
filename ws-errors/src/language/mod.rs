//! Texts in the language of the reader.
//!
//! The texts in an enum are the source language, and stay as they are: they are what is sent, and
//! shown, where there is no other. Two kinds of texts may be in others, too:
//!
//! - what a person sees (`user(…)`), by [`Translations`] (feature `translations`): JSON files that
//!   TypeScript reads as well;
//! - the text for the client (`message = "…"`), over a WebSocket and over HTTP, in the language that
//!   the context [knows](Localized):
//!   by `fluent` (feature `fluent`), or by any [`Localizer`] of the application's own.
//!
//! A close reason and a code are never translated: clients identify errors by them.

#[cfg(feature = "translations")]
mod by_language;
mod localizer;

#[cfg(feature = "cli")]
pub(crate) mod complete;
#[cfg(feature = "translations")]
pub(crate) mod file;
#[cfg(feature = "translations")]
mod finding;
#[cfg(feature = "fluent")]
pub mod fluent;
#[cfg(feature = "translations")]
pub(crate) mod folder;
#[cfg(feature = "translations")]
mod once;
mod translatable;
#[cfg(feature = "translations")]
mod translation;
#[cfg(feature = "translations")]
mod translations;

#[cfg(feature = "translations")]
pub use finding::{Finding, Problem};
pub use localizer::{Arguments, Localized, LocalizedText, Localizer, Value};
#[cfg(feature = "translations")]
pub use once::Fallback;
#[cfg(feature = "fluent")]
pub(crate) use translatable::is_carried;
pub(crate) use translatable::{Carrier, Translatable};
#[cfg(feature = "translations")]
pub use translation::TranslationError;
#[cfg(feature = "translations")]
pub use translations::{Translations, UserText};
