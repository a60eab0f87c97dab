//! Exceptions of an RPC API in WAMP 1 frames: arrays with an optional end. Over HTTP the same ones are
//! objects.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;
use ws_errors::WsError;
use ws_errors::language::{Localized, Localizer};

/// The call that failed, and who called.
#[derive(Debug, Clone, Copy, Default)]
pub struct Call<'a> {
    /// The id that the caller gave it.
    pub call_id: &'a str,
    /// The caller's language; English where there is none.
    pub language: Option<&'a dyn Localizer>,
}

impl Localized for Call<'_> {
    fn localizer(&self) -> Option<&dyn Localizer> {
        self.language
    }
}

/// What does not exist any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Resource {
    /// A room.
    Room,
    /// A message.
    Message,
    /// A user.
    User,
}

impl fmt::Display for Resource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Room => "room",
            Self::Message => "message",
            Self::User => "user",
        })
    }
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
    #[error("default team restriction")]
    #[ws_error(
        section = "Rooms",
        code = "DefaultTeamRoomRestriction",
        message = "Everybody stays in the team's room."
    )]
    DefaultTeamRestriction {
        /// What else there is to know.
        details: Option<Details>,
    },

    /// The room is managed, and can't be changed by its members.
    #[error("managed rooms restriction")]
    #[ws_error(message = "This room is managed by your administrators.")]
    ManagedRoomsRestriction {
        /// What else there is to know.
        details: Option<Details>,
    },

    /// The message can't be forwarded there.
    #[error("forward validation")]
    #[ws_error(section = "Messages", message = "This message can't be forwarded.")]
    ForwardValidationError {
        /// What else there is to know.
        details: Option<Details>,
    },

    /// The message is too old to be edited or deleted.
    #[error("edit timeout: {minutes} minutes are over")]
    #[ws_error(message = "Messages can be changed for {minutes} min.")]
    MessageEditTimeoutExceeded {
        /// For how long a message can be changed.
        #[ws_error(example = 15)]
        minutes: u32,
        /// What else there is to know.
        details: Option<Details>,
    },

    /// The operation is not possible as it was asked for.
    #[error("invalid operation")]
    #[ws_error(section = "General", message = "This is not possible here.")]
    InvalidOperation {
        /// What else there is to know.
        details: Option<Details>,
    },

    /// The user lacks the privileges for it.
    #[error("not authorized")]
    #[ws_error(message = "You may not do this.")]
    NotAuthorized {
        /// What else there is to know.
        details: Option<Details>,
    },

    /// What the operation is about does not exist.
    #[error("not found: {resource}")]
    #[ws_error(message = "The {resource} does not exist any more.")]
    NotFoundError {
        /// What is gone.
        #[ws_error(example = "room")]
        resource: Resource,
        /// What else there is to know.
        #[ws_error(example = { "room_id": 7 })]
        details: Option<Details>,
    },

    /// A value lies outside of what is allowed.
    #[error("out of range: more than {most}")]
    #[ws_error(message = "No more than {most} are allowed.")]
    OutOfRangeError {
        /// How many there may be.
        #[ws_error(example = 20)]
        most: u32,
        /// What else there is to know.
        details: Option<Details>,
    },

    /// The session is over.
    #[error("session")]
    #[ws_error(
        retry = when(login),
        message = "Please sign in again.",
        user(title = "Signed out", message = "Please sign in again.", action = "Sign in")
    )]
    SessionError {
        /// What else there is to know.
        details: Option<Details>,
    },

    /// A known failure without a name of its own.
    #[error("unknown")]
    #[ws_error(message = "This did not work.")]
    UnknownError {
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
