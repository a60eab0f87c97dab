//! Markdown in a terminal.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::Terminal;
use super::layout::Columns;
use super::terminal::width;
use crate::export::displayed;

/// A page of ours as text that takes no more than these columns: paragraphs are wrapped, code is
/// not, and what is bold is bold where the terminal can show it.
pub(super) fn render(markdown: &str, columns: usize, terminal: Terminal) -> String {
    let mut render = Render {
        columns,
        terminal,
        out: String::new(),
        words: Vec::new(),
        is_glued: false,
        bold: 0,
        lists: Vec::new(),
        marker: None,
        is_new_list: false,
        is_code: false,
        rows: Vec::new(),
    };
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES) {
        render.event(event);
    }
    render.out
}

struct Render {
    columns: usize,
    terminal: Terminal,
    out: String,
    /// The words of the paragraph so far, in pieces that no space is between.
    words: Vec<Vec<Piece>>,
    /// Whether what comes next belongs to the last word.
    is_glued: bool,
    /// How many bold texts are open.
    bold: usize,
    /// The lists and quotes that are open, with the number of the next item.
    lists: Vec<Option<u64>>,
    /// What stands before the first line of an item.
    marker: Option<String>,
    /// Whether that is the first item of a list that stands in no other.
    is_new_list: bool,
    is_code: bool,
    /// The rows of the open table; each cell is its words.
    rows: Vec<Vec<String>>,
}

struct Piece {
    text: String,
    is_bold: bool,
}

