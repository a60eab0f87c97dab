//! Makes CommonMark harmless to the page that it becomes part of, in place.
//!
//! Tags and braces are escaped, headings become bold lines (their anchors belong to the codes), code
//! blocks are fenced and closed, links are inline, and links that lead nowhere outside rustdoc, or to
//! a script, become their text. Bare addresses become links, which not every site makes of them.

use std::ops::Range;

use pulldown_cmark::{
    BrokenLink, BrokenLinkCallback, CodeBlockKind, CowStr, Event, LinkType, Options, Parser, Tag,
    TagEnd,
};

use super::text;

/// The most passes that are made. What one escapes can be read as something new by the next.
const PASSES: usize = 6;

/// The text with its edits made until there are none; `None` where there is no end of them.
pub(super) fn harmless(docs: &str) -> Option<String> {
    let mut text = docs.to_owned();
    for _ in 0..PASSES {
        let patched = Patch::of(&text);
        if patched == text {
            return Some(text);
        }
        text = patched;
    }
    None
}

/// A parser that takes what rustdoc would link to an item of Rust for a link.
pub(super) fn parser<'a>(docs: &'a str) -> Parser<'a, impl BrokenLinkCallback<'a>> {
    let to_rust = |link: BrokenLink<'a>| {
        let item = link.reference.trim();
        (item.starts_with('`') || item.contains("::"))
            .then_some((CowStr::Borrowed(""), CowStr::Borrowed("")))
    };
    Parser::new_with_broken_link_callback(docs, Options::empty(), Some(to_rust))
}

/// One pass over a text: the places that change, and what they become.
struct Patch<'a> {
    source: &'a str,
    edits: Vec<(Range<usize>, String)>,
    /// How many lists and quotes are open.
    containers: usize,
    /// Whether a code block is open.
    in_code: bool,
    /// Where the last run of text ended: a backslash before it is text, too.
    text_end: usize,
    /// Whether what is inside the open link is replaced with it.
    in_replaced: bool,
    /// The links and headings that are open, and the range of what is inside them so far.
    open: Vec<(Open, Range<usize>, Option<Range<usize>>)>,
}

enum Open {
    Heading,
    /// A link that becomes inline, to this place.
    Reference(String),
    /// A link that becomes its text.
    Dropped,
    Other,
}

