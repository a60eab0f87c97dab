//! What a single value of an attribute may be, and the words for it.

use std::time::Duration;

use crate::catalog::{Delivery, ERROR_STATUSES, Text};
use crate::close_code::{MAX_REASON, is_observable, is_sendable_by_browsers, refusal};
use crate::language::is_language_tag;
use crate::names::{PUBLIC, is_audience};
use crate::placeholder::{Segment, segments};

/// What is wrong with a value, where something is.
pub type Judged<T = ()> = Result<T, String>;

fn require(is_right: bool, words: impl FnOnce() -> String) -> Judged {
    if is_right { Ok(()) } else { Err(words()) }
}

/// A catalog's name is a file's name, and the stem of names in TypeScript.
///
/// # Errors
/// Says what a name is.
pub fn catalog_name(name: &str) -> Judged {
    let is_of = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    let starts = name.starts_with(|c: char| c.is_ascii_alphabetic());
    require(starts && name.chars().all(is_of), || {
        "`catalog`: a name starts with a letter and has ASCII letters, digits, `_` and `-` only, because files and TypeScript types are named after it".to_owned()
    })
}

/// What to write in place of a word, or of a path that begins with one.
pub fn no_code(word: &str, is_whole: bool) -> String {
    let quoted = format!("a text is in quotes: `code = \"{word}\"`");
    let constant = "of a constant of Rust write the value, which is not known here";
    match (is_whole, word.contains(char::is_lowercase)) {
        (true, true) => quoted,
        (true, false) => format!("{quoted}; {constant}"),
        (false, _) => constant.to_owned(),
    }
}

/// A string that is an envelope is a text frame, and no JSON.
///
/// # Errors
/// Says how an envelope in JSON is written.
pub fn text_envelope(text: &str) -> Judged {
    let inside = text.trim_start().strip_prefix('{').unwrap_or_default();
    require(!inside.trim_start().starts_with('"'), || {
        "an envelope in JSON stands without quotes around it: `envelope = { \"code\": code }`; braces in a string are slots".to_owned()
    })
}

/// Where the reference is published: a URI reference (RFC 3986) without a fragment.
///
/// # Errors
/// Says how one is written.
pub fn doc_url(address: &str) -> Judged {
    let is_of = |c: char| c.is_ascii_graphic() && !"#<>\"\\^`{|}".contains(c);
    require(!address.is_empty() && address.chars().all(is_of), || {
        format!(
            "`doc_url`: {address:?} is no address to which an anchor can be added; write one without `#` and white space: `doc_url = \"https://example.com/errors\"`"
        )
    })
}

/// The language of the enum's texts.
///
/// # Errors
/// Says how a tag is written.
pub fn language(tag: &str) -> Judged {
    require(is_language_tag(tag), || {
        format!("`language`: {tag:?} is no language tag; write one such as `en` or `de-AT`")
    })
}

/// The readers whom an error is for.
///
/// # Errors
/// Says how an audience is named.
pub fn audience(name: &str) -> Judged {
    require(is_audience(name), || {
        match name == PUBLIC {
        true => "`audience`: `public` is everybody, whom an error without an `audience` is for; take it away".to_owned(),
        false => format!("`audience`: {name:?} is no name; write one of letters, digits, `-` and `_`, as `export --audience` takes it: `audience = \"staff\"`"),
    }
    })
}

/// Why entries may look the same to a client.
///
/// # Errors
/// Asks for the reason.
pub fn alike(why: &str) -> Judged {
    require(!why.trim().is_empty(), || {
        "`alike` says why entries may look the same to a client".to_owned()
    })
}

/// A media type (RFC 9110, section 8.3.1), perhaps with parameters.
///
/// # Errors
/// Says how one is written.
pub fn content_type(text: &str) -> Judged {
    let is_token = |text: &str| {
        let is_of = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
        !text.is_empty() && text.chars().all(is_of)
    };
    let (essence, parameters) = text.split_once(';').unwrap_or((text, ""));
    let is_visible = parameters.chars().all(|c| c == ' ' || c.is_ascii_graphic());
    let essence = essence.trim_end().split_once('/');
    let is_type = essence.is_some_and(|(kind, subtype)| is_token(kind) && is_token(subtype));
    require(is_type && is_visible, || {
        format!(
            "`content_type`: {text:?} is no media type; write `content_type = \"application/json\"`"
        )
    })
}

