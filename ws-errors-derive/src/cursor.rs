//! A place in a list of tokens, with errors of our own.

use std::fmt::Display;

use proc_macro2::{Delimiter, Group, Ident, Punct, Spacing, Span, TokenStream, TokenTree};
use syn::{Lit, MetaList};

use ws_errors_core::shape::{MAX_ENCODED, TOO_MUCH_ENCODED};

use crate::errors::error;

/// A value with the place where it is written.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Spanned<T> {
    pub(crate) value: T,
    pub(crate) span: Span,
}

impl<T: Copy> Spanned<T> {
    /// What a rule makes of it; what the rule says against it is said here.
    pub(crate) fn judged<U, E: Display>(
        self,
        rule: impl FnOnce(T) -> Result<U, E>,
    ) -> syn::Result<U> {
        rule(self.value).or_else(|words| error(self.span, words))
    }

    /// The same, as it is written.
    pub(crate) fn allowed<E: Display>(
        self,
        rule: impl FnOnce(T) -> Result<(), E>,
    ) -> syn::Result<Self> {
        self.judged(rule).map(|()| self)
    }
}

/// Reads tokens one after the other. Invisible groups, which macros make around what they pass on,
/// are opened.
#[derive(Clone)]
pub(crate) struct Cursor {
    tokens: Vec<TokenTree>,
    at: usize,
    end: Span,
    /// How deep in groups it is.
    depth: u8,
    /// How many `json(…)` it is in.
    encoded: usize,
}

/// How deep a template may be: half of what serde_json reads, and far from the end of the stack of
/// whatever follows a template down.
const MAX_DEPTH: u8 = 64;

impl Cursor {
    /// `end` is where an error stands that misses something at the end.
    pub(crate) fn new(tokens: TokenStream, end: Span) -> Self {
        let mut flat = Vec::new();
        flatten(tokens, &mut flat);
        Self::of(flat, end)
    }

    /// What stands in the parentheses of an attribute.
    pub(crate) fn of_list(list: &MetaList) -> Self {
        Self::new(list.tokens.clone(), list.delimiter.span().close())
    }

    /// The inside of a group.
    pub(crate) fn inside(group: &Group) -> Self {
        Self::new(group.stream(), group.span_close())
    }

    fn of(tokens: Vec<TokenTree>, end: Span) -> Self {
        Self { tokens, at: 0, end, depth: 0, encoded: 0 }
    }

    /// The inside of a group that may hold others of its kind.
    pub(crate) fn deeper(&self, group: &Group) -> syn::Result<Self> {
        let mut inside = Self::inside(group);
        (inside.depth, inside.encoded) = (self.depth, self.encoded);
        inside.descend(group.span_open())?;
        Ok(inside)
    }

    /// The inside of `json(…)`.
    pub(crate) fn encoded(&self, group: &Group) -> syn::Result<Self> {
        let mut inside = self.deeper(group)?;
        inside.encoded += 1;
        if inside.encoded > MAX_ENCODED {
            return error(group.span_open(), TOO_MUCH_ENCODED);
        }
        Ok(inside)
    }

