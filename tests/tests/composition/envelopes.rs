//! Every way that an envelope takes something from a variant, declared by the enum and by one that
//! nests it.

use ws_errors::{CloseCode, Envelope, WsError};

/// Every way to take something from a variant.
macro_rules! every_way {
    ($($name:ident = { $($envelope:tt)* })*) => { $(
        mod $name {
            use super::*;

            variants!(Declared, $($envelope)*);
            variants!(Inner, { "code": code, "name": name, "message"?: message, "details"?: details });

            #[derive(Debug, thiserror::Error, WsError)]
            #[ws_error(set(kind = "all", more = "{self.size}"), envelope = $($envelope)*)]
            pub(super) enum Outer {
                #[error(transparent)]
                #[ws_error(transparent)]
                Inner(#[from] Inner),
            }
        }
    )*
        #[test]
        fn every_envelope_means_the_same_on_the_outer_enum() { $(
            let (declared, nested) = ($name::Declared::all(), $name::Inner::all());
            for (declared, nested) in declared.into_iter().zip(nested) {
                let name = declared.entry().name;
                let nested = $name::Outer::from(nested);
                assert_eq!(nested.encode(&()), declared.encode(&()), "{name} in {}", stringify!($name));
            }
        )* }
    };
}

macro_rules! variants {
    ($name:ident, $($envelope:tt)*) => {
        #[derive(Debug, thiserror::Error, WsError)]
        #[ws_error(set(kind = "all", more = "{self.size}"), envelope = $($envelope)*)]
        pub(super) enum $name {
            #[error("{a}")]
            #[ws_error(code = 4000, message = "of {a:>4} and {b:?}", set(kind = "own \"{name}\""))]
            Named { a: u32, b: Option<String>, #[ws_error(as = "string")] size: u64 },
            #[error("{0}")]
            #[ws_error(message = "{0} it is")]
            One(String),
            #[error("{0}")]
            #[ws_error(message = display)]
            Two(String, u8),
            #[error("wait")]
            #[ws_error(message = "wait", retry = after(self.wait ?? 2s))]
            Wait { wait: Option<u32> },
            #[error("free")]
            #[ws_error(soft_then_close(self.close, "because {why}"))]
            Free { #[ws_error(message)] text: Option<String>, close: CloseCode, why: &'static str },
            #[error("io: {0}")]
            #[ws_error(message = "sorry", internal)]
            Failed(#[from] std::fmt::Error),
            #[error("gone")]
            #[ws_error(close(4001))]
            Gone,
        }

        impl $name {
            pub(super) fn all() -> Vec<Self> {
                let close = CloseCode::new(4123).expect("it may be sent");
                vec![
                    Self::Named { a: 7, b: Some("\"".into()), size: u64::MAX },
                    Self::Named { a: 7, b: None, size: 1 },
                    Self::One("\n".into()),
                    Self::Two("<&>".into(), 2),
                    Self::Wait { wait: None },
                    Self::Wait { wait: Some(9) },
                    Self::Free { text: None, close, why: "it's late" },
                    Self::Free { text: Some("é".into()), close, why: "" },
                    Self::from(std::fmt::Error),
                    Self::Gone,
                ]
            }
        }
    };
}

every_way! {
    slots = { {
        "code": code, "name": name, "message"?: message, "details"?: details,
        "recoverable": recoverable, "wait"?: retry_after, "close"?: close, "reason"?: reason,
    } }
    strings = { {
        "code": code, "text": "{message} ({name})", "d"?: details, "b"?: "<{self.b}>", "kind": set.kind,
        "more"?: set.more,
    } }
    defaults = { {
        "code": code ?? "-", "message": message ?? "none", "details": details ?? {},
        "b": self.b ?? self.wait ?? null, "o"?: { "b"?: self.b, "w"?: self.wait },
        "close": close ?? 0,
    } }
    lists = { [code, message ?? null, details? ?? {}, self.b?, self.wait? ?? 0, retry_after?] }
    encoded = { { "code": code, "payload": json({ "m": message ?? "", "d"?: details, "b": self.b ?? null }) } }
    texts = { "-ERR {name:xml} {message:quoted} {len(message)}" + " {self.wait}"? }
    chains = { "44" + "{self.wait},"? + { "code": code, "m"?: message } + "\u{1e}" }
    spliced = { { "kind": set.kind, "code": code, ..self } }
    casts = { { "code": code, "size"?: self.size as string, "wait"?: self.wait as string } }
    bytes = { binary({ "code": code, "m"?: message, "d"?: details }) }
    packs = { msgpack({ "code": code, "details"?: details }) }
    cbors = { cbor({ "code": code, "details"?: details }) }
}
