"""What the client does beside reconnecting: requests, repetitions, storms: python client.py DIR of modules."""

import asyncio
import json
import sys

sys.path.insert(0, sys.argv[1])
import materi
import metered
import websockets.asyncio.server
import ws_errors


class Clock:
    """Waits of a policy pass at once, and are kept; what bounds a wait for the server does not."""

    def __init__(self):
        self.waits = []

    async def sleep(self, seconds):
        if seconds in (5, 10, 20, 30):
            return await asyncio.sleep(seconds)
        self.waits.append(seconds)
        return await asyncio.sleep(0)


def answered(data):
    value = json.loads(data)
    return (value["requestId"], value) if value.get("type") == "ack" else None


def ask(what):
    return lambda name: json.dumps({"type": what, "requestId": name})


async def failure(awaitable):
    try:
        await awaitable
    except ws_errors.RequestError as error:
        return error
    raise AssertionError("there was an answer")


async def requests():
    tries = {}

    async def serve(socket):
        async for message in socket:
            asked = json.loads(message)
            name = asked["requestId"]
            tries[name] = tries.get(name, 0) + 1
            error = {"type": "error", "requestId": name, "message": "m"}
            if asked["type"] == "flaky" and tries[name] < 3 or asked["type"] == "down":
                await socket.send(json.dumps(error | {"code": "backend_error"}))
            elif asked["type"] == "bad":
                await socket.send(json.dumps(error | {"code": "missing_data"}))
            elif asked["type"] == "end":
                await socket.close(4011, "")
                return
            else:
                await socket.send(json.dumps({"type": "ack", "requestId": name}))

    clock = Clock()
    async with websockets.asyncio.server.serve(serve, "127.0.0.1", 0) as server:
        url = f"ws://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        client = ws_errors.Client(metered, url, answered=answered, sleep=clock.sleep, random=lambda: 0.5)
        assert (await failure(client.request(ask("early")))).why == "stopped"
        async with client:
            assert (await client.request(ask("ping")))["type"] == "ack"
            # Its policy is `backoff(500ms..30s, attempts = 5)`: a random part of 500 ms, and then of 1 s.
            await client.request(ask("flaky"))
            assert clock.waits == [0.25, 0.5], clock.waits
            final = await failure(client.request(ask("down")))
            assert final.why == "error" and final.error.kind == "backend_error" and len(clock.waits) == 7
            final = await failure(client.request(ask("bad")))
            assert final.error.kind == "missing_data"
            final = await failure(client.request(ask("end")))
            assert final.close.code == 4011
            # The next one waits for the next connection.
            assert (await client.request(ask("ping")))["type"] == "ack"
            pending = asyncio.ensure_future(failure(client.request(ask("flaky"))))
            await client.close()
            assert (await pending).why in ("stopped", "closed")
            events = [event async for event in client]
        assert [event.kind for event in events] == ["over_message_rate"], events
        assert [event async for event in client] == []


async def storm():
    codes = []

    async def serve(socket):
        data = {"error_code": "NEW", "message": "m", "recoverable": True, "timestamp": "t"}
        frame = {"type": "system", "event": "error", "data": data}
        for _ in range(11):
            await socket.send(json.dumps(frame))
        await socket.wait_closed()
        codes.append((socket.close_code, socket.close_reason))

    async with websockets.asyncio.server.serve(serve, "127.0.0.1", 0) as server:
        url = f"ws://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        async with ws_errors.Client(materi, url) as client:
            events = []
            async for event in client:
                events.append(event)
                if hasattr(event, "after"):
                    break
            while not codes:
                await asyncio.sleep(0.01)
    rule = materi.GUARDS["storm"]
    assert events[-1].kind == "ERROR_STORM", events
    assert len(events) == rule["more_than"] + 1 and codes == [(rule["code"], rule["reason"])], (events, codes)


async def opened():
    greeted = []

    async def serve(socket):
        greeted.append(json.loads(await socket.recv()))
        await socket.send(json.dumps({"type": "ack", "requestId": greeted[-1]["requestId"]}))
        if len(greeted) < 2:
            await socket.close(1012, "")
        await socket.wait_closed()

    answers = []

    async def subscribe(client):
        assert client.is_open
        answers.append(await client.request(ask("subscribe")))

    clock = Clock()
    async with websockets.asyncio.server.serve(serve, "127.0.0.1", 0) as server:
        url = f"ws://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        async with ws_errors.Client(metered, url, opened=subscribe, answered=answered, sleep=clock.sleep):
            while len(answers) < 2:
                await asyncio.sleep(0.01)
    assert [one["type"] for one in greeted] == ["subscribe", "subscribe"], greeted


async def main():
    await opened()
    await requests()
    await storm()


asyncio.run(asyncio.wait_for(main(), 30))
print("what follows a connection, requests, repetitions and storms are as they should be")
