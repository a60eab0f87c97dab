//! The exporter of the chat.

ws_errors::cli!(examples::ChatError; out = "web/src/errors");
