class PrefixExplanation(_t.NamedTuple):
    """What a person sees."""

    title: str
    message: str
    action: str | None
    """What the button says; `None` where there is nothing to do."""


def parse(text: str) -> PrefixError | None:
    """The error that the text of a frame is; `None` where it is none of this catalog's. It never raises."""
    error: PrefixError | None = _parse(text)
    return error


def parse_all(text: str) -> list[PrefixError]:
    """The errors in the text of a frame that may hold several messages: as an array, or one behind the
    other. What is none is left out. It never raises."""
    return _parse_all(text)


def decode(value: object) -> PrefixError | None:
    """The error that an already parsed message is; `None` where it is none of this catalog's. A message in
    a binary frame is decoded once it is unpacked. It never raises."""
    error: PrefixError | None = _decode(value)
    return error


def read(data: str | bytes, unpack: _abc.Callable[[bytes], object] | None = None) -> list[PrefixError]:
    """The errors in a frame, as a socket gives it. `unpack` makes a value of the bytes of a binary frame:
    a library's function for MessagePack or CBOR, or the application's own. It never raises."""
    return _read(data, unpack)


def closed(code: int, reason: str, last: PrefixError | None = None) -> PrefixClose:
    """The entry that a close tells of, by its code and its reason. `last` is the error message that came
    just before it, where there was one."""
    close: PrefixClose = _type_of_close(code, reason)(code=code, reason=reason, after=last)
    return close


def explain(error: PrefixError | PrefixClose) -> PrefixExplanation:
    """What a person sees of an error or a close: in the catalog's words for it, or for all others."""
    said: _Json = _USER.get(error.kind, _FALLBACK)
    return PrefixExplanation(*(_said(said.get(words), error) for words in ("title", "message", "action")))


def parse_response(status: int, body: str) -> PrefixError | None:
    """The error that answers a request over HTTP, by its status and the text of its body; `None` where it
    is none of this catalog's. It never raises."""
    error: PrefixError | None = _parse_response(status, body)
    return error
