//! Lays source text out as prettier does: what fits stays on a line, what does not is broken.

use unicode_width::UnicodeWidthStr as _;

/// The width that prettier has unless configured otherwise.
const WIDTH: usize = 80;

/// A piece of source text that knows where it may be broken.
#[derive(Debug, Clone)]
pub(super) enum Doc {
    /// Characters, without a line break.
    Text(String),
    /// Nothing, or a line break where the group around it is broken.
    Soft,
    /// A space, or a line break where the group around it is broken.
    Line,
    /// A space, or a line break where what stands before the next one has no room on the line.
    Wrap,
    /// Always a line break: every group around it is broken.
    Hard,
    /// Characters that are there only where the group around them is broken.
    IfBroken(&'static str),
    /// One step further to the right.
    Indent(Box<Doc>),
    /// On one line where it fits there.
    Group(Box<Doc>),
    /// One after the other.
    Concat(Vec<Doc>),
}

impl<T: Into<String>> From<T> for Doc {
    fn from(text: T) -> Self {
        Self::Text(text.into())
    }
}

pub(super) fn text(text: impl Into<String>) -> Doc {
    Doc::Text(text.into())
}

pub(super) fn concat(docs: impl IntoIterator<Item = Doc>) -> Doc {
    Doc::Concat(docs.into_iter().collect())
}

pub(super) fn indent(doc: Doc) -> Doc {
    Doc::Indent(Box::new(doc))
}

pub(super) fn group(doc: Doc) -> Doc {
    Doc::Group(Box::new(doc))
}

/// The docs with a separator between them.
pub(super) fn join(docs: impl IntoIterator<Item = Doc>, separator: &Doc) -> Doc {
    let mut out = Vec::new();
    for doc in docs {
        if !out.is_empty() {
            out.push(separator.clone());
        }
        out.push(doc);
    }
    Doc::Concat(out)
}

/// Lines that are laid out already.
pub(super) fn lines(source: &str) -> Doc {
    join(source.split('\n').map(text), &Doc::Hard)
}

/// Between brackets, with a comma after each where they are broken over lines.
pub(super) fn list(open: impl Into<String>, docs: Vec<Doc>, close: &str) -> Doc {
    enclosed(&open.into(), [Doc::Soft, Doc::Line], docs, ",", close)
}

/// Numbers in an array, as many on a line as fit there.
pub(super) fn numbers(numbers: Vec<Doc>) -> Doc {
    enclosed("[", [Doc::Soft, Doc::Wrap], numbers, ",", "]")
}

/// An object on one line, where it fits.
pub(super) fn inline(members: Vec<Doc>) -> Doc {
    braces(members, ",")
}

/// The members of an object, or of its type, on one line where they fit.
pub(super) fn braces(members: Vec<Doc>, separator: &'static str) -> Doc {
    enclosed("{", [Doc::Line, Doc::Line], members, separator, "}")
}

fn enclosed(
    open: &str,
    [edge, between]: [Doc; 2],
    docs: Vec<Doc>,
    comma: &'static str,
    close: &str,
) -> Doc {
    if docs.is_empty() {
        return text(format!("{open}{close}"));
    }
    let docs = join(docs, &concat([text(comma), between]));
    let inside = indent(concat([edge.clone(), docs, Doc::IfBroken(comma)]));
    group(concat([text(open), inside, edge, text(close)]))
}

/// A member that is a string literal, which stands on a line of its own where the key leaves it no
/// room.
pub(super) fn string_member(key: &str, literal: impl Into<String>) -> Doc {
    group(concat([text(format!("{key}:")), indent(concat([Doc::Line, text(literal)]))]))
}

/// Between braces, each on a line of its own.
pub(super) fn block(open: &str, docs: Vec<Doc>, after: &str) -> Doc {
    rows(open, docs, after, "}")
}

/// Between brackets, each on a line of its own.
pub(super) fn rows(open: &str, docs: Vec<Doc>, after: &str, close: &str) -> Doc {
    if docs.is_empty() {
        return text(format!("{open}{close}"));
    }
    let rows = docs.into_iter().map(|doc| concat([Doc::Hard, doc, text(after)]));
    concat([text(open), indent(concat(rows)), Doc::Hard, text(close)])
}

impl Doc {
    /// Whether it holds a line break that is always there.
    fn is_broken(&self) -> bool {
        match self {
            Self::Hard => true,
            Self::Text(_) | Self::Soft | Self::Line | Self::Wrap | Self::IfBroken(_) => false,
            Self::Indent(doc) | Self::Group(doc) => doc.is_broken(),
            Self::Concat(docs) => docs.iter().any(Self::is_broken),
        }
    }

