#!/usr/bin/env python3
"""What an enum costs to compile, beside what it costs with thiserror, Serialize and strum.

    tests/performance/compile_times.py [RUNS]

Prints, for each kind of enum and of build, the processor seconds of both from scratch (the least of
RUNS, 10 if nothing is said) and their ratio: dependencies are built, the crate with the enum is not.
Beside it, of our enum with as many variants: the largest stack frame of a debug build, and how long the
first error of a process takes. Then a clean check of the dependencies themselves, and by how much a
stripped program that reads JSON grows by 20 errors that it sends.
"""

import os
import pathlib
import re
import resource
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
WORK = ROOT / "target" / "compile-times"

SCALARS = ["String", "Box<str>", "bool", "i32", "f64", "u8", "u16", "u32", "f32", "i8", "i16"]
TYPES = [*SCALARS, "Vec<String>"]
TYPES += [f"Option<{ty}>" for ty in TYPES]

ENUMS = [("three types", 100), ("three types", 1000), ("24 types", 100), ("24 types", 1000)]
BUILDS = [("release", ["build", "--release"]), ("debug", ["build"]), ("check", ["check"])]


def fields(kind: str, index: int) -> str:
    types = ["String", "u32", "bool"]
    if kind == "24 types":
        types = [TYPES[(index * 3 + at) % len(TYPES)] for at in range(3)]
    return "".join(f"\n        /// A field.\n        f{at}: {ty}," for at, ty in enumerate(types))


def ours(kind: str, variants: int) -> str:
    lines = [
        "use ws_errors::WsError;",
        "#[derive(Debug, thiserror::Error, WsError)]",
        '#[ws_error(envelope = { "code": code, "message": message, "details": details })]',
        "pub enum E {",
    ]
    for index in range(variants):
        lines += [
            f"    /// Error {index}.",
            f'    #[error("error {index}")]',
            f'    #[ws_error(code = {1000 + index}, message = "error {index}")]',
            f"    V{index} {{{fields(kind, index)}\n    }},",
        ]
    return "\n".join(
        [
            *lines,
            "}",
            "pub fn send(error: &E) -> ws_errors::Output {",
            "    ws_errors::Envelope::encode(error, &())",
            "}",
        ]
    )


def theirs(kind: str, variants: int) -> str:
    lines = [
        "#[derive(Debug, thiserror::Error, serde::Serialize, strum::IntoStaticStr, strum::EnumCount)]",
        '#[serde(tag = "code")]',
        "pub enum E {",
    ]
    for index in range(variants):
        lines += [
            f"    /// Error {index}.",
            f'    #[error("error {index}")]',
            f"    V{index} {{{fields(kind, index)}\n    }},",
        ]
    return "\n".join(
        [
            *lines,
            "}",
            "pub fn send(error: &E) -> String { serde_json::to_string(error).unwrap_or_default() }",
            "pub fn name(error: &E) -> &'static str { error.into() }",
        ]
    )


SERDE_JSON = 'serde_json = "1"\n'
DEPENDENCIES = {
    "alone": f'ws-errors = {{ path = "{ROOT}/ws-errors" }}\n',
    "beside": f'thiserror = "2"\n{SERDE_JSON}',
    "without": SERDE_JSON,
    "ours": f'ws-errors = {{ path = "{ROOT}/ws-errors" }}\nthiserror = "2"\n',
    "theirs": (
        'thiserror = "2"\nserde = { version = "1", features = ["derive"] }\nserde_json = "1"\n'
        'strum = { version = "0.27", features = ["derive"] }\n'
    ),
}

# A program that reads JSON, as each server does, with nothing else or with one error that it sends.
READS = """fn main() {
    let line = std::io::stdin().lines().next().and_then(Result::ok).unwrap_or_default();
    let value: serde_json::Value = serde_json::from_str(&line).unwrap_or_default();
    println!("{value}");
    SENDS
}
"""
SENDS = """let error = E::V0 { f0: line, f1: 0, f2: false };
    println!("{:?}", send(&error));"""

FIRST = """fn main() {
    let error = E::V0 { f0: String::new(), f1: 0, f2: false };
    let start = std::time::Instant::now();
    let first = send(&error);
    let took = start.elapsed();
    assert!(!first.is_empty());
    println!("{}", took.as_micros());
}
"""


