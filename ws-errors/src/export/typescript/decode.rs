//! The decoder: tables of patterns, and the functions that compare a frame with them.

use std::collections::BTreeSet;

use super::groups::{Group, Groups, Row};
use super::layout::{Doc, concat, indent, inline, list, text};
use super::names::{literal, quoted};
use super::pattern::{Check, Member, Part, Pattern, Presence};
use super::print::{check, rows_doc};
use super::schema::Definition;
use crate::catalog::Code;

const RUNTIME: [&str; 2] = [include_str!("runtime/match.ts"), include_str!("runtime/find.ts")];

/// Prints patterns, each that is long once.
struct Printer {
    used: BTreeSet<&'static str>,
    /// Patterns that have a name of their own.
    shared: Vec<(Pattern, String)>,
}

/// `decode` and `parse`, and what they need.
pub(super) fn decoder(
    error: &str,
    groups: &Groups,
    definitions: &[Definition],
    closes_have_patterns: bool,
) -> Vec<Doc> {
    let mut printer = Printer { used: BTreeSet::new(), shared: Vec::new() };
    let raw = groups.groups.iter().any(|group| group.raw);
    let json = groups.groups.iter().any(|group| !group.raw);
    let mut out = entrances(error, raw, json);
    let checks: Vec<Doc> =
        definitions.iter().map(|definition| printer.definition(definition)).collect();
    let tables = printer.tables(&groups.groups);
    printer.used.extend(["types", "find"]);
    if !groups.groups.is_empty() {
        printer.used.insert("rowsOf");
    }
    if closes_have_patterns {
        printer.used.extend(["like", "any"]);
    }
    out.push(tables);
    out.extend(checks);
    out.extend(runtime(&printer.used));
    out
}

fn entrances(error: &str, raw: bool, json: bool) -> Vec<Doc> {
    let signature = |name: &str, parameter: &str| {
        concat([
            list(format!("export function {name}("), vec![text(parameter)], ")"),
            text(format!(": {error} | undefined {{")),
        ])
    };
    let cast = format!("as {error} | undefined");
    let decode = match (json, raw) {
        (false, true) => {
            "  return typeof data === \"string\" ? parse(data) : undefined;".to_owned()
        }
        _ => format!("  return find(data, false) {cast};"),
    };
    let lines = |lines: &[&str]| {
        concat(lines.iter().flat_map(|line| [Doc::Hard, text(*line)]).chain([Doc::Hard, text("}")]))
    };
    let found = format!("  const found = find(text, true) {cast};");
    let only = format!("  return find(text, true) {cast};");
    let parse = match (json, raw) {
        (false, true) => lines(&[&only]),
        (_, false) => lines(&[
            "  try {",
            "    return decode(JSON.parse(text));",
            "  } catch {",
            "    return undefined;",
            "  }",
        ]),
        (true, true) => lines(&[
            &found,
            "  if (found) return found;",
            "  try {",
            "    return decode(JSON.parse(text));",
            "  } catch {",
            "    return undefined;",
            "  }",
        ]),
    };
    let docs = |text: &str| super::names::comment(&[text.to_owned()]);
    vec![
        concat([
            docs(
                "The error that an already parsed message is; `undefined` where it is none of this\ncatalog's. It never throws.",
            ),
            signature("decode", "data: unknown"),
            Doc::Hard,
            text(decode),
            Doc::Hard,
            text("}"),
        ]),
        concat([
            docs(
                "The error that the text of a frame is; `undefined` where it is none of this\ncatalog's. It never throws.",
            ),
            signature("parse", "text: string"),
            parse,
        ]),
    ]
}

