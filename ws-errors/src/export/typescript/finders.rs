//! The functions that find the reading of a message: what all readings have in common is compared
//! once, a switch leads to the few that are left, and each shape has a function of its own.

use super::body::{Body, Fact, Facts, resolved};
use super::condition::Condition;
use super::facts::{Places, common};
use super::found::result;
use super::layout::{Doc, concat, text};
use super::module::Module;
use super::names::{quoted, scalar};
use super::statements::{function, mentions, return_first, statement_if, without_unused};
use super::switch::{Call, Parameter, Switch};
use crate::catalog::{Code, Entry};
use crate::export::client::FrameCheck;
use ws_errors_core::distinct::distinct;
use ws_errors_core::json::{Json, Kinds};
use ws_errors_core::reading::{Class, FramePattern, Plan, Reading, Step};

/// One try to read a message, and whether slots may end at a later separator than the first.
pub(super) type Try<'p> = (&'p Reading, bool);

/// A constant that a switch has found.
#[derive(Clone, Copy)]
struct Switched<'a> {
    constant: &'a Json,
    /// The variable that holds it.
    variable: &'a str,
    /// Whether the variable has the type of the constant there.
    is_narrowed: bool,
}

/// A function for a shape, and what it takes.
struct Shape {
    name: String,
    source: String,
    parameters: Vec<Parameter>,
}

/// Writes the functions.
pub(super) struct Finders<'m, 'p> {
    pub(super) module: &'m mut Module<'p>,
    switch: Vec<Step>,
    pub(super) functions: Vec<Doc>,
    shapes: Vec<Shape>,
    /// The tries that each finder makes.
    finders: Vec<Vec<(*const Reading, bool)>>,
    /// Whether what is found are responses over HTTP.
    of_http: bool,
}

impl<'m, 'p> Finders<'m, 'p> {
    pub(super) fn new(module: &'m mut Module<'p>) -> Self {
        Self {
            module,
            switch: Vec::new(),
            functions: Vec::new(),
            shapes: Vec::new(),
            finders: Vec::new(),
            of_http: false,
        }
    }

    /// From here on messages are some of these readings.
    pub(super) fn among(&mut self, readings: &[&Reading], of_http: bool) {
        self.switch = Plan::switch_among(readings.iter().copied());
        self.of_http = of_http;
    }