def write(name: str, source: str, is_binary: bool = False, more: str = "") -> pathlib.Path:
    folder = WORK / name
    (folder / "src").mkdir(parents=True, exist_ok=True)
    for file in (folder / "src").iterdir():
        file.unlink()
    (folder / "src" / ("main.rs" if is_binary else "lib.rs")).write_text(source + "\n")
    (folder / "Cargo.toml").write_text(
        f'[package]\nname = "{name}"\nversion = "0.1.0"\nedition = "2024"\n\n'
        f"[dependencies]\n{DEPENDENCIES[name.split('-')[0]]}{more}\n"
        "[profile.release]\nstrip = true\n\n"
        "[workspace]\n"
    )
    return folder


def cargo(folder: pathlib.Path, arguments: list[str]) -> float:
    """The processor seconds of a cargo command."""
    environment = dict(os.environ, CARGO_INCREMENTAL="0", CARGO_TARGET_DIR=str(folder / "target"))
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(["cargo", *arguments, "--quiet"], cwd=folder, env=environment, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def least(folders: list[pathlib.Path], arguments: list[str], runs: int) -> list[float]:
    """Of each folder, by turns: a machine that is slower for a while is so for all of them."""
    for folder in folders:
        cargo(folder, arguments)
    seconds: list[list[float]] = [[] for _ in folders]
    for _ in range(runs):
        for folder, taken in zip(folders, seconds):
            for file in (folder / "src").iterdir():
                file.touch()
            taken.append(cargo(folder, arguments))
    return [min(taken) for taken in seconds]


def largest_frame(folder: pathlib.Path) -> int:
    """The bytes of the largest stack frame in the library of a debug build."""
    library = folder / "target" / "debug" / f"lib{folder.name.replace('-', '_')}.rlib"
    code = subprocess.run(["objdump", "-d", library], capture_output=True, text=True, check=True)
    return max(int(size, 16) for size in re.findall(r"sub +\$0x([0-9a-f]+),%rsp", code.stdout))


def clean(name: str, runs: int) -> float:
    """The processor seconds of a check of a crate that has these dependencies, and of all of them."""
    folder = write(name, "")
    seconds = []
    for _ in range(runs):
        shutil.rmtree(folder / "target", ignore_errors=True)
        seconds.append(cargo(folder, ["check"]))
    return min(seconds)


def size(name: str, errors: str) -> int:
    """The bytes of a stripped program that sends an error, where there is one."""
    source = READS.replace("SENDS", SENDS if errors else "")
    more = SERDE_JSON if name.startswith("ours") else ""
    errors = errors.replace("pub ", "")
    folder = write(name, f"#![allow(dead_code)]\n{errors}\n{source}", is_binary=True, more=more)
    cargo(folder, ["build", "--release"])
    return (folder / "target" / "release" / name).stat().st_size


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    print("| fields | variants | build | ours | theirs | ratio |\n|---|---|---|---|---|---|")
    frames = []
    for kind, variants in ENUMS:
        folders = [write("ours", ours(kind, variants)), write("theirs", theirs(kind, variants))]
        for name, arguments in BUILDS:
            one, other = least(folders, arguments, runs)
            row = f"| {kind} | {variants} | {name} | {one:.2f} s | {other:.2f} s | {one / other:.2f} |"
            print(row, flush=True)
        frames.append(f"| {kind} | {variants} | {largest_frame(folders[0])} bytes |")
    print("\n| fields | variants | largest stack frame |\n|---|---|---|")
    print("\n".join(frames))
    print("\n| variants | first error of a process |\n|---|---|")
    for variants in (100, 1000):
        source = ours("three types", variants).replace("pub fn send", "fn send") + "\n" + FIRST
        folder = write("ours-first", "#![allow(dead_code)]\n" + source, is_binary=True)
        cargo(folder, ["build", "--release"])
        binary = folder / "target" / "release" / "ours-first"
        took = [int(subprocess.run([binary], capture_output=True).stdout) for _ in range(20)]
        print(f"| {variants} | {min(took)} µs |", flush=True)
    one, other = clean("alone", runs), clean("beside", runs)
    print("\n| clean check | ws-errors | thiserror and serde_json | ratio |\n|---|---|---|---|")
    print(f"| | {one:.2f} s | {other:.2f} s | {one / other:.2f} |", flush=True)
    without = size("without", "")
    one = size("ours-size", ours("three types", 20)) - without
    other = size("theirs-size", theirs("three types", 20)) - without
    print("\n| 20 variants | ours | theirs |\n|---|---|---|")
    print(f"| a stripped program grows by | {one} bytes | {other} bytes |")


if __name__ == "__main__":
    main()
