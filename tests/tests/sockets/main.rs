//! What arrives over real sockets. One program: what servers are made of takes longest to compile.

mod errors;
mod http2;
mod last_word;
mod limits;
mod other_library;
mod page;
mod split;