/// The sections of the runtime that are used, in the order in which they stand there.
pub(super) fn runtime(used: &BTreeSet<&'static str>) -> Vec<Doc> {
    let mut sections: Vec<(&str, Vec<&str>, &str)> = Vec::new();
    for file in RUNTIME {
        for section in file.split("// --- ").skip(1) {
            let (title, body) = section.split_once('\n').unwrap_or((section, ""));
            let (name, needs) = title.split_once(':').unwrap_or((title, ""));
            sections.push((name, needs.split_whitespace().collect(), body.trim_end()));
        }
    }
    let mut wanted: Vec<&str> = used.iter().copied().collect();
    let mut index = 0;
    while let Some(&name) = wanted.get(index) {
        for (_, needs, _) in sections.iter().filter(|(other, ..)| *other == name) {
            for need in needs {
                if !wanted.contains(need) {
                    wanted.push(need);
                }
            }
        }
        index += 1;
    }
    sections
        .iter()
        .filter(|(name, ..)| wanted.contains(name))
        .map(|(_, _, body)| {
            let mut docs = Vec::new();
            for (index, line) in body.split('\n').enumerate() {
                if index > 0 {
                    docs.push(Doc::Hard);
                }
                docs.push(text(line));
            }
            concat(docs)
        })
        .collect()
}

impl Printer {
    fn definition(&mut self, definition: &Definition) -> Doc {
        let Definition { name, ty, .. } = definition;
        let body = check(ty, &mut self.used);
        concat([
            text(format!("let check{name}: $Check | undefined;")),
            Doc::Hard,
            Doc::Hard,
            list(format!("function is{name}("), vec![text("value: unknown")], ")"),
            text(": boolean {"),
            indent(concat([
                Doc::Hard,
                text(format!("check{name} ??= ")),
                body,
                text(";"),
                Doc::Hard,
                text(format!("return check{name}(value);")),
            ])),
            Doc::Hard,
            text("}"),
        ])
    }

    fn tables(&mut self, groups: &[Group]) -> Doc {
        let mut all: Vec<&Pattern> = Vec::new();
        for group in groups {
            all.extend(group.rows.iter().map(|row| &row.pattern));
            all.extend(&group.unknown);
        }
        let mut constants = Vec::new();
        for (index, pattern) in all.iter().enumerate() {
            let first = all.iter().position(|other| other == pattern) == Some(index);
            let again = all.iter().skip(index + 1).any(|other| other == pattern);
            if **pattern == Pattern::Any || !first || !again {
                continue;
            }
            let name = format!("shape{}", self.shared.len() + 1);
            constants.push(concat([
                Doc::Hard,
                text(format!("const {name} = ")),
                self.pattern(pattern, false),
                text(";"),
            ]));
            self.shared.push(((*pattern).clone(), name));
        }
        let groups: Vec<Doc> = groups.iter().map(|group| self.group(group)).collect();
        let groups = if groups.is_empty() {
            text("[]")
        } else {
            concat([
                text("["),
                indent(concat(
                    groups.into_iter().map(|group| concat([Doc::Hard, group, text(",")])),
                )),
                Doc::Hard,
                text("]"),
            ])
        };
        concat([
            text("let table: readonly $Group[] | undefined;"),
            Doc::Hard,
            Doc::Hard,
            text("function groups(): readonly $Group[] {"),
            indent(concat([
                Doc::Hard,
                text("if (table) return table;"),
                concat(constants),
                Doc::Hard,
                text("table = "),
                groups,
                text(";"),
                Doc::Hard,
                text("return table;"),
            ])),
            Doc::Hard,
            text("}"),
        ])
    }

    fn group(&mut self, group: &Group) -> Doc {
        let mut members = Vec::new();
        if group.raw {
            members.push(text("raw: true"));
        }
        members.push(concat([text("key: "), self.pattern(&group.key, true)]));
        let rows: Vec<Doc> = group.rows.iter().map(|row| self.row(row)).collect();
        members.push(concat([text("rows: "), rows_doc("rowsOf([", rows, "])")]));
        if let Some(unknown) = &group.unknown {
            members.push(concat([text("unknown: "), self.named(unknown)]));
        }
        super::layout::block("{", members, ",")
    }

    fn row(&mut self, row: &Row) -> Doc {
        let code = match row.entry.code {
            Code::Number(number) => Some(number.into()),
            Code::Text(text) => Some(serde_json::Value::from(text)),
            Code::None | Code::Field(_) => None,
        };
        let mut items = vec![text(quoted(row.entry.name)), self.named(&row.pattern)];
        items.extend(code.as_ref().map(|code| text(literal(code))));
        if code != row.wire {
            items.push(text(row.wire.as_ref().map_or("undefined".to_owned(), literal)));
        }
        list("[", items, "]")
    }