impl<'a> Patch<'a> {
    fn of(source: &'a str) -> String {
        let mut patch = Self {
            source,
            edits: Vec::new(),
            containers: 0,
            in_code: false,
            text_end: usize::MAX,
            in_replaced: false,
            open: Vec::new(),
        };
        let parser = parser(source);
        let definitions: Vec<Range<usize>> =
            parser.reference_definitions().iter().map(|(_, link)| link.span.clone()).collect();
        for span in definitions {
            patch.edits.push((span, String::new()));
        }
        for (event, range) in parser.into_offset_iter() {
            patch.event(event, range);
        }
        patch.apply()
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        if !matches!(event, Event::End(_)) {
            for (_, _, inside) in &mut self.open {
                let (start, end) =
                    inside.as_ref().map_or((range.start, 0), |inside| (inside.start, inside.end));
                *inside = Some(start..range.end.max(end));
            }
        }
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag),
            Event::Text(_) if !self.in_code && !self.in_replaced => self.escape(range),
            Event::Html(_) | Event::InlineHtml(_) => {
                self.text_end = range.start;
                self.escape(range);
            }
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Paragraph if self.containers == 0 => self.keep_from_being_a_module(&range),
            Tag::List(_) | Tag::Item | Tag::BlockQuote(_) => {
                if self.containers == 0 {
                    self.stand_alone(&range);
                }
                self.containers += 1;
            }
            Tag::Heading { .. } => self.open.push((Open::Heading, range, None)),
            Tag::CodeBlock(kind) => {
                self.in_code = true;
                match kind {
                    CodeBlockKind::Indented => self.indented(range),
                    CodeBlockKind::Fenced(info) => self.fenced(&info, &range),
                }
            }
            Tag::Link {
                link_type: link_type @ (LinkType::Autolink | LinkType::Email),
                dest_url,
                ..
            } => {
                let scheme = if link_type == LinkType::Email { "mailto:" } else { "" };
                let address = format!("{scheme}{dest_url}");
                let shown = text::text(&dest_url);
                let link = match leads_to_a_page(&address) {
                    true => format!("[{shown}]({})", destination(&address, "")),
                    false => shown,
                };
                self.edits.push((range.clone(), link));
                self.in_replaced = true;
                self.open.push((Open::Other, range, None));
            }
            Tag::Link { link_type, dest_url, title, .. }
            | Tag::Image { link_type, dest_url, title, .. } => {
                let open = match link_type {
                    LinkType::ReferenceUnknown
                    | LinkType::CollapsedUnknown
                    | LinkType::ShortcutUnknown => Open::Dropped,
                    _ if dest_url.contains("::") || !leads_to_a_page(&dest_url) => Open::Dropped,
                    LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut => {
                        Open::Reference(destination(&dest_url, &title))
                    }
                    _ => Open::Other,
                };
                self.open.push((open, range, None));
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::List(_) | TagEnd::Item | TagEnd::BlockQuote(_) => self.containers -= 1,
            TagEnd::CodeBlock => self.in_code = false,
            TagEnd::Heading(_) | TagEnd::Link | TagEnd::Image => {
                self.in_replaced = false;
                let Some((open, outside, inside)) = self.open.pop() else { return };
                let Some(inside) = inside else {
                    if matches!(open, Open::Heading) {
                        self.edits.push((outside, String::new()));
                    }
                    return;
                };
                let (before, after) = match open {
                    Open::Heading => {
                        // A paragraph of its own, where no quote or list stands before each line.
                        let around = if self.containers == 0 { "\n" } else { "" };
                        let ends_line = self.source[outside.clone()].ends_with('\n');
                        let end = if ends_line { "\n" } else { "" };
                        // Emphasis inside emphasis is not what it was.
                        let inner = &self.source[inside.clone()];
                        let bold = if inner.contains(['*', '_']) { "" } else { "**" };
                        let ends_sentence = inner.ends_with(['.', ',', ';', ':', '!', '?']);
                        let colon = if ends_sentence { "" } else { ":" };
                        (format!("{around}{bold}"), format!("{colon}{bold}{end}{around}"))
                    }
                    Open::Reference(to) => {
                        let image = self.source[outside.start..].starts_with('!');
                        ((if image { "![" } else { "[" }).to_owned(), format!("]({to})"))
                    }
                    Open::Dropped => (String::new(), String::new()),
                    Open::Other => return,
                };
                self.edits.push((outside.start..inside.start, before));
                self.edits.push((inside.end..outside.end, after));
            }
            _ => {}
        }
    }

    /// Puts a backslash before what is not escaped and would be a tag or an expression, and before
    /// backticks without a partner, which could find one in what stands around.
    fn escape(&mut self, range: Range<usize>) {
        let escaped = range.start != self.text_end
            && range.start.checked_sub(1).and_then(|before| self.source.as_bytes().get(before))
                == Some(&b'\\');
        for (index, _) in self.source[range.clone()].match_indices(['<', '{', '}', '`']) {
            if index > 0 || !escaped {
                let at = range.start + index;
                self.edits.push((at..at, "\\".to_owned()));
            }
        }
        if self.open.iter().all(|(open, ..)| matches!(open, Open::Heading)) {
            self.addresses(&range);
        }
        self.text_end = range.end;
    }

    /// Makes links of bare addresses, and texts of those that don't say how they are reached.
    fn addresses(&mut self, range: &Range<usize>) {
        for start in ["http://", "https://", "www."] {
            for (index, _) in self.source[range.clone()].match_indices(start) {
                let at = range.start + index;
                if self.source[..at].ends_with(|c: char| c.is_alphanumeric() || c == '/') {
                    continue;
                }
                let rest = &self.source[at..];
                let ends = |c: char| c.is_whitespace() || "<>()[]{}`\"'*|\\".contains(c);
                let address = rest[..rest.find(ends).unwrap_or(rest.len())]
                    .trim_end_matches(['.', ',', ';', ':', '!', '?', '_', '~']);
                if address.len() < start.len() {
                    continue;
                }
                let shown = text::text(address);
                let link = match start {
                    "www." => shown,
                    _ => format!("[{shown}]({})", destination(address, "")),
                };
                self.edits.push((at..at + address.len(), link));
            }
        }
    }

    /// MDX reads a paragraph that starts with `import` or `export` as JavaScript.
    fn keep_from_being_a_module(&mut self, range: &Range<usize>) {
        let text = &self.source[range.clone()];
        for word in ["import", "export"] {
            if let Some(rest) = text.strip_prefix(word)
                && rest.starts_with([' ', '\n', '\t'])
            {
                let first = if word == "import" { "&#105;" } else { "&#101;" };
                self.edits.push((range.start..range.start + 1, first.to_owned()));
            }
        }
    }

    /// MDX knows no indented code.
    fn indented(&mut self, range: Range<usize>) {
        if self.containers > 0 {
            for (index, _) in self.source[range.clone()].match_indices(['<', '{', '}']) {
                let at = range.start + index;
                if self.source[..at].ends_with('\\') {
                    continue;
                }
                self.edits.push((at..at, "\\".to_owned()));
            }
            return;
        }
        let line = self.source[..range.start].rfind('\n').map_or(0, |newline| newline + 1);
        let code: Vec<&str> = self.source[line..range.end]
            .trim_end()
            .lines()
            .map(|line| line.strip_prefix("    ").unwrap_or(line.trim_start()))
            .collect();
        self.edits.push((line..range.end, text::fenced("text", &code.join("\n"))));
    }

    /// An empty line before a block and behind it: not every parser, and no linter, lets it interrupt
    /// a paragraph. [`tidy`] takes away what is too much.
    fn stand_alone(&mut self, range: &Range<usize>) {
        let line = self.source[..range.start].rfind('\n').map_or(0, |newline| newline + 1);
        self.edits.push((line..line, "\n".to_owned()));
        let rest = &self.source[range.end..];
        if rest.starts_with('\n') || self.source[..range.end].ends_with('\n') {
            self.edits.push((range.end..range.end, "\n".to_owned()));
        }
    }

    /// A fence that is not closed would swallow the rest of the page, and one needs a language.
    fn fenced(&mut self, info: &str, range: &Range<usize>) {
        let block = &self.source[range.clone()];
        let mark = block.chars().next().unwrap_or('`');
        let fence: String = block.chars().take_while(|c| *c == mark).collect();
        if info.trim().is_empty() {
            let at = range.start + fence.len();
            self.edits.push((at..at, "text".to_owned()));
        }
        let is_closed = block.trim_end().lines().skip(1).last().is_some_and(|line| {
            let line = line.trim_start_matches([' ', '>']).trim_end();
            line.starts_with(&fence) && line.chars().all(|c| c == mark)
        });
        if !is_closed && self.containers == 0 {
            let newline = if block.ends_with('\n') { "" } else { "\n" };
            self.edits.push((range.end..range.end, format!("{newline}{fence}\n")));
        }
        if self.containers == 0 {
            self.stand_alone(range);
        }
    }

    fn apply(mut self) -> String {
        self.edits.sort_by_key(|(range, _)| (range.start, range.end));
        let mut out = String::with_capacity(self.source.len() + self.edits.len());
        let mut at = 0;
        for (range, replacement) in &self.edits {
            if range.start < at {
                continue;
            }
            out.push_str(&self.source[at..range.start]);
            out.push_str(replacement);
            at = range.end;
        }
        out.push_str(&self.source[at..]);
        tidy(&out)
    }
}

