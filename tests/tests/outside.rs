//! Crates that stand outside the workspace, as a user's do.

use std::path::Path;
use std::process::Command;

fn run(package: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    // That of the workspace: what both depend on, with the same features, is built once.
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().expect("the target folder");
    let output = Command::new(env!("CARGO"))
        .args(["run", "--quiet", "--locked", "--package", package, "--manifest-path"])
        .arg(root.join("outside/Cargo.toml"))
        .arg("--target-dir")
        .arg(target)
        .output()
        .expect("cargo runs");
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{error}");
    assert!(!error.contains("warning"), "{error}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn an_enum_with_ws_errors_and_thiserror_alone_derives_and_encodes() {
    assert_eq!(
        run("encodes"),
        "{\"id\":\"r-1\",\"error\":{\"code\":\"sold_out\",\"message\":\"tea is sold out\"}}\n\
         Some(4000) closed for today\n"
    );
}

#[test]
fn with_tokio_tungstenite_beside_them_it_sends() {
    assert_eq!(run("sends"), "{\"code\":7,\"message\":\"sold out\"}\nclosed for today\n");
}
