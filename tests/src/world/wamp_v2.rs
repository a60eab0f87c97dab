//! WAMP v2: arrays whose ends are optional, and three messages for errors.

use serde_json::{Map, Value, json};
use ws_errors::{Decoder, Envelope, WsError};

use super::{Example, System, example, system as of};

/// The request that failed: the type of its message, and its id.
struct Request {
    request_type: u8,
    request_id: u32,
}

/// The session as a whole: ABORT and GOODBYE.
struct Session;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(
    catalog = "wamp",
    rename_all = "snake_case",
    envelope(Request) = [
        8,
        cx.request_type,
        cx.request_id,
        {},
        code,
        self.args? ?? [],
        self.kwargs?,
    ],
    default(only(Request)),
    correlate = cx.request_id,
)]
enum WampError {
    /// URI malformed.
    #[error("URI malformed")]
    #[ws_error(code = "wamp.error.invalid_uri")]
    InvalidUri,

    /// Procedure not registered.
    #[error("procedure not registered")]
    #[ws_error(code = "wamp.error.no_such_procedure")]
    NoSuchProcedure,

    /// Already registered.
    #[error("already registered")]
    #[ws_error(code = "wamp.error.procedure_already_exists")]
    ProcedureAlreadyExists,

    /// Registration inactive.
    #[error("registration inactive")]
    #[ws_error(code = "wamp.error.no_such_registration")]
    NoSuchRegistration,

    /// Subscription inactive.
    #[error("subscription inactive")]
    #[ws_error(code = "wamp.error.no_such_subscription")]
    NoSuchSubscription,

    /// Arguments rejected.
    #[error("arguments rejected")]
    #[ws_error(code = "wamp.error.invalid_argument")]
    InvalidArgument,

    /// Call canceled.
    #[error("call canceled")]
    #[ws_error(code = "wamp.error.canceled")]
    Canceled,

    /// Too large for the transport.
    #[error("too large for the transport")]
    #[ws_error(code = "wamp.error.payload_size_exceeded")]
    PayloadSizeExceeded,

    /// Invalid message for session state.
    #[error("invalid message for session state")]
    #[ws_error(code = "wamp.error.protocol_violation", soft_then_close, only(Session), envelope(Session) = [3, { "message"?: message }, code])]
    ProtocolViolation {
        /// What happened, in words.
        #[ws_error(message)]
        message: Option<String>,
    },

    /// Not authorized.
    #[error("not authorized")]
    #[ws_error(code = "wamp.error.not_authorized")]
    NotAuthorized,

    /// Authorizer itself failed.
    #[error("authorizer itself failed")]
    #[ws_error(code = "wamp.error.authorization_failed")]
    AuthorizationFailed,

    /// Realm unknown.
    #[error("realm unknown")]
    #[ws_error(code = "wamp.error.no_such_realm", soft_then_close, only(Session), envelope(Session) = [3, { "message"?: message }, code])]
    NoSuchRealm {
        /// What happened, in words.
        #[ws_error(message)]
        message: Option<String>,
    },

    /// Role unknown.
    #[error("role unknown")]
    #[ws_error(code = "wamp.error.no_such_role", soft_then_close, only(Session), envelope(Session) = [3, { "message"?: message }, code])]
    NoSuchRole {
        /// What happened, in words.
        #[ws_error(message)]
        message: Option<String>,
    },

    /// No offered auth method accepted.
    #[error("no offered auth method accepted")]
    #[ws_error(code = "wamp.error.no_matching_auth_method", soft_then_close, only(Session), envelope(Session) = [3, { "message"?: message }, code])]
    NoMatchingAuthMethod {
        /// What happened, in words.
        #[ws_error(message)]
        message: Option<String>,
    },

    /// Principal unknown.
    #[error("principal unknown")]
    #[ws_error(code = "wamp.error.no_such_principal", soft_then_close, only(Session), envelope(Session) = [3, { "message"?: message }, code])]
    NoSuchPrincipal {
        /// What happened, in words.
        #[ws_error(message)]
        message: Option<String>,
    },

    /// Credentials refused.
    #[error("credentials refused")]
    #[ws_error(code = "wamp.error.authentication_denied", soft_then_close, only(Session), envelope(Session) = [3, { "message"?: message }, code])]
    AuthenticationDenied {
        /// What happened, in words.
        #[ws_error(message)]
        message: Option<String>,
    },

    /// Authenticator failed.
    #[error("authenticator failed")]
    #[ws_error(code = "wamp.error.authentication_failed", soft_then_close, only(Session), envelope(Session) = [3, { "message"?: message }, code])]
    AuthenticationFailed {
        /// What happened, in words.
        #[ws_error(message)]
        message: Option<String>,
    },

    /// Anonymous not allowed.
    #[error("anonymous not allowed")]
    #[ws_error(code = "wamp.error.authentication_required", soft_then_close, only(Session), envelope(Session) = [3, { "message"?: message }, code])]
    AuthenticationRequired {
        /// What happened, in words.
        #[ws_error(message)]
        message: Option<String>,
    },

    /// Action denied.
    #[error("action denied")]
    #[ws_error(code = "wamp.error.authorization_denied")]
    AuthorizationDenied,

