//! Checks that what writes a message is not compiled in the crate of the enum, nor what drops an error
//! there: how long that crate takes depends on the machine, and on this.
//!
//! Looks at what the compiler makes of `small`.

use std::fs;
use std::path::Path;
use std::process::{Command, ExitCode};

fn main() -> ExitCode {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    // This program is `release/compiled` of the target directory, wherever that is.
    let program = std::env::current_exe().expect("this program has a path");
    let folder = program.ancestors().nth(2).expect("the target directory").join("tmp");
    // It stays, because cargo writes it only when something has changed.
    let path = folder.join("small.ll");
    fs::create_dir_all(folder).expect("a folder");
    let status = Command::new("cargo")
        .current_dir(root)
        .args(["rustc", "--quiet", "--locked", "--release", "--package", "performance"])
        .args(["--bin", "small", "--", "-Cno-prepopulate-passes", "-Ccodegen-units=1"])
        .arg(format!("--emit=llvm-ir={}", path.display()))
        .status()
        .expect("cargo runs");
    assert!(status.success());
    let code = fs::read_to_string(&path).expect("what was compiled");
    let names = code.lines().filter(|line| line.starts_with("define "));
    let names: Vec<&str> = names.filter_map(|line| line.split(['@', '(']).nth(1)).collect();
    assert!(names.iter().any(|name| name.contains("small") && name.contains("__encode")));
    let is_ours = |name: &&&str| name.contains("ws_errors") && !name.contains("small");
    // What is left: what puts a value, an error as an object, and what is sent, of which the enum's crate
    // disposes.
    let allowed = ["probe", "Occurrence", "Output", "Frame", "Close", "payload", "Reason"];
    let is_allowed = |name: &&str| allowed.iter().any(|allowed| name.contains(allowed));
    let ours: Vec<&&str> = names.iter().filter(is_ours).collect();
    let more: Vec<&&&str> = ours.iter().filter(|name| !is_allowed(name)).collect();
    println!("{} functions, of which {} are of ws-errors", names.len(), ours.len());
    for name in &more {
        println!("compiled once more: {name}");
    }
    let drops = |name: &&&str| name.contains("drop_in_place") && name.contains("RoomError");
    let dropping = names.iter().find(drops);
    if let Some(name) = dropping {
        println!("compiled although nothing drops the enum: {name}");
    }
    if more.is_empty() && dropping.is_none() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
