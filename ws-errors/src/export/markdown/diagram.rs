//! What a client does after each close, as a Mermaid diagram.

use super::text;
use crate::catalog::{Catalog, Closing, ClosingCode, Delivery, Entry, Retry, Text};
use crate::export::visible::visible_entries;
use crate::export::words;

/// How a flowchart ends for a client.
struct Outcome {
    /// What the client does.
    action: String,
    /// After which closes.
    closes: Vec<String>,
}

/// Whether the error itself says with which code, and so has those that nobody else declares.
const fn is_any(closing: &Closing) -> bool {
    matches!(closing.code, ClosingCode::Field(_))
}

/// The diagram; `None` where no entry ends the connection.
pub(super) fn of(catalog: &'static Catalog) -> Option<String> {
    let mut outcomes: Vec<Outcome> = Vec::new();
    for entry in visible_entries(catalog) {
        if let Some(close) = close(entry) {
            add(&mut outcomes, catalog.retry(entry), close);
        }
    }
    if outcomes.is_empty() {
        return None;
    }
    let closes = catalog.undeclared_closes();
    for range in closes.ranges {
        let is_declared = visible_entries(catalog).any(|entry| match entry.delivery.close_code() {
            Some(code) => (range.first..=range.last).contains(&code.into()),
            None => entry.delivery.closing().is_some_and(is_any),
        });
        let codes = match (range.first == range.last, is_declared) {
            (true, false) => range.first.to_string(),
            (true, true) => format!("any other {}", range.first),
            (false, false) => format!("{} to {}", range.first, range.last),
            (false, true) => format!("any other of {} to {}", range.first, range.last),
        };
        add(&mut outcomes, &range.retry, codes);
    }
    add(&mut outcomes, closes.unknown, "any other close".to_owned());

    let mut chart = format!("{SETTINGS}\nflowchart LR\n");
    for (index, Outcome { action, closes }) in outcomes.iter().enumerate() {
        let closes: Vec<String> = closes.iter().map(|close| label(close)).collect();
        chart.push_str(&format!(
            "    close{index}([\"{}\"]) --> then{index}[\"{}\"]\n",
            closes.join("<br>"),
            label(action)
        ));
    }
    Some(text::fenced("mermaid", chart.trim_end()))
}

fn add(outcomes: &mut Vec<Outcome>, retry: &Retry, close: String) {
    let delivery = Delivery::Observed { code: None, reason: Text::EMPTY };
    let action = words::instruction(retry, &delivery, str::to_owned);
    match outcomes.iter_mut().find(|outcome| outcome.action == action) {
        Some(outcome) => outcome.closes.push(close),
        None => outcomes.push(Outcome { action, closes: vec![close] }),
    }
}

/// How the connection ends with this entry: its close code, and its name where no reason says more.
fn close(entry: &'static Entry) -> Option<String> {
    let named = |code: &str, reason: Text| match reason.constant() {
        Some(reason) if !reason.is_empty() => format!("{code} {reason}"),
        _ => format!("{code} {}", entry.name),
    };
    match &entry.delivery {
        Delivery::Soft => None,
        Delivery::Close(closing) | Delivery::SoftThenClose(closing) => {
            Some(of_closing(closing, entry, named))
        }
        Delivery::Observed { code: Some(code), reason } => Some(named(&code.to_string(), *reason)),
        Delivery::Observed { code: None, .. } => Some(entry.name.to_owned()),
        Delivery::Rejected { status, close } => {
            let status = status.map_or(String::new(), |status| format!(" with HTTP {status}"));
            let closed = close.as_ref().map_or(String::new(), |closing| {
                format!(", or {}", of_closing(closing, entry, named))
            });
            Some(format!("refused{status}: {}{closed}", entry.name))
        }
    }
}

fn of_closing(
    closing: &Closing,
    entry: &'static Entry,
    named: impl Fn(&str, Text) -> String,
) -> String {
    match closing.code {
        ClosingCode::None => named("1005", Text::EMPTY),
        ClosingCode::Constant(code) => named(&code.to_string(), closing.reason),
        ClosingCode::Field(_) => entry.name.to_owned(),
    }
}

/// A text inside quotes: Mermaid reads tags and Markdown there, and its entities begin with `#`.
fn label(text: &str) -> String {
    let shown = text::cut(&text::displayed(text), LONGEST);
    let mut out = String::with_capacity(shown.len());
    let mut before = ' ';
    let mut rest = shown.chars().peekable();
    while let Some(c) = rest.next() {
        let is_within_a_word =
            before.is_alphanumeric() && rest.peek().is_some_and(|next| next.is_alphanumeric());
        before = c;
        match c {
            // Most pages show the source, too, and names are full of them.
            '_' if is_within_a_word => out.push(c),
            '"' | '#' | '<' | '>' | '&' | '`' | '\\' | '*' | '_' | '{' | '}' | '[' | ']' | ';'
            | '%' => {
                out.push_str(&format!("#{};", u32::from(c)));
            }
            c => out.push(c),
        }
    }
    out
}

/// A line of a label that is long is broken, and one with a code and a name is not.
const SETTINGS: &str = r#"%%{init: {"flowchart": {"wrappingWidth": 320}}}%%"#;

/// The longest label, in characters.
const LONGEST: usize = 120;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::testing::{BLANK, catalog, hostile};
    use crate::fixture::METERED;

    #[test]
    fn closes_with_the_same_outcome_share_it() {
        assert_eq!(
            of(&METERED).unwrap(),
            "```mermaid
%%{init: {\"flowchart\": {\"wrappingWidth\": 320}}}%%
flowchart LR
    close0([\"4001 invalid_token\"]) --> then0[\"First refresh_token, then connect again, at most 3 times.\"]
    close1([\"1006 connection_lost<br>any other 1006\"]) --> then1[\"Connect again with a growing wait, from 5 s up to 30 s.\"]
    close2([\"any other of 4000 to 4099\"]) --> then2[\"Do not connect again.\"]
    close3([\"1012\"]) --> then3[\"Connect again after 5 s, at a random moment within 25 s.\"]
    close4([\"1013\"]) --> then4[\"Connect again with a growing wait, from 30 s up to 5 min, plus up to 90 s.\"]
    close5([\"any other close\"]) --> then5[\"Connect again with a growing wait, from 1 s up to 30 s.\"]
```
"
        );
    }

    #[test]
    fn where_nothing_ends_the_connection_there_is_none() {
        assert!(of(catalog(vec![BLANK])).is_none());
    }

    #[test]
    fn a_hostile_reason_stays_a_label() {
        let chart = of(hostile()).unwrap();
        for line in chart.lines().filter(|line| line.contains("-->")) {
            assert_eq!(line.matches('"').count(), 4, "{line}");
            assert!(!line.replace("<br>", "").contains(['<', '`', '{']), "{line}");
        }
    }
}
