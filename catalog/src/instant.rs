//! Exceptions of an RPC API in WAMP 1 frames: arrays with an optional end. Over HTTP the same ones are
//! objects.

use std::collections::BTreeMap;
use std::error::Error;

use serde_json::Value;
use ws_errors::WsError;

/// The call that failed.
#[derive(Debug, Clone, Copy, Default)]
pub struct Call<'a> {
    /// The id that the caller gave it.
    pub call_id: &'a str,
}

/// What else there is to know, depending on the exception.
pub type Details = BTreeMap<String, Value>;

/// Exceptions of the RPC API.
///
/// Messages are for users: the server translates them into the caller's language, and they give
/// away nothing of the backend.
#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(
    catalog = "instant",
    rename_all = "PascalCase",
    envelope(Call<'_>) = [4, cx.call_id, "http://domain/exceptions#{code}", message, self.details?],
    http(status = 400, envelope = { "type": code, "message": message }),
    correlate = cx.call_id,
    example(cx.call_id = "ce6th2qed7j"),
)]
pub enum InstantError {
    /// The room of the default team can't be changed this way.
    #[error("default team restriction: {message}")]
    #[ws_error(section = "Rooms", code = "DefaultTeamRoomRestriction")]
    DefaultTeamRestriction {
        /// What the user is told.
        #[ws_error(message, example = "Everybody stays in the team's room.")]
        message: String,
        /// What else there is to know.
        details: Option<Details>,
    },

    /// The room is managed, and can't be changed by its members.
    #[error("managed rooms restriction: {message}")]
    ManagedRoomsRestriction {
        /// What the user is told.
        #[ws_error(message, example = "This room is managed by your administrators.")]
        message: String,
        /// What else there is to know.
        details: Option<Details>,
    },

    /// The message can't be forwarded there.
    #[error("forward validation: {message}")]
    #[ws_error(section = "Messages")]
    ForwardValidationError {
        /// What the user is told.
        #[ws_error(message, example = "This message can't be forwarded.")]
        message: String,
        /// What else there is to know.
        details: Option<Details>,
    },

    /// The message is too old to be edited or deleted.
    #[error("edit timeout: {message}")]
    MessageEditTimeoutExceeded {
        /// What the user is told.
        #[ws_error(message, example = "It is too late to change this message.")]
        message: String,
        /// What else there is to know.
        details: Option<Details>,
    },

    /// The operation is not possible as it was asked for.
    #[error("invalid operation: {message}")]
    #[ws_error(section = "General")]
    InvalidOperation {
        /// What the user is told.
        #[ws_error(message, example = "This is not possible here.")]
        message: String,
        /// What else there is to know.
        details: Option<Details>,
    },

    /// The user lacks the privileges for it.
    #[error("not authorized: {message}")]
    NotAuthorized {
        /// What the user is told.
        #[ws_error(message, example = "You may not do this.")]
        message: String,
        /// What else there is to know.
        details: Option<Details>,
    },

    /// What the operation is about does not exist.
    #[error("not found: {message}")]
    NotFoundError {
        /// What the user is told.
        #[ws_error(message, example = "The room does not exist any more.")]
        message: String,
        /// What else there is to know.
        #[ws_error(example = { "room_id": 7 })]
        details: Option<Details>,
    },

    /// A value lies outside of what is allowed.
    #[error("out of range: {message}")]
    OutOfRangeError {
        /// What the user is told.
        #[ws_error(message, example = "That is too many.")]
        message: String,
        /// What else there is to know.
        details: Option<Details>,
    },

    /// The session is over.
    #[error("session: {message}")]
    #[ws_error(retry = when(login))]
    SessionError {
        /// What the user is told.
        #[ws_error(message, example = "Please sign in again.")]
        message: String,
        /// What else there is to know.
        details: Option<Details>,
    },

    /// A known failure without a name of its own.
    #[error("unknown: {message}")]
    UnknownError {
        /// What the user is told.
        #[ws_error(message, example = "This did not work.")]
        message: String,
        /// What else there is to know.
        details: Option<Details>,
    },

    /// A failure that nobody handled. The cause is in the server's log, and only there.
    #[error("unhandled: {0}")]
    #[ws_error(
        code = none,
        internal,
        message = "An error occurred.",
        envelope = [4, cx.call_id, message],
        http(status = 400, envelope = "Bad Request")
    )]
    Unhandled(#[source] Box<dyn Error + Send + Sync>),
}
