class _PrefixPolicy(_t.TypedDict):
    retry: _t.Literal["never", "never_on_connection", "now", "after", "backoff", "when", "leave"]


class PrefixPolicy(_PrefixPolicy, total=False):
    """What a client may do next: of an error that leaves the connection open it speaks of the operation,
    else of connecting again. Times are in milliseconds."""

    closes: bool
    """The error is a message that a close follows: the policy is that of the close."""
    attempts: int
    """How often at most."""
    jitter: _t.Literal["none"] | int
    """`none`, or so much added at random; where it is absent, a random part of the wait."""
    spread: int
    """The window in which a client picks a moment, in addition to the wait."""
    wait: int
    """`after`: the wait, where the server gives none."""
    field: str
    """`after`: the attribute of the error that holds the wait."""
    base: int
    """`backoff`: the first wait."""
    max: int
    """`backoff`: the longest wait."""
    action: str
    """`when`: what the application does first."""
    otherwise: str
    """`when`: what it does where that fails."""
    code: int
    """`leave`: the close code that the client sends."""
    reason: str
    """`leave`: the reason that the client sends."""


class PrefixRange(_t.TypedDict):
    """The policy of codes from the first to the last."""

    first: int
    last: int
    policy: PrefixPolicy


class PrefixPolicies(_t.TypedDict):
    """The policies of codes that nobody declared: the first range that holds a code counts."""

    ranges: list[PrefixRange]
    unknown: PrefixPolicy


class PrefixExplanation(_t.NamedTuple):
    """What a person sees."""

    title: str
    message: str
    action: str | None
    """What the button says; `None` where there is nothing to do."""


# --- functions
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
    close: PrefixClose = _kind_of_close(code, reason)(code=code, reason=reason, after=last)
    return close


def explain(error: PrefixError | PrefixClose) -> PrefixExplanation:
    """What a person sees of an error or a close: in the catalog's words for it, or for all others."""
    said: _Json = _USER.get(error.kind, _FALLBACK)
    action = said.get("action")
    title, message = _said(said["title"], error), _said(said["message"], error)
    return PrefixExplanation(title, message, None if action is None else _said(action, error))


# --- responses
def parse_response(status: int, body: str) -> PrefixError | None:
    """The error that answers a request over HTTP, by its status and the text of its body; `None` where it
    is none of this catalog's. It never raises."""
    error: PrefixError | None = _parse_response(status, body)
    return error


def _parse_response(status: int, body: str) -> _t.Any:
    value = _parsed(body)
    error = None if value is _NO_JSON else _RESPONSES.error({"status": status, "body": value}, None, "http")
    return error or _RESPONSES.error({"status": status, "body": body}, None, "http")
