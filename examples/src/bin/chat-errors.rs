//! The exporter of the chat.

ws_errors::cli!(examples::ChatError; out = "docs/errors", out(ts = "web/src/errors"));
