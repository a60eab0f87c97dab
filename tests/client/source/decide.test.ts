// The decision function: every formula, and what no server should be able to make of it.

import assert from "node:assert/strict";
import { test } from "node:test";

import {
  type Decision,
  type Hint,
  type Policy,
  decide,
  policyOf,
} from "../../../ws-errors/typescript/index.js";
import { numbers } from "./fake.js";

const clock = { now: () => 5000 };
const none = () => 0;
const half = () => 0.5;
const most = () => 1 - 2 ** -32;

function wait(
  policy: Policy,
  attempt: number,
  random: () => number,
  hint: Hint = {},
): number {
  const decision: Decision = decide(policy, attempt, hint, clock, random);
  assert.equal(decision.next, "wait");
  assert.ok(decision.next === "wait");
  assert.equal(decision.at, 5000 + decision.ms);
  return decision.ms;
}

const full: Policy = { retry: "backoff", base: 1000, max: 30_000 };

test("full jitter is a random part of the wait, after the cap", () => {
  for (const [attempt, cap] of [
    [0, 1000],
    [1, 2000],
    [4, 16_000],
    [5, 30_000],
    [6, 30_000],
  ] as const) {
    assert.equal(wait(full, attempt, none), 0);
    assert.equal(wait(full, attempt, half), cap / 2);
    assert.ok(wait(full, attempt, most) < cap);
  }
});

test("without jitter every client waits exactly as long", () => {
  const policy: Policy = { ...full, jitter: "none" };
  for (const random of [none, half, most]) {
    assert.equal(wait(policy, 3, random), 8000);
    assert.equal(wait(policy, 9, random), 30_000);
  }
});

test("added jitter comes on top of the cap", () => {
  const policy: Policy = { ...full, jitter: 1000 };
  assert.equal(wait(policy, 0, none), 1000);
  assert.equal(wait(policy, 0, half), 1500);
  assert.equal(wait(policy, 10, half), 30_500);
});

test("no attempt is too many: the exponent is clamped", () => {
  for (const attempt of [31, 1024, 10_000, 2 ** 53, Infinity])
    assert.equal(wait(full, attempt, half), 15_000);
});

test("an attempt that is no number counts as the first", () => {
  for (const attempt of [NaN, -1, -Infinity])
    assert.equal(wait(full, attempt, half), 500);
});

test("a window is added to the wait", () => {
  assert.equal(wait({ ...full, spread: 60_000 }, 0, half), 30_500);
  const policy: Policy = { retry: "after", wait: 10_000, spread: 60_000 };
  assert.equal(wait(policy, 0, none), 10_000);
  assert.equal(wait(policy, 0, half), 40_000);
  assert.ok(wait(policy, 0, most) < 70_000);
});

test("what the server says is a floor, that is stretched up to twice", () => {
  const policy: Policy = { retry: "after", field: "retry_after", wait: 1000 };
  const hint = { wait: 5000 };
  assert.equal(wait(policy, 0, none, hint), 5000);
  assert.equal(wait(policy, 0, half, hint), 7500);
  assert.ok(wait(policy, 0, most, hint) < 10_000);
  assert.equal(wait({ ...policy, jitter: "none" }, 0, half, hint), 5000);
  assert.equal(wait({ ...policy, jitter: 1000 }, 0, half, hint), 5500);
});

test("what the server says is never shortened, whatever the policy", () => {
  const random = numbers(1);
  const policies: Policy[] = [
    full,
    { ...full, jitter: "none" },
    { ...full, jitter: 10 },
    { ...full, spread: 100 },
    { retry: "after", wait: 10 },
    { retry: "after", spread: 100 },
    { retry: "now" },
  ];
  for (const policy of policies)
    for (let attempt = 0; attempt < 100; attempt++) {
      const asked = 1 + random() * 100_000;
      assert.ok(wait(policy, attempt, random, { wait: asked }) >= asked);
    }
});

test("a number that came as text is a number", () => {
  assert.equal(wait({ retry: "after" }, 0, none, { wait: "2500" }), 2500);
});

test("a hint that is no wait falls back to the policy", () => {
  const absurd = [
    NaN,
    Infinity,
    -Infinity,
    -1,
    0,
    86_400_001,
    2 ** 53,
    "",
    "soon",
    "-5",
    "1e400",
    null,
    undefined,
    true,
    {},
    [7000],
    () => 7000,
    Symbol("wait"),
    10n,
  ];
  for (const hint of absurd) {
    const policy: Policy = { retry: "after", wait: 1000, jitter: "none" };
    assert.equal(wait(policy, 0, half, { wait: hint }), 1000, String(hint));
    // Where the policy states no wait either, it backs off.
    assert.equal(wait({ retry: "after" }, 2, half, { wait: hint }), 2000);
  }
});

