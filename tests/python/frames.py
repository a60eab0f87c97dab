"""What the generated modules make of the golden frames, and of what nobody would send: python frames.py DIR."""

import importlib
import json
import pathlib
import re
import sys

directory = pathlib.Path(sys.argv[1])
sys.path.insert(0, str(directory / "python"))
sys.dont_write_bytecode = True
golden = json.loads((directory / "golden.json").read_text(encoding="utf-8"))
wrong = []


def module_of(catalog):
    name = catalog.replace("-", "_").replace(".", "_")
    return importlib.import_module(name if not name[0].isdigit() else f"_{name}")


def attribute(value, name):
    name = re.sub("[^a-zA-Z0-9_]", "_", name)
    found = [getattr(value, one) for one in (name, f"{name}_", "_" + name.lstrip("_")) if hasattr(value, one)]
    # A name that every error has gets a `_` behind it: the field is the last of them.
    return found[-1] if found else None


def plain(value):
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, list):
        return [plain(one) for one in value]
    return {key: plain(one) for key, one in value.items()} if isinstance(value, dict) else value


def check(row, what, found, expected):
    if found != expected:
        wrong.append(f"{row['catalog']}: {what} is {found!r} and not {expected!r}")


for row in golden:
    module = module_of(row["catalog"])
    if "close" in row:
        check(row, row["close"], module.closed(*row["close"]).kind, row["kind"])
        continue
    frame = row.get("frame", row.get("mutated"))
    error = module.parse(frame)
    check(row, frame, error and error.kind, row["kind"])
    if error is None or error.kind != row["kind"]:
        continue
    for name, value in (row.get("context") or {}).items():
        check(row, f"{name} of {frame}", plain(attribute(error.context, name)), plain(value))
    for name, value in (row.get("fields") or {}).items():
        if "__proto__" not in name:
            check(row, f"{name} of {frame}", plain(attribute(error, name)), plain(value))

values = [
    None, True, 0, -0.0, float("nan"), float("inf"), 10**400, "", "text", b"", b"\xff", object(), [], {},
    [[]], {1: 2}, set(), "\ud800", {"\ud800": 1}, float, range(3),
]
deep = [("[", "]"), ('{"a":', "1}"), ('{"error":', "}")]
texts = [start * 200_000 + end * 200_000 for start, end in deep]
texts += ["", "[]", "{", '[{"x":1}]', "1", "\ud800", "NaN", "[1e400]", "9" * 5000, '"\\ud800"', "\ufeff{}"]
for catalog in sorted({row["catalog"] for row in golden}):
    module = module_of(catalog)
    for value in values:
        found = [module.decode(value), module.parse(value), *module.parse_all(value), *module.read(b"\xff")]
        check({"catalog": catalog}, repr(value)[:40], [one for one in found if one is not None], [])
    for text in texts:
        found = [module.parse(text), *module.parse_all(text)]
        check({"catalog": catalog}, text[:40], [one for one in found if one is not None], [])
    for row in golden:
        frame, kind = row.get("frame"), row["kind"]
        if row["catalog"] != catalog or not frame or kind is None or frame[0] + frame[-1] not in ("{}", "[]"):
            continue
        if "\\ud800" in frame:
            continue  # Half a character: a text that looks like JSON, and ends where the frame does.
        for text, expected in [
            (frame, [kind]),
            (f'[{frame}, {{"x":1}}, {frame}]', [kind, kind]),
            (f'{frame}\n{{"x":1}}\r\n{frame}\n', [kind, kind]),
            (f"{frame}{frame}", [kind, kind]),
            (f"4-3truefalse{frame}", [kind]),
            (f"01{frame}", []),
            (f"{frame} and more", []),
        ]:
            check({"catalog": catalog}, text, [one.kind for one in module.parse_all(text)], expected)

# Time in proportion to the size: a copy of the rest for each value would take minutes.
module = module_of("metered")
for text in ["{} " * 200_000, "[]" * 200_000]:
    check({"catalog": "metered"}, f"what is in {text[:10]}…", module.parse_all(text), [])

for one in wrong[:20]:
    print(one)
print(f"{len(golden)} golden rows, {len(wrong)} of them wrong")
sys.exit(1 if wrong else 0)
