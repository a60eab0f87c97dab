"""Whether the client in Python decides as that in TypeScript: node decisions.mjs | python decisions.py.

Each line has what was decided, and from what: policies with attempts, hints and random numbers, then codes
that nobody declared, then the storm model of tests/client/source/storm.ts, of which all figures and the whole
curve must be the same.
"""

import json
import math
import pathlib
import sys
import types

sys.path.insert(0, str(pathlib.Path(__file__).parents[2] / "ws-errors/python"))
from ws_errors import Act, Stop, Wait, decide, policy_of

CAPACITY = BACKLOG = 2000
STEP = 10


def numbers(seed):
    """The generator of tests/client/source/fake.ts."""
    state = seed & 0xFFFFFFFF

    def imul(one, other):
        return (one * other) & 0xFFFFFFFF

    def number():
        nonlocal state
        state = (state + 0x6D2B79F5) & 0xFFFFFFFF
        mixed = imul(state ^ (state >> 15), state | 1)
        mixed ^= (mixed + imul(mixed ^ (mixed >> 7), mixed | 61)) & 0xFFFFFFFF
        return (mixed ^ (mixed >> 14)) / 2**32

    return number


def storm(fleet):
    policy, clients, refusal = fleet["policy"], fleet["clients"], fleet["refusal"]
    random, now, slots, tried = numbers(7), 0, {}, [0] * clients
    lost = 0

    def plan(client, policy, hint):
        nonlocal lost
        decision = decide(policy, tried[client], hint, random)
        if not isinstance(decision, Wait):
            lost += 1
            return
        tried[client] += 1
        slots.setdefault(math.floor((now + decision.ms) / STEP) + 1, []).append(client)

    for client in range(clients):
        plan(client, fleet.get("first", policy), fleet.get("dropped", {}).get("wait"))
    if "first" in fleet:
        tried = [0] * clients
    attempts = back = slot = 0
    last = queue = 0.0
    per_second, curve = {}, []
    while back + lost < clients and slot * STEP < 3_600_000:
        now = slot * STEP
        queue = max(0, queue - CAPACITY * STEP / 1000)
        for client in slots.pop(slot, []):
            attempts += 1
            per_second[now // 1000] = per_second.get(now // 1000, 0) + 1
            if queue + 1 <= BACKLOG:
                queue += 1
                back += 1
                last = max(last, now + queue / CAPACITY * 1000)
            else:
                queue = min(queue + refusal, 2 * BACKLOG)
                plan(client, policy, None)
        if now % 1000 == 0:
            curve.append(back)
        slot += 1
    is_all = {"back": last / 1000} if back == clients else {}
    return {"peak": max(per_second.values()), "attempts": attempts, "lost": lost / clients, "curve": curve} | is_all


def said(decision):
    match decision:
        case Stop():
            return {"next": "stop"}
        case Wait():
            return {"next": "wait", "ms": decision.ms}
        case Act(action, otherwise):
            return {"next": "act", "action": action} | ({"otherwise": otherwise} if otherwise else {})


rows = different = 0
for line in sys.stdin:
    row = json.loads(line)
    rows += 1
    if "said" in row:
        randoms = iter(row["randoms"])
        found, expected = said(decide(row["policy"], row["attempt"], row.get("hint"), lambda: next(randoms))), row["said"]
    elif "of" in row:
        of = types.SimpleNamespace(raw_code=row["of"].pop("rawCode", None), **row["of"])
        found, expected = policy_of({"known": {"retry": "never"}}, row.get("ranges"), of), row["found"]
    else:
        found, expected = storm(row["fleet"]), row["outcome"]
    if found != expected:
        different += 1
        if different < 10:
            print(str(row)[:300], "\n  Python:    ", str(found)[:300], "\n  TypeScript:", str(expected)[:300])
print(f"{rows} decisions and storms, {different} of them different")
sys.exit(1 if different or rows < 20_000 else 0)
