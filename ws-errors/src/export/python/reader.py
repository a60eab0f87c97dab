
# The reader: the same in every module. It compares a frame with the readings of the plan in their
# order, and the first that matches is the answer.
_Json: _t.TypeAlias = _t.Any
_NO_JSON: _Json = object()


def _number(text: str) -> float:
    if not math.isfinite(number := float(text)):
        raise ValueError(text)
    return number


def _refused(constant: str) -> _t.NoReturn:
    raise ValueError(constant)


_decoder = json.JSONDecoder(parse_float=_number, parse_constant=_refused)
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


def _is_of(ty: _Json, value: _Json, known: dict[tuple[str, int], bool]) -> bool:
    """Whether a value is of a type. What came of a named type is remembered, so that types that hold
    themselves take time in proportion to the value."""
    match ty:
        case int():
            return _kind(value) & ty != 0
        case ("integer",):
            return _is_whole(value)
        case ("constant", constant):
            return _same(constant, value)
        case ("named", name):
            key = (name, id(value))
            if key not in known:
                known[key] = _is_of(_TYPES[name], value, known)
            return known[key]
        case ("array", first, rest, least, most):
            if _kind(value) != 16 or not least <= len(value) <= (len(value) if most is None else most):
                return False
            for index, element in enumerate(value):
                if not _is_of(first[index] if index < len(first) else rest, element, known):
                    return False
            return True
        case ("object", members, others):
            if _kind(value) != 32 or any(key not in value and not members[key][0] for key in members):
                return False
            for key, inner in value.items():
                if not _is_of(members[key][1] if key in members else others, inner, known):
                    return False
            return True
        case (word, types):
            for inner in types:
                if _is_of(inner, value, known) == (word == "any"):
                    return bool(word == "any")
    return bool(ty[0] == "all")


