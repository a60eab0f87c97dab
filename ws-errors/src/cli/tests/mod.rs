//! The command line, as it is called, and what it prints.

mod diff;
mod export;
mod folder;
mod list;
mod show;
mod usage;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use super::*;
use crate::catalog::{
    Catalog, Closing, ClosingCode, Code, Context, Delivery, Entry, Envelope, Field, HTTP_CONTEXT,
    HttpForm, Node, Part, Piece, Slot, Text, UserMessage,
};
use crate::export::testing::{BLANK, catalog, hostile};
use crate::export::{ExportError, Format};
use crate::fixture::METERED;

fn program() -> Program {
    Program::new("errors", vec![&METERED])
}

/// The exit, and what was said on both outputs.
fn run_in(program: &Program, arguments: &[&str], terminal: Terminal) -> (Exit, String, String) {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let exit = run(program, arguments, terminal, &mut out, &mut err).unwrap();
    (exit, String::from_utf8(out).unwrap(), String::from_utf8(err).unwrap())
}

fn said(arguments: &[&str]) -> String {
    let (exit, out, err) = run_in(&program(), arguments, Terminal::default());
    assert_eq!((exit, err.as_str()), (Exit::Success, ""));
    out
}

fn refused(program: &Program, arguments: &[&str]) -> String {
    let (exit, out, err) = run_in(program, arguments, Terminal::default());
    assert_eq!((exit, out.as_str()), (Exit::Usage, ""));
    err
}

/// A directory of its own for each test, removed at its end.
struct Directory(PathBuf);

impl Directory {
    fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let next = NEXT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("ws-errors-{}-{next}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn path(&self) -> &str {
        self.0.to_str().unwrap()
    }

    fn files(&self) -> Vec<String> {
        files_in(&self.0)
    }
}

fn files_in(directory: &Path) -> Vec<String> {
    let files = fs::read_dir(directory).unwrap();
    let mut files: Vec<String> =
        files.map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
    files.sort();
    files
}

impl Drop for Directory {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
