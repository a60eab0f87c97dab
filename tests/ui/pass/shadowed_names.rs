//! Types, variants, modules and macros of the user's that are called like those of the standard
//! library, of the runtime, or of generated code.
#![allow(dead_code, non_camel_case_types, unused_macros)]

use ::ws_errors::{Envelope as _, WsError};

mod core {}
mod std {}
mod serde {}
mod ws_errors {}
mod wire {}
mod catalog {}

struct Result;
struct Option;
struct String;
struct Some;
struct None;
struct Box;
struct Vec;
struct Default;
struct Output;
struct Entry;
struct Catalog;
struct usize;
struct bool;
trait Envelope {}
trait Clone {}
macro_rules! assert {
    ($($tt:tt)*) => {
        compile_error!("not this one")
    };
}
macro_rules! format_args {
    ($($tt:tt)*) => {
        compile_error!("not this one")
    };
}

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code, "message": message, "details"?: details })]
enum Failure {
    #[error("some")]
    #[ws_error(message = "some of {limit:>4}")]
    Some { limit: u32, room: ::std::option::Option<u8> },
    #[error("none")]
    #[ws_error(close(4001, "{reason}"))]
    None { reason: ::std::string::String },
    #[error("result")]
    #[ws_error(message = "result", retry = after(self.0))]
    Result(::std::option::Option<u32>),
    #[error("ok")]
    #[ws_error(message = "ok")]
    Ok,
    #[error("err")]
    #[ws_error(message = "err", user(title = "Err", message = "Err", action = "Err"))]
    Err,
}

pub(crate) fn main() {
    let output = Failure::Some { limit: 5, room: ::std::option::Option::None }.encode(&());
    ::std::assert_eq!(
        output.text(),
        ::std::option::Option::Some(
            r#"{"code":"Some","message":"some of    5","details":{"limit":5}}"#
        )
    );
    let close = Failure::None { reason: "gone".into() }.close();
    ::std::assert_eq!(close.as_ref().map(|close| close.reason()), ::std::option::Option::Some("gone"));
    let _ = (Failure::Result(::std::option::Option::None), Failure::Ok, Failure::Err);
}
