//! An occurrence of every entry of every catalog.

use std::collections::BTreeMap;
use std::fmt;

use ws_errors::catalog::{Catalog, Entry};
use ws_errors::language::Localizer;
use ws_errors::{Envelope, Output, WsError};

use crate::chat::Detail;
use crate::instant::{Call, Resource};
use crate::materi::Moment;
use crate::metered::Correlation;
use crate::rooms::Meta;
use crate::{ChatError, InstantError, MateriError, MeteredError, RoomsError};

/// What must never be on the wire: every source says it.
pub const SECRET: &str = "SECRET-7f3a";

/// What is wrong with the token of `rooms.unauthorized`.
pub const TOKEN_EXPIRED: &str = "Token expired";

/// The context of every occurrence of `rooms`.
pub const META: Meta<'static> =
    Meta { request_id: Some("abc-123"), timestamp: Some("2025-08-04T12:00:00Z") };

/// The context of every occurrence of `materi`.
pub const MOMENT: Moment<'static> = Moment { timestamp: "2025-01-07T10:30:00Z" };

/// A source that says [`SECRET`], and has a source that says it, too.
#[derive(Debug)]
pub struct Secret(Option<Box<Secret>>);

impl Secret {
    /// A chain of two.
    pub fn chain() -> Self {
        Self(Some(Box::new(Self(None))))
    }
}

impl fmt::Display for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(SECRET)
    }
}

impl std::error::Error for Secret {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.as_deref().map(|source| source as _)
    }
}

fn secret() -> Box<Secret> {
    Box::new(Secret::chain())
}

/// An error that happened, and what is sent for it.
#[derive(Debug, Clone)]
pub struct Occurrence {
    /// Its catalog.
    pub catalog: &'static Catalog,
    /// Its entry.
    pub entry: &'static Entry,
    /// What is sent.
    pub output: Output,
    /// What its `Display` says.
    pub display: String,
}

fn occurrences<E: Envelope<Cx>, Cx>(errors: Vec<E>, cx: &Cx) -> Vec<Occurrence> {
    errors
        .iter()
        .map(|error| Occurrence {
            catalog: E::catalog(),
            entry: error.entry(),
            output: error.encode(cx),
            display: error.to_string(),
        })
        .collect()
}

/// What is done with an error, whatever its enum and its context are.
pub trait Raise {
    /// What comes of it.
    type Output;

    /// Does it.
    fn raise<E: Envelope<Cx>, Cx: fmt::Debug>(self, error: &E, cx: &Cx) -> Self::Output;
}

/// Encodes the error.
#[derive(Debug, Clone, Copy)]
pub struct Encode;

impl Raise for Encode {
    type Output = Output;

    fn raise<E: Envelope<Cx>, Cx>(self, error: &E, cx: &Cx) -> Output {
        error.encode(cx)
    }
}

/// Raises the first occurrence of an entry, in answer to the request with this id, for a reader of
/// this language; `None` where there is no such entry.
pub fn raise<R: Raise>(
    catalog: &str,
    entry: &str,
    id: Option<&str>,
    language: Option<&dyn Localizer>,
    how: R,
) -> Option<R::Output> {
    match catalog {
        "chat" => raise_of(chat(), entry, &(), how),
        "rooms" => raise_of(rooms(), entry, &Meta { request_id: id, ..META }, how),
        "materi" => raise_of(materi(), entry, &MOMENT, how),
        "metered" => raise_of(metered(), entry, &Correlation { request_id: id }, how),
        "instant" => {
            raise_of(instant(), entry, &Call { call_id: id.unwrap_or_default(), language }, how)
        }
        _ => None,
    }
}

fn raise_of<E: Envelope<Cx>, Cx: fmt::Debug, R: Raise>(
    errors: Vec<E>,
    entry: &str,
    cx: &Cx,
    how: R,
) -> Option<R::Output> {
    let error = errors.into_iter().find(|error| error.entry().name == entry)?;
    Some(how.raise(&error, cx))
}

/// Every entry of the five catalogs, at least once.
pub fn all() -> Vec<Occurrence> {
    let mut all = occurrences(chat(), &());
    all.extend(occurrences(rooms(), &META));
    all.extend(occurrences(materi(), &MOMENT));
    all.extend(occurrences(metered(), &Correlation { request_id: Some("pub-2") }));
    all.extend(occurrences(instant(), &Call { call_id: "ce6th2qed7j", ..Call::default() }));
    all
}

/// The five catalogs.
pub fn catalogs() -> [&'static Catalog; 5] {
    [
        ChatError::catalog(),
        RoomsError::catalog(),
        MateriError::catalog(),
        MeteredError::catalog(),
        InstantError::catalog(),
    ]
}

