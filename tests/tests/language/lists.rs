//! A list that is spliced into an array.

use super::*;

struct Cx {
    before: Option<Vec<u32>>,
}

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(catalog = "lists", envelope(Cx) = ["e", ..cx.before, code, self.at ?? null])]
pub(super) enum Spliced {
    #[error("one")]
    One { at: Option<u8> },
    #[error("list")]
    #[ws_error(envelope = [..details])]
    List(String, u8),
}

#[test]
fn a_list_takes_the_place_between_what_stands_around_it() {
    let decoder = Decoder::of::<Spliced>();
    for (before, frame, read) in [
        (None, r#"["e","One",7]"#, json!([])),
        (Some(vec![]), r#"["e","One",7]"#, json!([])),
        (Some(vec![1, 2]), r#"["e",1,2,"One",7]"#, json!([1, 2])),
    ] {
        let output = Spliced::One { at: Some(7) }.encode(&Cx { before });
        assert_eq!(output.text(), Some(frame));
        let decoded = decoder.decode(frame);
        assert_eq!(decoded.entry().unwrap().name, "One");
        let received = decoded.received().unwrap();
        assert_eq!(received.context_values().get("before"), Some(&read));
        assert_eq!(received.fields().get("at"), Some(&json!(7)));
    }
    assert!(decoder.decode(r#"["e"]"#).is_foreign());
    let list = Spliced::List("a".into(), 1).encode(&Cx { before: None });
    assert_eq!(list.text(), Some(r#"["a",1]"#));
}
