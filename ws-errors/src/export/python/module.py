<<docs>>
from __future__ import annotations

import contextlib
import dataclasses as _dataclasses
import json
import math
import re
import typing as _t
from collections import abc as _abc

_Json: _t.TypeAlias = _t.Any


class PrefixExplanation(_t.NamedTuple):
    """What a person sees."""

    title: str
    message: str
    action: str | None
    """What the button says; `None` where there is nothing to do."""


<<classes>>

RETRY: dict[str, dict[str, _t.Any]] = <<retry>>
"""What to do about each error and each close, by its kind. Times are in milliseconds."""

CLOSES: dict[str, _t.Any] = <<closes>>
"""What to do about close codes that nobody declared: the first range that holds a code counts."""

CODES: dict[str, _t.Any] = <<codes>>
"""What to do about codes of messages that nobody declared."""

GUARDS: dict[str, dict[str, _t.Any]] = <<guards>>
"""What a client guards itself with. Times are in milliseconds."""

CORRELATE: str | None = <<correlate>>
"""The attribute of an error's context that names the request which the error settles."""

_USER: dict[str, _Json] = <<user>>
_FALLBACK: _Json = <<fallback>>


def parse(text: str) -> PrefixError | None:
    """The error that the text of a frame is; `None` where it is none of this catalog's. It never raises."""
    return _MESSAGES.error(_parsed(text), text, "json text") if isinstance(text, str) else None


def parse_all(text: str) -> list[PrefixError]:
    """The errors in the text of a frame that may hold several messages: as an array, or one behind the
    other. What is none is left out. It never raises."""
    value = _parsed(text)
    if isinstance(value, list) and all(isinstance(element, (dict, list)) for element in value):
        errors = [_MESSAGES.error(element, None, "json") for element in value]
        if any(error is not None for error in errors):
            return [error for error in errors if error is not None]
    # No value has a control character as it is, so one that ends messages ends each.
    end = next((end for end in _PLAN["ends"] if end in text), "") if isinstance(text, str) else ""
    parts = re.findall(f".*?{re.escape(end)}|.+", text, re.DOTALL) if end else [text]
    found = [[error] if (error := parse(part)) is not None else _behind(part) for part in parts]
    return [error for errors in found for error in errors if error is not None]


def decode(value: object) -> PrefixError | None:
    """The error that an already parsed message is; `None` where it is none of this catalog's. A message in
    a binary frame is decoded once it is unpacked. It never raises."""
    with contextlib.suppress(Exception):
        value = _plain(value)
        return _MESSAGES.error(value, value if isinstance(value, str) else None, "json packed text bytes")
    return None


def read(data: str | bytes, unpack: _abc.Callable[[bytes], object] | None = None) -> list[PrefixError]:
    """The errors in a frame, as a socket gives it. `unpack` makes a value of the bytes of a binary frame:
    a library's function for MessagePack or CBOR, or the application's own, which also skips the bytes that
    stand before those. It never raises."""
    if isinstance(data, str):
        return [error] if (error := parse(data)) is not None else parse_all(data)
    error = None
    with contextlib.suppress(Exception):
        error = None if unpack is None else decode(unpack(data))
    if error is None and (text := _utf8(data)) is not None:
        error = decode(text) or decode(_parsed(text))
    return [] if error is None else [error]


def closed(code: int, reason: str, last: PrefixError | None = None) -> PrefixClose:
    """The entry that a close reports, by its code and its reason. `last` is the error message that came
    just before it, where there was one."""
    declared = [close for close in _PLAN["closes"] if close.get("code") == code]
    may_be_sent = 3000 <= code <= 4999 or (1000 <= code <= 1013 and code not in (1004, 1005, 1006, 1010))
    others = [close for close in _PLAN["closes"] if "code" not in close and may_be_sent]
    is_this = (close["kind"] for close in declared or others if _is_reason(close.get("reason"), reason))
    return _CLASS_OF_CLOSE[next(is_this, "$unknown")](code=code, reason=reason, after=last)


def explain(error: PrefixError | PrefixClose) -> PrefixExplanation:
    """What a person sees of an error or a close: in the catalog's words for it, or for all others."""
    said: _Json = _USER.get(error.kind, _FALLBACK)
    return PrefixExplanation(*(_said(said.get(words), error) for words in ("title", "message", "action")))


# The plan by which frames are read, and its reader, which is the same in every module: it compares a frame
# with the readings in their order, and the first that matches is the answer.
_PLAN: _Json = <<plan>>
_CLASS_OF_ERROR: dict[str, tuple[_abc.Callable[..., PrefixError], _t.Any]] = {
<<class of error>>}
_CLASS_OF_CLOSE: dict[str, _abc.Callable[..., PrefixClose]] = {
<<class of close>>}
_DECLARED: frozenset[str | int] = frozenset(_PLAN["declared"])
_NO_JSON: _Json = object()


