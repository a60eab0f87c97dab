//! The generated TypeScript, in one process of Node.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;

use serde_json::{Value, json};

/// A process of Node that reads frames with generated modules. It ends when this is dropped.
#[derive(Debug)]
pub struct Node {
    process: Child,
    questions: Option<ChildStdin>,
    answers: Receiver<String>,
}

/// What is asked of a module.
#[derive(Debug, Clone)]
pub struct Question {
    /// The module.
    pub module: String,
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

impl Node {
    /// Starts it.
    ///
    /// # Panics
    /// Where there is no Node.
    pub fn start() -> Self {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("typescript/random.mjs");
        let mut process = Command::new("node")
            .arg(script)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("Node is installed");
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
        Self { process, questions, answers }
    }

    /// Asks, and does not wait for the answer.
    ///
    /// # Panics
    /// Where Node has ended.
    pub fn ask(&mut self, question: &Question) {
        let Question { module, frames, closes } = question;
        let line = json!({ "module": module, "frames": frames, "closes": closes }).to_string();
        let questions = self.questions.as_mut().expect("it runs");
        writeln!(questions, "{line}").expect("Node reads");
    }

    /// The answer to the first question that has none yet.
    ///
    /// # Panics
    /// Where Node has ended.
    pub fn answer(&mut self) -> Answer {
        let line = self
            .answers
            .recv()
            .expect("Node answers: `npm ci --prefix tests/typescript` installs what it needs");
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

impl Drop for Node {
    fn drop(&mut self) {
        // It ends with its input.
        self.questions.take();
        let _ = self.process.wait();
    }
}