    /// The source text, without a line break at its end.
    pub(super) fn print(&self) -> String {
        self.printed(WIDTH)
    }

    /// The source text without the line breaks that may be there.
    pub(super) fn on_one_line(&self) -> String {
        group(self.clone()).printed(usize::MAX)
    }

    fn printed(&self, width: usize) -> String {
        let mut out = String::new();
        let mut column = 0;
        let mut rest = vec![(0, true, self)];
        while let Some((depth, broken, doc)) = rest.pop() {
            match doc {
                Self::Text(text) => {
                    out.push_str(text);
                    column += text.width();
                }
                Self::IfBroken(text) if broken => {
                    out.push_str(text);
                    column += text.width();
                }
                Self::Line if !broken => {
                    out.push(' ');
                    column += 1;
                }
                Self::Wrap if fits(width.saturating_sub(column), &Self::Line, &rest) => {
                    out.push(' ');
                    column += 1;
                }
                Self::IfBroken(_) | Self::Soft if !broken => {}
                Self::Soft | Self::Line | Self::Wrap | Self::Hard | Self::IfBroken(_) => {
                    out.truncate(out.trim_end_matches(' ').len());
                    out.push('\n');
                    out.push_str(&"  ".repeat(depth));
                    column = depth * 2;
                }
                Self::Indent(doc) => rest.push((depth + 1, broken, doc)),
                Self::Group(doc) => {
                    let broken = doc.is_broken() || !fits(width.saturating_sub(column), doc, &rest);
                    rest.push((depth, broken, doc));
                }
                Self::Concat(docs) => {
                    rest.extend(docs.iter().rev().map(|doc| (depth, broken, doc)));
                }
            }
        }
        out
    }
}

/// Whether the doc, and what follows it up to the next possible line break, has room.
fn fits(room: usize, doc: &Doc, after: &[(usize, bool, &Doc)]) -> bool {
    let mut left = room;
    let mut after = after.iter().rev();
    let mut rest = vec![(false, doc)];
    loop {
        let Some((broken, doc)) = rest.pop() else {
            let Some(&(_, broken, doc)) = after.next() else { return true };
            rest.push((broken, doc));
            continue;
        };
        let size = match doc {
            Doc::Text(text) => text.width(),
            Doc::IfBroken(text) if broken => text.width(),
            Doc::Line | Doc::Wrap if !broken => 1,
            Doc::IfBroken(_) | Doc::Soft if !broken => 0,
            Doc::Soft | Doc::Line | Doc::Wrap | Doc::Hard | Doc::IfBroken(_) => return true,
            Doc::Indent(doc) => {
                rest.push((broken, doc));
                0
            }
            Doc::Group(doc) => {
                rest.push((broken && doc.is_broken(), doc));
                0
            }
            Doc::Concat(docs) => {
                rest.extend(docs.iter().rev().map(|doc| (broken, doc)));
                0
            }
        };
        match left.checked_sub(size) {
            Some(room) => left = room,
            None => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fits_on_a_line_stays_there_and_what_does_not_is_broken() {
        let items = |count: usize| list("[", vec![text("\"a string\""); count], "]").print();
        assert_eq!(items(2), r#"["a string", "a string"]"#);
        assert_eq!(items(7), format!("[\n{}]", "  \"a string\",\n".repeat(7)));
    }

    #[test]
    fn as_many_numbers_as_fit_stand_on_a_line() {
        let printed = |count: usize| numbers(vec![text("-32700"); count]).print();
        assert_eq!(printed(2), "[-32700, -32700]");
        let line = |count: usize| vec!["-32700,"; count].join(" ");
        assert_eq!(printed(12), format!("[\n  {}\n  {}\n]", line(9), line(3)));
    }

    #[test]
    fn what_follows_a_group_needs_room_as_well() {
        let line = |size: usize| {
            concat([list("f(", vec![text("x".repeat(size))], ")"), text(";")]).print()
        };
        assert!(!line(76 + 1).contains(&"x".repeat(77)) || line(77).contains('\n'));
        assert_eq!(line(76).len(), 80);
        assert!(!line(76).contains('\n'));
    }
}
