//! Whatever the texts of a catalog are, what is made of it stays what it was meant to be.

use serde_json::Value;

use super::testing::BLANK;
use super::{Format, artefacts};
use crate::catalog::*;
use crate::fixture::METERED;

/// What breaks Markdown, MDX, HTML, JSON, JavaScript, YAML, Mermaid, or the eye.
const PIECES: [&str; 40] = [
    "|",
    "`",
    "```",
    "\"",
    "'",
    "\\",
    "{",
    "}",
    "${x}",
    "{x}",
    "<b>",
    "</script>",
    "<!--",
    "-->",
    "*/",
    "/*",
    "//",
    "#",
    "\n# ",
    "\n\n",
    "\r\n",
    "\n- ",
    "\n> ",
    "\n    ",
    "\n```\n",
    "\t",
    "\u{2028}",
    "\u{2029}",
    "\u{202e}",
    "\u{2066}",
    "\u{200e}",
    "\u{200f}",
    "\u{61c}",
    "\u{85}",
    "\u{0}",
    "\u{1b}[31m",
    "é",
    "日本。",
    "---\n",
    " word ",
];

/// Marks that turn the direction of what follows, or end a line where no editor shows it.
const MARKS: [char; 11] = [
    '\u{202a}', '\u{202b}', '\u{202c}', '\u{202d}', '\u{202e}', '\u{2066}', '\u{2067}', '\u{2028}',
    '\u{2029}', '\u{200e}', '\u{200f}',
];

/// Texts that are the same each time.
enum Texts {
    /// A walk through all of them.
    Walk(u64),
    /// The same one again and again.
    Same(&'static str),
}

impl Texts {
    fn next(&mut self) -> &'static str {
        if let Self::Same(text) = self {
            return text;
        }
        let mut text = String::new();
        for _ in 0..1 + self.pick(8) {
            text.push_str(PIECES[self.pick(PIECES.len())]);
        }
        // A letter keeps names from being empty, and a long paragraph comes now and then.
        if self.pick(40) == 0 {
            text.push_str(&"0123456789".repeat(1024));
        }
        text.push('x');
        text.leak()
    }

    fn pick(&mut self, from: usize) -> usize {
        let Self::Walk(at) = self else { return 0 };
        *at = at.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(*at >> 33).unwrap_or_default() % from
    }

    fn text(&mut self) -> Text {
        Text(vec![Piece::Literal(self.next())].leak())
    }
}

/// The fixture with other texts wherever a user writes one.
fn catalog(texts: &mut Texts) -> &'static Catalog {
    let field = Field { docs: texts.next(), name: texts.next(), ..METERED.entries[0].fields[0] };
    let first = Entry {
        docs: texts.next(),
        advice: Some(texts.next()),
        section: Some(texts.next()),
        since: Some(texts.next()),
        deprecated: Some(texts.next()),
        code: Code::Text(texts.next()),
        message: Message::Text(texts.text()),
        http: Some(HttpForm { status: 400, envelope: Some(0), content_type: "application/json" }),
        fields: vec![field].leak(),
        user: Some(UserMessage {
            title: texts.text(),
            message: texts.text(),
            action: Some(texts.text()),
            fallback: true,
        }),
        ..METERED.entries[0]
    };
    let close = Entry {
        name: "closed",
        docs: texts.next(),
        delivery: Delivery::Close(Closing {
            code: ClosingCode::Constant(4000),
            reason: texts.text(),
        }),
        retry: Retry::new(RetryKind::Leave { code: 1000, reason: texts.next() }),
        ..BLANK
    };
    let retired = vec![Retired { code: RetiredCode::Text(texts.next()), why: texts.next() }];
    Box::leak(Box::new(Catalog {
        docs: texts.next(),
        entries: vec![first, close].leak(),
        retired: retired.leak(),
        ..METERED
    }))
}

#[test]
fn no_text_changes_the_form_of_any_artefact() {
    let mut walk = Texts::Walk(7);
    for _ in 0..40 {
        keeps_its_form(catalog(&mut walk));
    }
}

#[test]
fn each_hostile_text_alone_changes_the_form_of_no_artefact() {
    for piece in PIECES {
        keeps_its_form(catalog(&mut Texts::Same(format!("{piece}x").leak())));
        keeps_its_form(catalog(&mut Texts::Same(format!("x {piece}").leak())));
    }
    let paragraph = "| `a` {b} </c> ".repeat(700);
    keeps_its_form(catalog(&mut Texts::Same(paragraph.leak())));
}

fn keeps_its_form(catalog: &'static Catalog) {
    for format in Format::ALL {
        let made = artefacts(&[catalog], &[*format]).unwrap();
        let text = &made[0].text;
        assert_eq!(text, &artefacts(&[catalog], &[*format]).unwrap()[0].text, "the same twice");
        match format {
            Format::Markdown => markdown(text),
            Format::TypeScript => typescript(text),
            Format::Python => python(text),
            Format::Json | Format::JsonSchema | Format::AsyncApi | Format::OpenApi => {
                json(text, catalog)
            }
        }
    }
}

