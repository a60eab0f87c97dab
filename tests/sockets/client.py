"""The Python client of the matrix: reads jobs from standard input, writes results to standard
output, one JSON object a line."""

import asyncio
import json
import os
import ssl
import sys

from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake

TLS = ssl.create_default_context(cadata=os.environ.get("WS_ERRORS_CERTIFICATE") or None)
LOAD = json.dumps({"type": "load", "data": "x" * 4000})


async def load(socket):
    try:
        while True:
            await socket.send(LOAD)
            await asyncio.sleep(0)
    # After a reset, asyncio's transport may be gone before the library knows: the last one is that.
    except (ConnectionClosed, OSError, AttributeError):
        pass


async def receive(socket, job, texts):
    try:
        while True:
            if job["slow"]:
                await asyncio.sleep(0.02)
            texts.append(await socket.recv())
    except ConnectionClosed:
        pass


async def connection(job):
    """None where everything arrived, else what did."""
    texts = []
    tls = TLS if job["url"].startswith("wss:") else None
    # How long a handshake takes says nothing of a last word: on a busy machine, longer than 10 s.
    socket = await connect(
        job["url"],
        compression=None,
        max_size=None,
        open_timeout=None,
        ping_interval=None,
        ssl=tls,
        proxy=None,
    )
    sending = None
    reading = asyncio.create_task(receive(socket, job, texts))
    try:
        for size in job["oversized"]:
            await socket.send(bytes(size))
        if not job["oversized"]:
            await socket.send(job["request"])
        if job["sending"]:
            sending = asyncio.create_task(load(socket))
    # See there.
    except (ConnectionClosed, OSError, AttributeError):
        pass
    await reading
    await socket.wait_closed()
    if sending:
        await sending
    expected = [] if job["text"] is None else [job["text"]]
    seen = (texts == expected, socket.close_code, socket.close_reason)
    if seen == (True, job["code"], job["reason"]):
        return None
    return f"{len(texts)} texts, {socket.close_code} {socket.close_reason}"


async def run(job):
    losses = []
    left = iter(range(job["connections"]))

    async def lane():
        for _ in left:
            try:
                losses.append(await connection(job))
            except (OSError, InvalidHandshake) as error:
                losses.append(repr(error))

    await asyncio.gather(*(lane() for _ in range(job["parallel"])))
    lost = [loss for loss in losses if loss is not None]
    return {"lost": len(lost), "sample": lost[-1] if lost else ""}


for line in sys.stdin:
    print(json.dumps(asyncio.run(run(json.loads(line)))), flush=True)
