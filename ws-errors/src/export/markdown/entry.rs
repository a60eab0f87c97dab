//! The section of one entry.

use super::{Page, Shared, message, prose, text};
use crate::catalog::Frame;
use crate::catalog::{
    Catalog, Closing, ClosingCode, Code, Delivery, Entry, Envelope, Text, UserMessage,
};
use crate::export::handshake::is_hidden_from_browsers;
use crate::export::over_http::of as answered;
use crate::export::visible::{visible_contexts, visible_fields};
use crate::export::{example_in, words};

pub(super) fn describe(
    (catalog, shared): (&'static Catalog, &Shared),
    entry: &'static Entry,
    page: &mut Page,
) {
    if let Some(why) = entry.deprecated {
        page.block(format!("**Deprecated.** {}", prose::line(why)).trim_end());
    }
    page.block(&prose::blocks(entry.docs));
    page.block(&what_to_do(catalog, entry));
    if let Some(how) = entry.provoke {
        page.block(&format!("**How to provoke it:** {}", prose::line(how)));
    }
    page.block(&format!("**How it arrives:** {}", arrives(catalog, entry)));
    page.block(&shared.described(entry));
    if let Some(user) = entry.user.as_ref() {
        page.block(&format!("**What the user sees:** {}", user_message(user)));
    }
    page.block(&fields(catalog, entry));
    examples(catalog, entry, page);
    over_http(catalog, entry, page);
    if let Some(audience) = entry.audience {
        page.block(&format!("**Audience:** {}", text::code(audience)));
    }
    if let Some(since) = entry.since {
        page.block(&format!("Since {}.", text::text(since)));
    }
}

/// The next action first, and then the advice.
fn what_to_do(catalog: &'static Catalog, entry: &'static Entry) -> String {
    let action = words::instruction(catalog.retry(entry), &entry.delivery, text::code);
    let advice = entry.advice.map(prose::line).unwrap_or_default();
    format!("**What to do:** {action} {advice}").trim_end().to_owned()
}

fn arrives(catalog: &'static Catalog, entry: &'static Entry) -> String {
    match &entry.delivery {
        Delivery::Soft => "as a message; the connection stays open.".to_owned(),
        Delivery::Close(closing) => {
            format!("the server closes the connection {}; no message comes before.", with(closing))
        }
        Delivery::SoftThenClose(closing) => {
            format!("as a message; then the server closes the connection {}.", with(closing))
        }
        Delivery::Observed { code: None, .. } => {
            "the server never sends it; the client notices it by itself.".to_owned()
        }
        Delivery::Observed { code: Some(code), reason } => format!(
            "the server never sends it; on the client's side the connection ends with {}.",
            status(*code, *reason)
        ),
        Delivery::Rejected { status, close } => {
            let mut words = rejected(*status, close.as_ref());
            if is_hidden_from_browsers(catalog, entry) {
                let lost = words::retry(catalog.retry_lost(), text::code);
                words.push_str(&format!(" They follow the policy for that code: {lost}."));
            }
            words
        }
    }
}

fn rejected(status: Option<u16>, close: Option<&Closing>) -> String {
    let mut words = match status {
        Some(status) => format!("the server refuses the handshake with HTTP status {status}."),
        None => "the server refuses the handshake.".to_owned(),
    };
    words.push_str(
        " Browsers hide that from scripts, which only see the connection fail with close code 1006.",
    );
    if let Some(closing) = close {
        words.push_str(&format!(
            " Where the connection has been accepted all the same, the server closes it {}.",
            with(closing)
        ));
    }
    words
}

fn with(closing: &Closing) -> String {
    match closing.code {
        ClosingCode::None => "without a status (the client sees 1005)".to_owned(),
        ClosingCode::Constant(code) => format!("with {}", status(code, closing.reason)),
        ClosingCode::Field(name) => {
            let reason = placeholders(closing.reason);
            let reason =
                if reason.is_empty() { reason } else { format!(" {}", text::code(&reason)) };
            format!("with the code in {}{reason}", text::code(name))
        }
    }
}

fn status(code: u16, reason: Text) -> String {
    words::status(code, &placeholders(reason), text::code)
}

/// A text with `<field>` where a field stands, which no brace of its own can be taken for.
fn placeholders(text: Text) -> String {
    use crate::catalog::Piece;
    text.0
        .iter()
        .map(|piece| match piece {
            Piece::Literal(text) => (*text).to_owned(),
            Piece::Field { name, .. } => format!("<{name}>"),
        })
        .collect()
}

/// What a person sees, in a line.
pub(super) fn user_message(user: &UserMessage) -> String {
    let words = |text: Text| text::text(&placeholders(text));
    let mut line = format!("**{}** — {}", words(user.title), words(user.message));
    if let Some(action) = user.action {
        line.push_str(&format!(" Button: “{}”.", words(action)));
    }
    line
}

fn fields(catalog: &'static Catalog, entry: &'static Entry) -> String {
    let rows: String = visible_fields(catalog, entry)
        .map(|visible| {
            let field = visible.field;
            let mut meaning = prose::line(field.docs);
            if meaning.is_empty() && entry.code == Code::Field(field.ident) {
                meaning = "The code: any that no other error has.".to_owned();
            }
            if !visible.is_value {
                meaning = format!("{meaning} Sent only as part of a text.").trim_start().to_owned();
            }
            text::row(&[
                &text::code(field.name),
                &message::of_fields_column(field, visible.is_value),
                &meaning,
            ])
        })
        .collect();
    if rows.is_empty() { rows } else { text::head(&["Field", "Type", "Meaning"]) + &rows }
}

/// A frame for each context, exactly as it is sent.
fn examples(catalog: &'static Catalog, entry: &'static Entry, page: &mut Page) {
    let several = visible_contexts(catalog).count() > 1;
    for (index, context) in visible_contexts(catalog) {
        let values = example_in(catalog, entry, index);
        let Some(frame) = values.encode(catalog, entry, index).frame else { continue };
        let Some(holds) = values.written(catalog, entry, index) else { continue };
        let place = match several {
            true => format!(", {}", message::in_context(context.name)),
            false => String::new(),
        };
        let holds_json = entry
            .envelope(index)
            .and_then(|envelope| catalog.envelopes.get(envelope))
            .is_some_and(Envelope::holds_json);
        let held = |text: &str| match holds_json {
            true => text::fenced("json", &text::json(text)),
            false => text::fenced("text", &text::displayed(text)),
        };
        match &frame {
            Frame::Text(text) if **text == *holds => {
                page.block(&format!("For example{place}:"));
                page.block(&held(text));
            }
            Frame::Text(text) => {
                page.block(&format!("For example{place}, with these values:"));
                page.block(&held(&holds));
                page.block("This is sent:");
                page.block(&text::fenced("text", &text::displayed(text)));
            }
            Frame::Binary(bytes) => {
                page.block(&format!("For example{place}, a binary frame that holds this:"));
                page.block(&held(&holds));
                page.block("These are its bytes, in hexadecimal:");
                page.block(&text::fenced("text", &text::hex_dump(bytes)));
            }
        }
    }
}

/// Status and body, exactly as they are sent.
fn over_http(catalog: &'static Catalog, entry: &'static Entry, page: &mut Page) {
    let Some(answered) = answered(catalog, entry) else { return };
    let status = answered.form.status;
    if answered.shape.is_none() {
        page.block(&format!("**Over HTTP:** status {status}, without a body."));
        return;
    }
    let media_type = text::code(answered.form.content_type);
    page.block(&format!(
        "**Over HTTP:** status {status}, and a body of {media_type}, for example:"
    ));
    page.block(&match answered.is_json {
        true => text::fenced("json", &text::json(&answered.example)),
        false => text::fenced("text", &text::displayed(&answered.example)),
    });
}
