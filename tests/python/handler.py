"""A script that handles every error of `metered`: mypy names the case that is missing when one is added."""

from __future__ import annotations

import metered
from typing_extensions import assert_never


def shown(error: metered.MeteredError) -> str:
    match error:
        case metered.ChannelNotAuthorized() | metered.ChannelReserved() | metered.ActionNotPermitted():
            return f"not allowed: {error.message}"
        case metered.MalformedMessage() | metered.UnknownType() | metered.MissingData():
            return f"a fault of this script: {error.message}"
        case metered.InvalidChannel() | metered.InvalidPeerId() | metered.PeerNotFound():
            return f"no such thing: {error.message}"
        case metered.ChannelLimitExceeded() | metered.OverMessageQuota():
            return f"too many: {error.message}"
        case metered.BackendError() | metered.InternalError():
            return f"later: {error.message}"
        case metered.MeteredUnknown():
            return f"unknown: {error.raw_code}"
        case _:
            assert_never(error)


found = metered.parse('{"type":"error","code":"peer_not_found","message":"no peer"}')
assert found is not None and shown(found) == "no such thing: no peer"
