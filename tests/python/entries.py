"""Every entry of the five catalogs, raised on a real server and seen by the client: python entries.py DIR SERVER.

Of each the client says what it was, runs the handler, and does what the policy says; minutes pass in no time.
DIR has the modules, SERVER is the program `raise`.
"""

import asyncio
import importlib
import json
import pathlib
import subprocess
import sys

modules, server = pathlib.Path(sys.argv[1]), sys.argv[2]
sys.path.insert(0, str(modules))
import ws_errors

# What no server can make a client see as what it is, and what the client sees in its place.
OTHERWISE = {
    # It refuses the handshake without a body, so that there is nothing to read.
    ("rooms", "unsupported_path"): "connection_lost",
    ("rooms", "ping_timeout"): "connection_lost",
    ("materi", "REFRESH_FAILED"): "ABNORMAL_CLOSURE",
    ("materi", "ERROR_STORM"): "ABNORMAL_CLOSURE",
}


class Clock:
    """A clock on which waits of more than 2 s pass at once, and are kept."""

    def __init__(self):
        self.now, self.waits = 0.0, []

    async def sleep(self, seconds):
        # What bounds a wait for the server is no wait of a policy.
        if seconds in (5, 10, 20, 30):
            return await asyncio.sleep(seconds)
        self.waits.append(seconds)
        self.now += seconds
        return await asyncio.sleep(0)


async def carried_out(catalog, name, url):
    """What the client saw first, and what it did then."""
    module = importlib.import_module(catalog)
    clock, acted, connections = Clock(), [], []

    def action(word):
        async def act(cause):
            acted.append((word, cause.kind))

        return act

    async def connect(to):
        connections.append(to)
        if len(connections) > 1:
            # It has come back: that is enough.
            await asyncio.Event().wait()
        return await ws_errors.connect_websockets(to)

    tables = [*module.RETRY.values(), *(one["policy"] for one in module.CLOSES["ranges"])]
    words = {policy[key] for policy in tables for key in ("action", "otherwise") if key in policy}
    client = ws_errors.Client(
        module,
        f"{url}/{catalog}/{name}",
        actions={word: action(word) for word in words},
        connect=connect,
        clock=lambda: clock.now,
        sleep=clock.sleep,
        random=lambda: 0.5,
    )
    async with client:
        events = aiter(client)
        event = await asyncio.wait_for(anext(events), 10)
        ran = module.explain(event).title and type(event).__name__
        policy = module.RETRY[event.kind]
        is_final = policy["retry"].startswith("never") or policy["retry"] == "leave"
        is_close = hasattr(event, "reason") and hasattr(event, "after")
        # The policy has been carried out when the client connects again, acts, or stops.
        for _ in range(200):
            await asyncio.sleep(0.01)
            has_ended = len(connections) > 1 or client._runs.done()
            if acted if policy["retry"] == "when" else has_ended or not is_close:
                break
        did = "acts" if acted else "connects" if len(connections) > 1 else "stops" if client._runs.done() else "stays"
        return event.kind, ran, did, policy, is_close, is_final, clock.waits, acted


async def main(url):
    wrong = []
    count = 0
    for catalog in ("chat", "rooms", "materi", "metered", "instant"):
        entries = json.loads((modules / f"{catalog}.json").read_text(encoding="utf-8"))["entries"]
        for name in (entry["name"] for entry in entries):
            count += 1
            kind, ran, did, policy, is_close, is_final, waits, acted = await carried_out(catalog, name, url)
            expected = OTHERWISE.get((catalog, name), name)
            what = f"{catalog} {name}: {kind}, {ran}, {did}, {policy}, waits {waits}, {acted}"
            if kind != expected or not ran:
                wrong.append(what)
            elif policy["retry"] == "when" and policy.get("action") not in [word for word, _ in acted]:
                wrong.append(what)
            elif is_close and did != ("stops" if is_final else "acts" if policy["retry"] == "when" else "connects"):
                wrong.append(what)
            elif is_close and policy["retry"] == "backoff":
                # Half of the whole, by the random number that the client is given.
                ms = ws_errors.decide(policy, 0, None, lambda: 0.5).ms
                if ms > 0 and ms / 1000 not in waits:
                    wrong.append(what)
    print("\n".join(wrong))
    print(f"{count} entries, {len(wrong)} of them not as they should be")
    return 1 if wrong else 0


process = subprocess.Popen([server], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
try:
    status = asyncio.run(main(process.stdout.readline().strip()))
finally:
    process.stdin.close()
    process.wait(10)
sys.exit(status)
