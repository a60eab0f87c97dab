//! What is wrong with the messages of a catalog in one language, as far as it can be read off them.

use std::collections::HashMap;

use fluent_bundle::FluentResource;
use fluent_syntax::ast::{
    CallArguments, Entry as Item, Expression, InlineExpression, Pattern, PatternElement, VariantKey,
};
use ws_errors_core::distinct::add_new;
use ws_errors_core::names::{did_you_mean, list_names};

use super::bundle::identifier;
use crate::catalog::{Catalog, Entry, Field, Message, Text};
use crate::language::finding::{Finding, Problem};
use crate::language::localizer::argument_fields;
use crate::language::{Translatable, is_carried};
use crate::types::Typed;
use crate::wire::Tree;

/// What was found, and the texts that are not used because of it, by entry and attribute.
pub(super) struct Checked {
    pub(super) findings: Vec<Finding>,
    pub(super) unusable: HashMap<(&'static str, &'static str), String>,
}

/// The attributes that a message may have.
const ATTRIBUTES: [&str; 3] = ["title", "message", "action"];

type Said<'r> = &'r Pattern<&'r str>;

/// A message or a term, with its attributes.
#[derive(Clone)]
struct Definition<'r> {
    value: Option<Said<'r>>,
    attributes: Vec<(&'r str, Said<'r>)>,
}

/// The entries whose text for the client a message may stand in for.
pub(super) fn translatable(catalog: &'static Catalog) -> Vec<&'static Entry> {
    let translatable = Translatable::of(catalog);
    catalog.entries.iter().filter(|entry| translatable.has(catalog, entry)).collect()
}

/// # Errors
/// Says where two things have one name.
pub(super) fn check(
    catalog: &'static Catalog,
    language: &str,
    resource: &FluentResource,
) -> Result<Checked, String> {
    let mut names: HashMap<String, &'static str> = HashMap::new();
    for entry in catalog.entries {
        let id = identifier(entry.name).into_owned();
        if let Some(other) = names.insert(id.clone(), entry.name) {
            return Err(format!(
                "`{other}` and `{}` are both called `{id}` in Fluent; give one another name",
                entry.name
            ));
        }
    }
    let (mut messages, mut terms) = (HashMap::new(), HashMap::new());
    for item in resource.entries() {
        let (all, id, value, attributes) = match item {
            Item::Message(one) => (&mut messages, one.id.name, one.value.as_ref(), &one.attributes),
            Item::Term(one) => (&mut terms, one.id.name, Some(&one.value), &one.attributes),
            _ => continue,
        };
        let attributes = attributes.iter().map(|one| (one.id.name, &one.value)).collect();
        if all.insert(id, Definition { value, attributes }).is_some() {
            return Err(format!("`{id}` is there twice"));
        }
    }
    let translatable = translatable(catalog);
    let mut checker = Checker {
        catalog,
        language,
        messages,
        terms,
        checked: Checked { findings: Vec::new(), unusable: HashMap::new() },
    };
    for entry in catalog.entries {
        checker.entry(entry, translatable.iter().any(|one| one.name == entry.name));
    }
    let mut ids: Vec<&str> = checker.messages.keys().copied().collect();
    ids.sort_unstable();
    for id in ids.into_iter().filter(|id| !names.contains_key(*id)) {
        let known: Vec<String> =
            translatable.iter().map(|entry| identifier(entry.name).into_owned()).collect();
        let meant = did_you_mean(id, known.iter().map(String::as_str));
        let help = format!(
            "`{}` has no such error{meant}; rename or delete it, or make it a term, `-{id}`",
            catalog.name
        );
        checker.find(id, None, Problem::Orphaned { help }, None);
    }
    Ok(checker.checked)
}

struct Checker<'r> {
    catalog: &'static Catalog,
    language: &'r str,
    messages: HashMap<&'r str, Definition<'r>>,
    terms: HashMap<&'r str, Definition<'r>>,
    checked: Checked,
}

impl<'r> Checker<'r> {
    fn find(&mut self, entry: &str, part: Option<&str>, problem: Problem, source: Option<String>) {
        self.checked.findings.push(Finding {
            catalog: self.catalog.name,
            language: self.language.to_owned(),
            entry: entry.to_owned(),
            part: part.map(str::to_owned),
            problem,
            source,
        });
    }