/// A code and a name are constant: braces in them would be sent.
///
/// # Errors
/// Says that a placeholder is none here, and what to write `instead`.
pub fn constant(text: &str, key: &str, instead: &str) -> Judged {
    let is_of = |c: char| c.is_alphanumeric() || c == '_' || c == '.';
    let is_one = |segment: &Segment| matches!(segment, Segment::Placeholder(inside) if inside.chars().all(is_of));
    require(!segments(text).unwrap_or_default().iter().any(is_one), || {
        format!("`{key}` is the same each time, and takes no placeholder; {instead}")
    })
}

/// A code that is a number is one in JavaScript, too.
///
/// # Errors
/// Says which numbers it has.
pub fn code(number: i64) -> Judged {
    require(number.unsigned_abs() < 1 << 53, || {
        format!(
            "`code`: JavaScript can't hold the number {number}; use one from −(2⁵³ − 1) to 2⁵³ − 1, or a text"
        )
    })
}

/// The number that Rust gives to a variant, `Gone = 4003`, where no code is stated beside it.
///
/// # Errors
/// Says that no client sees it, and where the number belongs.
pub fn discriminant(written: &str, name: &str, delivery: &Delivery) -> Judged {
    if delivery.close_code().is_some() {
        return Ok(());
    }
    // Tokens of `-32_600` have a space behind the sign.
    let number = written.replace([' ', '_'], "").parse::<i64>().ok();
    let written = number.map_or_else(|| "…".to_owned(), |number| number.to_string());
    let where_right = |is_right: fn(i64) -> bool| number.filter(|number| is_right(*number));
    let is_close = |number| refusal(number).is_none();
    let instead = match delivery {
        Delivery::Soft => {
            let close = where_right(is_close).map(|code| format!("`close({code})`, "));
            let code = where_right(|number| code(number).is_ok()).unwrap_or(4003);
            format!("`#[ws_error(code = {code})]`, {}", close.unwrap_or_default())
        }
        Delivery::Rejected { status: Some(_), .. } => return Ok(()),
        Delivery::Rejected { .. } => {
            let status = where_right(|status| refusing_status(status).is_ok()).unwrap_or(404);
            format!("`rejected({status})`, ")
        }
        Delivery::Observed { .. } => {
            let code = where_right(|code| observed_code(code).is_ok()).unwrap_or(1006);
            format!("`observed({code})`, ")
        }
        Delivery::Close(_) | Delivery::SoftThenClose(_) => {
            format!("`{}({})`, ", delivery.word(), where_right(is_close).unwrap_or(4003))
        }
    };
    Err(format!(
        "`{name} = {written}`: no client sees the number that a variant has in Rust; write {instead}or `code = {name:?}` where it is for Rust alone"
    ))
}

/// A number from `first` to `last`.
fn within(number: i64, is_right: impl FnOnce(u16) -> bool) -> Option<u16> {
    u16::try_from(number).ok().filter(|number| is_right(*number))
}

/// The close code of a frame that a server sends, as `word` takes it.
///
/// # Errors
/// Says why it may not be sent, and what to write instead.
pub fn close_code(code: i64, word: &str) -> Judged<u16> {
    let why = refusal(code);
    within(code, |_| why.is_none())
        .ok_or_else(|| format!("`{word}`: {code} {}", why.unwrap_or_default()))
}

/// The close code with which a client leaves.
///
/// # Errors
/// Says with which ones a browser can.
pub fn leave_code(code: i64) -> Judged<u16> {
    within(code, is_sendable_by_browsers).ok_or_else(|| {
        format!("`leave`: a browser can't close with {code}; it takes 1000, and 3000 to 4999")
    })
}