def _number(text: str) -> float:
    if not math.isfinite(number := float(text)):
        raise ValueError(text)
    return number


_decoder = json.JSONDecoder(parse_float=_number, parse_constant=_number)
_BROKEN_NUMBER = re.compile(r"-?(0[0-9]|(0|[1-9][0-9]*)(\.(?![0-9])|(\.[0-9]+)?[eE](?![+-]?[0-9])))")


def _kind(value: object) -> int:
    """The type that a value has in JSON, as a bit; 0 where JSON has none of it."""
    kinds = {bool: 2, int: 4, float: 4, str: 8, list: 16, dict: 32}
    return 1 if value is None else kinds.get(type(value), 0)


def _is_whole(value: _Json) -> bool:
    return _kind(value) == 4 and (isinstance(value, int) or value.is_integer())


def _same(one: _Json, other: _Json) -> bool:
    """Whether two values are one in JSON: `1` and `1.0` are, `1` and `True` are not."""
    if _kind(one) != _kind(other):
        return False
    if isinstance(one, list):
        return len(one) == len(other) and all(map(_same, one, other))
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(_same(one[key], other[key]) for key in one)
    return bool(one == other)


def _plain(value: _Json, levels: int = 127) -> _Json:
    """The value as it is in JSON, whole numbers as `int`. Raises `ValueError` where it is none."""
    if isinstance(value, str):
        value.encode()  # Half a character is none.
        return str.__str__(value)
    if isinstance(value, (bytes, bytearray, memoryview)):
        return None  # Binary formats have them, and JSON has not.
    if isinstance(value, (bool, type(None))):
        return value
    if isinstance(value, int):
        return int(value) if -(2**63) <= value < 2**64 else _plain(float(value))
    if isinstance(value, float):
        return None if not math.isfinite(value) else int(value) if value.is_integer() else value
    if levels and isinstance(value, (list, tuple)):
        return [_plain(element, levels - 1) for element in value]
    if levels and isinstance(value, dict) and all(isinstance(key, str) for key in value):
        return {_plain(key): _plain(inner, levels - 1) for key, inner in value.items()}
    raise ValueError("no JSON")


def _parsed(text: str) -> _Json:
    try:
        return _decoder.decode(text)
    except (ValueError, TypeError, RecursionError):
        return _NO_JSON


def _json_at(text: str, at: int) -> tuple[_Json, int] | None:
    """The JSON that begins at a place of a text, and where it ends."""
    while text[at : at + 1] in (" ", "\t", "\n", "\r"):
        at += 1
    try:
        value, end = (_NO_JSON, 0) if _BROKEN_NUMBER.match(text, at) else _decoder.raw_decode(text, at)
        return _plain(value), end
    except (ValueError, ArithmeticError, RecursionError):
        return None


def _is_code(codes: str, code: _Json) -> bool:
    """Whether a code is one of an error, one that nobody declared, or one of a success."""
    succeeds = any(
        code == one if isinstance(one, str) else _is_whole(code) and one[0] <= code <= one[1] for one in _PLAN["success"]
    )
    return succeeds == (codes == "success") and not (codes == "undeclared" and code in _DECLARED)


_ENTITIES = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "#39": "'"}
_STOMP = {"\\": "\\", "r": "\r", "n": "\n", "c": ":"}
_UNDO: dict[str, tuple[str, _abc.Callable[[re.Match[str]], str]]] = {
    "xml": ("&(amp|lt|gt|quot|#39);", lambda found: _ENTITIES[found[1]]),
    "stomp": (r"\\([\\rnc])", lambda found: _STOMP[found[1]]),
    "percent": ("(?:%[0-9a-fA-F]{2})+", lambda found: _utf8(bytes.fromhex(found[0].replace("%", ""))) or found[0]),
}


def _utf8(encoded: bytes) -> str | None:
    with contextlib.suppress(Exception):
        return encoded.decode()
    return None


