//! A pattern as straight-line code: each check is a statement, and what is taken goes into one
//! literal. Only what occurs inside strings is left to functions of the runtime.

use serde_json::Value;

use super::layout::{Doc, block, concat, group, indent, inline, join, list, text};
use super::matcher::{Hoisted, likeness};
use super::names::{key, literal, quoted};
use super::pattern::{Check, Member, Part, Pattern, Presence};
use super::schema::Type;

/// What a constant counts where several readings of a message are compared.
pub(super) const CONSTANT: u64 = 100_000_000;
/// What a member or an element counts.
pub(super) const MEMBER: u64 = 10_000;
/// What tells an entry counts a few of these, and each character of a constant string one.
pub(super) const TOLD: u64 = 1_000;

/// The keys that every object inherits.
const INHERITED: [&str; 12] = [
    "__defineGetter__",
    "__defineSetter__",
    "__lookupGetter__",
    "__lookupSetter__",
    "__proto__",
    "constructor",
    "hasOwnProperty",
    "isPrototypeOf",
    "propertyIsEnumerable",
    "toLocaleString",
    "toString",
    "valueOf",
];

/// Writes the statements of one function.
pub(super) struct Compiler<'a> {
    pub(super) hoisted: &'a mut Hoisted,
    /// Whether a rank is kept.
    pub(super) ranked: bool,
    /// The statement that leaves the function where a value doesn't match.
    pub(super) leave: &'static str,
    /// Whether what comes after the elements of an array is passed over.
    pub(super) is_key: bool,
    pub(super) lines: Vec<Doc>,
    /// What has been taken: the name and the variable.
    pub(super) error: Vec<(String, String)>,
    pub(super) context: Vec<(String, String)>,
    /// What is done once there is something to put values into.
    later: Vec<Later>,
    variables: usize,
}

/// What may be absent, or is compared by a function of the runtime.
enum Later {
    Member(String, Member),
    Element {
        array: String,
        index: usize,
        pattern: Pattern,
    },
    /// The pattern, unless it is one of these constants.
    Unless(String, Vec<Value>, Pattern),
    Match(String, Pattern),
    /// A value that is taken where it is right.
    Lenient(String, Pattern),
}

impl<'a> Compiler<'a> {
    pub(super) fn new(hoisted: &'a mut Hoisted, ranked: bool, leave: &'static str) -> Self {
        Self {
            hoisted,
            ranked,
            leave,
            is_key: false,
            lines: Vec::new(),
            error: Vec::new(),
            context: Vec::new(),
            later: Vec::new(),
            variables: 0,
        }
    }

    fn line(&mut self, line: impl Into<String>) {
        self.lines.push(text(line));
    }

    fn leave_if(&mut self, condition: impl Into<String>) {
        self.lines.push(statement_if(text(condition), self.leave));
    }

    fn rank(&mut self, points: impl std::fmt::Display) {
        if self.ranked {
            self.line(format!("rank += {points};"));
        }
    }

    /// A variable that holds the value of an expression.
    fn variable(&mut self, value: &str) -> String {
        self.variables += 1;
        let name = format!("v{}", self.variables);
        self.lines.push(group(concat([
            text(format!("const {name} =")),
            indent(concat([Doc::Line, text(value), text(";")])),
        ])));
        name
    }

    fn member_of(&mut self, record: &str, key: &str) -> String {
        let value = if INHERITED.contains(&key) {
            format!("{}({record}, {})", self.hoisted.uses("own"), quoted(key))
        } else {
            format!("{record}[{}]", quoted(key))
        };
        self.variable(&value)
    }