    /// Capability needed.
    #[error("capability needed")]
    #[ws_error(code = "wamp.error.authorization_required")]
    AuthorizationRequired,

    /// Call timed out.
    #[error("call timed out")]
    #[ws_error(code = "wamp.error.timeout", retry = backoff(1s..30s))]
    Timeout,

    /// Option refused by router.
    #[error("option refused by router")]
    #[ws_error(code = "wamp.error.option_not_allowed")]
    OptionNotAllowed,

    /// Identity disclosure refused.
    #[error("identity disclosure refused")]
    #[ws_error(
        name = "option_disallowed.disclose_me",
        code = "wamp.error.option_disallowed.disclose_me"
    )]
    OptionDisallowedDiscloseMe,

    /// Router network failure.
    #[error("router network failure")]
    #[ws_error(code = "wamp.error.network_failure", retry = backoff(1s..30s))]
    NetworkFailure,

    /// Callee asks for rerouting.
    #[error("callee asks for rerouting")]
    #[ws_error(code = "wamp.error.unavailable", retry = backoff(1s..30s))]
    Unavailable,

    /// All callees unavailable.
    #[error("all callees unavailable")]
    #[ws_error(code = "wamp.error.no_available_callee", retry = backoff(1s..30s))]
    NoAvailableCallee,

    /// Callee cannot process the feature.
    #[error("callee cannot process the feature")]
    #[ws_error(code = "wamp.error.feature_not_supported")]
    FeatureNotSupported,

    /// Application-defined error URI.
    #[error("application-defined error URI")]
    #[ws_error(code = self.uri)]
    Application {
        /// The error, as a URI.
        #[ws_error(skip)]
        uri: String,
        /// Arguments by place.
        args: Option<Vec<Value>>,
        /// Arguments by name.
        kwargs: Option<Map<String, Value>>,
    },

    /// Peer shutting down.
    #[error("peer shutting down")]
    #[ws_error(name = "close.system_shutdown", code = "wamp.close.system_shutdown", soft_then_close, only(Session), envelope(Session) = [6, { "message"?: message }, code])]
    CloseSystemShutdown {
        /// What happened, in words.
        #[ws_error(message)]
        message: Option<String>,
    },

    /// Peer leaves the realm.
    #[error("peer leaves the realm")]
    #[ws_error(name = "close.close_realm", code = "wamp.close.close_realm", soft_then_close, only(Session), envelope(Session) = [6, { "message"?: message }, code])]
    CloseCloseRealm {
        /// What happened, in words.
        #[ws_error(message)]
        message: Option<String>,
    },

    /// Acknowledges GOODBYE.
    #[error("acknowledges GOODBYE")]
    #[ws_error(name = "close.goodbye_and_out", code = "wamp.close.goodbye_and_out", soft_then_close, only(Session), envelope(Session) = [6, { "message"?: message }, code])]
    CloseGoodbyeAndOut {
        /// What happened, in words.
        #[ws_error(message)]
        message: Option<String>,
    },

    /// Session killed by router.
    #[error("session killed by router")]
    #[ws_error(name = "close.killed", code = "wamp.close.killed", soft_then_close, only(Session), envelope(Session) = [6, { "message"?: message }, code])]
    CloseKilled {
        /// What happened, in words.
        #[ws_error(message)]
        message: Option<String>,
    },
}

pub(crate) fn system() -> System {
    let call = Request { request_type: 48, request_id: 7_814_135 };
    let id = json!({ "request_type": 48, "request_id": 7_814_135 });
    let Value::Object(severity) = json!({ "severity": 3 }) else { panic!("a map") };
    let application = WampError::Application {
        uri: "com.myapp.error.object_write_protected".into(),
        args: Some(vec![json!("Object is write protected.")]),
        kwargs: Some(severity),
    };
    let realm = WampError::NoSuchRealm { message: Some("The realm does not exist.".into()) };
    let examples: Vec<Example> = vec![
        example(&WampError::NoSuchProcedure, &call, json!({}), id.clone()),
        example(
            &application,
            &call,
            json!({
                "uri": "com.myapp.error.object_write_protected",
                "args": ["Object is write protected."],
                "kwargs": { "severity": 3 },
            }),
            id,
        ),
        example(&realm, &Session, json!({ "message": "The realm does not exist." }), json!({})),
    ];
    of::<WampError>(include_str!("wamp_v2.json"), examples)
}

#[test]
fn named_arguments_without_others_have_an_empty_list_before_them() {
    let Value::Object(kwargs) = json!({ "a": 1 }) else { panic!("a map") };
    let error = WampError::Application { uri: "com.a".into(), args: None, kwargs: Some(kwargs) };
    let output = error.encode(&Request { request_type: 48, request_id: 1 });
    assert_eq!(output.text(), Some(r#"[8,48,1,{},"com.a",[],{"a":1}]"#));
    let decoded = Decoder::of::<WampError>().decode(output.text().unwrap());
    let received = decoded.received().unwrap();
    assert_eq!(received.fields().get("args"), None);
    assert_eq!(received.fields().get("kwargs"), Some(&json!({ "a": 1 })));
    let bare = WampError::NoSuchRealm { message: None }.encode(&Session);
    assert_eq!(bare.text(), Some(r#"[3,{},"wamp.error.no_such_realm"]"#));
}