class _Try:
    """One try to read a frame: what it kept, and how many ends of slots it tried."""

    def __init__(self, again: bool, parsed: dict[tuple[str, int], tuple[_Json, int] | None]) -> None:
        self.again, self.parsed, self.tries = again, parsed, 0
        self.kept: list[tuple[str, _Json, bool]] = []
        self.of_types: dict[tuple[str, int], tuple[_Json, bool]] = {}

    def keep(self, name: str, value: _Json, alone: bool) -> bool:
        self.kept.append((name, value, alone))
        return True

    def attempt(self, attempt: _abc.Callable[..., bool], *arguments: _Json) -> bool:
        """Tries something, and forgets what it kept where it fails."""
        kept = len(self.kept)
        if attempt(*arguments):
            return True
        del self.kept[kept:]
        return False

    def json(self, text: str, at: int = 0) -> tuple[_Json, int] | None:
        if (text, at) not in self.parsed:
            self.parsed[text, at] = _json_at(text, at)
        return self.parsed[text, at]

    def matches(self, pattern: _Json, value: _Json) -> bool:
        match pattern:
            case int():
                return _kind(value) & pattern != 0
            case ["is", constant]:
                return _same(constant, value)
            case ["object", members, others]:
                if _kind(value) != 32:
                    return False
                for key, (optional, inner) in members.items():
                    if not (self.matches(inner, value[key]) if key in value else optional):
                        return False
                return others == 63 or all(self.matches(others, value[key]) for key in value if key not in members)
            case ["keep", name, alone, inner]:
                return self.matches(inner, value) and self.keep(name, value, alone)
            case ["all", patterns]:
                return all(self.matches(inner, value) for inner in patterns)
            case ["any", patterns]:
                return any(self.attempt(self.matches, inner, value) for inner in patterns)
            case ["type", name]:
                # What came of it is remembered, so that types that hold themselves take time in proportion
                # to the value; and the value is kept, so that no other gets its identity.
                if (known := (name, id(value))) not in self.of_types:
                    self.of_types[known] = value, self.matches(_PLAN["types"][name], value)
                return self.of_types[known][1]
            case ["array", first, rest, last, least, most]:
                if _kind(value) != 16 or not least <= len(value) <= (len(value) if most is None else most):
                    return False
                end = len(value) - len(last)
                return (
                    all(map(self.matches, first, value))
                    and self.matches(rest, value[len(first) : end])
                    and all(map(self.matches, last, value[end:]))
                )
            case ["each", inner]:
                return all(self.matches(inner, element) for element in value)
            case ["code", codes]:
                return _is_code(codes, value)
            case ["whole"]:
                return _is_whole(value)
        return isinstance(value, str) and self.text(pattern, value)

    def text(self, pattern: _Json, text: str) -> bool:
        match pattern:
            case ["text", segments]:
                return self.apart(segments, text)
            case ["digits"]:
                return re.fullmatch("[0-9]+", text) is not None
            case ["encoded", inner]:
                found = self.json(text)
                return found is not None and not text[found[1] :].strip(" \t\n\r\f") and self.matches(inner, found[0])
        # A code: one of a number has the digits of one.
        _, codes, kinds, names, alone = pattern
        digits = int(text) if re.fullmatch("0|-?[1-9][0-9]{0,18}", text) else 2**63
        is_number = -(2**63) <= digits < 2**63
        means = [_is_code(codes, text), *([_is_code(codes, digits)] if is_number else [])]
        if not (any(means) if codes == "success" else all(means)) or not (is_number or kinds & 8):
            return False
        return all(self.keep(name, text if alone or kinds & 8 else digits, alone) for name in names)

    def apart(self, segments: _Json, text: str) -> bool:
        """A text that is taken apart: a slot ends where what follows it can begin."""
        again = self.again and len(text.encode(errors="replace")) <= 4096
        return self.walk(segments, text, 0, again, set())

    def walk(self, segments: _Json, text: str, at: int, again: bool, failed: set[tuple[int, int]]) -> bool:
        if not segments or (len(segments), at) in failed:
            return not segments and at == len(text)
        segment, after, matches = segments[0], segments[1:], False

        def both(inner: _Json, value: _Json, end: int) -> bool:
            return self.matches(inner, value) and self.walk(after, text, end, again, failed)

        match segment:
            case str():
                matches = text.startswith(segment, at) and both(63, "", at + len(segment))
            case ["maybe", inner]:
                matches = self.attempt(self.walk, inner + after, text, at, again, set()) or both(63, "", at)
            case ["json", _, inner] if (found := self.json(text, at)) is not None:
                matches = self.attempt(both, inner, *found)
            case ["slot", escape, inner]:
                for end in self.ends(text, at, after, again):
                    self.tries += 1
                    if self.tries > 1000:
                        break
                    slot = re.sub(*_UNDO[escape], text[at:end]) if escape else text[at:end]
                    matches = self.attempt(both, inner, slot, end)
                    if matches or not again:
                        break
        if again and not matches:
            failed.add((len(segments), at))
        return matches

    def ends(self, text: str, at: int, after: _Json, again: bool) -> _abc.Iterator[int]:
        """Where a slot can end, from the left."""
        start = at
        while start <= len(text):
            match after:
                case []:
                    end = len(text)
                case _ if not again and all(isinstance(part, str) for part in after):
                    end = len(text) - len(last := "".join(after))
                    end = end if end >= at and text.endswith(last) else -1
                case [str(), *_]:
                    end = text.find(after[0], start)
                case [["slot", *_], *_]:
                    end = at if start == at else -1  # All characters are the second's.
                case [["maybe", *_], *_]:
                    end = start
                case _:
                    begins = after[0][1]
                    end = next((index for index in range(start, len(text)) if text[index] in begins), -1)
            if end < 0:
                return
            yield end
            start = end + 1