    /// Checks that a value has a pattern, as far as nothing may be absent in it.
    pub(super) fn required(&mut self, pattern: &Pattern, value: &str) {
        match pattern {
            Pattern::Any => {}
            Pattern::Is(constant) => self.leave_if(format!("{value} !== {}", literal(constant))),
            Pattern::Take(name, check) => {
                self.checked(check, value);
                take(&mut self.error, name, value);
            }
            Pattern::Hold(name, ty) => {
                self.typed(ty, value);
                take(&mut self.context, name, value);
            }
            Pattern::Members { .. } => {
                let is_record = self.hoisted.uses("isRecord");
                self.leave_if(format!("!{is_record}({value})"));
                self.members(pattern, value);
            }
            Pattern::Elements(elements, least) => {
                self.array(value, *least, elements.len());
                for (index, element) in elements.iter().enumerate() {
                    if index >= *least {
                        self.later.push(Later::Element {
                            array: value.to_owned(),
                            index,
                            pattern: element.clone(),
                        });
                    } else if *element != Pattern::Any {
                        let element_value = self.element(value, index);
                        self.required(element, &element_value);
                    }
                }
            }
            Pattern::First(patterns) => match alternatives(patterns) {
                Some((constants, rest)) => {
                    self.later.push(Later::Unless(value.to_owned(), constants, rest.clone()));
                }
                None => self.later.push(Later::Match(value.to_owned(), pattern.clone())),
            },
            Pattern::Written(parts) if is_simple(parts) => self.text(parts, value),
            Pattern::Spliced { .. } | Pattern::Written(_) | Pattern::Encoded(_) => {
                self.later.push(Later::Match(value.to_owned(), pattern.clone()));
            }
        }
    }

    /// Literals with texts between them.
    fn text(&mut self, parts: &[Part], value: &str) {
        self.leave_if(format!("typeof {value} !== \"string\""));
        let (mut start, mut rest) = ("0".to_owned(), parts);
        if let [Part::Literal(literal), more @ ..] = parts {
            self.leave_if(if more.is_empty() {
                format!("{value} !== {}", quoted(literal))
            } else {
                format!("!{value}.startsWith({})", quoted(literal))
            });
            (start, rest) = (length(literal).to_string(), more);
        }
        while let [Part::Slot(slot), more @ ..] = rest {
            let Some((Part::Literal(literal), more)) = more.split_first() else {
                return self.slice(slot, format!("{value}.slice({start})"));
            };
            let (quoted, length) = (quoted(literal), length(literal));
            if more.is_empty() {
                // It is the last of its kind that ends the slot.
                self.leave_if(format!("!{value}.endsWith({quoted})"));
                self.leave_if(format!("{value}.length < {start} + {length}"));
                return self.slice(slot, format!("{value}.slice({start}, -{length})"));
            }
            let end = self.variable(&format!("{value}.indexOf({quoted}, {start})"));
            self.leave_if(format!("{end} < 0"));
            self.slice(slot, format!("{value}.slice({start}, {end})"));
            (start, rest) = (format!("{end} + {length}"), more);
        }
    }

    /// Takes a part of a text.
    fn slice(&mut self, slot: &Pattern, text: String) {
        if *slot != Pattern::Any {
            let variable = self.variable(&text);
            self.required(slot, &variable);
        }
    }

    /// The members of what is known to be an object.
    pub(super) fn members(&mut self, pattern: &Pattern, value: &str) {
        let Pattern::Members { members, exact } = pattern else { return };
        for member in members {
            if member.presence != Presence::Required {
                self.later.push(Later::Member(value.to_owned(), member.clone()));
                continue;
            }
            let variable = self.member_of(value, &member.key);
            if accepts_undefined(&member.value) {
                self.leave_if(format!("{variable} === undefined"));
            }
            self.required(&member.value, &variable);
        }
        // It takes longer than the others, so it comes last.
        if *exact {
            self.only(members, value);
        }
    }

    fn only(&mut self, members: &[Member], value: &str) {
        let keys: Vec<Doc> = members.iter().map(|member| text(quoted(&member.key))).collect();
        let call = format!("!{}({value}, ", self.hoisted.uses("hasOnly"));
        let condition = concat([text(call), list("[", keys, "]"), text(")")]);
        self.lines.push(statement_if(condition, self.leave));
    }

    fn array(&mut self, value: &str, least: usize, most: usize) {
        self.leave_if(format!("!Array.isArray({value})"));
        if least > 0 {
            self.leave_if(format!("{value}.length < {least}"));
        }
        if !self.is_key {
            self.leave_if(format!("{value}.length > {most}"));
        }
    }

    fn element(&mut self, array: &str, index: usize) -> String {
        self.variables += 1;
        let name = format!("v{}", self.variables);
        self.line(format!("const {name}: unknown = {array}[{index}];"));
        name
    }

    fn typed(&mut self, ty: &Type, value: &str) {
        if let Some((_, not)) = self.condition(ty, value) {
            self.lines.push(statement_if(all(&not), self.leave));
        }
    }