    /// Counts a level.
    pub(crate) fn descend(&mut self, span: Span) -> syn::Result<()> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return error(span, format!("a template is at most {MAX_DEPTH} levels deep"));
        }
        Ok(())
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.at >= self.tokens.len()
    }

    pub(crate) fn peek(&self) -> Option<&TokenTree> {
        self.tokens.get(self.at)
    }

    pub(crate) fn next(&mut self) -> Option<TokenTree> {
        let token = self.tokens.get(self.at).cloned();
        self.at += usize::from(token.is_some());
        token
    }

    /// Where the next token stands; the end, where there is none.
    pub(crate) fn span(&self) -> Span {
        self.peek().map_or(self.end, TokenTree::span)
    }

    /// The tokens that are left.
    pub(crate) fn rest(&self) -> TokenStream {
        self.tokens.iter().skip(self.at).cloned().collect()
    }

    /// The tokens that are left, cut at the commas between them; what is empty is left out.
    pub(crate) fn split_at_commas(&self) -> Vec<Cursor> {
        let cut = |tokens, end| Self {
            depth: self.depth,
            encoded: self.encoded,
            ..Self::of(tokens, end)
        };
        let mut parts = Vec::new();
        let mut part = Vec::new();
        for token in self.tokens.iter().skip(self.at) {
            match is_punct(Some(token), ',') {
                true => parts.push(cut(std::mem::take(&mut part), token.span())),
                false => part.push(token.clone()),
            }
        }
        parts.push(cut(part, self.end));
        parts.retain(|part| !part.is_empty());
        parts
    }

    /// The same for types: a comma between angle brackets belongs to one.
    pub(crate) fn split_types(&self) -> Vec<Cursor> {
        let mut parts: Vec<Cursor> = Vec::new();
        let mut depth = 0;
        for part in self.split_at_commas() {
            let brackets =
                |wanted| part.tokens.iter().filter(|token| is_punct(Some(token), wanted)).count();
            let (opened, closed) = (brackets('<'), brackets('>'));
            match parts.last_mut() {
                Some(last) if depth > 0 => {
                    last.tokens.push(TokenTree::Punct(Punct::new(',', Spacing::Alone)));
                    last.tokens.extend(part.tokens);
                }
                _ => parts.push(part),
            }
            depth += opened;
            depth = depth.saturating_sub(closed);
        }
        parts
    }

    pub(crate) fn peek_punct(&self, character: char) -> bool {
        is_punct(self.peek(), character)
    }

    /// Takes the punctuation where it comes next.
    pub(crate) fn take_punct(&mut self, character: char) -> bool {
        let found = self.peek_punct(character);
        self.at += usize::from(found);
        found
    }

    /// Takes two characters of punctuation where they come next.
    pub(crate) fn take_puncts(&mut self, first: char, second: char) -> bool {
        let found = self.peek_punct(first) && is_punct(self.tokens.get(self.at + 1), second);
        self.at += 2 * usize::from(found);
        found
    }

    pub(crate) fn take_ident(&mut self) -> Option<Ident> {
        let Some(TokenTree::Ident(ident)) = self.peek().cloned() else { return None };
        self.at += 1;
        Some(ident)
    }

    /// Takes an identifier, without `r#`.
    pub(crate) fn take_name(&mut self) -> Option<String> {
        self.take_ident().as_ref().map(plain)
    }

    /// Takes this word where it comes next.
    pub(crate) fn take_word(&mut self, word: &str) -> bool {
        let found = matches!(self.peek(), Some(TokenTree::Ident(ident)) if ident == word);
        self.at += usize::from(found);
        found
    }

    pub(crate) fn take_group(&mut self, delimiter: Delimiter) -> Option<Group> {
        let Some(TokenTree::Group(group)) = self.peek().cloned() else { return None };
        let found = group.delimiter() == delimiter;
        self.at += usize::from(found);
        found.then_some(group)
    }

    /// Takes what stands in parentheses, where it is next.
    pub(crate) fn take_parenthesised(&mut self) -> Option<Self> {
        self.take_group(Delimiter::Parenthesis).as_ref().map(Self::inside)
    }

    /// The same, cut at its commas; nothing where nothing stands in parentheses.
    pub(crate) fn take_arguments(&mut self) -> std::vec::IntoIter<Self> {
        let inside = self.take_parenthesised();
        inside.map(|inside| inside.split_at_commas()).unwrap_or_default().into_iter()
    }

    /// Takes a literal, with its sign where it has one.
    pub(crate) fn take_literal(&mut self) -> Option<Spanned<Lit>> {
        let negative = self.peek_punct('-');
        let after = self.at + usize::from(negative);
        let Some(TokenTree::Literal(literal)) = self.tokens.get(after) else { return None };
        let span = literal.span();
        let mut value = match negative {
            true => syn::parse_str::<Lit>(&format!("-{literal}")).ok()?,
            false => Lit::new(literal.clone()),
        };
        value.set_span(span);
        self.at = after + 1;
        Some(Spanned { value, span })
    }

    /// Takes a string literal.
    pub(crate) fn take_string(&mut self) -> Option<Spanned<String>> {
        let mut ahead = self.clone();
        let Spanned { value: Lit::Str(text), span } = ahead.take_literal()? else { return None };
        *self = ahead;
        Some(Spanned { value: text.value(), span })
    }

    pub(crate) fn expect_punct(&mut self, character: char, what: &str) -> syn::Result<()> {
        let another = match self.peek() {
            Some(TokenTree::Punct(punct))
                if !".?".contains(punct.as_char()) && !what.starts_with("expected") =>
            {
                format!("expected `{character}`, and not `{}`: ", punct.as_char())
            }
            _ => String::new(),
        };
        if self.take_punct(character) { Ok(()) } else { error(self.span(), another + what) }
    }

    /// An error where something is left. Before what begins another item a comma is missing.
    pub(crate) fn expect_end(&self, what: &str) -> syn::Result<()> {
        if self.is_empty() {
            return Ok(());
        }
        error(self.span(), self.missing_comma().as_deref().unwrap_or(what))
    }

    /// The same where anything that is left is the next value of a list.
    pub(crate) fn expect_comma(&self) -> syn::Result<()> {
        match self.peek() {
            None => Ok(()),
            Some(_) if self.peek_punct(';') => error(self.span(), "expected `,`, and not `;`"),
            Some(TokenTree::Punct(_)) => self.expect_end("expected `,`, or the end of the list"),
            Some(next) => error(self.span(), format!("expected `,` before `{}`", brief(next))),
        }
    }

    /// What is said where an item of an attribute or a member of an object begins: `word`, `word = …`,
    /// `word(…)`, `"key": …`, `..details`.
    pub(crate) fn missing_comma(&self) -> Option<String> {
        let mut ahead = self.clone();
        let splices = ahead.take_puncts('.', '.');
        let is_wrong = |c: &char| !splices && self.peek_punct(*c);
        let wrong = [';', ':'].into_iter().find(is_wrong);
        ahead.at += usize::from(wrong.is_some());
        let wrong = wrong.map(|wrong| format!(", and not `{wrong}`")).unwrap_or_default();
        let next = ahead.next()?;
        let is_next = |character| ahead.peek_punct(character);
        let begins = match &next {
            TokenTree::Ident(_) => {
                ahead.is_empty()
                    || is_next('=')
                    || matches!(ahead.peek(), Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Parenthesis)
            }
            TokenTree::Literal(_) => {
                is_next('=')
                    || is_next('.')
                    || is_next(':')
                    || (is_next('?') && ahead.clone().take_puncts('?', ':'))
            }
            _ => false,
        };
        let dots = if splices { ".." } else { "" };
        begins.then(|| format!("expected `,` before `{dots}{}`{wrong}", brief(&next)))
    }
}

fn is_punct(token: Option<&TokenTree>, character: char) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == character)
}

/// A token in a message: what a group holds is seen where it stands.
fn brief(token: &TokenTree) -> String {
    match token {
        TokenTree::Group(group) => match group.delimiter() {
            Delimiter::Parenthesis => "(".to_owned(),
            Delimiter::Brace => "{".to_owned(),
            _ => "[".to_owned(),
        },
        token => token.to_string(),
    }
}

fn flatten(tokens: TokenStream, flat: &mut Vec<TokenTree>) {
    for token in tokens {
        match token {
            TokenTree::Group(group) if group.delimiter() == Delimiter::None => {
                flatten(group.stream(), flat);
            }
            token => flat.push(token),
        }
    }
}

/// The name of an identifier, without `r#`.
pub(crate) fn plain(ident: &Ident) -> String {
    let name = ident.to_string();
    name.strip_prefix("r#").map_or(name.clone(), str::to_owned)
}