def _is_code(codes: str, code: _Json) -> bool:
    """Whether a code is one of an error, one that nobody declared, or one of a success."""
    succeeds = any(
        code == one if isinstance(one, str) else _is_whole(code) and one[0] <= code <= one[1] for one in _SUCCESS
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

    def keep(self, name: str, value: _Json, alone: bool) -> bool:
        if name:
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

    def whole(self, text: str) -> _Json:
        found = self.json(text)
        return _NO_JSON if found is None or text[found[1] :].strip(" \t\n\r\f") else found[0]

    def value(self, pattern: _Json, value: _Json) -> bool:
        match pattern:
            case ("is", constant):
                return _same(constant, value)
            case ("value", kinds, ty, _, name):
                is_value = _kind(value) & kinds != 0 and (ty is None or _is_of(ty, value, {}))
                return is_value and self.keep(name, value, True)
            case ("code", kinds, quoted, codes, name):
                if value is None or quoted:
                    return bool(kinds & 1) if value is None else self.code(pattern, value, True)
                is_code = isinstance(value, str) or _is_whole(value)
                return is_code and _kind(value) & kinds != 0 and _is_code(codes, value) and self.keep(name, value, True)
            case ("object", closed, members):
                if _kind(value) != 32 or (closed and any(all(key != one[0] for one in members) for key in value)):
                    return False
                for key, optional, inner in members:
                    there = value.get(key, _NO_JSON)
                    is_nothing = optional and (there is None or there is _NO_JSON)
                    if not is_nothing and (there is _NO_JSON or not self.value(inner, there)):
                        return False
                return True
            case ("array", elements):
                return _kind(value) == 16 and self.array(elements, value)
            case ("text", parts):
                return isinstance(value, str) and self.text(parts, value)
            case ("encoded", inner):
                return isinstance(value, str) and (y := self.whole(value)) is not _NO_JSON and self.value(inner, y)
        return self.either(self.value, pattern, value)

    def either(self, matches: _abc.Callable[[_Json, _Json], bool], pattern: _Json, value: _Json) -> bool:
        match pattern:
            case ("one of", patterns):
                return any(self.attempt(matches, inner, value) for inner in patterns)
            case ("both", one, other):
                return matches(one, value) and matches(other, value)
        self.attempt(matches, pattern[1], value)
        return True  # Lenient: what it keeps where it matches.

    def characters(self, pattern: _Json, text: str) -> bool:
        match pattern:
            case ("value", kinds, ty, optional, name):
                if optional and text == "":
                    return True
                if kinds & 8 and (ty is None or _is_of(ty, text, {})):
                    return self.keep(name, text, False)
                value = self.whole(text)
                if _kind(value) & (63 if kinds & 8 else kinds) == 0:
                    return False
                return (ty is None or _is_of(ty, value, {})) and self.keep(name, value, False)
            case ("code", kinds, _, _, _):
                return (text == "" and kinds & 1 != 0) or self.code(pattern, text, False)
            case ("text", parts):
                return self.text(parts, text)
            case ("one of" | "both" | "lenient", *_):
                return self.either(self.characters, pattern, text)
            case ("is", str()):
                return bool(pattern[1] == text)
        return (value := self.whole(text)) is not _NO_JSON and self.value(pattern, value)

    def code(self, pattern: _Json, text: _Json, alone: bool) -> bool:
        """A code in a string: one of a number has the digits of one."""
        _, kinds, _, codes, name = pattern
        if not isinstance(text, str):
            return False
        digits = int(text) if re.fullmatch("0|-?[1-9][0-9]{0,18}", text) else 2**63
        is_number = -(2**63) <= digits < 2**63
        means = [_is_code(codes, text), *([_is_code(codes, digits)] if is_number else [])]
        if not (any(means) if codes == "success" else all(means)) or not (is_number or kinds & 8):
            return False
        return self.keep(name, text if alone or kinds & 8 else digits, alone)

    def array(self, elements: _Json, values: list[_Json]) -> bool:
        at = next((index for index, (_, spliced, _) in enumerate(elements) if spliced), -1)
        if at < 0:
            for index, (optional, _, inner) in enumerate(elements):
                there = values[index] if index < len(values) else _NO_JSON
                is_nothing = optional and (there is None or there is _NO_JSON)
                if not is_nothing and (there is _NO_JSON or not self.value(inner, there)):
                    return False
            return len(values) <= len(elements)
        end = len(values) - (len(elements) - at - 1)
        parts = [*values[:at], values[at:end], *values[end:]]
        return end >= at and all(self.value(inner, part) for (_, _, inner), part in zip(elements, parts))

    def text(self, parts: _Json, text: str) -> bool:
        """A text that is taken apart: a slot ends where what follows it can begin."""
        again = self.again and len(text.encode(errors="replace")) <= 4096
        return self.walk(parts, text, 0, again, set())

    def walk(self, parts: _Json, text: str, at: int, again: bool, failed: set[tuple[int, int]]) -> bool:
        if not parts:
            return at == len(text)
        if (len(parts), at) in failed:
            return False
        part, after, matches = parts[0], parts[1:], False

        def both(test: _abc.Callable[[_Json, _Json], bool], inner: _Json, value: _Json, end: int) -> bool:
            return (inner is None or test(inner, value)) and self.walk(after, text, end, again, failed)

        match part:
            case str():
                matches = text.startswith(part, at) and both(self.value, None, "", at + len(part))
            case ("maybe", inner):
                matches = self.attempt(self.walk, inner + after, text, at, again, set())
                matches = matches or both(self.value, None, "", at)
            case ("json", _, inner) if (found := self.json(text, at)) is not None:
                matches = self.attempt(both, self.value, inner, *found)
            case ("quoted", inner) if (found := self.json(text, at)) is not None and isinstance(found[0], str):
                matches = self.attempt(both, self.characters, inner, *found)
            case ("slot", undo, inner):
                for end in self.ends(text, at, after, again):
                    slot = text[at:end]
                    if undo in _UNDO:
                        slot = re.sub(*_UNDO[undo], slot)
                    self.tries += 1
                    if self.tries > 1000:
                        break
                    if undo != "len":
                        matches = self.attempt(both, self.characters, inner, slot, end)
                    elif re.fullmatch("[0-9]+", slot):
                        matches = self.attempt(both, self.value, None, "", end)
                    if matches or not again:
                        break
        if again and not matches:
            failed.add((len(parts), at))
        return matches

    def ends(self, text: str, at: int, after: _Json, again: bool) -> _abc.Iterator[int]:
        """Where a slot can end, from the left."""
        start = at
        while start <= len(text):
            match after:
                case ():
                    end = len(text)
                case _ if not again and all(isinstance(part, str) for part in after):
                    end = len(text) - len(last := "".join(after))
                    end = end if end >= at and text.endswith(last) else -1
                case (str(), *_):
                    end = text.find(after[0], start)
                case (("slot", *_), *_):
                    end = at if start == at else -1  # All characters are the second's.
                case (("maybe", *_), *_):
                    end = start
                case _:
                    begins = after[0][1] if after[0][0] == "json" else '"'
                    end = next((index for index in range(start, len(text)) if text[index] in begins), -1)
            if end < 0:
                return
            yield end
            start = end + 1


class _Reading(_t.NamedTuple):
    """One way to read a frame. `tier`: whether it reads a declared code, no error, or anything else."""

    tier: int
    frames: _t.Literal["json", "packed", "text", "bytes", "http"]
    separated: bool
    constant: _Json
    pattern: _Json
    error: _t.Any = None
    context: _t.Any = None

    def made(self, kept: list[tuple[str, _Json, bool]], data: _Json) -> _t.Any:
        """The error. Of values with one name what stands alone counts, and then the first."""
        values: dict[str, _Json] = {}
        for name, value, _ in sorted(kept, key=lambda one: not one[2]):
            values.setdefault(name, value)
        if self.context is not None:
            context = {name[1:]: values.pop(name) for name in list(values) if name[0] == "."}
            values["context"] = self.context(**context)
        return self.error(**values, **({"data": data} if self.error.kind == "$unknown" else {}))


class _Finder:
    """Finds the reading of a frame: by the constant that tells the most of them apart, and in order."""

    def __init__(self, readings: tuple[_Reading, ...], switch: tuple[str | int, ...]) -> None:
        self.switch = switch
        keys = {(_kind(one.constant), one.constant) for one in readings if one.constant is not _NO_JSON}
        self.cases: dict[object, list[tuple[bool, _Reading]]] = {}
        for key in [*keys, None]:
            case = [one for one in readings if one.constant is _NO_JSON or (_kind(one.constant), one.constant) == key]
            tiers = [(tier, again) for tier in (0, 1, 2) for again in (False, True)]
            self.cases[key] = [
                (again, one) for tier, again in tiers for one in case if one.tier == tier and one.separated >= again
            ]

    def find(self, value: _Json, text: str | None, frames: str) -> _t.Any:
        """The error that JSON or a text is; `None` where it is none."""
        at = value
        for step in self.switch:
            has = _kind(at) == 32 and step in at or _kind(at) == 16 and isinstance(step, int) and step < len(at)
            at = at[step] if has else _NO_JSON
        key = (_kind(at), at) if 0 < _kind(at) < 16 else None
        parsed: dict[tuple[str, int], tuple[_Json, int] | None] = {}
        for again, reading in self.cases.get(key, self.cases[None]):
            is_text = reading.frames in ("text", "bytes")
            data: _Json = text if is_text else value
            if reading.frames in frames and data is not (None if is_text else _NO_JSON):
                run = _Try(again, parsed)
                if run.text(reading.pattern, data) if is_text else run.value(reading.pattern, data):
                    return reading.error and reading.made(run.kept, data)
        return None

    def error(self, value: _Json, text: str | None, frames: str) -> _t.Any:
        """The same. Whether it is sound is looked at only where it seems to be an error."""
        with contextlib.suppress(Exception):
            if self.find(value, text, frames) is not None:
                (text or "").encode()
                return self.find(value if value is _NO_JSON else _plain(value), text, frames)
        return None


def _parse(text: str) -> _t.Any:
    return _FINDER.error(_parsed(text), text, "json text") if isinstance(text, str) else None


def _decode(value: object) -> _t.Any:
    with contextlib.suppress(Exception):
        value = _plain(value)
        return _FINDER.error(value, value if isinstance(value, str) else None, "json packed text bytes")
    return None


def _parse_all(text: str) -> list[_t.Any]:
    value = _parsed(text)
    if isinstance(value, list) and all(isinstance(element, (dict, list)) for element in value):
        errors = [_FINDER.error(element, None, "json") for element in value]
        if any(error is not None for error in errors):
            return [error for error in errors if error is not None]
    # No value has a control character as it is, so one that ends messages ends each.
    end = next((end for end in _ENDS if end in text), "") if isinstance(text, str) else ""
    parts = re.findall(f".*?{re.escape(end)}|.+", text, re.DOTALL) if end else [text]
    found = [[error] if (error := _parse(part)) is not None else _behind(part) for part in parts]
    return [error for errors in found for error in errors if error is not None]


def _behind(text: str) -> list[_t.Any]:
    """The errors in JSON behind JSON, with white space between them or without; all of it, or nothing."""
    values, at = [], 0
    while isinstance(text, str) and text[at:].strip(" \t\n\r\f"):
        found = _json_at(text, at)
        if found is None or (_kind(found[0]) < 8 and text[found[1] : found[1] + 1] not in " \t\r\n\"[]{},:"):
            return []
        value, at = found
        values.append(value)
    return [_FINDER.error(value, None, "json") for value in values]


def _read(data: str | bytes, unpack: _abc.Callable[[bytes], object] | None) -> list[_t.Any]:
    if isinstance(data, str):
        return [error] if (error := _parse(data)) is not None else _parse_all(data)
    error = None
    with contextlib.suppress(Exception):
        error = None if unpack is None else _decode(unpack(data))
    if error is None and (text := _utf8(data)) is not None:
        error = _decode(text) or _decode(_parsed(text))
    return [] if error is None else [error]


def _type_of_close(code: int, reason: str) -> _t.Any:
    """The type of a close: by its code, and by its reason where that is compared."""
    declared = [close for close in _CLOSES if close[0] == code]
    may_be_sent = 3000 <= code <= 4999 or (1000 <= code <= 1013 and code not in (1004, 1005, 1006, 1010))
    others = [close for close in _CLOSES if close[0] is None and may_be_sent]
    for _, parts, close in declared or others:
        if parts is None or _is_reason(parts, reason):
            return close
    return _UNKNOWN_CLOSE


def _is_reason(parts: _Json, reason: str) -> bool:
    """Whether a reason is this one, as far as there was room for it in a close frame."""
    if any(_Try(again, {}).text(parts, reason) for again in (False, True)):
        return True
    literals = [index for index, part in enumerate(parts) if isinstance(part, str)]
    is_cut = len(reason.encode(errors="replace")) >= 120 and 0 < len(literals) < len(parts)
    return is_cut and literals[-1] > 0 and _is_reason(parts[: literals[-1]], reason)


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


def _parse_response(status: int, body: str) -> _t.Any:
    value = _parsed(body)
    error = None if value is _NO_JSON else _RESPONSES.error({"status": status, "body": value}, None, "http")
    return error or _RESPONSES.error({"status": status, "body": body}, None, "http")
