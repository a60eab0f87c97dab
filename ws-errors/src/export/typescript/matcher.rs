//! What is hoisted out of the decoder's functions: checks of types, and patterns that are compared
//! with a value by functions of the runtime.

use std::collections::BTreeSet;

use super::layout::{Doc, concat, inline, list, text};
use super::names::{literal, quoted};
use super::pattern::{Check, Member, Part, Pattern, Presence};
use super::print::{check, rows_doc};
use super::schema::Type;
use crate::catalog::Filter;

/// Prints checks and patterns, each once, and notes the helpers that they call.
#[derive(Default)]
pub(super) struct Hoisted {
    /// The helpers of the runtime that are called.
    pub(super) used: BTreeSet<&'static str>,
    checks: Vec<(Type, Doc)>,
    likes: Vec<(Vec<Option<String>>, Doc)>,
    matchers: Vec<(Pattern, bool, Doc)>,
}

impl Hoisted {
    pub(super) fn uses(&mut self, helper: &'static str) -> &'static str {
        self.used.insert(helper);
        helper
    }

    /// The name of the function that checks for a type.
    pub(super) fn check(&mut self, ty: &Type) -> String {
        if let Type::Named(name) = ty {
            return format!("is{name}");
        }
        let doc = check(ty, &mut self.used);
        if !matches!(ty, Type::Array(_) | Type::Tuple(..) | Type::Object(..))
            && !matches!(ty, Type::Union(_) | Type::Intersection(_) | Type::Never)
            && !matches!(ty, Type::Literal(_))
        {
            return doc.print();
        }
        self.used.insert("checks");
        let index = match self.checks.iter().position(|(other, _)| other == ty) {
            Some(index) => index,
            None => {
                self.checks.push((ty.clone(), doc));
                self.checks.len() - 1
            }
        };
        format!("check{}", index + 1)
    }

    /// The name of the function that compares a text with one that has values in it.
    pub(super) fn like(&mut self, pieces: &[Option<String>]) -> String {
        let index = match self.likes.iter().position(|(other, _)| other == pieces) {
            Some(index) => index,
            None => {
                let doc = self.like_doc(pieces);
                self.likes.push((pieces.to_vec(), doc));
                self.likes.len() - 1
            }
        };
        format!("like{}", index + 1)
    }

    fn like_doc(&mut self, pieces: &[Option<String>]) -> Doc {
        self.used.extend(["like", "any"]);
        let pieces =
            pieces.iter().map(|piece| text(piece.as_deref().map_or("any".to_owned(), quoted)));
        list("like([", pieces.collect(), "])")
    }

    /// The name of the function that compares a value with a pattern.
    pub(super) fn matcher(&mut self, pattern: &Pattern, is_key: bool) -> String {
        let known =
            self.matchers.iter().position(|(other, key, _)| other == pattern && *key == is_key);
        let index = known.unwrap_or_else(|| {
            let doc = self.pattern(pattern, is_key);
            self.matchers.push((pattern.clone(), is_key, doc));
            self.matchers.len() - 1
        });
        format!("match{}", index + 1)
    }

    /// The constants. Nothing happens where they are made, so that a bundler may drop them.
    pub(super) fn constants(self) -> (Vec<Doc>, BTreeSet<&'static str>) {
        let Self { used, checks, likes, matchers } = self;
        let constant = |name: String, ty: &str, value: Doc| {
            concat([text(format!("const {name}: {ty} = /* @__PURE__ */ ")), value, text(";")])
        };
        let mut docs = Vec::new();
        for (index, (_, doc)) in checks.into_iter().enumerate() {
            docs.push(constant(format!("check{}", index + 1), "$Check", doc));
        }
        for (index, (_, doc)) in likes.into_iter().enumerate() {
            docs.push(constant(format!("like{}", index + 1), "$Check", doc));
        }
        for (index, (_, _, doc)) in matchers.into_iter().enumerate() {
            docs.push(constant(format!("match{}", index + 1), "$Match", doc));
        }
        (docs, used)
    }

    fn call(&mut self, name: &'static str) -> String {
        format!("{}(", self.uses(name))
    }

    /// A pattern as an expression. A key says nothing of what follows the elements that it has.
    fn pattern(&mut self, pattern: &Pattern, is_key: bool) -> Doc {
        match pattern {
            Pattern::Any => text(self.uses("any")),
            Pattern::Is(value) => text(format!("{}{})", self.call("is"), literal(value))),
            Pattern::Take(name, check) => {
                let open = self.call("take");
                let mut arguments = vec![text(quoted(name))];
                arguments.extend(self.taken(check));
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
            Pattern::Spliced { before, list: inner, after } => {
                let open = self.call("spliced");
                let mut all = |patterns: &[Pattern]| {
                    let docs = patterns.iter().map(|pattern| self.pattern(pattern, is_key));
                    list("[", docs.collect(), "]")
                };
                let (before, after) = (all(before), all(after));
                list(open, vec![before, after, self.pattern(inner, is_key)], ")")
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
        let (key, doc) = match part {
            Part::Literal(literal) => return text(quoted(literal)),
            Part::Slot(pattern) => return self.pattern(pattern, is_key),
            Part::Json(pattern) => ("json", self.pattern(pattern, is_key)),
            Part::Filtered(Filter::Quoted, pattern) => ("quoted", self.pattern(pattern, is_key)),
            Part::Filtered(Filter::Xml, pattern) => ("xml", self.pattern(pattern, is_key)),
            Part::Filtered(Filter::Len, _) => ("digits", text("true")),
            // What they replace can't be told.
            Part::Filtered(Filter::Line | Filter::Raw, pattern) => {
                return self.pattern(pattern, is_key);
            }
            Part::Optional(parts) => {
                let parts = parts.iter().map(|part| self.part(part, is_key)).collect();
                ("maybe", list("[", parts, "]"))
            }
        };
        inline(vec![concat([text(format!("{key}: ")), doc])])
    }

    /// A constant text counts for more than a pattern, and that for more than any text.
    fn taken(&mut self, what: &Check) -> Vec<Doc> {
        match what {
            Check::Type(ty) => vec![check(ty, &mut self.used)],
            Check::Text(constant) => {
                self.used.insert("isOneOf");
                let check = list("isOneOf([", vec![text(quoted(constant))], "])");
                vec![check, text(likeness(what))]
            }
            Check::Like(pieces) => {
                let check = self.like_doc(pieces);
                vec![check, text(likeness(what))]
            }
        }
    }
}

/// How well a text tells its entry, as a fraction of what any check counts: the text itself, then
/// the pattern with the most characters.
pub(super) fn likeness(check: &Check) -> String {
    match check {
        Check::Type(_) => "0".to_owned(),
        Check::Text(_) => "0.9".to_owned(),
        Check::Like(pieces) => {
            let length: usize = pieces.iter().flatten().map(String::len).sum();
            let thousandths = 100 + length.min(700);
            format!("0.{thousandths}").trim_end_matches('0').to_owned()
        }
    }
}
