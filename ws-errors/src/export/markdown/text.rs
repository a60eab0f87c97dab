//! Texts made harmless: whatever is in them, the page stays the page that was meant.

use std::borrow::Cow;

pub(crate) use ws_errors_core::anchor::displayed;
use ws_errors_core::anchor::is_invisible;

/// Lines of text in which nothing turns the direction of what follows, or can't be seen.
pub(super) fn visible(text: &str) -> Cow<'_, str> {
    let is_hidden = |c: char| is_invisible(c) && !matches!(c, '\n' | '\t');
    if !text.contains(is_hidden) {
        return text.into();
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match is_hidden(c) {
            true => out.push_str(&displayed(c.encode_utf8(&mut [0; 4]))),
            false => out.push(c),
        }
    }
    out.into()
}

/// JSON in which nothing turns the direction of what follows, or can't be seen: written as an escape,
/// it is the same JSON.
pub(super) fn json(json: &str) -> Cow<'_, str> {
    if json.chars().any(is_invisible) { displayed(json).into() } else { json.into() }
}

/// A text inside a line: white space is one space, and no character means anything to CommonMark,
/// to its extensions on GitHub, or to MDX.
///
/// Pipes stay: [`cell`] escapes them in a table, and nothing else minds them.
pub(super) fn text(text: &str) -> String {
    let words: Vec<&str> =
        text.split(|c: char| c.is_whitespace()).filter(|word| !word.is_empty()).collect();
    let mut out = String::with_capacity(text.len());
    for (index, word) in words.iter().enumerate() {
        if index > 0 {
            out.push(' ');
        }
        escape(&mut out, &displayed(word));
    }
    out
}

fn escape(out: &mut String, word: &str) {
    // Bare addresses become links on GitHub.
    let is_address = word.contains("://") || word.contains("www.");
    for c in word.chars() {
        let means_something = match c {
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '<' | '>' | '~' | '&' | '#' | '@'
            | '$' => true,
            ':' | '.' => is_address,
            _ => false,
        };
        if means_something {
            out.push('\\');
        }
        out.push(c);
    }
}

/// A code span.
pub(super) fn code(code: &str) -> String {
    let shown = displayed(code);
    if shown.trim().is_empty() {
        return "(empty)".to_owned();
    }
    // A table reads `\|` as a pipe even inside a code span.
    if shown.contains("\\|") {
        return text(code);
    }
    let fence = "`".repeat(longest_run(&shown, '`') + 1);
    let edge = |c: Option<char>| c.is_some_and(|c| c == '`' || c == ' ');
    let pad = if edge(shown.chars().next()) || edge(shown.chars().last()) { " " } else { "" };
    format!("{fence}{pad}{shown}{pad}{fence}")
}

/// A fenced block, exactly as it is.
pub(super) fn fenced(language: &str, content: &str) -> String {
    let fence = "`".repeat(longest_run(content, '`').max(2) + 1);
    format!("{fence}{language}\n{content}\n{fence}\n")
}

fn longest_run(text: &str, c: char) -> usize {
    text.split(|other| other != c).map(str::len).max().unwrap_or(0)
}

/// A line of a table. Cells are Markdown already, each in one line.
pub(super) fn row(cells: &[&str]) -> String {
    let mut out = String::from("|");
    for cell in cells {
        out.push(' ');
        push_cell(&mut out, cell);
        out.push_str(if cell.is_empty() { "|" } else { " |" });
    }
    out.push('\n');
    out
}

/// The head of a table.
pub(super) fn head(cells: &[&str]) -> String {
    let rule: Vec<&str> = cells.iter().map(|_| "---").collect();
    row(cells) + &row(&rule)
}

/// Escapes pipes that are not escaped.
fn push_cell(out: &mut String, cell: &str) {
    let mut backslashes = 0_usize;
    for c in cell.chars() {
        if c == '|' && backslashes.is_multiple_of(2) {
            out.push('\\');
        }
        backslashes = if c == '\\' { backslashes + 1 } else { 0 };
        out.push(c);
    }
}

/// The text, cut with an ellipsis where it has more characters than this.
pub(super) fn cut(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text.to_owned(),
    }
}

/// Bytes, sixteen in a line.
pub(crate) fn hex_dump(bytes: &[u8]) -> String {
    let lines: Vec<String> = bytes
        .chunks(16)
        .map(|line| line.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().join(" "))
        .collect();
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_means_nothing_to_a_parser() {
        assert_eq!(
            text("a | b `c` <script>{x}</script>\n# *d*\u{2028}_e_ &amp; [f](g) ~~h~~ $i$"),
            r"a | b \`c\` \<script\>\{x\}\</script\> \# \*d\* \_e\_ \&amp; \[f\](g) \~\~h\~\~ \$i\$"
        );
        assert_eq!(text("see https://example.com."), r"see https\://example\.com\.");
        assert_eq!(text("turn\u{202e}ed \u{1b}[31m"), "turn\\\\u202eed \\\\u001b\\[31m");
    }

    #[test]
    fn a_mark_that_turns_the_direction_is_an_escape_in_json() {
        let frame = "{\"a\":\"\u{202e}b\u{2028}\"}";
        assert_eq!(json(frame), r#"{"a":"\u202eb\u2028"}"#);
        let value = |json: &str| serde_json::from_str::<serde_json::Value>(json).unwrap();
        assert_eq!(value(&json(frame)), value(frame));
    }

    #[test]
    fn a_code_span_holds_any_text_in_one_line() {
        assert_eq!(code("rate_limited"), "`rate_limited`");
        assert_eq!(code("a`b``c"), "```a`b``c```");
        assert_eq!(code("`"), "`` ` ``");
        assert_eq!(code("a\nb\u{2028}"), "`a\\nb\\u2028`");
        assert_eq!(code(""), "(empty)");
    }

    #[test]
    fn a_pipe_does_not_end_a_cell_and_a_backslash_does_not_undo_that() {
        assert_eq!(row(&["a|b", r"a\|b", r"a\\|b", ""]), "| a\\|b | a\\|b | a\\\\\\|b | |\n");
        assert_eq!(row(&[&code(r"a\|b")]), "| a\\\\\\|b |\n");
    }

    #[test]
    fn a_fence_is_longer_than_any_in_it() {
        assert_eq!(fenced("text", "```\n"), "````text\n```\n\n````\n");
    }

    #[test]
    fn a_long_text_is_cut_at_a_character() {
        assert_eq!(cut("éé éé", 3), "éé…");
        assert_eq!(cut("éé", 2), "éé");
    }
}
