//! The functions of the decoder that an application calls.

use super::layout::{Doc, concat, indent, list, text};
use super::names::comment;

/// What kinds of messages there are, and the function that finds each.
pub(super) struct Entrances<'a> {
    /// The union of the errors.
    pub(super) error: &'a str,
    /// The groups that are compared with a parsed message, and the same without those of binary
    /// frames, and those that are compared with the text of a frame.
    pub(super) parsed: Vec<usize>,
    pub(super) json: Vec<usize>,
    pub(super) text: Vec<usize>,
    /// Whether several readings of a message are compared.
    pub(super) ranked: bool,
    /// The texts with which messages end.
    pub(super) ends: Vec<String>,
}

const DECODE: &str = "The error that an already parsed message is; `undefined` where it is none of this\ncatalog's. It never throws.";
const UNPACKED: &str = "A message in a binary frame is decoded once it is unpacked: MessagePack and CBOR by a library,\nbytes of an application's own by its decoder, behind the bytes that stand before them.";
const PARSE: &str = "The error that the text of a frame is; `undefined` where it is none of this\ncatalog's. It never throws.";
const PARSE_ALL: &str = "The errors in the text of a frame that may hold several messages: as an array, or one\nbehind the other. What is none is left out. It never throws.";

impl Entrances<'_> {
    pub(super) fn docs(&self) -> Vec<Doc> {
        let Self { error, .. } = self;
        let one = format!("{error} | undefined");
        let decode_docs = if self.json == self.parsed {
            DECODE.to_owned()
        } else {
            format!("{DECODE}\n\n{UNPACKED}")
        };
        let mut docs = vec![
            function(&decode_docs, "decode", "data: unknown", &one, self.decode()),
            function(PARSE, "parse", "text: string", &one, self.parse()),
            function(
                PARSE_ALL,
                "parseAll",
                "text: string",
                &format!("readonly {error}[]"),
                vec![concat([
                    list(
                        "return all(",
                        vec![
                            text("text"),
                            text("parse"),
                            text(if self.json.is_empty() { "none" } else { "decode" }),
                            list(
                                "[",
                                self.ends
                                    .iter()
                                    .map(|end| text(super::names::quoted(end)))
                                    .collect(),
                                "]",
                            ),
                        ],
                        ")",
                    ),
                    text(";"),
                ])],
            ),
        ];
        if self.ranked && !self.parsed.is_empty() {
            docs.push(finder(&self.parsed));
        }
        docs
    }

    /// The helpers of the runtime that are called.
    pub(super) fn helpers(&self) -> Vec<&'static str> {
        let mut helpers = vec!["all"];
        if !self.parsed.is_empty() || !self.text.is_empty() {
            helpers.push("found");
        }
        if self.ranked {
            helpers.push("best");
        }
        if self.ranked && !self.text.is_empty() && !self.json.is_empty() {
            helpers.push("parsed");
        }
        if self.json.is_empty() {
            helpers.push("none");
        }
        helpers
    }

    /// The first reading that any of these groups has of what a variable holds.
    fn first(&self, groups: &[usize], variable: &str) -> Vec<String> {
        let cast = format!("as {} | undefined", self.error);
        match groups {
            [] => vec!["return undefined;".to_owned()],
            [one] => vec![format!("return find{one}({variable}) {cast};")],
            [one, more @ ..] => {
                let mut lines = vec![format!("let found = find{one}({variable});")];
                lines.extend(more.iter().map(|more| format!("found ??= find{more}({variable});")));
                lines.push(format!("return found {cast};"));
                lines
            }
        }
    }

    fn decode(&self) -> Vec<Doc> {
        let Self { error, .. } = self;
        if self.parsed.is_empty() {
            return if self.text.is_empty() {
                vec![text("return none(data);")]
            } else {
                vec![text("return typeof data === \"string\" ? parse(data) : undefined;")]
            };
        }
        if !self.ranked {
            return caught(self.first(&self.parsed, "data"));
        }
        caught(vec![format!("return find(data) as {error} | undefined;")])
    }

    fn parse(&self) -> Vec<Doc> {
        let Self { error, .. } = self;
        let cast = format!("as {error} | undefined");
        if self.text.is_empty() && self.json.is_empty() {
            return vec![text("return none(text);")];
        }
        if !self.ranked {
            return caught(match (self.text.as_slice(), self.json.as_slice()) {
                (groups @ [_, ..], _) => self.first(groups, "text"),
                (_, [one]) => vec![format!("return find{one}(JSON.parse(text)) {cast};")],
                (_, groups) => {
                    let data = "const data: unknown = JSON.parse(text);".to_owned();
                    [vec![data], self.first(groups, "data")].concat()
                }
            });
        }
        if self.text.is_empty() && self.json == self.parsed {
            return caught(vec![format!("return find(JSON.parse(text)) {cast};")]);
        }
        let mut lines = vec!["const best: $Best = { rank: -1, found: undefined };".to_owned()];
        lines.extend(self.text.iter().map(|index| format!("find{index}(text, best);")));
        if !self.json.is_empty() {
            lines.push("const data = parsed(text);".to_owned());
            lines.extend(self.json.iter().map(|index| format!("find{index}(data, best);")));
        }
        lines.push(format!("return best.found {cast};"));
        caught(lines)
    }
}

fn caught(lines: Vec<String>) -> Vec<Doc> {
    let lines = lines.into_iter().flat_map(|line| [Doc::Hard, text(line)]);
    vec![concat([
        text("try {"),
        indent(concat(lines)),
        Doc::Hard,
        text("} catch {"),
        indent(concat([Doc::Hard, text("return undefined;")])),
        Doc::Hard,
        text("}"),
    ])]
}

fn function(docs: &str, name: &str, parameter: &str, gives: &str, lines: Vec<Doc>) -> Doc {
    concat([
        comment(&[docs.to_owned()]),
        list(format!("export function {name}("), vec![text(parameter)], ")"),
        text(format!(": {gives} {{")),
        indent(concat(lines.into_iter().flat_map(|line| [Doc::Hard, line]))),
        Doc::Hard,
        text("}"),
    ])
}

/// The best reading that any of these groups has.
fn finder(groups: &[usize]) -> Doc {
    let mut lines = vec!["const best: $Best = { rank: -1, found: undefined };".to_owned()];
    lines.extend(groups.iter().map(|index| format!("find{index}(value, best);")));
    lines.push("return best.found;".to_owned());
    let lines = lines.into_iter().flat_map(|line| [Doc::Hard, text(line)]);
    concat([
        text("function find(value: unknown): $Found | undefined {"),
        indent(concat(lines)),
        Doc::Hard,
        text("}"),
    ])
}
