"""What generated modules make of frames: `python random_frames.py`, for `tests/tests/random.rs`.

Each line of the standard input is a catalog, { module, frames, closes }: the Python, what came as a frame
({ text } as it is, { data } unpacked, { batch } of several messages), and closes as [code, reason]. For
each it writes a line with what the module makes of them, { errors, closes } or { failure }; nothing is
null. Members are called as they are in TypeScript.
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


def shown(error):
    if error is None:
        return None
    members = {}
    for field in dataclasses.fields(error):
        value = getattr(error, field.name)
        if value is None:
            continue
        if dataclasses.is_dataclass(value):
            value = shown(value)
        # A name that begins with a digit has a `_` before it.
        # So has a letter that is not ASCII: of those the test has one word.
        members[re.sub("^_(?=[0-9])", "", field.name.replace("_t_", "Été"))] = value
    if members.get("kind") == "$unknown":
        members.pop("data", None)  # The message as it came says nothing new.
        members["rawCode"] = members.pop("raw_code", None)
    return members


def read(module, frame):
    if "batch" in frame:
        return [shown(error) for error in module.parse_all(frame["batch"])]
    return shown(module.parse(frame["text"]) if "text" in frame else module.decode(frame["data"]))


def ended(module, code, reason):
    close = module.closed(code, reason)
    return {"kind": close.kind, "code": close.code, "reason": close.reason}


for line in sys.stdin:
    try:
        question = json.loads(line)
        module = load(question["module"])
        answer = {
            "errors": [read(module, frame) for frame in question["frames"]],
            "closes": [ended(module, *close) for close in question["closes"]],
        }
    except Exception:
        answer = {"failure": traceback.format_exc()}
    print(json.dumps(answer), flush=True)
