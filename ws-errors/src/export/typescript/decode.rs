//! The decoder: a function for each envelope, which looks at a message once, and one for each shape
//! that entries have in it.

use std::collections::BTreeSet;

use serde_json::Value;

use super::compile::{Compiler, is_of, points};
use super::entrances::Entrances;
use super::groups::{Frames, Group, Groups, Row};
use super::layout::{Doc, block, concat, indent, list, text};
use super::matcher::Hoisted;
use super::names::{literal, quoted};
use super::pattern::{Part, Pattern};
use super::schema::Definition;
use crate::catalog::{Catalog, Code, Success};

const RUNTIME: [&str; 3] = [
    include_str!("runtime/checks.ts"),
    include_str!("runtime/match.ts"),
    include_str!("runtime/find.ts"),
];

/// `decode`, `parse` and `parseAll`, and what they need.
pub(super) fn decoder(
    catalog: &'static Catalog,
    error: &str,
    groups: &Groups,
    definitions: &[Definition],
    closes_have_patterns: bool,
) -> Vec<Doc> {
    let groups = &groups.groups;
    let of = |kinds: &[Frames]| -> Vec<usize> {
        let numbered = groups.iter().enumerate();
        numbered.filter(|(_, one)| kinds.contains(&one.frames)).map(|(at, _)| at + 1).collect()
    };
    let entrances = Entrances {
        error,
        parsed: of(&[Frames::Json, Frames::Packed]),
        json: of(&[Frames::Json]),
        text: of(&[Frames::Text]),
        ranked: groups.iter().any(is_ambiguous) || !are_disjoint(groups),
        ends: ends(groups),
    };
    let mut hoisted = Hoisted::default();
    hoisted.used.extend(entrances.helpers());
    if closes_have_patterns {
        hoisted.used.extend(["like", "any"]);
    }
    let mut writer = Writer {
        hoisted: &mut hoisted,
        ranked: entrances.ranked,
        has_success: !catalog.success.is_empty(),
        shapes: Vec::new(),
        functions: Vec::new(),
    };
    for (index, group) in groups.iter().enumerate() {
        writer.group(index + 1, group);
    }
    let functions = writer.functions;
    let mut out = entrances.docs();
    out.extend(functions);
    if !catalog.success.is_empty() && groups.iter().any(|group| group.key.has_code()) {
        out.push(succeeded(catalog.success));
    }
    out.extend(definitions.iter().map(|one| definition(one, &mut hoisted)));
    let (constants, used) = hoisted.constants();
    out.extend(runtime(&used));
    out.extend(constants);
    out
}

/// Whether a message of the group can be read in several ways.
fn is_ambiguous(group: &Group) -> bool {
    group
        .rows
        .iter()
        .enumerate()
        .any(|(index, row)| group.rows.iter().skip(index + 1).any(|other| other.wire == row.wire))
}

/// Whether no message has readings of two groups.
fn are_disjoint(groups: &[Group]) -> bool {
    groups.iter().enumerate().all(|(index, one)| {
        groups.iter().skip(index + 1).all(|other| {
            let is_of_one_kind = one.frames == other.frames;
            (is_of_one_kind || [one, other].iter().all(|group| group.frames != Frames::Text))
                && one.is_disjoint(other)
        })
    })
}

/// The constant texts with which messages end that are not JSON alone.
fn ends(groups: &[Group]) -> Vec<String> {
    let mut ends = Vec::new();
    for group in groups.iter().filter(|group| group.frames == Frames::Text) {
        let patterns = group.rows.iter().map(|row| &row.pattern).chain([&group.key]);
        for pattern in patterns {
            if let Pattern::Written(parts) = pattern
                && let Some(Part::Literal(end)) = parts.last()
                && end.contains(char::is_control)
                && !ends.contains(end)
            {
                ends.push(end.clone());
            }
        }
    }
    ends
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

/// The check for a named type. It may refer to itself: a value that is too deep is none of it.
fn definition(definition: &Definition, hoisted: &mut Hoisted) -> Doc {
    let Definition { name, ty, .. } = definition;
    let lines = is_of(ty, hoisted);
    concat([
        list(format!("function is{name}("), vec![text("value: unknown")], ")"),
        text(": boolean {"),
        indent(concat([
            Doc::Hard,
            text("try "),
            block("{", lines, ""),
            text(" catch "),
            block("{", vec![text("return false;")], ""),
        ])),
        Doc::Hard,
        text("}"),
    ])
}

/// Whether a code says that all is well.
fn succeeded(success: &[Success]) -> Doc {
    // Texts first, so that what comes behind them is a number.
    let is_text = |success: &&Success| matches!(success, Success::Text(_));
    let texts = success.iter().filter(is_text);
    let numbers = success.iter().filter(|success| !is_text(success));
    let not_a_number = "if (typeof code !== \"number\") return false;".to_owned();
    let line = |success: &Success| match success {
        Success::Text(code) => format!("if (code === {}) return true;", quoted(code)),
        Success::Numbers(first, last) if first == last => {
            format!("if (code === {first}) return true;")
        }
        Success::Numbers(first, last) => {
            format!("if (code >= {first} && code <= {last}) return true;")
        }
    };
    let lines = texts.map(line).chain([not_a_number]).chain(numbers.map(line));
    let lines: Vec<Doc> = lines.map(text).chain([text("return false;")]).collect();
    concat([text("function succeeded(code: unknown): boolean "), block("{", lines, "")])
}

/// Writes the functions of the groups.
struct Writer<'a> {
    hoisted: &'a mut Hoisted,
    ranked: bool,
    has_success: bool,
    /// The shapes that have a function, and whether their value is known to be an object.
    shapes: Vec<(Pattern, bool)>,
    functions: Vec<Doc>,
}

