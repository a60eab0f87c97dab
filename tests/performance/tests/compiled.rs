//! What a crate with an enum has compiled: how long that takes depends on the machine, and on this.

use std::fs;
use std::path::Path;
use std::process::Command;

#[test]
#[ignore = "needs a release build; `tests/run performance` has it"]
fn what_writes_a_message_is_not_compiled_in_the_crate_of_the_enum() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    // It stays, because cargo writes it only when something has changed.
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("small.ll");
    let status = Command::new(env!("CARGO"))
        .current_dir(root)
        .args(["rustc", "--quiet", "--locked", "--release", "--package", "performance"])
        .args(["--example", "small", "--", "-Cno-prepopulate-passes", "-Ccodegen-units=1"])
        .arg(format!("--emit=llvm-ir={}", path.display()))
        .status()
        .expect("cargo runs");
    assert!(status.success());
    let code = fs::read_to_string(&path).expect("what was compiled");
    let names = code.lines().filter(|line| line.starts_with("define "));
    let names: Vec<&str> = names.filter_map(|line| line.split(['@', '(']).nth(1)).collect();
    assert!(names.iter().any(|name| name.contains("small") && name.contains("__encode")));
    let foreign = |name: &&&str| name.contains("ws_errors") && !name.contains("small");
    let foreign: Vec<&&str> = names.iter().filter(foreign).collect();
    // What is left of them where nothing is made more compact: the static, and what puts a value.
    let is_of_values =
        |name: &&&str| ["Unfolded", "Made", "probe"].iter().any(|of| name.contains(of));
    assert!(foreign.iter().all(is_of_values), "{foreign:#?}");
}