    /// The function that makes these tries; `None` where there are none.
    pub(super) fn finder(&mut self, tries: &[Try<'_>]) -> Option<String> {
        if tries.is_empty() {
            return None;
        }
        let name = |index: usize| format!("find{}", index + 1);
        let key: Vec<_> =
            tries.iter().map(|&(reading, again)| (std::ptr::from_ref(reading), again)).collect();
        if let Some(index) = self.finders.iter().position(|other| *other == key) {
            return Some(name(index));
        }
        let name = name(self.finders.len());
        self.finders.push(key);
        let place = self.functions.len();
        let is_text = tries.iter().any(|(one, _)| matches!(one.frame, FramePattern::Text(_)));
        let lines = if is_text {
            let calls = tries.iter().map(|one| self.call(one, &Facts::new(), None).doc()).collect();
            vec![return_first(calls)]
        } else {
            self.json(tries)
        };
        let parameter = if is_text { "value: string" } else { "value: unknown" };
        let finder = function(&name, &[parameter], "$Found | undefined", lines);
        // What it calls stands behind it.
        self.functions.insert(place, finder);
        Some(name)
    }

    fn json(&mut self, tries: &[Try<'_>]) -> Vec<Doc> {
        let mut facts = common(tries);
        facts.extend(self.of_http.then(|| (status(), Fact::Status)));
        let mut places =
            Places { lines: Vec::new(), known: vec![(Vec::new(), "value".to_owned())] };
        for (place, fact) in facts.iter().filter(|(_, fact)| *fact != Fact::Status) {
            let value = places.variable(self.module, place, &facts);
            let condition = match fact {
                Fact::There => format!("{value} === undefined"),
                Fact::Record => format!("!{}({value})", self.module.uses("isRecord")),
                Fact::Array => format!("!Array.isArray({value})"),
                Fact::Is(constant) => format!("{value} !== {}", scalar(constant)),
                Fact::Status => continue,
            };
            places.lines.push(statement_if(text(condition), "return undefined;"));
        }
        let constants: Vec<Option<&Json>> =
            tries.iter().map(|(reading, _)| reading.frame.constant_at(&self.switch)).collect();
        // In the order of declaration, as one would write them.
        let mut keyed: Vec<(usize, &Json)> = tries
            .iter()
            .zip(&constants)
            .filter_map(|((one, _), constant)| Some((self.declared(one.entry), (*constant)?)))
            .collect();
        keyed.sort_by_key(|(place, _)| *place);
        let different = distinct(keyed.into_iter().map(|(_, constant)| constant));
        let calls = |finders: &mut Self, tries: &[Try<'_>]| -> Vec<Call> {
            tries.iter().map(|one| finders.call(one, &facts, None)).collect()
        };
        if different.len() < 2 {
            let calls = calls(self, tries);
            places.lines.push(return_first(calls.iter().map(Call::doc).collect()));
            return places.lines;
        }
        let place = self.switch.clone();
        let value = places.variable(self.module, &place, &facts);
        let last = constants.iter().rposition(Option::is_some).map_or(0, |last| last + 1);
        let (switched, rest) = tries.split_at(last);
        let mut switch = Switch::on(value.clone());
        // TypeScript narrows `unknown` to the constants of a case, and what is something only where it
        // is known to be a string.
        let is_text = different.iter().all(|constant| constant.kind() == Kinds::STRING)
            && constants.iter().take(last).all(Option::is_some);
        let is_narrowed = is_text || !facts.contains(&(place.clone(), Fact::There));
        for constant in different {
            let mut known = facts.clone();
            known.push((place.clone(), Fact::Is(constant.clone())));
            let found = Switched { constant, variable: &value, is_narrowed };
            let mut calls = Vec::new();
            for (one, own) in switched.iter().zip(&constants) {
                match own {
                    Some(own) if *own == constant => {
                        calls.push(self.call(one, &known, Some(found)));
                    }
                    Some(_) => {}
                    None => calls.push(self.call(one, &facts, None)),
                }
            }
            switch.case(constant, calls);
        }
        let others = switched.iter().zip(&constants).filter(|(_, own)| own.is_none());
        let others: Vec<Try<'_>> = others.map(|(one, _)| *one).collect();
        let others = calls(self, &others);
        let rest = calls(self, rest);
        let mut lines = places.lines;
        lines.extend(switch.lines(&others, &rest));
        lines
    }

    /// The place of an entry in the catalog.
    fn declared(&self, entry: Option<&Entry>) -> usize {
        let mut entries = self.module.catalog.entries.iter();
        let place = entry.and_then(|entry| entries.position(|other| other.name == entry.name));
        place.unwrap_or(usize::MAX)
    }

    /// The call of the function for a reading, inside of a case or outside of a switch.
    fn call(
        &mut self,
        &(reading, again): &Try<'_>,
        facts: &Facts,
        switched: Option<Switched<'_>>,
    ) -> Call {
        let of_entry = |value: Json| match switched {
            Some(Switched { constant, variable, .. })
                if *constant == value && is_itself(constant) =>
            {
                variable.to_owned()
            }
            _ => scalar(&value),
        };
        let code = |entry: &Entry| match entry.code {
            Code::Number(number) => of_entry(number.into()),
            Code::Text(text) => of_entry(text.into()),
            Code::None | Code::Field(_) => "undefined".to_owned(),
        };
        let kind = |entry: &Entry| match switched {
            Some(Switched { constant: Json::String(code), is_narrowed: true, .. })
                if *code == entry.name =>
            {
                of_entry(entry.name.into())
            }
            _ => quoted(entry.name),
        };
        let status = reading.frame.constant_at(&status()).map(scalar);
        let Shape { name, parameters, .. } = self.shape(reading, facts);
        let arguments = parameters.iter().filter_map(|parameter| {
            let argument = match parameter {
                Parameter::Value => "value".to_owned(),
                Parameter::Kind => kind(reading.entry?),
                Parameter::Code => code(reading.entry?),
                Parameter::Again => again.to_string(),
                Parameter::Status => status.clone()?,
            };
            Some((*parameter, argument))
        });
        Call { function: name.clone(), arguments: arguments.collect() }
    }

    /// The function for the shape of a reading.
    fn shape(&mut self, reading: &Reading, facts: &Facts) -> &Shape {
        let check = self.module.client.check(reading);
        let mut body = Body::new(self.module, facts, "return undefined;");
        body.again = if reading.separated { "again" } else { "false" };
        match &check {
            FrameCheck::Json(check) => body.check(check, "value", &Condition::ALWAYS, Some(&[])),
            FrameCheck::Text(parts) => body.text(parts, "value"),
        }
        let takes_status = body.status;
        let captured = resolved(std::mem::take(&mut body.captured));
        let mut lines = std::mem::take(&mut body.lines);
        match reading.class {
            Class::Success => lines.push(text(format!("return {};", self.module.uses("success")))),
            _ => lines.extend(result(reading.entry, captured)),
        }
        let lines = without_unused(lines, &[]);
        let printed = concat(lines.iter().flat_map(|line| [Doc::Hard, line.clone()])).print();
        let has_code = |entry: &Entry| matches!(entry.code, Code::Number(_) | Code::Text(_));
        let at_root =
            |fact: Fact| facts.iter().any(|(place, one)| place.is_empty() && *one == fact);
        let value = match &reading.frame {
            FramePattern::Text(_) => "value: string",
            FramePattern::Json(_) if at_root(Fact::Record) => "value: Record<string, unknown>",
            FramePattern::Json(_) if at_root(Fact::Array) => "value: unknown[]",
            FramePattern::Json(_) => "value: unknown",
        };
        let source = format!("{value}{printed}");
        let is_same = |shape: &Shape| shape.source == source;
        let index = self.shapes.iter().position(is_same).unwrap_or_else(|| {
            let is_unknown = reading.entry.is_none();
            let alike = self.shapes.iter().filter(|one| one.name.starts_with('u') == is_unknown);
            let number = alike.count() + 1;
            let name =
                if is_unknown { format!("unknown{number}") } else { format!("shape{number}") };
            let taken = [
                (mentions(&printed, "value"), Parameter::Value, value),
                (!is_unknown, Parameter::Kind, "kind: string"),
                (reading.entry.is_some_and(has_code), Parameter::Code, "code: unknown"),
                (mentions(&printed, "again"), Parameter::Again, "again: boolean"),
                (takes_status, Parameter::Status, "status: number"),
            ];
            let taken = taken.into_iter().filter(|(is_taken, ..)| *is_taken);
            let (parameters, declared): (Vec<_>, Vec<_>) =
                taken.map(|(_, parameter, declared)| (parameter, declared)).unzip();
            self.functions.push(function(&name, &declared, "$Found | undefined", lines));
            self.shapes.push(Shape { name, source, parameters });
            self.shapes.len() - 1
        });
        &self.shapes[index]
    }
}

/// Where the status of a response stands.
fn status() -> Vec<Step> {
    vec![Step::Key("status".to_owned())]
}

/// Whether what equals a constant is the same in all respects: 0 is -0, too.
fn is_itself(constant: &Json) -> bool {
    *constant != Json::from(0)
}