class _Group:
    """Readings that are tried together: the constant that identifies most of them leaves a few to try."""

    def __init__(self, switch: _Json, readings: _Json, tries: _Json) -> None:
        self.switch = switch
        keys = [_key(one.get("constant", _NO_JSON)) for one in readings]
        self.cases: dict[object, list[tuple[bool, _Json]]] = {
            key: [(again, readings[index]) for index, again in tries if keys[index] in (None, key)]
            for key in {*keys, None}
        }

    def find(self, value: _Json, text: str | None, frames: str) -> PrefixError | _t.Literal[False] | None:
        """The error that JSON or a text is; `False` where a reading says that it is none, and `None` where
        no reading matches."""
        at = value
        for step in self.switch:
            has = _kind(at) == 32 and step in at or _kind(at) == 16 and isinstance(step, int) and step < len(at)
            at = at[step] if has else _NO_JSON
        parsed: dict[tuple[str, int], tuple[_Json, int] | None] = {}
        for again, reading in self.cases.get(_key(at), self.cases[None]):
            is_text = "segments" in reading
            data: _Json = text if is_text else value
            if reading["frames"] in frames and data is not (None if is_text else _NO_JSON):
                run = _Try(again, parsed)
                if run.apart(reading["segments"], data) if is_text else run.matches(reading["pattern"], data):
                    return _made(reading["kind"], run.kept, data) if "kind" in reading else False
        return None

    def error(self, value: _Json, text: str | None, frames: str) -> PrefixError | None:
        """The error that it is, or `None`. Whether it is sound is looked at only where a reading matches."""
        with contextlib.suppress(Exception):
            if self.find(value, text, frames) is not None:
                (text or "").encode()
                sound = _NO_JSON  # What is no sound JSON may be a text all the same.
                with contextlib.suppress(ValueError):
                    sound = _plain(value)
                return self.find(sound, text, frames) or None
        return None


def _key(constant: _Json) -> object:
    return (_kind(constant), constant) if 0 < _kind(constant) < 16 else None


def _made(kind: str, kept: list[tuple[str, _Json, bool]], data: _Json) -> PrefixError:
    """The error. Of values with one name what stands alone counts, and then the first."""
    values: dict[str, _Json] = {}
    for name, value, _ in sorted(kept, key=lambda one: not one[2]):
        values.setdefault(name, value)
    error, context = _CLASS_OF_ERROR[kind]
    if context is not None:
        values["context"] = context(**{name[1:]: values.pop(name) for name in list(values) if name[0] == "."})
    if kind == "$unknown":
        values["data"] = data
        values.update({"raw_code": values.pop("code")} if "code" in values else {})
    return error(**values)


_MESSAGES, _RESPONSES = _Group(**_PLAN["messages"]), _Group(**_PLAN["responses"])


def _behind(text: str) -> list[_t.Any]:
    """The errors in JSON behind JSON, with white space between them or without; all of it, or nothing."""
    values, at, end = [], 0, len(text.rstrip(" \t\n\r\f")) if isinstance(text, str) else 0
    while at < end:
        if (found := _json_at(text, at)) is None:
            return []
        value, at = found
        values.append(value)
    return [_MESSAGES.error(value, None, "json") for value in values]


def _is_reason(segments: _Json, reason: str) -> bool:
    """Whether a reason is this one, as far as there was room for it in a close frame."""
    if segments is None or any(_Try(again, {}).apart(segments, reason) for again in (False, True)):
        return True
    literals = [index for index, segment in enumerate(segments) if isinstance(segment, str)]
    is_cut = len(reason.encode(errors="replace")) >= 120 and 0 < len(literals) < len(segments)
    return is_cut and literals[-1] > 0 and _is_reason(segments[: literals[-1]], reason)


def _said(words: _Json, error: object) -> _t.Any:
    """A text with members of an error in it."""
    if not isinstance(words, list):
        return words
    said = ""
    for piece in words:
        value = piece if isinstance(piece, str) else getattr(error, piece["field"], None)
        is_text = value is None or isinstance(value, str)
        said += value or "" if is_text else json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return said


def parse_response(status: int, body: str) -> PrefixError | None:
    """The error that answers a request over HTTP, by its status and the text of its body; `None` where it
    is none of this catalog's. It never raises."""
    value = _parsed(body)
    error = None if value is _NO_JSON else _RESPONSES.error({"status": status, "body": value}, None, "http")
    return error or _RESPONSES.error({"status": status, "body": body}, None, "http")
