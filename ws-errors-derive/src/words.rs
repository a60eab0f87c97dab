//! What the macro answers to the mistakes of `tests/ui/words`, and that the corrections beside them
//! are right.
//!
//! `tests/ui/tests/words.rs` has rustc compile the same files; to write the answers anew, and read them:
//!
//! ```sh
//! WS_ERRORS_WORDS=write cargo test -p ws-errors-derive words
//! ```

use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::ToTokens as _;
use syn::Item;

use crate::derive_ws_error;

/// The folder of the workspace.
pub(crate) fn workspace() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace is above")
}

fn folder() -> PathBuf {
    workspace().join("tests/ui/words")
}

/// The names of the mistakes.
fn mistakes() -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder())
        .expect("the folder is there")
        .map(|entry| entry.expect("it can be read").file_name().into_string().expect("UTF-8"))
        .filter_map(|name| name.strip_suffix(".rs").map(str::to_owned))
        .filter(|name| !name.ends_with(".fixed"))
        .collect();
    names.sort_unstable();
    names
}

/// The items of a file that derive `WsError`; no items, where the file is no Rust.
pub(crate) fn items(file: &Path) -> Vec<TokenStream> {
    let text = fs::read_to_string(file).expect("a file can be read");
    let items = syn::parse_file(&text).map(|file| file.items).unwrap_or_default();
    let is_type = |item: &Item| matches!(item, Item::Enum(_) | Item::Struct(_) | Item::Union(_));
    let items = items.into_iter().filter(is_type).map(Item::into_token_stream);
    items.filter(|item| item.to_string().contains("WsError")).collect()
}

/// The errors of the macro for the enums of a file, with the place of each.
fn answers(file: &str) -> Vec<String> {
    let items = items(&folder().join(file));
    assert!(!items.is_empty(), "{file}");
    items.into_iter().flat_map(|item| errors(derive_ws_error(item))).collect()
}

/// What stands in `compile_error!`, and where.
pub(crate) fn errors(output: TokenStream) -> Vec<String> {
    let mut errors = Vec::new();
    let mut tokens = output.into_iter().peekable();
    while let Some(token) = tokens.next() {
        let is_error = matches!(&token, TokenTree::Ident(word) if word == "compile_error");
        if !is_error {
            continue;
        }
        tokens.next();
        let Some(TokenTree::Group(group)) = tokens.next() else { continue };
        assert_eq!(group.delimiter(), Delimiter::Brace);
        let literal: syn::LitStr = syn::parse2(group.stream()).expect("a message");
        let start = token.span().start();
        errors.push(format!("{}:{}: {}", start.line, start.column + 1, literal.value()));
    }
    errors
}

#[test]
fn each_mistake_is_answered_as_it_is_written_beside_it() {
    let write = std::env::var_os("WS_ERRORS_WORDS").is_some_and(|value| value == "write");
    let mut wrong = Vec::new();
    for name in mistakes() {
        let answer = answers(&format!("{name}.rs")).join("\n") + "\n";
        let path = folder().join(format!("{name}.stderr"));
        if write {
            fs::write(&path, &answer).expect("it is written");
        }
        if fs::read_to_string(&path).unwrap_or_default() != answer || answer == "\n" {
            wrong.push(format!("{name}: {answer}"));
        }
    }
    assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn each_correction_is_right() {
    let names = mistakes();
    assert!(names.len() >= 120, "{} mistakes", names.len());
    let mut wrong = Vec::new();
    for name in names {
        let answers = answers(&format!("{name}.fixed.rs"));
        if !answers.is_empty() {
            wrong.push(format!("{name}: {}", answers.join("\n")));
        }
    }
    assert!(wrong.is_empty(), "{} corrections are wrong:\n{}", wrong.len(), wrong.join("\n"));
}
