//! JSON-RPC 2.0: an id that keeps its type, an open range of codes, and batches.

use serde_json::{Value, json};
use ws_errors::{Decoder, Envelope, WsError};

use super::{Example, System, example, system as of};

/// The request that failed: its id as it came, or null where it could not be read.
struct Request {
    id: Value,
}

/// A batch, with what was answered before.
struct Batch<'a> {
    before: &'a [Value],
    id: Value,
}

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(
    catalog = "json-rpc",
    envelope(Request) = {
        "jsonrpc": "2.0",
        "error": { "code": code, "message": message, "data"?: self.data },
        "id": cx.id,
    },
    envelope(Batch<'_>) = [..cx.before, {
        "jsonrpc": "2.0",
        "error": { "code": code, "message": message, "data"?: self.data },
        "id": cx.id,
    }],
    correlate = cx.id,
    codes(-32099..=-32000 = backoff(1s..30s), unknown = never),
)]
enum JsonRpcError {
    /// Invalid JSON.
    #[error("invalid JSON")]
    #[ws_error(code = -32700, message = "Parse error")]
    ParseError {
        /// What else there is to know.
        data: Option<Value>,
    },

    /// Not a request object.
    #[error("not a request object")]
    #[ws_error(code = -32600, message = "Invalid Request")]
    InvalidRequest {
        /// What else there is to know.
        data: Option<Value>,
    },

    /// Method missing.
    #[error("method missing")]
    #[ws_error(code = -32601, message = "Method not found")]
    MethodNotFound {
        /// What else there is to know.
        data: Option<Value>,
    },

    /// Bad parameters.
    #[error("bad parameters")]
    #[ws_error(code = -32602, message = "Invalid params")]
    InvalidParams {
        /// What else there is to know.
        data: Option<Value>,
    },

    /// Internal error.
    #[error("internal error")]
    #[ws_error(code = -32603, message = "Internal error")]
    InternalError {
        /// What else there is to know.
        data: Option<Value>,
    },

    /// Implementation-defined range.
    #[error("implementation-defined range")]
    #[ws_error(code = self.code)]
    ServerError {
        /// From -32099 to -32000.
        #[ws_error(skip)]
        code: i32,
        /// What happened, in words.
        #[ws_error(message)]
        message: String,
        /// What else there is to know.
        data: Option<Value>,
    },
}

pub(crate) fn system() -> System {
    let missing = JsonRpcError::MethodNotFound { data: None };
    let unparsable = JsonRpcError::ParseError { data: None };
    let invalid = JsonRpcError::InvalidRequest { data: None };
    let examples: Vec<Example> = vec![
        example(&missing, &Request { id: json!("1") }, json!({}), json!({ "id": "1" })),
        example(&unparsable, &Request { id: json!(null) }, json!({}), json!({ "id": null })),
        example(
            &invalid,
            &Batch { before: &[], id: json!(null) },
            json!({}),
            json!({ "before": [], "id": null }),
        ),
    ];
    of::<JsonRpcError>(include_str!("json_rpc_2_0.json"), examples)
}

#[test]
fn a_batch_is_several_answers_and_only_its_errors_are_errors() {
    let decoder = Decoder::of::<JsonRpcError>();
    let before = [json!({ "jsonrpc": "2.0", "result": 7, "id": "1" })];
    let cx = Batch { before: &before, id: json!(2) };
    let output = JsonRpcError::InvalidParams { data: Some(json!({ "at": 0 })) }.encode(&cx);
    let frame = output.text().unwrap();
    assert_eq!(
        frame,
        r#"[{"id":"1","jsonrpc":"2.0","result":7},{"jsonrpc":"2.0","error":{"code":-32602,"message":"Invalid params","data":{"at":0}},"id":2}]"#
    );
    let decoded = decoder.decode_all(frame);
    assert_eq!(decoded.len(), 1);
    assert_eq!(decoded[0].entry().unwrap().name, "InvalidParams");
    assert_eq!(decoded[0].received().unwrap().value::<u8>("id").unwrap(), Some(2));
}

#[test]
fn a_code_of_the_servers_own_is_its_catch_all() {
    let output = JsonRpcError::ServerError { code: -32050, message: "busy".into(), data: None }
        .encode(&Request { id: json!(1) });
    let decoded = Decoder::of::<JsonRpcError>().decode(output.text().unwrap());
    assert_eq!(decoded.entry().unwrap().name, "ServerError");
    assert_eq!(decoded.received().unwrap().value::<i32>("code").unwrap(), Some(-32050));
}