test("a policy with broken numbers backs off as usual", () => {
  for (const broken of [NaN, -5, 0, Infinity]) {
    assert.equal(
      wait({ retry: "backoff", base: broken, max: broken }, 1, half),
      1000,
    );
    assert.equal(wait({ retry: "after", wait: broken }, 1, half), 1000);
    assert.equal(wait({ ...full, jitter: broken }, 0, half), 1000);
    assert.equal(wait({ ...full, spread: broken }, 0, half), 500);
  }
});

test("now is at once, but not again and again", () => {
  assert.equal(wait({ retry: "now" }, 0, most), 0);
  assert.equal(wait({ retry: "now" }, 1, half), 500);
  assert.equal(wait({ retry: "now" }, 10_000, half), 15_000);
});

test("never is never, and a client has no other way to connect than the same", () => {
  const never: Policy = { retry: "never" };
  const here: Policy = { retry: "never_on_connection" };
  for (const attempt of [0, 10_000]) {
    for (const policy of [never, here])
      assert.deepEqual(decide(policy, attempt, { wait: 5 }, clock, half), {
        next: "stop",
      });
  }
});

test("leave says with which close", () => {
  const policy: Policy = { retry: "leave", code: 4999, reason: "Error storm" };
  const decision = decide(policy, 0, {}, clock, half);
  assert.ok(decision.next === "stop");
  assert.equal(decision.leave?.code, 4999);
  assert.equal(decision.leave?.reason, "Error storm");
});

test("when names the action and what to do otherwise, and otherwise has its turn when the attempts are used up", () => {
  const policy: Policy = {
    retry: "when",
    action: "refresh_token",
    otherwise: "login",
    attempts: 3,
  };
  for (const attempt of [0, 1, 2])
    assert.deepEqual(decide(policy, attempt, {}, clock, half), {
      next: "act",
      action: "refresh_token",
      otherwise: "login",
    });
  assert.deepEqual(decide(policy, 3, {}, clock, half), {
    next: "act",
    action: "login",
  });
  const alone: Policy = { retry: "when", action: "sign_in", attempts: 1 };
  assert.deepEqual(decide(alone, 1, {}, clock, half), { next: "stop" });
});

test("attempts bound every policy that tries", () => {
  for (const policy of [
    { ...full, attempts: 10 },
    { retry: "after", wait: 5, attempts: 10 },
    { retry: "now", attempts: 10 },
  ] as const) {
    assert.equal(decide(policy, 9, {}, clock, half).next, "wait");
    assert.deepEqual(decide(policy, 10, {}, clock, half), { next: "stop" });
  }
});

test("a policy is found by its kind, then by the catalog's ranges, then by what it says of all others", () => {
  const table = { known: { retry: "now" } } as const;
  const closes = {
    ranges: [
      { first: 4000, last: 4099, policy: { retry: "never" } },
      { first: 4050, last: 4199, policy: { retry: "after", wait: 7 } },
    ],
    unknown: { retry: "after", wait: 9 },
  } as const;
  const of = (kind: string, code: unknown) =>
    policyOf(table, closes, { kind, code });
  assert.equal(of("known", 4001), table.known);
  assert.equal(of("$unknown", 4099).retry, "never");
  assert.equal(of("$unknown", 4100).wait, 7);
  assert.equal(of("$unknown", 1000).wait, 9);
  assert.equal(of("$unknown", "4099").retry, "never", "digits are a number");
  for (const code of ["", "4e3", "x", 4000.5, NaN, undefined, null, {}, []])
    assert.equal(of("$unknown", code).wait, 9);
  for (const kind of ["__proto__", "constructor", "toString"])
    assert.equal(of(kind, 4001).retry, "never");
  assert.equal(
    policyOf({}, undefined, { kind: "$unknown", code: 4001 }).retry,
    "never",
    "nobody said anything",
  );
});

test("whatever it is given, it decides, and no wait is negative or NaN", () => {
  const pick = numbers(20_250_801);
  const one = <T>(items: readonly T[]): T =>
    items[Math.floor(pick() * items.length)] as T;
  const values = [
    undefined,
    0,
    -1,
    1,
    NaN,
    Infinity,
    -Infinity,
    1e308,
    5e-324,
    1000,
    2 ** 31,
  ];
  for (let round = 0; round < 200_000; round++) {
    const policy = {
      retry: one([
        "now",
        "after",
        "backoff",
        "when",
        "never",
        "leave",
        "never_on_connection",
      ]),
      attempts: one(values),
      jitter: one([...values, "none"]),
      spread: one(values),
      wait: one(values),
      base: one(values),
      max: one(values),
      action: one([undefined, "act"]),
    } as unknown as Policy;
    const hint = {
      wait: one([...values, "7", {}]),
    };
    const decision = decide(policy, one(values) as number, hint, clock, pick);
    if (decision.next !== "wait") continue;
    assert.ok(decision.ms >= 0, JSON.stringify({ policy, hint, decision }));
  }
});
