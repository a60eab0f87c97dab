//! The frames that are read.

/// metered's example.
pub const ERROR: &str = r#"{"type":"error","requestId":"pub-2","code":"channel_not_authorized","message":"not authorized: other-app/room-1"}"#;

/// A message of the same API that is no error: what a client reads most.
pub const TRAFFIC: &str = r#"{"type":"message","channel":"other-app/room-1","data":{"id":7,"text":"hello","tags":["a","b"]},"at":1731234567}"#;

/// The same where the member that says so stands last.
pub const TRAFFIC_TYPE_LAST: &str = r#"{"channel":"other-app/room-1","data":{"id":7,"text":"hello","tags":["a","b"]},"at":1731234567,"type":"message"}"#;
