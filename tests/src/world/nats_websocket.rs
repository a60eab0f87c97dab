//! NATS over WebSocket: lines of text that have no codes, and closes whose text is another.

use serde_json::json;
use ws_errors::{Decoder, Envelope, WsError};

use super::{Example, System, bare, example, system as of};

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(catalog = "nats", envelope = "-ERR '{message}'\r\n")]
enum NatsError {
    /// Authorization Violation.
    #[error("Authorization Violation")]
    #[ws_error(code = none, soft_then_close(1008, "Authentication Failure"), message = "Authorization Violation")]
    AuthorizationViolation,

    /// Authentication Timeout.
    #[error("Authentication Timeout")]
    #[ws_error(code = none, soft_then_close(1008, "Authentication Timeout"), message = "Authentication Timeout")]
    AuthenticationTimeout,

    /// User Authentication Expired.
    #[error("User Authentication Expired")]
    #[ws_error(code = none, soft_then_close(1008, "Authentication Expired"), message = "User Authentication Expired", retry = when(renew_credentials))]
    UserAuthenticationExpired,

    /// Account Authentication Expired.
    #[error("Account Authentication Expired")]
    #[ws_error(code = none, soft_then_close(1008, "Account Authentication Expired"), message = "Account Authentication Expired")]
    AccountAuthenticationExpired,

    /// Maximum connections exceeded.
    #[error("maximum connections exceeded")]
    #[ws_error(code = none, soft_then_close(1008, "Maximum Connections Exceeded"), message = "maximum connections exceeded")]
    MaxConnections,

    /// Maximum account active connections exceeded.
    #[error("maximum account active connections exceeded")]
    #[ws_error(code = none, soft_then_close(1008, "Maximum Account Connections Exceeded"), message = "maximum account active connections exceeded")]
    MaxAccountConnections,

    /// Maximum Payload Violation.
    #[error("Maximum Payload Violation")]
    #[ws_error(code = none, soft_then_close(1009, "Maximum Message Payload Exceeded"), message = "Maximum Payload Violation")]
    MaxPayload,

    /// Stale Connection.
    #[error("Stale Connection")]
    #[ws_error(code = none, soft_then_close(1001, "Stale Connection"), message = "Stale Connection")]
    StaleConnection,

    /// Unknown Protocol Operation.
    #[error("Unknown Protocol Operation")]
    #[ws_error(code = none, soft_then_close(1002, "Protocol Violation"), message = "Unknown Protocol Operation")]
    UnknownProtocolOperation,

    /// Server Shutdown.
    #[error("Server Shutdown")]
    #[ws_error(code = none, close(1001, "Server Shutdown"), retry = now)]
    ServerShutdown,

    /// Slow Consumer (Pending Bytes).
    #[error("Slow Consumer (Pending Bytes)")]
    #[ws_error(code = none, close(1008, "Slow Consumer (Pending Bytes)"))]
    SlowConsumerPendingBytes,

    /// Slow Consumer (Write Deadline).
    #[error("Slow Consumer (Write Deadline)")]
    #[ws_error(code = none, close(1008, "Slow Consumer (Write Deadline)"))]
    SlowConsumerWriteDeadline,

    /// Parse Error.
    #[error("Parse Error")]
    #[ws_error(code = none, close(1002, "Parse Error"))]
    ParseError,

    /// TLS handshake failed; the server puts 1015 on the wire, which nobody may send: a client observes it.
    #[error(
        "TLS handshake failed; the server puts 1015 on the wire, which nobody may send: a client observes it"
    )]
    #[ws_error(name = "TLSHandshakeFailure", code = none, observed(1015))]
    TlsHandshakeFailure,

    /// Permissions Violation for Publish to %q.
    #[error("Permissions Violation for Publish to %q")]
    #[ws_error(code = none, envelope = "-ERR 'Permissions Violation for Publish to {self.subject:quoted}'\r\n")]
    PublishPermissions {
        /// The subject.
        subject: String,
    },

    /// Permissions Violation for Subscription to %q (using queue %q).
    #[error("Permissions Violation for Subscription to %q (using queue %q)")]
    #[ws_error(code = none, envelope = "-ERR 'Permissions Violation for Subscription to {self.subject:quoted}" + " using queue {self.queue:quoted}"? + "'\r\n")]
    SubscribePermissions {
        /// The subject.
        subject: String,
        /// The queue, where there is one.
        queue: Option<String>,
    },

    /// Permissions Violation for Publish with Reply of %q.
    #[error("Permissions Violation for Publish with Reply of %q")]
    #[ws_error(code = none, envelope = "-ERR 'Permissions Violation for Publish with Reply of {self.subject:quoted}'\r\n")]
    ReplyPermissions {
        /// The subject.
        subject: String,
    },

    /// Invalid Publish Subject.
    #[error("Invalid Publish Subject")]
    #[ws_error(code = none, message = "Invalid Publish Subject")]
    InvalidPublishSubject,

    /// Invalid Subject.
    #[error("Invalid Subject")]
    #[ws_error(code = none, message = "Invalid Subject")]
    InvalidSubject,

    /// Maximum subscriptions exceeded.
    #[error("maximum subscriptions exceeded")]
    #[ws_error(code = none, message = "maximum subscriptions exceeded")]
    MaxSubscriptions,

    /// No responders requires headers support.
    #[error("no responders requires headers support")]
    #[ws_error(code = none, message = "no responders requires headers support")]
    NoRespondersRequiresHeaders,
}

pub(crate) fn system() -> System {
    let publish = NatsError::PublishPermissions { subject: "foo.bar".into() };
    let examples: Vec<Example> = vec![
        bare(&NatsError::AuthorizationViolation),
        example(&publish, &(), json!({ "subject": "foo.bar" }), json!({})),
    ];
    of::<NatsError>(include_str!("nats_websocket.json"), examples)
}

#[test]
fn a_queue_is_there_or_not_and_no_value_forges_a_line() {
    let decoder = Decoder::of::<NatsError>();
    let error = |queue: Option<&str>| NatsError::SubscribePermissions {
        subject: "a\"b\r\n-ERR".into(),
        queue: queue.map(str::to_owned),
    };
    let without = error(None).encode(&());
    let with = error(Some("workers")).encode(&());
    assert_eq!(
        with.text(),
        Some(
            "-ERR 'Permissions Violation for Subscription to \"a\\\"b\\r\\n-ERR\" using queue \"workers\"'\r\n"
        )
    );
    for (output, queue) in [(without, None), (with, Some("workers".to_owned()))] {
        let decoded = decoder.decode(output.text().unwrap());
        assert_eq!(decoded.entry().unwrap().name, "SubscribePermissions");
        let received = decoded.received().unwrap();
        assert_eq!(received.value::<String>("subject").unwrap().as_deref(), Some("a\"b\r\n-ERR"));
        assert_eq!(received.value::<String>("queue").unwrap(), queue);
    }
}