    fn named(&mut self, pattern: &Pattern) -> Doc {
        match self.shared.iter().find(|(other, _)| other == pattern) {
            Some((_, name)) => text(name),
            None => self.pattern(pattern, false),
        }
    }

    fn call(&mut self, name: &'static str) -> String {
        self.used.insert(name);
        format!("{name}(")
    }

    /// A pattern as an expression. A key says nothing of what follows the elements that it has.
    fn pattern(&mut self, pattern: &Pattern, is_key: bool) -> Doc {
        match pattern {
            Pattern::Any => {
                self.used.insert("any");
                text("any")
            }
            Pattern::Is(value) => text(format!("{}{})", self.call("is"), literal(value))),
            Pattern::Take(name, check) => {
                let open = self.call("take");
                let mut arguments = vec![text(quoted(name))];
                arguments.extend(self.check(check));
                list(open, arguments, ")")
            }
            Pattern::Hold(name, ty) => {
                let open = self.call("hold");
                list(open, vec![text(quoted(name)), check(ty, &mut self.used)], ")")
            }
            Pattern::Members { members, exact } => {
                let open = self.call("members");
                let rows = members.iter().map(|member| self.member(member, is_key)).collect();
                if *exact {
                    list(open, vec![rows_doc("[", rows, "]"), text("true")], ")")
                } else {
                    rows_doc(format!("{open}["), rows, "])")
                }
            }
            Pattern::Elements(elements, least) => {
                let open = self.call("elements");
                let elements = elements.iter().map(|element| self.pattern(element, is_key));
                let mut arguments =
                    vec![list("[", elements.collect(), "]"), text(least.to_string())];
                arguments.extend(is_key.then(|| text("Infinity")));
                list(open, arguments, ")")
            }
            Pattern::Written(parts) => {
                let open = self.call("written");
                let parts = parts.iter().map(|part| self.part(part, is_key)).collect();
                list(format!("{open}["), parts, "])")
            }
            Pattern::Encoded(inner) => {
                let open = self.call("encoded");
                list(open, vec![self.pattern(inner, is_key)], ")")
            }
            Pattern::First(patterns) => {
                let open = self.call("first");
                let patterns = patterns.iter().map(|pattern| self.pattern(pattern, is_key));
                list(format!("{open}["), patterns.collect(), "])")
            }
        }
    }

    fn member(&mut self, member: &Member, is_key: bool) -> Doc {
        let mut row = vec![text(quoted(&member.key)), self.pattern(&member.value, is_key)];
        match member.presence {
            Presence::Required => {}
            Presence::Optional => row.push(text("\"optional\"")),
            Presence::Lenient => row.push(text("\"lenient\"")),
        }
        list("[", row, "]")
    }

    fn part(&mut self, part: &Part, is_key: bool) -> Doc {
        match part {
            Part::Literal(literal) => text(quoted(literal)),
            Part::Slot(pattern) => self.pattern(pattern, is_key),
            Part::Json(pattern) => {
                inline(vec![concat([text("json: "), self.pattern(pattern, is_key)])])
            }
            Part::Optional(parts) => {
                let parts = parts.iter().map(|part| self.part(part, is_key)).collect();
                inline(vec![concat([text("maybe: "), list("[", parts, "]")])])
            }
        }
    }

    /// A constant text counts for more than a pattern, and that for more than any text.
    fn check(&mut self, what: &Check) -> Vec<Doc> {
        match what {
            Check::Type(ty) => vec![check(ty, &mut self.used)],
            Check::Text(constant) => {
                self.used.insert("isOneOf");
                vec![list("isOneOf([", vec![text(quoted(constant))], "])"), text("1.5")]
            }
            Check::Like(pieces) => {
                self.used.extend(["like", "any"]);
                let pieces = pieces
                    .iter()
                    .map(|piece| text(piece.as_deref().map_or("any".to_owned(), quoted)));
                vec![list("like([", pieces.collect(), "])"), text("1.25")]
            }
        }
    }
}