impl Writer<'_> {
    fn group(&mut self, number: usize, group: &Group) {
        let leave = if self.ranked { "return;" } else { "return undefined;" };
        let mut compiler = Compiler::new(self.hoisted, self.ranked, leave);
        compiler.is_key = true;
        compiler.required(&group.key, "value");
        let is_record = matches!(group.key, Pattern::Members { .. });
        let mut has_base = false;
        let code = if compiler.has_more() {
            has_base = self.ranked;
            if has_base {
                compiler.lines.push(text("let rank = 0;"));
            }
            let probe = "const key: $Found = { kind: \"$unknown\", context: {} };";
            compiler.lines.push(text(probe));
            compiler.rest("key");
            group.key.has_code().then(|| "key.code".to_owned())
        } else {
            None
        };
        let code = code.or_else(|| {
            let (_, code) = compiler.error.iter().find(|(name, _)| name == "code")?;
            Some(code.clone())
        });
        let mut lines = std::mem::take(&mut compiler.lines);
        lines.extend(self.choice(number, group, code.as_deref(), is_record, has_base));
        let parameters = if self.ranked {
            vec![text("value: unknown"), text("best: $Best")]
        } else {
            vec![text("value: unknown")]
        };
        let gives = if self.ranked { "void" } else { "$Found | undefined" };
        let function = function(&format!("find{number}"), parameters, gives, lines);
        // The functions that it calls stand behind it.
        self.functions.push(function);
        self.unknown(number, group, is_record);
    }

    /// The entry by the code, and what is done where it is none of them.
    fn choice(
        &mut self,
        number: usize,
        group: &Group,
        code: Option<&str>,
        is_record: bool,
        has_base: bool,
    ) -> Vec<Doc> {
        let mut lines = Vec::new();
        let (coded, others): (Vec<&Row>, Vec<&Row>) =
            group.rows.iter().partition(|row| row.wire.is_some() && code.is_some());
        let unknown = group.unknown.is_some().then(|| {
            let code = code.unwrap_or("undefined");
            if self.ranked {
                format!("unknown{number}(value, {code}, best);")
            } else {
                format!("unknown{number}(value, {code})")
            }
        });
        // Where no code tells entries apart.
        let Some(code) = code.filter(|_| !coded.is_empty() || self.has_success) else {
            let calls = self.calls(&others, code, code, is_record, has_base);
            if self.ranked {
                lines.extend(calls.into_iter().map(|call| concat([call, text(";")])));
                lines.extend(unknown.map(text));
                return lines;
            }
            let call = calls.into_iter().next().unwrap_or(text("undefined"));
            lines.push(match unknown {
                Some(unknown) => concat([text("return "), call, text(format!(" ?? {unknown};"))]),
                None => concat([text("return "), call, text(";")]),
            });
            return lines;
        };
        let assigned = if self.ranked { "known" } else { "found" };
        let uses = !coded.is_empty() || (!self.ranked && !others.is_empty());
        if uses {
            let declared = match (self.ranked, unknown.is_some()) {
                (true, true) => "let known = false;",
                (true, false) => "",
                (false, _) => "let found: $Found | undefined;",
            };
            if !declared.is_empty() {
                lines.push(text(declared));
            }
        }
        let is_told = !self.ranked || unknown.is_some();
        let mut cases = self.cases(&coded, code, is_record, has_base, is_told, assigned);
        let mut rest = Vec::new();
        if self.has_success {
            let digits = if group.has_digits { format!("Number({code})") } else { code.to_owned() };
            let leave = if self.ranked { "return;" } else { "return undefined;" };
            rest.push(text(format!("if (succeeded({digits})) {leave}")));
        }
        for call in self.calls(&others, Some(code), Some(code), is_record, has_base) {
            rest.push(if self.ranked {
                concat([call, text(";")])
            } else {
                concat([text("found = "), call, text(";")])
            });
        }
        if coded.is_empty() {
            lines.extend(rest);
        } else {
            if !rest.is_empty() {
                cases.push(case(vec![text("default:")], rest));
            }
            lines.push(concat([text(format!("switch ({code}) ")), block("{", cases, "")]));
        }
        lines.extend(match (unknown, self.ranked) {
            (Some(unknown), true) if uses => Some(text(format!("if (!known) {unknown}"))),
            (Some(unknown), true) => Some(text(unknown)),
            (None, true) => None,
            (Some(unknown), false) if uses => Some(text(format!("return found ?? {unknown};"))),
            (Some(unknown), false) => Some(text(format!("return {unknown};"))),
            (None, false) if uses => Some(text("return found;")),
            (None, false) => Some(text("return undefined;")),
        });
        lines
    }

    /// A case for each code; codes whose entries have one shape share theirs.
    fn cases(
        &mut self,
        rows: &[&Row],
        code: &str,
        is_record: bool,
        has_base: bool,
        is_told: bool,
        assigned: &str,
    ) -> Vec<Doc> {
        let mut codes: Vec<(&Value, Vec<&Row>)> = Vec::new();
        for row in rows {
            let Some(wire) = &row.wire else { continue };
            match codes.iter_mut().find(|(other, _)| *other == wire) {
                Some((_, rows)) => rows.push(row),
                None => codes.push((wire, vec![row])),
            }
        }
        // The kind is the code as it came, where they are the same.
        let is_plain = |wire: &Value, row: &Row| {
            *wire == row.entry.name && matches!(row.entry.code, Code::Text(text) if *wire == text)
        };
        let mut cases: Vec<(Vec<&Value>, Vec<&Row>)> = Vec::new();
        for (wire, rows) in codes {
            let is_same = |(_, others): &&mut (Vec<&Value>, Vec<&Row>)| match (
                rows.as_slice(),
                others.as_slice(),
            ) {
                ([row], [other]) => {
                    is_plain(wire, row)
                        && other.wire.as_ref().is_some_and(|wire| is_plain(wire, other))
                        && (&row.pattern, row.rank) == (&other.pattern, other.rank)
                }
                _ => false,
            };
            match cases.iter_mut().find(is_same) {
                Some((wires, _)) => wires.push(wire),
                None => cases.push((vec![wire], rows)),
            }
        }
        let mut docs = Vec::new();
        for (wires, rows) in cases {
            let plain = rows.first().zip(wires.first());
            let plain = plain.is_some_and(|(row, wire)| rows.len() == 1 && is_plain(wire, row));
            let mut lines = Vec::new();
            let calls = if plain {
                self.calls(&rows, Some(code), Some(code), is_record, has_base)
            } else {
                self.calls(&rows, None, None, is_record, has_base)
            };
            for (index, call) in calls.into_iter().enumerate() {
                lines.push(if !is_told {
                    concat([call, text(";")])
                } else if index == 0 {
                    concat([text(format!("{assigned} = ")), call, text(";")])
                } else {
                    // Each of them is to be compared.
                    concat([text(format!("{assigned} = ")), call, text(format!(" || {assigned};"))])
                });
            }
            lines.push(text("break;"));
            let labels = wires.into_iter().map(|wire| text(format!("case {}:", literal(wire))));
            docs.push(case(labels.collect(), lines));
        }
        docs
    }

    /// The call of a shape's function for each row. `kind` and `code` are variables that hold them,
    /// where there are such: a kind that is taken from the code, and a code that came.
    fn calls(
        &mut self,
        rows: &[&Row],
        kind: Option<&str>,
        code: Option<&str>,
        is_record: bool,
        has_base: bool,
    ) -> Vec<Doc> {
        let mut calls = Vec::new();
        for row in rows {
            let number = self.shape(&row.pattern, is_record);
            let own = match row.entry.code {
                Code::Number(number) => Some(number.into()),
                Code::Text(text) => Some(Value::from(text)),
                Code::None | Code::Field(_) => None,
            };
            let is_from_code = row.wire.is_some() && kind.is_some();
            let kind = match kind {
                Some(kind) if is_from_code => kind.to_owned(),
                _ => quoted(row.entry.name),
            };
            let code = match (&own, code) {
                (_, Some(code)) if is_from_code => code.to_owned(),
                (Some(own), _) => literal(own),
                (None, Some(code)) => code.to_owned(),
                (None, None) => "undefined".to_owned(),
            };
            let mut arguments = vec![text("value"), text(kind), text(code)];
            if self.ranked {
                let is_all_in_key = has_base && row.pattern == Pattern::Any;
                let base = if is_all_in_key { " + rank" } else { "" };
                arguments.extend([text("best"), text(format!("{}{base}", row.rank))]);
            }
            calls.push(list(format!("shape{number}("), arguments, ")"));
        }
        calls
    }

    /// The number of the function of a shape.
    fn shape(&mut self, pattern: &Pattern, is_record: bool) -> usize {
        let known =
            self.shapes.iter().position(|(other, record)| other == pattern && *record == is_record);
        if let Some(index) = known {
            return index + 1;
        }
        self.shapes.push((pattern.clone(), is_record));
        let number = self.shapes.len();
        let leave = if self.ranked { "return false;" } else { "return undefined;" };
        let mut compiler = Compiler::new(self.hoisted, self.ranked, leave);
        match pattern {
            Pattern::Members { .. } if is_record => compiler.members(pattern, "value"),
            pattern => compiler.required(pattern, "value"),
        }
        let mut members = vec![("kind".to_owned(), "kind".to_owned())];
        let own_code = compiler.error.iter().find(|(name, _)| name == "code");
        members.push(("code".to_owned(), own_code.map_or("code", |(_, code)| code).to_owned()));
        members.extend(compiler.error.iter().filter(|(name, _)| name != "code").cloned());
        compiler.finish(
            &members,
            if self.ranked { &["offer(best, rank, found);", "return true;"] } else { &[] },
        );
        let lines = std::mem::take(&mut compiler.lines);
        let value = match pattern {
            Pattern::Any => "_value: unknown",
            _ if is_record => "value: Record<string, unknown>",
            _ => "value: unknown",
        };
        let mut parameters = vec![text(value), text("kind: string"), text("code: unknown")];
        if self.ranked {
            parameters.extend([text("best: $Best"), text("rank: number")]);
        }
        let gives = if self.ranked { "boolean" } else { "$Found | undefined" };
        self.functions.push(function(&format!("shape{number}"), parameters, gives, lines));
        number
    }

    /// The function that takes what it can of a message with an unknown code.
    fn unknown(&mut self, number: usize, group: &Group, is_record: bool) {
        let Some(pattern) = &group.unknown else { return };
        let leave = if self.ranked { "return;" } else { "return undefined;" };
        let mut compiler = Compiler::new(self.hoisted, self.ranked, leave);
        compiler.unknown(pattern, "value", is_record);
        let name = |name: &str| (name.to_owned(), name.to_owned());
        let mut members = vec![("kind".to_owned(), quoted("$unknown")), name("code")];
        members.extend(compiler.error.iter().filter(|(name, _)| name != "code").cloned());
        members.push(("data".to_owned(), "value".to_owned()));
        if self.ranked {
            let base = points(&group.key);
            compiler.lines.push(text(format!("let rank = {base};")));
        }
        compiler.finish(&members, if self.ranked { &["offer(best, rank, found);"] } else { &[] });
        let lines = std::mem::take(&mut compiler.lines);
        let value = if is_record { "value: Record<string, unknown>" } else { "value: unknown" };
        let mut parameters = vec![text(value), text("code: unknown")];
        if self.ranked {
            parameters.push(text("best: $Best"));
        }
        let gives = if self.ranked { "void" } else { "$Found | undefined" };
        self.functions.push(function(&format!("unknown{number}"), parameters, gives, lines));
    }
}

fn function(name: &str, parameters: Vec<Doc>, gives: &str, lines: Vec<Doc>) -> Doc {
    concat([
        list(format!("function {name}("), parameters, ")"),
        text(format!(": {gives} ")),
        block("{", lines, ""),
    ])
}

fn case(labels: Vec<Doc>, lines: Vec<Doc>) -> Doc {
    let mut docs = Vec::new();
    for (index, label) in labels.into_iter().enumerate() {
        if index > 0 {
            docs.push(Doc::Hard);
        }
        docs.push(label);
    }
    let lines = lines.into_iter().flat_map(|line| [Doc::Hard, line]);
    docs.push(indent(concat(lines)));
    concat(docs)
}