/// Every variant, `detail` in each of its forms.
pub fn chat() -> Vec<ChatError> {
    let nested = BTreeMap::from([
        ("name".to_owned(), Detail::List(vec!["This field is required.".into()])),
        (
            "members".to_owned(),
            Detail::Fields(BTreeMap::from([("0".to_owned(), "No such user.".into())])),
        ),
    ]);
    vec![
        ChatError::AuthenticationFailed,
        ChatError::PermissionDenied { detail: "You are not a member of this room.".into() },
        ChatError::ValidationError { detail: "Human-readable description".into() },
        ChatError::ValidationError { detail: Detail::List(vec!["One.".into(), "Two.".into()]) },
        ChatError::ValidationError { detail: Detail::Fields(nested) },
        ChatError::ResourceNotFound { detail: "Room does not exist.".into() },
        ChatError::IntegrityError { detail: "You have reacted to this message already.".into() },
        ChatError::InternalServerError(secret()),
        ChatError::InvalidEventType,
    ]
}

/// Every variant.
pub fn rooms() -> Vec<RoomsError> {
    vec![
        RoomsError::Unauthorized { message: TOKEN_EXPIRED.into() },
        RoomsError::UnsupportedPath { path: "/ws/nowhere".into() },
        RoomsError::BadRequest { message: "Malformed JSON".into() },
        RoomsError::NotFound { resource: "Room".into() },
        RoomsError::InvalidAction { message: "Room is closed".into() },
        RoomsError::Forbidden { message: "You can't moderate this room".into() },
        RoomsError::RateLimited,
        RoomsError::InternalServerError(secret()),
        RoomsError::ConnectionLost,
        RoomsError::PingTimeout,
    ]
}

/// Every variant.
pub fn materi() -> Vec<MateriError> {
    vec![
        MateriError::ConnectionFailed,
        MateriError::ConnectionTimeout,
        MateriError::ConnectionLimitExceeded,
        MateriError::ProtocolError { message: "A binary frame was not expected".into() },
        MateriError::AuthenticationFailed,
        MateriError::TokenExpired,
        MateriError::TokenRevoked,
        MateriError::InsufficientPermissions {
            message: "You do not have write permissions for this document".into(),
            required_permission: "document:write".into(),
            user_permissions: vec!["document:read".into()],
        },
        MateriError::DocumentNotFound,
        MateriError::DocumentLocked,
        MateriError::DocumentDeleted,
        MateriError::VersionConflict { client_version: 41, server_version: 43 },
        MateriError::InvalidOperation { message: "The position lies behind the end".into() },
        MateriError::OperationRejected,
        MateriError::OperationTimeout,
        MateriError::RateLimitExceeded { retry_after: Some(5000) },
        MateriError::RateLimitExceeded { retry_after: None },
        MateriError::InternalError(secret()),
        MateriError::ServiceUnavailable,
        MateriError::MaintenanceMode,
        MateriError::RefreshFailed,
        MateriError::NormalClosure,
        MateriError::GoingAway,
        MateriError::WebSocketProtocolError,
        MateriError::UnsupportedData,
        MateriError::AbnormalClosure,
        MateriError::ServerError,
        MateriError::HeartbeatTimeout,
        MateriError::AuthExpired,
        MateriError::PermissionDenied,
        MateriError::DocumentUnavailable,
        MateriError::Kicked,
        MateriError::ErrorStorm,
    ]
}

/// Every variant.
pub fn metered() -> Vec<MeteredError> {
    vec![
        MeteredError::MalformedMessage { reason: "expected value at line 1 column 1".into() },
        MeteredError::UnknownType { kind: "pubish".into() },
        MeteredError::MissingData,
        MeteredError::InvalidChannel { channel: "room 1\n".into() },
        MeteredError::ChannelNotAuthorized { channel: "other-app/room-1".into() },
        MeteredError::ChannelReserved { channel: "_system/health".into() },
        MeteredError::ChannelLimitExceeded { channel: "room-101".into() },
        MeteredError::InvalidPeerId { peer: "peer\"7\"".into() },
        MeteredError::PeerNotFound { peer: "peer-7".into() },
        MeteredError::ActionNotPermitted { action: "publish".into() },
        MeteredError::OverMessageQuota,
        MeteredError::BackendError(secret()),
        MeteredError::InternalError(secret()),
        MeteredError::InvalidToken,
        MeteredError::OverConcurrentLimit,
        MeteredError::OverMessageRate,
        MeteredError::AdminDisconnect,
    ]
}

/// Every variant, with details and without.
pub fn instant() -> Vec<InstantError> {
    let details = || Some(BTreeMap::from([("room_id".to_owned(), serde_json::json!(7))]));
    vec![
        InstantError::DefaultTeamRestriction { details: details() },
        InstantError::ManagedRoomsRestriction { details: None },
        InstantError::ForwardValidationError { details: details() },
        InstantError::MessageEditTimeoutExceeded { minutes: 15, details: None },
        InstantError::InvalidOperation { details: details() },
        InstantError::NotAuthorized { details: None },
        InstantError::NotFoundError { resource: Resource::Room, details: details() },
        InstantError::NotFoundError { resource: Resource::Message, details: None },
        InstantError::OutOfRangeError { most: 20, details: details() },
        InstantError::SessionError { details: None },
        InstantError::UnknownError { details: Some(BTreeMap::new()) },
        InstantError::Unhandled(secret()),
    ]
}
