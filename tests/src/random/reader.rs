//! The generated modules of a language, in one process that runs them.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;

use serde_json::{Value, json};
use ws_errors::catalog::Catalog;
use ws_errors::export::{ExportError, python, typescript};

/// A process that reads frames with generated modules. It ends when this is dropped.
#[derive(Debug)]
pub struct Reader {
    /// The language of the modules.
    pub(super) language: &'static str,
    /// Makes a module.
    pub(super) export: fn(&'static Catalog) -> Result<String, ExportError>,
    process: Child,
    questions: Option<ChildStdin>,
    answers: Receiver<String>,
}

/// What is asked of a module.
#[derive(Debug, Clone)]
pub struct Question {
    /// The module.
    pub module: String,
    /// What the fields of each entry are called on the wire, for languages that have other names, and
    /// those of all contexts, as of an entry without a name.
    pub names: BTreeMap<&'static str, Vec<&'static str>>,
    /// The frames: the text of one, or what is in it.
    pub frames: Vec<Value>,
    /// The closes.
    pub closes: Vec<(u16, String)>,
}

/// What a module makes of frames and closes, in their order.
#[derive(Debug, Clone, Default)]
pub struct Answer {
    /// The errors; null for what is none.
    pub errors: Vec<Value>,
    /// The closes.
    pub closes: Vec<Value>,
    /// What went wrong, where the module could not be used.
    pub failure: Option<String>,
}

impl Reader {
    /// Node, which reads the generated TypeScript.
    ///
    /// # Panics
    /// Where there is no Node.
    pub fn typescript() -> Self {
        Self::start("TypeScript", typescript, "node", "typescript/random.mjs")
    }

    /// Python, which reads the generated Python: the one that `PYTHON` names, or `python3`.
    ///
    /// # Panics
    /// Where there is no Python.
    pub fn python() -> Self {
        let program = std::env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned());
        Self::start("Python", python, &program, "python/random_frames.py")
    }

    fn start(
        language: &'static str,
        export: fn(&'static Catalog) -> Result<String, ExportError>,
        program: &str,
        script: &str,
    ) -> Self {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join(script);
        let mut process = Command::new(program)
            .arg(script)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("{program} is installed: {error}"));
        let questions = process.stdin.take();
        let output = process.stdout.take().expect("its output is piped");
        let (sender, answers) = channel();
        // Read at once, whatever is asked meanwhile: neither side ever waits for the other's pipe.
        thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                if sender.send(line).is_err() {
                    break;
                }
            }
        });
        Self { language, export, process, questions, answers }
    }

    /// Asks, and does not wait for the answer.
    ///
    /// # Panics
    /// Where the process has ended.
    pub fn ask(&mut self, question: &Question) {
        let Question { module, names, frames, closes } = question;
        let line = json!({ "module": module, "names": names, "frames": frames, "closes": closes });
        let questions = self.questions.as_mut().expect("it runs");
        writeln!(questions, "{line}").expect("it reads");
    }

    /// The answer to the first question that has none yet.
    ///
    /// # Panics
    /// Where the process has ended.
    pub fn answer(&mut self) -> Answer {
        let line = self.answers.recv().expect(
            "it answers: `npm ci --prefix tests/typescript` installs what TypeScript needs",
        );
        let mut answer: Value = serde_json::from_str(&line).expect("an answer is JSON");
        let mut list = |name: &str| match answer[name].take() {
            Value::Array(list) => list,
            _ => Vec::new(),
        };
        let (errors, closes) = (list("errors"), list("closes"));
        let failure = answer["failure"].as_str().map(str::to_owned);
        Answer { errors, closes, failure }
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        // It ends with its input.
        self.questions.take();
        let _ = self.process.wait();
    }
}