impl Render {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(Tag::List(first)) => {
                self.paragraph();
                self.is_new_list = self.lists.is_empty();
                self.lists.push(first);
            }
            Event::Start(Tag::BlockQuote(_)) => self.lists.push(None),
            Event::End(TagEnd::List(_) | TagEnd::BlockQuote(_)) => {
                self.paragraph();
                self.lists.pop();
            }
            Event::Start(Tag::Item) => {
                self.paragraph();
                self.marker = Some(match self.lists.last_mut() {
                    Some(Some(number)) => {
                        *number += 1;
                        format!("{}.", *number - 1)
                    }
                    _ => "-".to_owned(),
                });
            }
            Event::End(TagEnd::Paragraph | TagEnd::Item | TagEnd::Heading(_)) => self.paragraph(),
            Event::Start(Tag::CodeBlock(_)) => {
                self.paragraph();
                self.space();
                self.is_code = true;
            }
            Event::End(TagEnd::CodeBlock) => self.is_code = false,
            Event::Start(Tag::Strong | Tag::Heading { .. }) => self.bold += 1,
            Event::End(TagEnd::Strong) => self.bold = self.bold.saturating_sub(1),
            Event::Start(Tag::Table(_)) => self.paragraph(),
            Event::Start(Tag::TableHead | Tag::TableRow) => self.rows.push(Vec::new()),
            Event::End(TagEnd::TableCell) => {
                let cell = self.taken();
                if let Some(row) = self.rows.last_mut() {
                    row.push(cell);
                }
            }
            Event::End(TagEnd::Table) => self.table(),
            Event::Text(text) if self.is_code => self.code(&text),
            Event::Text(text) => self.text(&text),
            Event::Code(code) => self.piece(format!("`{}`", displayed(&code))),
            Event::SoftBreak | Event::HardBreak => self.is_glued = false,
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if text.starts_with(char::is_whitespace) {
            self.is_glued = false;
        }
        for (index, word) in text.split_whitespace().enumerate() {
            if index > 0 {
                self.is_glued = false;
            }
            self.piece(displayed(word));
        }
        if text.ends_with(char::is_whitespace) {
            self.is_glued = false;
        }
    }

    fn piece(&mut self, text: String) {
        let piece = Piece { text, is_bold: self.bold > 0 };
        match self.words.last_mut() {
            Some(word) if self.is_glued => word.push(piece),
            _ => self.words.push(vec![piece]),
        }
        self.is_glued = true;
    }

    /// The words so far as one line, without any style.
    fn taken(&mut self) -> String {
        self.is_glued = false;
        let words = std::mem::take(&mut self.words);
        let words: Vec<String> = words
            .iter()
            .map(|word| word.iter().map(|piece| piece.text.as_str()).collect())
            .collect();
        words.join(" ")
    }

    /// An empty line before what comes next, unless it is the first.
    fn space(&mut self) {
        if !self.out.is_empty() {
            self.out.push('\n');
        }
    }

    fn paragraph(&mut self) {
        let words = std::mem::take(&mut self.words);
        self.is_glued = false;
        if words.is_empty() {
            return;
        }
        let marker = self.marker.take();
        if marker.is_none() || std::mem::take(&mut self.is_new_list) {
            self.space();
        }
        let depth = self.lists.len();
        let indent = "  ".repeat(depth);
        let room = self.columns.saturating_sub(indent.len()).max(1);
        let mut first = match marker {
            Some(marker) => format!("{}{marker} ", "  ".repeat(depth.saturating_sub(1))),
            None => indent.clone(),
        };
        let mut taken = 0;
        let mut line = String::new();
        for word in words {
            let size: usize = word.iter().map(|piece| width(&piece.text)).sum();
            if taken > 0 && taken + 1 + size > room {
                self.line(&std::mem::replace(&mut first, indent.clone()), &line);
                line.clear();
                taken = 0;
            }
            if taken > 0 {
                line.push(' ');
                taken += 1;
            }
            for Piece { text, is_bold } in word {
                line.push_str(&if is_bold { self.terminal.bold(&text) } else { text });
            }
            taken += size;
        }
        self.line(&first, &line);
        // A heading's style ends with it.
        self.bold = 0;
    }

    fn line(&mut self, indent: &str, line: &str) {
        self.out.push_str(indent);
        self.out.push_str(line);
        self.out.push('\n');
    }

    /// Code as it is, but for what a terminal would obey.
    fn code(&mut self, code: &str) {
        for line in code.lines() {
            self.out.push_str("    ");
            self.out.push_str(&displayed(line));
            self.out.push('\n');
        }
    }

    fn table(&mut self) {
        self.space();
        let rows: Vec<[String; 3]> = std::mem::take(&mut self.rows)
            .into_iter()
            .map(|row| {
                let mut cells = row.into_iter();
                std::array::from_fn(|_| cells.next().unwrap_or_default())
            })
            .collect();
        let columns = Columns::of(&rows, Some(self.columns));
        for (index, row) in rows.iter().enumerate() {
            for line in columns.lines(row, str::to_owned) {
                let line = if index == 0 { self.terminal.dim(&line) } else { line };
                self.out.push_str(&line);
                self.out.push('\n');
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(markdown: &str, columns: usize) -> String {
        render(markdown, columns, Terminal::default())
    }

    #[test]
    fn a_paragraph_is_wrapped_and_what_stands_together_stays_together() {
        assert_eq!(
            plain("**What to do:** call `refresh`, *then* [connect](x) again.\n\nNext.", 20),
            "What to do: call\n`refresh`, then\nconnect again.\n\nNext.\n"
        );
    }

    #[test]
    fn lists_code_and_tables_keep_their_form() {
        assert_eq!(
            plain("One:\n\n- a b c\n- d\n\n1. e\n\n```json\n{\"a\":  1}\n```\n", 6),
            "One:\n\n- a b\n  c\n- d\n\n1. e\n\n    {\"a\":  1}\n"
        );
        assert_eq!(
            plain("| A | B | C |\n| --- | --- | --- |\n| `x` | y z | |\n", 80),
            "A    B    C\n`x`  y z\n"
        );
    }

    #[test]
    fn a_terminal_is_told_nothing_by_a_text() {
        let shown = plain("a \u{1b}[31m `b\u{202e}`\n\n```text\n\u{1b}]0;x\u{7}\n```\n", 80);
        assert!(!shown.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{shown:?}");
    }

    #[test]
    fn bold_is_for_terminals_that_have_it() {
        let terminal = Terminal { width: None, colour: true };
        assert_eq!(
            render("**a b** c", 80, terminal),
            "\u{1b}[1ma\u{1b}[0m \u{1b}[1mb\u{1b}[0m c\n"
        );
    }
}
