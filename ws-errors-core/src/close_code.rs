//! Which close codes may be sent
//! ([RFC 6455, section 7.4](https://www.rfc-editor.org/rfc/rfc6455#section-7.4)).

/// The most bytes of UTF-8 that a close reason may have
/// ([RFC 6455, section 5.5](https://www.rfc-editor.org/rfc/rfc6455#section-5.5)).
pub const MAX_REASON: usize = 123;

/// What the peer of a close frame without a status sees
/// ([RFC 6455, section 7.1.5](https://www.rfc-editor.org/rfc/rfc6455#section-7.1.5)).
pub const NO_STATUS: u16 = 1005;

/// Whether a server may send a close code: 1000–1003, 1007–1009, 1011–1013 and 3000–4999.
pub const fn is_sendable(code: u16) -> bool {
    matches!(code, 1000..=1003 | 1007..=1009 | 1011..=1013 | 3000..=4999)
}

/// Whether a browser's `close()` takes a code: 1000 and 3000–4999.
pub const fn is_sendable_by_browsers(code: u16) -> bool {
    matches!(code, 1000 | 3000..=4999)
}

/// Whether a client may see a close code, whoever made it: 1000–1015 and 3000–4999.
pub const fn is_observable(code: u16) -> bool {
    matches!(code, 1000..=1015 | 3000..=4999)
}

/// Why a number can't be sent as a close code, and what to write instead; `None` where it can.
pub const fn refusal(code: i64) -> Option<&'static str> {
    Some(match code {
        1000..=1003 | 1007..=1009 | 1011..=1013 | 3000..=4999 => return None,
        1004 => "is reserved, and may not be sent; use a code of your own from 4000 to 4999",
        1005 => {
            "says that a close frame had no status, and may not be sent; write `close` without a number, or `observed(1005)` where the client sees it"
        }
        1006 => {
            "says that the connection broke, and may not be sent; write `observed(1006)`, since the client alone sees it"
        }
        1010 => "is sent by clients only; use a code of your own from 4000 to 4999",
        1014 => {
            "is treated as a violation of the protocol by common implementations; use 1013, or a code of your own from 4000 to 4999"
        }
        1015 => "says that TLS failed, and may not be sent; write `observed(1015)`",
        1016..=2999 => {
            "is reserved for the protocol and its extensions; use a code of your own from 4000 to 4999"
        }
        ..=999 => "is below the range of close codes; use a code of your own from 4000 to 4999",
        _ => "is no close code: they end at 4999. A message can carry it: `code = …`",
    })
}

/// The name of a standard code in the
/// [registry of close codes](https://www.iana.org/assignments/websocket/websocket.xhtml): as a reason it
/// says nothing more than the code.
pub const fn registered_name(code: u16) -> Option<&'static str> {
    Some(match code {
        1000 => "Normal Closure",
        1001 => "Going Away",
        1002 => "Protocol error",
        1003 => "Unsupported Data",
        1007 => "Invalid frame payload data",
        1008 => "Policy Violation",
        1009 => "Message Too Big",
        1010 => "Mandatory Ext.",
        1011 => "Internal Error",
        1012 => "Service Restart",
        1013 => "Try Again Later",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_sendable_exactly_where_there_is_no_refusal() {
        for code in 0..=u16::MAX {
            assert_eq!(is_sendable(code), refusal(code.into()).is_none(), "{code}");
        }
        assert!(refusal(-1).is_some() && refusal(70_000).is_some());
    }
}
