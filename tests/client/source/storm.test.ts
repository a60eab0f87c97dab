// 100,000 clients lose their server at once; it takes 2,000 of them a second, so 50 s are ideal.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { test } from "node:test";

import { plot } from "./plot.js";
import { type Outcome, fleets, storm } from "./storm.js";

const results = new Map<string, { free: Outcome; costly: Outcome }>();
for (const fleet of fleets)
  results.set(fleet.name, {
    free: storm({ ...fleet, refusal: 0 }),
    costly: storm({ ...fleet, refusal: 0.25 }),
  });

function of(name: string): { free: Outcome; costly: Outcome } {
  const found = results.get(name);
  assert.ok(found, name);
  return found;
}

test("with the default all are back within 75 s, and within 130 s where a refusal costs a quarter of an accept", () => {
  const { free, costly } = of("default (full jitter, 1006)");
  assert.ok((free.back ?? Infinity) <= 75, String(free.back));
  assert.ok((costly.back ?? Infinity) <= 130, String(costly.back));
});

test("with a window from the server all are back within 58 s, at once", () => {
  const { free, costly } = of("window of 50 s from the server");
  for (const outcome of [free, costly]) {
    assert.ok((outcome.back ?? Infinity) <= 58, String(outcome.back));
    assert.equal(outcome.attempts, 100_000);
  }
});

test("the default does better than the policy that materi documents", () => {
  const ours = of("default (full jitter, 1006)");
  const bound = of("materi, as documented (10 attempts)");
  const unbound = of("materi, without a bound");
  assert.ok(bound.free.lost > 0.2, "ten attempts are too few for a fleet");
  assert.ok((unbound.free.back ?? Infinity) > 4 * (ours.free.back ?? Infinity));
  assert.ok(unbound.free.peak > 3 * ours.free.peak);
});

test("the model is deterministic", () => {
  const [fleet] = fleets;
  assert.ok(fleet);
  const small = { ...fleet, clients: 5000, refusal: 0.25 };
  assert.deepEqual(storm(small), storm(small));
});

const rows = [...results].map(([name, { free, costly }]) => ({
  policy: name,
  "peak/s": free.peak,
  attempts: free.attempts,
  "all back": shown(free),
  "all back, refusals cost": shown(costly),
}));
console.table(rows);

function shown({ back, lost }: Outcome): string {
  if (back !== undefined) return `${back.toFixed(0)} s`;
  return lost > 0
    ? `${(lost * 100).toFixed(0)} % gave up`
    : "not within an hour";
}

// The picture that the docs show: written where it is asked for, and else compared.
const picture = plot(
  new Map([...results].map(([name, { costly }]) => [name, costly])),
  100_000,
);
const path = process.env["WS_ERRORS_STORM"];
if (path !== undefined) writeFileSync(path, picture);

test("the picture in the docs is that of these numbers", () => {
  const committed = process.env["WS_ERRORS_PICTURE"];
  assert.ok(
    committed !== undefined,
    "run `node run.mjs`, which says where it is",
  );
  assert.equal(readFileSync(committed, "utf8"), picture);
});