    fn entry(&mut self, entry: &'static Entry, is_translatable: bool) {
        let Some(definition) = self.messages.get(&*identifier(entry.name)).cloned() else {
            if is_translatable {
                self.find(entry.name, None, Problem::Untranslated, source(entry));
            }
            return;
        };
        match definition.value {
            Some(value) if is_translatable => self.text(entry, "", value, &shown(entry)),
            None if is_translatable => {
                self.find(entry.name, None, Problem::Untranslated, source(entry));
            }
            // What a person sees may be it, where there is no `.message`.
            Some(value) if entry.user.is_some() => self.text(entry, "", value, &[]),
            Some(_) => {
                let help = why_not(self.catalog, entry).to_owned();
                self.find(entry.name, None, Problem::Orphaned { help }, None);
            }
            None => {}
        }
        for (name, pattern) in &definition.attributes {
            let known = ATTRIBUTES.iter().find(|known| *known == name);
            match (known, &entry.user) {
                (Some(&"action"), Some(user)) if user.action.is_none() => {
                    let help = "the enum has no action for this error; delete it".to_owned();
                    self.find(entry.name, Some(name), Problem::Orphaned { help }, None);
                }
                (Some(known), Some(_)) => self.text(entry, known, pattern, &[]),
                (Some(_), None) => {
                    let help = "the enum has no `user(…)` for this error; delete it".to_owned();
                    self.find(entry.name, Some(name), Problem::Orphaned { help }, None);
                }
                (None, _) => {
                    let known = list_names(ATTRIBUTES);
                    let help = format!("is none of the attributes, which are {known}; delete it");
                    self.find(entry.name, Some(name), Problem::Orphaned { help }, None);
                }
            }
        }
        let has = |name: &str| definition.attributes.iter().any(|(other, _)| *other == name);
        if has("title")
            && !has("action")
            && let Some(action) = entry.user.and_then(|user| user.action)
        {
            let source = Some(action.to_string());
            self.find(entry.name, Some("action"), Problem::Untranslated, source);
        }
    }

