//! Frames and closes as messages.

use super::*;
use crate::{Close, CloseCode, Frame, Reason};

#[test]
fn a_constant_frame_is_sent_from_where_it_lies() {
    const TEXT: &str = r#"{"type":"error","code":"missing_data"}"#;
    let Message::Text(text) = Message::from(Frame::Text(TEXT.into())) else {
        panic!("a text frame");
    };
    assert_eq!(text.as_str().as_ptr(), TEXT.as_ptr());

    const BYTES: &[u8] = b"\x81\xa4code";
    let Message::Binary(bytes) = Message::from(Frame::Binary(BYTES.into())) else {
        panic!("a binary frame");
    };
    assert_eq!(bytes.as_ptr(), BYTES.as_ptr());
}

#[test]
fn a_frame_with_values_moves_into_its_message() {
    let text = String::from("no such room: 7");
    let address = text.as_ptr();
    let Message::Text(message) = Message::from(Frame::Text(text.into())) else {
        panic!("a text frame");
    };
    assert_eq!(message.as_str(), "no such room: 7");
    assert_eq!(message.as_str().as_ptr(), address);
}

#[test]
fn messages_of_clones_of_a_shared_frame_share_its_text() {
    let frame = Frame::Text(String::from("no such room: 7").into()).shared();
    let messages = [frame.clone(), frame].map(Message::from);
    let [Message::Text(one), Message::Text(other)] = &messages else { panic!("text frames") };
    assert_eq!(one.as_str().as_ptr(), other.as_str().as_ptr());
}

#[test]
fn a_close_keeps_code_and_reason_or_has_no_status() {
    let close = Close::new(CloseCode::new(4001).expect("sendable"), Reason::new("invalid_token"));
    let Message::Close(Some(frame)) = Message::from(close) else { panic!("a status") };
    assert_eq!((u16::from(frame.code), frame.reason.as_str()), (4001, "invalid_token"));
    assert_eq!(Message::from(Close::without_status()), Message::Close(None));
}
