//! What each operation takes in instructions: the same on a busy machine as on an idle one.
//!
//! A change of more than a twentieth against `instructions.txt` fails. Where it is meant, write the
//! counts anew, and say why in the commit:
//!
//! ```sh
//! INSTRUCTIONS=write cargo test --release -p performance --test instructions -- --ignored
//! ```

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

/// The binary that does one thing a number of times.
const OPERATION: &str = env!("CARGO_BIN_EXE_operation");

/// How often it is done: without what the process takes, for each of the times between.
const TIMES: [u64; 2] = [100, 1100];

/// What may differ in any case: where a compiler puts things makes so much of a difference.
const FEW: u64 = 30;

/// The instructions of the whole process.
fn of_process(name: &str, times: u64) -> u64 {
    let output = Command::new("valgrind")
        .args(["--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"])
        .args([OPERATION, name, &times.to_string()])
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

#[test]
#[ignore = "needs valgrind and a release build; `tests/run performance` has both"]
fn nothing_takes_more_instructions_than_it_did() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("instructions.txt");
    let names = Command::new(OPERATION).output().expect("it runs").stdout;
    let names = String::from_utf8(names).expect("UTF-8");
    let counts: Vec<(&str, u64)> = names.lines().map(|name| (name, of_one_time(name))).collect();
    if std::env::var_os("INSTRUCTIONS").is_some_and(|value| value == "write") {
        let mut text = String::new();
        for (name, count) in &counts {
            let _ = writeln!(text, "{count:>8}  {name}");
        }
        fs::write(&path, text).expect("a file");
        return;
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
    assert!(changed.is_empty(), "{}", changed.join("\n"));
    assert_eq!(counts.len(), committed.len(), "an operation is gone from the committed counts");
}
