//! Compares what each operation takes in instructions with the committed counts: the same on a busy
//! machine as on an idle one. It needs valgrind, and `operation` beside itself.
//!
//! A change of more than a twentieth against `instructions.txt` fails. Where it is meant, write the
//! counts anew, and say why in the commit:
//!
//! ```sh
//! cargo build --release -p performance --bins && target/release/instructions --write
//! ```

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

/// How often a thing is done: without what the process takes, for each of the times between.
const TIMES: [u64; 2] = [20, 220];

/// What may differ in any case: where a compiler puts things makes so much of a difference.
const FEW: u64 = 30;

/// The program that does one thing a number of times.
fn operation() -> PathBuf {
    let itself = std::env::current_exe().expect("this program has a path");
    itself.with_file_name("operation")
}

/// The instructions of the whole process.
fn of_process(name: &str, times: u64) -> u64 {
    let output = Command::new("valgrind")
        .args(["--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"])
        .arg(operation())
        .args([name, &times.to_string()])
        .output()
        .expect("valgrind runs");
    let said = String::from_utf8_lossy(&output.stderr);
    let count = said.lines().find_map(|line| line.split_once("refs:")).expect("a count").1;
    count.trim().replace(',', "").parse().expect("a number")
}

fn of_one_time(name: &str) -> u64 {
    let [few, many] = TIMES.map(|times| of_process(name, times));
    many.saturating_sub(few) / (TIMES[1] - TIMES[0])
}

fn main() -> ExitCode {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("instructions.txt");
    let names = Command::new(operation()).output().expect("it runs").stdout;
    let names = String::from_utf8(names).expect("UTF-8");
    let counts: Vec<(&str, u64)> = names.lines().map(|name| (name, of_one_time(name))).collect();
    if std::env::args().any(|argument| argument == "--write") {
        let mut text = String::new();
        for (name, count) in &counts {
            let _ = writeln!(text, "{count:>8}  {name}");
        }
        fs::write(&path, text).expect("a file");
        return ExitCode::SUCCESS;
    }
    let committed = fs::read_to_string(&path).expect("instructions.txt");
    let committed: Vec<(&str, u64)> = committed
        .lines()
        .filter_map(|line| line.trim_start().split_once("  "))
        .map(|(count, name)| (name, count.parse().expect("a number")))
        .collect();
    let mut changed = Vec::new();
    for (name, count) in &counts {
        let before = committed.iter().find(|(other, _)| other == name).map(|(_, count)| *count);
        let is_same = before.is_some_and(|before| count.abs_diff(before) <= before / 20 + FEW);
        println!("{count:>8}  {name}");
        if !is_same {
            changed.push(format!("{name}: {count}, was {before:?}"));
        }
    }
    for changed in &changed {
        println!("CHANGED {changed}");
    }
    let gone = committed.iter().filter(|(other, _)| !counts.iter().any(|(name, _)| name == other));
    let gone: Vec<&str> = gone.map(|(name, _)| *name).collect();
    for name in &gone {
        println!("GONE {name}");
    }
    if changed.is_empty() && gone.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