/// The close code that a client sees.
///
/// # Errors
/// Says which ones it sees.
pub fn observed_code(code: i64) -> Judged<u16> {
    within(code, is_observable).ok_or_else(|| {
        format!(
            "`observed`: no client ever sees the close code {code}; it sees 1000 to 1015 and 3000 to 4999"
        )
    })
}

/// The status with which a server refuses the upgrade.
///
/// # Errors
/// Says which ones do.
pub fn refusing_status(status: i64) -> Judged<u16> {
    within(status, |status| (300..=599).contains(&status)).ok_or_else(|| {
        format!("`rejected`: the status {status} refuses no upgrade; one from 300 to 599 does")
    })
}

/// The status of an error that answers a request.
///
/// # Errors
/// Says which ones are an error's.
pub fn error_status(status: i64) -> Judged<u16> {
    let (first, last) = ERROR_STATUSES;
    within(status, |status| (first..=last).contains(&status)).ok_or_else(|| {
        format!("`http`: the status {status} is none of an error; one from {first} to {last} is")
    })
}

/// The reason of a close frame: without what its fields say, which is cut.
///
/// # Errors
/// Says how long one may be.
pub fn close_reason(reason: &Text) -> Judged {
    let length = reason.constant_length();
    require(length <= MAX_REASON, || {
        format!("a close reason has at most {MAX_REASON} bytes, and this one has {length}")
    })
}

/// The reason with which a client leaves.
///
/// # Errors
/// Says how long one may be.
pub fn leave_reason(reason: &str) -> Judged {
    let length = reason.len();
    require(length <= MAX_REASON, || {
        format!("`leave`: a close reason has at most {MAX_REASON} bytes, and this one has {length}")
    })
}

/// A duration such as `500ms`, `1.5s`, `2min` or `1h`, in whole milliseconds: they are what goes on the
/// wire and into the browser.
///
/// # Errors
/// Says how one is written, or how long it may be.
pub fn duration(digits: &str, unit: &str) -> Result<Duration, &'static str> {
    let unit = match unit {
        "ms" => 0.001,
        "s" => 1.0,
        "min" => 60.0,
        "h" => 3600.0,
        _ => return Err(DURATION),
    };
    let seconds = digits.parse::<f64>().unwrap_or(f64::NAN) * unit;
    // Longer than a year is a slip of the pen, and more than JavaScript's timers can hold.
    match (0.0..=31_536_000.0).contains(&seconds) {
        true => Ok(Duration::from_millis((seconds * 1000.0).round() as u64)),
        false => Err("a wait is between 0 and a year; write a shorter one"),
    }
}

/// How a duration is written that stands in quotes.
pub fn quoted_duration(text: &str) -> String {
    let is_number = text.starts_with(|first: char| first.is_ascii_digit());
    let is_one_token = text.chars().all(|c| c.is_ascii_alphanumeric() || c == '.');
    let example = if is_number && is_one_token { text } else { "30s" };
    format!("a duration stands without quotes: `{example}`")
}

/// How a duration is written.
pub const DURATION: &str = "a duration is written with its unit: `500ms`, `1.5s`, `2min` or `1h`";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_is_whole_milliseconds_of_at_most_a_year() {
        assert_eq!(duration("1.5", "s"), Ok(Duration::from_millis(1500)));
        assert_eq!(duration("8760", "h"), Ok(Duration::from_secs(31_536_000)));
        assert!(duration("8761", "h").is_err());
        assert_eq!(duration("5", ""), Err(DURATION));
    }

    #[test]
    fn a_name_and_a_code_have_no_placeholder() {
        assert!(constant("{kind}.gone", "code", "").is_err());
        assert!(constant("{self.kind}", "code", "").is_err());
        assert_eq!(constant("a {{b}} {c d}", "code", ""), Ok(()));
    }

    #[test]
    fn a_media_type_may_have_parameters() {
        assert_eq!(content_type("text/plain; charset=utf-8"), Ok(()));
        for text in ["", "json", "text/", "text/pl ain", "text/plain; charset=\n"] {
            assert!(content_type(text).is_err(), "{text:?}");
        }
    }
}