    /// One text, which must have the fields that the source text shows.
    fn text(
        &mut self,
        entry: &'static Entry,
        attribute: &'static str,
        pattern: Said<'r>,
        wanted: &[&'static Field],
    ) {
        let mut walk =
            Walk { checker: self, entry, open: Vec::new(), used: Vec::new(), problems: Vec::new() };
        walk.pattern(pattern, None);
        let Walk { used, mut problems, .. } = walk;
        for field in wanted {
            let name = identifier(field.ident);
            if !used.iter().any(|used| *used == name) {
                let argument = format!("{{ ${name} }}");
                problems.push(Problem::MissingArgument { argument });
            }
        }
        let part = (!attribute.is_empty()).then_some(attribute);
        if let Some(problem) = problems.first() {
            self.checked.unusable.insert((entry.name, attribute), problem.to_string());
        }
        for problem in problems {
            let source = if attribute.is_empty() { source(entry) } else { None };
            self.find(entry.name, part, problem, source);
        }
    }
}

/// A walk through what a text is made of.
struct Walk<'c, 'r> {
    checker: &'c Checker<'r>,
    entry: &'static Entry,
    /// The patterns that the walk is in, so that one that holds itself comes to an end.
    open: Vec<Said<'r>>,
    /// The arguments that the text uses.
    used: Vec<&'r str>,
    problems: Vec<Problem>,
}

impl<'r> Walk<'_, 'r> {
    /// `given` are the arguments of the term that the pattern is of: it has no others.
    fn pattern(&mut self, pattern: Said<'r>, given: Option<&[&'r str]>) {
        if self.open.iter().any(|open| std::ptr::eq(*open, pattern)) {
            return self.problem(Problem::Malformed("it refers to itself".to_owned()));
        }
        self.open.push(pattern);
        for element in &pattern.elements {
            if let PatternElement::Placeable { expression } = element {
                self.expression(expression, given);
            }
        }
        self.open.pop();
    }

    fn problem(&mut self, problem: Problem) {
        add_new(&mut self.problems, problem);
    }

    fn expression(&mut self, expression: &'r Expression<&'r str>, given: Option<&[&'r str]>) {
        match expression {
            Expression::Inline(inline) => self.inline(inline, given),
            Expression::Select { selector, variants } => {
                self.inline(selector, given);
                let plural = variants.iter().find_map(|variant| match variant.key {
                    VariantKey::Identifier { name } if is_plural(name) => Some(name),
                    _ => None,
                });
                if let (InlineExpression::VariableReference { id }, Some(plural), None) =
                    (selector, plural, given)
                {
                    self.has_a_plural(id.name, plural);
                }
                for variant in variants {
                    self.pattern(&variant.value, given);
                }
            }
        }
    }

    fn inline(&mut self, inline: &'r InlineExpression<&'r str>, given: Option<&[&'r str]>) {
        let missing = |what: String| Problem::Malformed(format!("there is no {what}"));
        let checker = self.checker;
        let of = |all: &HashMap<&'r str, Definition<'r>>, id: &str, attribute: Option<&str>| {
            let definition = all.get(id)?;
            match attribute {
                None => definition.value,
                Some(name) => {
                    definition.attributes.iter().find(|(n, _)| *n == name).map(|(_, p)| *p)
                }
            }
        };
        match inline {
            InlineExpression::StringLiteral { .. } | InlineExpression::NumberLiteral { .. } => {}
            InlineExpression::Placeable { expression } => self.expression(expression, given),
            InlineExpression::VariableReference { id } => self.variable(id.name, given),
            InlineExpression::FunctionReference { id, arguments } => {
                if id.name != "NUMBER" {
                    let help = format!("function `{}`; there is `NUMBER`", id.name);
                    self.problem(missing(help));
                }
                self.arguments(arguments, given);
            }
            InlineExpression::MessageReference { id, attribute } => {
                let attribute = attribute.as_ref().map(|attribute| attribute.name);
                match of(&checker.messages, id.name, attribute) {
                    Some(pattern) => self.pattern(pattern, given),
                    None => self.problem(missing(format!("message `{}`", id.name))),
                }
            }
            InlineExpression::TermReference { id, attribute, arguments } => {
                let attribute = attribute.as_ref().map(|attribute| attribute.name);
                let mut names = Vec::new();
                if let Some(arguments) = arguments {
                    self.arguments(arguments, given);
                    names.extend(arguments.named.iter().map(|argument| argument.name.name));
                }
                match of(&checker.terms, id.name, attribute) {
                    Some(pattern) => self.pattern(pattern, Some(&names)),
                    None => self.problem(missing(format!("term `-{}`", id.name))),
                }
            }
        }
    }

    fn arguments(&mut self, arguments: &'r CallArguments<&'r str>, given: Option<&[&'r str]>) {
        arguments.positional.iter().for_each(|argument| self.inline(argument, given));
        arguments.named.iter().for_each(|argument| self.inline(&argument.value, given));
    }

    fn variable(&mut self, name: &'r str, given: Option<&[&'r str]>) {
        let argument = format!("{{ ${name} }}");
        if let Some(given) = given {
            if !given.contains(&name) {
                let help = format!(
                    " in a term: it has only what it is given, `{{ -term({name}: \"…\") }}`"
                );
                self.problem(Problem::UnknownArgument { argument, help });
            }
            return;
        }
        let known: Vec<String> =
            argument_fields(self.entry).map(|field| identifier(field.ident).into_owned()).collect();
        if known.iter().any(|known| known == name) {
            self.used.push(name);
            return;
        }
        let known = known.iter().map(String::as_str);
        let help = match known.len() {
            0 => ": the error has no arguments".to_owned(),
            _ => format!("{}; it has {}", did_you_mean(name, known.clone()), list_names(known)),
        };
        self.problem(Problem::UnknownArgument { argument, help });
    }

    /// A text has no plural: `one` would never be chosen.
    fn has_a_plural(&mut self, name: &str, plural: &str) {
        let field = argument_fields(self.entry).find(|field| identifier(field.ident) == name);
        let one = Tree::Number(1.into());
        let is_number = field.and_then(|field| Typed::of(&field.ty)).is_none_or(|ty| ty.has(&one));
        // A text that may be any may be `one`; of those that are listed, it is one or not.
        if !is_number {
            self.problem(Problem::Malformed(format!(
                "`${name}` is a text, which has no plural: write `NUMBER(${name}) -> [{plural}] …`"
            )));
        }
    }
}

fn is_plural(key: &str) -> bool {
    matches!(key, "zero" | "one" | "two" | "few" | "many")
}

/// The text in the enum.
fn source(entry: &Entry) -> Option<String> {
    entry.message.text().map(|text| text.to_string())
}

/// The fields that the text in the enum shows.
fn shown(entry: &'static Entry) -> Vec<&'static Field> {
    let text = entry.message.text().unwrap_or(Text::EMPTY);
    text.fields().filter_map(|ident| entry.field(ident)).collect()
}

/// Why no message stands in for the text of an entry.
fn why_not(catalog: &Catalog, entry: &Entry) -> &'static str {
    match entry.message {
        Message::None => "the error has no text for clients; delete it",
        Message::Field(_) => {
            "its text comes with each occurrence, and is not translated; delete it"
        }
        _ if !entry.has_text_for_clients() => "the text is for operators, and not sent; delete it",
        _ if !is_carried(catalog, entry) => {
            "neither a message of the error nor its body over HTTP has its text in it; delete it"
        }
        _ => {
            "clients know this error by its text, which stays as it is; delete it, or give the error a code"
        }
    }
}