    fn checked(&mut self, check: &Check, value: &str) {
        match check {
            Check::Type(ty) => self.typed(ty, value),
            Check::Text(constant) => {
                self.leave_if(format!("{value} !== {}", quoted(constant)));
                self.rank(likeness(check));
            }
            Check::Like(pieces) => {
                let like = self.hoisted.like(pieces);
                self.leave_if(format!("!{like}({value})"));
                self.rank(likeness(check));
            }
        }
    }

    fn condition(&mut self, ty: &Type, value: &str) -> Option<(String, Vec<String>)> {
        condition(self.hoisted, ty, value)
    }

    /// What may be absent, and what is compared by the runtime: into `target`.
    pub(super) fn rest(&mut self, target: &str) {
        for later in std::mem::take(&mut self.later) {
            match later {
                Later::Member(_, member) if !self.ranked && !member.value.is_compared() => {}
                Later::Member(record, member) => {
                    let value = self.member_of(&record, &member.key);
                    if member.presence == Presence::Lenient {
                        self.lenient(&member.value, &value, target, true);
                        continue;
                    }
                    let is_there = [format!("{value} !== undefined")];
                    self.if_there(&is_there, &member.value, &value, target);
                }
                Later::Element { array, index, pattern } => {
                    if !pattern.is_compared() {
                        continue;
                    }
                    let value = self.element(&array, index);
                    // Null holds the place of one that is nothing, where another follows.
                    let next = index + 1;
                    let conditions = [
                        format!("{value} !== undefined"),
                        format!("({value} !== null || {array}.length === {next})"),
                    ];
                    self.if_there(&conditions, &pattern, &value, target);
                }
                Later::Unless(value, constants, pattern) => {
                    let conditions = none_of(&value, &constants);
                    self.if_there(&conditions, &pattern, &value, target);
                }
                Later::Match(value, pattern) => self.by_runtime(&pattern, &value, target),
                Later::Lenient(value, pattern) => self.lenient(&pattern, &value, target, false),
            }
        }
    }

    fn by_runtime(&mut self, pattern: &Pattern, value: &str, target: &str) {
        let matcher = self.hoisted.matcher(pattern, self.is_key);
        if self.ranked {
            self.variables += 1;
            let score = format!("v{}", self.variables);
            self.line(format!("const {score} = {matcher}({value}, {target});"));
            self.leave_if(format!("{score} < 0"));
            self.line(format!("rank += {score};"));
        } else {
            self.leave_if(format!("{matcher}({value}, {target}) < 0"));
        }
    }

    /// A pattern that a value must have where it is there.
    fn if_there(&mut self, conditions: &[String], pattern: &Pattern, value: &str, target: &str) {
        let outer = std::mem::take(&mut self.lines);
        let (error, context) = (std::mem::take(&mut self.error), std::mem::take(&mut self.context));
        self.rank(MEMBER);
        self.required(pattern, value);
        let points = points(pattern);
        if points > 0 {
            self.rank(points);
        }
        for (name, variable) in std::mem::replace(&mut self.error, error) {
            self.line(format!("{} = {variable};", place(target, &name)));
        }
        for (name, variable) in std::mem::replace(&mut self.context, context) {
            self.line(format!("{} = {variable};", place(&context_of(target), &name)));
        }
        self.rest(target);
        let inner = std::mem::replace(&mut self.lines, outer);
        if !inner.is_empty() {
            self.lines.push(block_if(conditions, inner));
        }
    }

