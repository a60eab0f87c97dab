//! OCPP-J 1.6: five places, none of which is ever absent.

use serde_json::{Value, json};
use ws_errors::WsError;

use super::{Example, System, example, system as of};

/// The call that failed.
struct Call<'a> {
    unique_id: &'a str,
}

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(
    catalog = "ocpp-j",
    envelope(Call<'_>) = [4, cx.unique_id, code, message ?? "", self.details ?? {}],
    correlate = cx.unique_id,
)]
enum OcppError {
    /// Action unknown to receiver.
    #[error("action unknown to receiver")]
    NotImplemented {
        /// What happened, in words; it may be empty.
        #[ws_error(message)]
        description: String,
        /// What else there is to know.
        details: Option<Value>,
    },

    /// Action recognised but unsupported.
    #[error("action recognised but unsupported")]
    NotSupported {
        /// What happened, in words; it may be empty.
        #[ws_error(message)]
        description: String,
        /// What else there is to know.
        details: Option<Value>,
    },

    /// Receiver failed.
    #[error("receiver failed")]
    InternalError {
        /// What happened, in words; it may be empty.
        #[ws_error(message)]
        description: String,
        /// What else there is to know.
        details: Option<Value>,
    },

    /// Payload incomplete.
    #[error("payload incomplete")]
    ProtocolError {
        /// What happened, in words; it may be empty.
        #[ws_error(message)]
        description: String,
        /// What else there is to know.
        details: Option<Value>,
    },

    /// Security issue.
    #[error("security issue")]
    SecurityError {
        /// What happened, in words; it may be empty.
        #[ws_error(message)]
        description: String,
        /// What else there is to know.
        details: Option<Value>,
    },

    /// Payload malformed (official misspelling of FormatViolation).
    #[error("payload malformed (official misspelling of FormatViolation)")]
    FormationViolation {
        /// What happened, in words; it may be empty.
        #[ws_error(message)]
        description: String,
        /// What else there is to know.
        details: Option<Value>,
    },

    /// A field value is invalid.
    #[error("a field value is invalid")]
    PropertyConstraintViolation {
        /// What happened, in words; it may be empty.
        #[ws_error(message)]
        description: String,
        /// What else there is to know.
        details: Option<Value>,
    },

    /// Occurrence rule broken (official misspelling).
    #[error("occurrence rule broken (official misspelling)")]
    OccurenceConstraintViolation {
        /// What happened, in words; it may be empty.
        #[ws_error(message)]
        description: String,
        /// What else there is to know.
        details: Option<Value>,
    },

    /// A field type is wrong.
    #[error("a field type is wrong")]
    TypeConstraintViolation {
        /// What happened, in words; it may be empty.
        #[ws_error(message)]
        description: String,
        /// What else there is to know.
        details: Option<Value>,
    },

    /// Anything else.
    #[error("anything else")]
    GenericError {
        /// What happened, in words; it may be empty.
        #[ws_error(message)]
        description: String,
        /// What else there is to know.
        details: Option<Value>,
    },
}

pub(crate) fn system() -> System {
    let text = "Request Action is recognized but not supported by the receiver";
    let cx = Call { unique_id: "19223201" };
    let id = json!({ "unique_id": "19223201" });
    let missing = OcppError::NotImplemented { description: text.into(), details: None };
    let generic = OcppError::GenericError { description: String::new(), details: None };
    let examples: Vec<Example> = vec![
        example(&missing, &cx, json!({ "description": text }), id.clone()),
        example(&generic, &cx, json!({ "description": "" }), id),
    ];
    of::<OcppError>(include_str!("ocpp_j_1_6.json"), examples)
}
