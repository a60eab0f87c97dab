"""What generated modules make of frames: `python random_frames.py`, for `tests/tests/random.rs`.

Each line of the standard input is a catalog, { module, names, frames, closes }: the Python, what its
members are called on the wire, what came as a frame
({ text } as it is, { data } unpacked, { batch } of several messages), and closes as [code, reason]. For
each it writes a line with what the module makes of them, { errors, closes } or { failure }; nothing is
null. Members are called as they are in TypeScript. Of an error each has the JSON text of its value, those of
the context behind `cx.`: a value at the bound of depth would nest too deep for a reader of the answer.
"""

import dataclasses
import json
import re
import sys
import traceback
import types


def load(source: str) -> types.ModuleType:
    module = types.ModuleType("generated")
    sys.modules["generated"] = module  # Dataclasses look there for what annotations mean.
    exec(compile(source, "generated.py", "exec"), module.__dict__)
    return module


def letters(name):
    """What names in Python and on the wire have in common."""
    return re.sub("[^A-Za-z0-9]", "_", name).strip("_")


def wire_name(kind, attribute):
    if attribute in ("code_", "context_", "data_", "kind_", "message_"):
        return attribute  # It is called so in TypeScript, too.
    for name in names.get(kind, []):
        if letters(name) == letters(attribute):
            return name
    return attribute


def shown(error):
    values = {field.name: getattr(error, field.name) for field in dataclasses.fields(error)}
    context = values.pop("context")
    if error.kind == "$unknown":
        del values["data"]  # The message as it came says nothing new.
        values["rawCode"] = values.pop("raw_code", None)
    members = {wire_name(error.kind, name): value for name, value in values.items()}
    for field in dataclasses.fields(context) if context else ():
        members[f"cx.{wire_name('', field.name)}"] = getattr(context, field.name)
    return {name: json.dumps(value) for name, value in members.items() if value is not None}


def read(module, frame):
    if "batch" in frame:
        return [shown_error(error) for error in module.parse_all(frame["batch"])]
    return shown_error(module.parse(frame["text"]) if "text" in frame else module.decode(frame["data"]))


def shown_error(error):
    return None if error is None else shown(error)


def ended(module, code, reason):
    close = module.closed(code, reason)
    return {"kind": close.kind, "code": close.code, "reason": close.reason}


for line in sys.stdin:
    try:
        question = json.loads(line)
        module = load(question["module"])
        names = question["names"]
        answer = {
            "errors": [read(module, frame) for frame in question["frames"]],
            "closes": [ended(module, *close) for close in question["closes"]],
        }
    except Exception:
        answer = {"failure": traceback.format_exc()}
    print(json.dumps(answer), flush=True)