    /// Takes of a value what is right in it.
    pub(super) fn lenient(
        &mut self,
        pattern: &Pattern,
        value: &str,
        target: &str,
        may_be_absent: bool,
    ) {
        if self.ranked && may_be_absent {
            let is_there = text(format!("{value} !== undefined"));
            self.lines.push(statement_if(is_there, format!("rank += {MEMBER};")));
        }
        match pattern {
            Pattern::Any | Pattern::Is(_) => {}
            Pattern::Take(name, check) => {
                let ty = match check {
                    Check::Type(ty) => ty,
                    Check::Text(_) | Check::Like(_) => &Type::String,
                };
                self.lenient_leaf(ty, value, &place(target, name));
            }
            Pattern::Hold(name, ty) => {
                self.lenient_leaf(ty, value, &place(&context_of(target), name));
            }
            Pattern::Members { members, exact } => {
                let outer = std::mem::take(&mut self.lines);
                if *exact {
                    self.only(members, value);
                }
                for member in members {
                    if member.value.has_values() || self.ranked {
                        let variable = self.member_of(value, &member.key);
                        self.lenient(&member.value, &variable, target, true);
                    }
                }
                let inner = std::mem::replace(&mut self.lines, outer);
                if !inner.is_empty() {
                    let is_record = self.hoisted.uses("isRecord");
                    self.lines.push(block_if(&[format!("{is_record}({value})")], inner));
                }
            }
            Pattern::Elements(elements, _) => {
                let outer = std::mem::take(&mut self.lines);
                for (index, element) in elements.iter().enumerate() {
                    if element.has_values() {
                        let variable = self.element(value, index);
                        self.lenient(element, &variable, target, false);
                    }
                }
                let inner = std::mem::replace(&mut self.lines, outer);
                if !inner.is_empty() {
                    self.lines.push(block_if(&[format!("Array.isArray({value})")], inner));
                }
            }
            Pattern::First(patterns) => match patterns.as_slice() {
                [pattern, Pattern::Any] => self.lenient(pattern, value, target, false),
                patterns => match alternatives(patterns) {
                    Some((constants, pattern)) => {
                        let outer = std::mem::take(&mut self.lines);
                        self.lenient(pattern, value, target, false);
                        let inner = std::mem::replace(&mut self.lines, outer);
                        if !inner.is_empty() {
                            self.lines.push(block_if(&none_of(value, &constants), inner));
                        }
                    }
                    None => self.tried(pattern, value, target),
                },
            },
            Pattern::Spliced { .. } | Pattern::Written(_) | Pattern::Encoded(_) => {
                self.tried(pattern, value, target);
            }
        }
    }

    fn tried(&mut self, pattern: &Pattern, value: &str, target: &str) {
        let matcher = self.hoisted.matcher(pattern, self.is_key);
        self.line(format!("{matcher}({value}, {target});"));
    }

    fn lenient_leaf(&mut self, ty: &Type, value: &str, place: &str) {
        let is_right = match self.condition(ty, value) {
            Some((is_right, _)) if !accepts(ty) => vec![is_right],
            Some((is_right, _)) => vec![format!("{value} !== undefined"), is_right],
            None => vec![format!("{value} !== undefined")],
        };
        self.lines.push(statement_if(all(&is_right), format!("{place} = {value};")));
    }

    /// What an unknown message must have: an array its length, a text frame its text.
    pub(super) fn unknown(&mut self, pattern: &Pattern, value: &str, is_record: bool) {
        match pattern {
            Pattern::Members { members, exact } => {
                if !is_record {
                    let is_record = self.hoisted.uses("isRecord");
                    self.leave_if(format!("!{is_record}({value})"));
                }
                if *exact {
                    self.only(members, value);
                }
                for member in members {
                    self.later.push(Later::Member(value.to_owned(), member.clone()));
                }
            }
            Pattern::Elements(elements, least) => {
                self.array(value, *least, elements.len());
                for (index, element) in elements.iter().enumerate() {
                    if element.has_values() {
                        let variable = self.element(value, index);
                        self.later.push(Later::Lenient(variable, element.clone()));
                    }
                }
            }
            pattern => self.required(pattern, value),
        }
    }

    /// Whether anything comes that may be absent, or that the runtime compares.
    pub(super) fn has_more(&self) -> bool {
        !self.later.is_empty()
    }

    /// Whether some of it is of the error, or is taken by the runtime; and whether any of it is of
    /// the context.
    fn wants(&self) -> (bool, bool) {
        let patterns = || {
            self.later.iter().map(|later| match later {
                Later::Member(_, Member { value: pattern, .. })
                | Later::Element { pattern, .. }
                | Later::Unless(_, _, pattern)
                | Later::Match(_, pattern)
                | Later::Lenient(_, pattern) => pattern,
            })
        };
        let is_taken = |pattern: &Pattern| match pattern {
            Pattern::Take(..) | Pattern::Spliced { .. } | Pattern::Encoded(_) => true,
            Pattern::Written(parts) => !is_simple(parts),
            Pattern::First(patterns) => {
                alternatives(patterns).is_none()
                    && !matches!(patterns.as_slice(), [_, Pattern::Any])
            }
            _ => false,
        };
        let is_held = |pattern: &Pattern| matches!(pattern, Pattern::Hold(..));
        (patterns().any(|one| one.any(&is_taken)), patterns().any(|one| one.any(&is_held)))
    }