/// Whether an address is of a page or of a person; a relative one is of a page.
fn leads_to_a_page(address: &str) -> bool {
    let scheme = address.split(['/', '?', '#']).next().and_then(|start| start.split_once(':'));
    scheme.is_none_or(|(scheme, _)| {
        let scheme = scheme.trim().to_lowercase();
        matches!(scheme.as_str(), "http" | "https" | "mailto")
    })
}

/// Where a link leads, as it stands in its parentheses.
fn destination(url: &str, title: &str) -> String {
    let url: String = url
        .chars()
        .map(|c| match c {
            ' ' => "%20".to_owned(),
            '<' => "%3C".to_owned(),
            '>' => "%3E".to_owned(),
            '{' => "%7B".to_owned(),
            '}' => "%7D".to_owned(),
            '(' => "%28".to_owned(),
            ')' => "%29".to_owned(),
            c => c.to_string(),
        })
        .collect();
    if title.is_empty() {
        url
    } else {
        format!("{url} \"{}\"", text::text(title).replace('"', "&quot;"))
    }
}

/// No space at the end of a line but the two of a line break, and no more than one empty line.
fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut empty = true;
    for line in text.lines() {
        let trimmed = line.trim_end();
        if trimmed.is_empty() && empty {
            continue;
        }
        empty = trimmed.is_empty();
        out.push_str(trimmed);
        if !empty && line.ends_with("  ") {
            out.push_str("  ");
        }
        out.push('\n');
    }
    out.trim_end().to_owned()
}