/// A page keeps its headings, has no tag but anchors, and shows what could not be seen.
fn markdown(page: &str) {
    use pulldown_cmark::{Event, Options, Parser, Tag};
    assert!(!page.contains(MARKS) && !page.contains(['\u{61c}', '\u{0}', '\u{1b}']), "{page:?}");
    let mut headings = 0;
    for event in Parser::new_ext(page, Options::ENABLE_TABLES) {
        if let Event::Html(tag) | Event::InlineHtml(tag) = &event {
            assert!(super::testing::is_of_anchor(tag), "{tag:?} in {page}");
        }
        headings += usize::from(matches!(event, Event::Start(Tag::Heading { .. })));
    }
    assert_eq!(headings, 11, "{page}");
}

/// What is neither a string nor a comment is code, with its brackets in pairs and no word of a user;
/// what an editor doesn't show is escaped.
fn typescript(module: &str) {
    assert!(!module.contains(MARKS), "{module}");
    let code = code_of(module);
    for [open, close] in [["(", ")"], ["[", "]"], ["{", "}"]] {
        assert_eq!(code.matches(open).count(), code.matches(close).count(), "{open} in {module}");
    }
    assert!(!code.contains(['日', '#']), "{module}");
    assert!(!module.contains(['\u{0}', '\u{1b}']), "{module}");
}

/// The same of Python.
fn python(module: &str) {
    assert!(!module.contains(MARKS), "{module}");
    let code = python_code_of(module);
    for [open, close] in [["(", ")"], ["[", "]"], ["{", "}"]] {
        assert_eq!(code.matches(open).count(), code.matches(close).count(), "{open} in {module}");
    }
    assert!(!code.contains(['日', '`']) && !module.contains(['\u{0}', '\u{1b}']), "{module}");
}

/// A module of Python without its comments, and without what is inside its strings.
fn python_code_of(module: &str) -> String {
    let mut code = String::new();
    let mut rest = module;
    while let Some(start) = rest.find(['"', '\'', '#']) {
        code.push_str(&rest[..start]);
        rest = &rest[start..];
        if rest.starts_with('#') {
            rest = &rest[rest.find('\n').unwrap_or(rest.len())..];
            continue;
        }
        let quote = match rest.get(..3) {
            Some(three @ ("\"\"\"" | "'''")) => three,
            _ => &rest[..1],
        };
        let mut end = quote.len();
        while !rest[end..].starts_with(quote) {
            let mut characters = rest[end..].chars();
            let next = characters.next().expect("the end of a string");
            assert!(quote.len() == 3 || next != '\n', "no end: {}", &rest[..end]);
            end += next.len_utf8();
            if next == '\\' {
                end += characters.next().map_or(0, char::len_utf8);
            }
        }
        rest = &rest[end + quote.len()..];
    }
    code + rest
}

/// A module without its comments, and without what is inside its strings.
fn code_of(module: &str) -> String {
    let mut code = String::new();
    let mut rest = module;
    while let Some(start) = rest.find(['"', '\'', '`', '/']) {
        code.push_str(&rest[..start]);
        rest = &rest[start..];
        let end = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").expect("the end of a comment") + 2
        } else if rest.starts_with('/') {
            let is_division = code.trim_end().ends_with(|c: char| c.is_alphanumeric() || c == ')');
            if is_division { 1 } else { end_of_pattern(rest) }
        } else {
            let quote = rest.chars().next().unwrap_or_default();
            let mut is_escaped = true;
            let end = rest.char_indices().find(|(_, c)| {
                let ends = !is_escaped && *c == quote;
                is_escaped = !is_escaped && *c == '\\';
                ends
            });
            let (end, _) = end.expect("the end of a string");
            assert!(quote == '`' || !rest[..end].contains('\n'), "no end: {}", &rest[..end]);
            end + 1
        };
        rest = &rest[end..];
    }
    code + rest
}

/// Where a regular expression ends: behind the slash that is neither escaped nor in brackets.
fn end_of_pattern(rest: &str) -> usize {
    let (mut is_escaped, mut is_within) = (false, false);
    for (index, c) in rest.char_indices().skip(1) {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '[' => is_within = true,
            ']' => is_within = false,
            '/' if !is_within => return index + 1,
            _ => {}
        }
    }
    panic!("no end: {rest}");
}

/// JSON is JSON, and the texts in it are the texts that were written.
fn json(text: &str, catalog: &'static Catalog) {
    let value: Value = serde_json::from_str(text).unwrap();
    let Code::Text(code) = catalog.entries[0].code else { return };
    let holds = |value: &Value| find(value, code);
    // The message itself is a constant of its encoding, and has the code of the fixture.
    assert!(holds(&value), "{code:?} is not in {text}");
}

fn find(value: &Value, wanted: &str) -> bool {
    match value {
        Value::String(text) => text.contains(wanted),
        Value::Array(elements) => elements.iter().any(|value| find(value, wanted)),
        Value::Object(members) => members.values().any(|value| find(value, wanted)),
        _ => false,
    }
}