    /// What was found, and all that may be absent in it; then these statements, or it is returned.
    pub(super) fn finish(&mut self, members: &[(String, String)], last: &[&str]) {
        let (wants_error, wants_context) = self.wants();
        let context = inline(self.context.iter().map(member).collect());
        let mut members: Vec<Doc> = members.iter().map(member).collect();
        if wants_context {
            let declared = text("const context: Record<string, unknown> = ");
            self.lines.push(concat([declared, context, text(";")]));
            members.push(text("context"));
        } else {
            members.push(concat([text("context: "), context]));
        }
        let literal = block("{", members, ",");
        if !wants_error {
            self.rest("found");
        }
        let is_returned = last.is_empty();
        if is_returned && !wants_error {
            self.lines.push(concat([text("return "), literal, text(";")]));
            return;
        }
        self.lines.push(concat([text("const found: $Found = "), literal, text(";")]));
        if wants_error {
            self.rest("found");
        }
        self.lines.extend(last.iter().map(|line| text(*line)));
        if is_returned {
            self.line("return found;");
        }
    }
}

/// That a value is of a type, and that it is not; `None` where any is.
fn condition(hoisted: &mut Hoisted, ty: &Type, value: &str) -> Option<(String, Vec<String>)> {
    let both = |positive: String, negative: String| Some((positive, vec![negative]));
    let of = |name: &str| {
        both(format!("typeof {value} === \"{name}\""), format!("typeof {value} !== \"{name}\""))
    };
    match ty {
        Type::Unknown => None,
        Type::String => of("string"),
        Type::Number => of("number"),
        Type::Boolean => of("boolean"),
        Type::Integer => {
            both(format!("Number.isInteger({value})"), format!("!Number.isInteger({value})"))
        }
        Type::Null => both(format!("{value} === null"), format!("{value} !== null")),
        Type::Literal(constant) => {
            let constant = literal(constant);
            both(format!("{value} === {constant}"), format!("{value} !== {constant}"))
        }
        Type::Union(types) if types.len() == 2 && types.iter().all(is_plain) => {
            let conditions: Option<Vec<_>> =
                types.iter().map(|ty| condition(hoisted, ty, value)).collect();
            let (positive, negative): (Vec<_>, Vec<_>) = conditions?.into_iter().unzip();
            Some((positive.join(" || "), negative.concat()))
        }
        Type::Object(properties, rest)
            if properties.is_empty()
                && rest.as_deref().is_none_or(|rest| *rest == Type::Unknown) =>
        {
            let is_record = hoisted.uses("isRecord");
            both(format!("{is_record}({value})"), format!("!{is_record}({value})"))
        }
        ty => {
            let check = hoisted.check(ty);
            both(format!("{check}({value})"), format!("!{check}({value})"))
        }
    }
}

/// The statements that tell whether `value` is of a type.
pub(super) fn is_of(ty: &Type, hoisted: &mut Hoisted) -> Vec<Doc> {
    let types = match ty {
        Type::Union(types) => types.as_slice(),
        ty => std::slice::from_ref(ty),
    };
    let mut lines = Vec::new();
    for ty in types {
        match condition(hoisted, ty, "value") {
            None => lines.push(text("return value !== undefined;")),
            Some((is_right, _)) if types.len() == 1 => {
                lines.push(text(format!("return {is_right};")));
            }
            Some((is_right, _)) => lines.push(statement_if(text(is_right), "return true;")),
        }
    }
    if types.len() > 1 {
        lines.push(text("return false;"));
    }
    lines
}

/// Of a value that stands in two places the first counts.
fn take(values: &mut Vec<(String, String)>, name: &str, variable: &str) {
    if values.iter().all(|(other, _)| other != name) {
        values.push((name.to_owned(), variable.to_owned()));
    }
}

/// Where the values of the context are put.
fn context_of(target: &str) -> String {
    if target == "found" { "context".to_owned() } else { format!("{target}.context") }
}

/// `target["name"]`, as TypeScript wants it for names that are not declared.
fn place(target: &str, name: &str) -> String {
    if target == "found" && name == "code" {
        return "found.code".to_owned();
    }
    format!("{target}[{}]", quoted(name))
}

