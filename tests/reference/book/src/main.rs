//! Builds the pages of a folder as a book, `book PAGES BOOK`, or the book that a folder is, `book FOLDER`.
//! It fails where mdBook has anything to say against them.
#![forbid(unsafe_code)]

use std::error::Error;
use std::fmt::{self, Write as _};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};

use mdbook_driver::MDBook;
use mdbook_driver::config::Config;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Level, Metadata, Subscriber};

fn main() -> ExitCode {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let Some(pages) = arguments.next() else {
        eprintln!("usage: book PAGES BOOK, or book FOLDER");
        return ExitCode::from(2);
    };
    if let Err(error) = tracing::subscriber::set_global_default(Remarks) {
        eprintln!("error: what mdBook says can't be heard: {error}");
        return ExitCode::FAILURE;
    }
    let built = match arguments.next() {
        Some(book) => build(&pages, &book).map(|pages| (pages, book)),
        None => build_as_it_is(&pages),
    };
    match built {
        Ok((pages, book)) if REMARKS.load(Ordering::Relaxed) == 0 => {
            println!("{pages} pages in {}", book.display());
            ExitCode::SUCCESS
        }
        Ok(_) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Builds the book beside a copy of its pages, in which nothing else is.
fn build(pages: &Path, book: &Path) -> Result<usize, Box<dyn Error>> {
    let source = book.join("src");
    if book.exists() {
        fs::remove_dir_all(book)?;
    }
    fs::create_dir_all(&source)?;
    let mut files: Vec<String> = Vec::new();
    copy(pages, &source, "", &mut files)?;
    // The page in front of the others of its folder comes first.
    files.sort_by_key(|file| file.replace("index.md", ""));
    let mut summary = String::from("# Summary\n\n");
    for file in &files {
        writeln!(summary, "- [{}]({file})", file.trim_end_matches(".md"))?;
    }
    fs::write(source.join("SUMMARY.md"), summary)?;
    let mut config = Config::default();
    // A page that is not there is an error.
    config.build.create_missing = false;
    config.book.title = Some("Errors".to_owned());
    MDBook::load_with_config(book, config)?.build()?;
    Ok(files.len())
}

/// Builds a folder that has a `book.toml` and a `SUMMARY.md` of its own, to where it says.
fn build_as_it_is(folder: &Path) -> Result<(usize, PathBuf), Box<dyn Error>> {
    let book = MDBook::load(folder)?;
    book.build()?;
    Ok((book.iter().count(), book.build_dir_for("html")))
}

/// Copies what is Markdown, folder by folder.
fn copy(
    from: &Path,
    to: &Path,
    under: &str,
    files: &mut Vec<String>,
) -> Result<(), Box<dyn Error>> {
    for item in fs::read_dir(from.join(under))? {
        let item = item?;
        let name =
            item.file_name().into_string().map_err(|name| format!("{name:?} is not Unicode"))?;
        let path = format!("{under}{name}");
        if item.file_type()?.is_dir() {
            fs::create_dir_all(to.join(&path))?;
            copy(from, to, &format!("{path}/"), files)?;
        } else if name.ends_with(".md") {
            let page = fs::read_to_string(item.path())?;
            fs::write(to.join(&path), without_front_matter(&page))?;
            files.push(path);
        }
    }
    Ok(())
}

/// mdBook knows no front matter; who has some takes it off before.
fn without_front_matter(page: &str) -> &str {
    let end = page.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n"));
    end.map_or(page, |(_, rest)| rest)
}

/// How often mdBook warned.
static REMARKS: AtomicUsize = AtomicUsize::new(0);

/// Prints the warnings and errors, and counts them.
struct Remarks;

impl Subscriber for Remarks {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        *metadata.level() <= Level::WARN
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        REMARKS.fetch_add(1, Ordering::Relaxed);
        let mut message = Message(String::new());
        event.record(&mut message);
        eprintln!("mdBook: {}", message.0);
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

struct Message(String);

impl Visit for Message {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        let separator = if self.0.is_empty() { "" } else { ", " };
        let name =
            if field.name() == "message" { String::new() } else { format!("{} = ", field.name()) };
        // Writing to a string can't fail.
        let _ = write!(self.0, "{separator}{name}{value:?}");
    }
}