/// Whether a text is no more than literals with texts between them.
fn is_simple(parts: &[Part]) -> bool {
    let is_text = |slot: &Pattern| {
        matches!(
            slot,
            Pattern::Any
                | Pattern::Take(_, Check::Type(Type::String))
                | Pattern::Hold(_, Type::String)
        )
    };
    parts.iter().all(|part| match part {
        Part::Literal(_) => true,
        Part::Slot(slot) => is_text(slot),
        _ => false,
    }) && parts.windows(2).all(|pair| {
        matches!(pair, [Part::Literal(_), Part::Slot(_)] | [Part::Slot(_), Part::Literal(_)])
    })
}

/// How long a text is in JavaScript.
fn length(text: &str) -> usize {
    text.encode_utf16().count()
}

fn is_plain(ty: &Type) -> bool {
    matches!(
        ty,
        Type::String
            | Type::Number
            | Type::Boolean
            | Type::Integer
            | Type::Null
            | Type::Literal(Value::Null | Value::Bool(_) | Value::Number(_))
    )
}

/// Scalars, and the last pattern where a value is none of them.
fn alternatives(patterns: &[Pattern]) -> Option<(Vec<Value>, &Pattern)> {
    let (last, first) = patterns.split_last()?;
    let constants: Option<Vec<Value>> = first
        .iter()
        .map(|pattern| match pattern {
            Pattern::Is(value) => Some(value.clone()),
            _ => None,
        })
        .collect();
    Some((constants.filter(|constants| !constants.is_empty())?, last))
}

/// Whether the checks of a pattern let a value through that is not there.
fn accepts_undefined(pattern: &Pattern) -> bool {
    match pattern {
        Pattern::Any | Pattern::First(_) => true,
        Pattern::Take(_, Check::Type(ty)) | Pattern::Hold(_, ty) => accepts(ty),
        Pattern::Encoded(_) | Pattern::Written(_) | Pattern::Spliced { .. } => false,
        Pattern::Is(_) | Pattern::Take(..) | Pattern::Members { .. } | Pattern::Elements(..) => {
            false
        }
    }
}

fn accepts(ty: &Type) -> bool {
    match ty {
        Type::Unknown | Type::Named(_) => true,
        Type::Union(types) => types.iter().any(accepts),
        Type::Intersection(types) => types.iter().all(accepts),
        _ => false,
    }
}

/// What a pattern counts that must be there, as far as it is compared by statements: its constants,
/// then its members and elements, then the characters of its strings. A string is one constant,
/// however many literals it has.
pub(super) fn points(pattern: &Pattern) -> u64 {
    let sum =
        |all: &mut dyn Iterator<Item = &Pattern>| all.map(|pattern| MEMBER + points(pattern)).sum();
    let characters = |text: &str| u64::try_from(text.encode_utf16().count()).unwrap_or(u64::MAX);
    match pattern {
        Pattern::Is(Value::String(text)) => CONSTANT + characters(text),
        Pattern::Is(_) => CONSTANT,
        Pattern::Members { members, .. } => sum(&mut members
            .iter()
            .filter(|member| member.presence == Presence::Required)
            .map(|member| &member.value)),
        Pattern::Elements(elements, least) => sum(&mut elements.iter().take(*least)),
        Pattern::Written(parts) if is_simple(parts) => {
            let literals = parts.iter().filter_map(|part| match part {
                Part::Literal(text) => Some(characters(text)),
                _ => None,
            });
            let is_constant = literals.clone().next().is_some();
            u64::from(is_constant) * CONSTANT + literals.sum::<u64>()
        }
        _ => 0,
    }
}

/// `if (condition) then`, broken as prettier does.
fn statement_if(condition: Doc, then: impl Into<String>) -> Doc {
    group(concat([
        text("if ("),
        group(concat([indent(concat([Doc::Soft, condition])), Doc::Soft])),
        text(")"),
        indent(concat([Doc::Line, text(then)])),
    ]))
}

fn block_if(conditions: &[String], lines: Vec<Doc>) -> Doc {
    concat([
        text("if ("),
        group(concat([indent(concat([Doc::Soft, all(conditions)])), Doc::Soft])),
        text(") "),
        block("{", lines, ""),
    ])
}

fn none_of(value: &str, constants: &[Value]) -> Vec<String> {
    constants.iter().map(|constant| format!("{value} !== {}", literal(constant))).collect()
}

/// Conditions that all hold.
fn all(conditions: &[String]) -> Doc {
    join(conditions.iter().map(text), &concat([text(" &&"), Doc::Line]))
}

/// A member of a literal.
fn member((name, value): &(String, String)) -> Doc {
    if name == value { text(name) } else { text(format!("{}: {value}", key(name))) }
}
