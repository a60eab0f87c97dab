// What the compiled modules do with frames: with the golden ones, and with what nobody would send.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";

const work = process.env.WS_ERRORS_MODULES;
const golden = JSON.parse(readFileSync(join(work, "golden.json"), "utf8"));
const modules = {};
for (const file of readdirSync(join(work, "out"))) {
  if (!file.endsWith(".js")) continue;
  modules[file.slice(0, -".js".length)] = await import(
    pathToFileURL(join(work, "out", file))
  );
}

/** Handlers for every kind: each tells which it is. */
const told = new Proxy({}, { get: (_, kind) => (error) => ({ kind, error }) });

for (const { catalog, frame, kind, context, fields } of golden.filter(
  (row) => "frame" in row,
)) {
  test(`${catalog}: ${frame} is ${kind}`, () => {
    const { parse, handle } = modules[catalog];
    const error = parse(frame);
    if (kind === null) {
      assert.equal(error, undefined);
      return;
    }
    const handled = handle(error, told);
    assert.equal(handled.kind, kind);
    assert.equal(handled.error, error);
    if (context) assert.deepEqual(error.context, context);
    for (const [name, value] of Object.entries(fields ?? {}))
      assert.deepEqual(error[name], value, name);
    if (kind === "$unknown") assert.ok("data" in error);
  });
}

test("what Rust makes of frames that are not as they should be, this makes of them, too", () => {
  const mutated = golden.filter((row) => "mutated" in row);
  const other = mutated
    .map((row) => {
      const found = modules[row.catalog].parse(row.mutated)?.kind ?? null;
      return { ...row, found };
    })
    .filter(({ kind, found }) => kind !== found);
  assert.deepEqual(other.slice(0, 20), [], `${other.length} of them`);
});

for (const { catalog, close, kind } of golden.filter((row) => "close" in row)) {
  test(`${catalog}: a close with ${close.join(" ")} is ${kind}`, () => {
    const { closed, handleClose } = modules[catalog];
    const [code, reason] = close;
    const [row] = golden.filter(
      (row) => row.catalog === catalog && row.kind && row.frame,
    );
    const last = row && modules[catalog].parse(row.frame);
    for (const after of [undefined, last]) {
      const found = closed(code, reason, after);
      assert.equal(handleClose(found, told).kind, kind);
      assert.deepEqual(
        [found.code, found.reason, found.after],
        [code, reason, after],
      );
    }
  });
}

const deep = (open, close) => open.repeat(200_000) + close.repeat(200_000);
const cycle = {};
cycle.error = cycle;
const throws = () => {
  throw new Error("read");
};
const values = [
  undefined,
  null,
  true,
  0,
  -0,
  Number.NaN,
  1n,
  "",
  "text",
  Symbol("s"),
  throws,
  [],
  {},
  [[]],
  new Map(),
  new Date(0),
  Object.create(null),
  cycle,
  new Array(5),
  new Proxy({}, { get: throws }),
  new Proxy({}, { getOwnPropertyDescriptor: throws }),
  new Proxy([], { get: throws }),
  Object.defineProperty({}, "type", { get: throws, enumerable: true }),
  JSON.parse('{"__proto__":{"type":"error"},"constructor":{"prototype":{}}}'),
];

for (const [catalog, { decode, parse }] of Object.entries(modules)) {
  test(`${catalog}: what is no message is none of its errors, and never throws`, () => {
    for (const value of values) {
      assert.equal(decode(value), undefined);
      assert.equal(parse(value), undefined);
    }
    for (const [open, close] of [
      ["[", "]"],
      ['{"a":', "1}"],
      ['{"error":', "}"],
    ]) {
      assert.equal(parse(deep(open, close)), undefined);
    }
  });
}

/** Numbers that are the same in each run (mulberry32). */
function random(seed) {
  return (below) => {
    seed = (seed + 0x6d2b79f5) | 0;
    let bits = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) % below;
  };
}

const strange = [
  "null",
  "true",
  "0",
  "-1",
  "1.5",
  "1e999",
  '""',
  '"x"',
  "[]",
  "{}",
  "[1]",
  '{"a":1}',
  '{"__proto__":null}',
  '{"constructor":1}',
  '"toString"',
  '"__proto__"',
  deep("[", "]"),
];

function mutated(frame, pick) {
  const at = pick(frame.length + 1);
  switch (pick(5)) {
    case 0:
      return frame.slice(0, at) + frame.slice(at + 1 + pick(4));
    case 1:
      return (
        frame.slice(0, at) +
        String.fromCharCode(pick(0x180)) +
        frame.slice(at + 1)
      );
    case 2:
      return frame.slice(0, at) + frame.slice(pick(frame.length + 1));
    default: {
      // A value for a value, so that the frame stays JSON.
      const leaves = [
        ...frame.matchAll(
          /"(?:[^"\\]|\\.)*"(?!:)|-?\d+(?:\.\d+)?|true|false|null/g,
        ),
      ];
      if (leaves.length === 0) return frame;
      const leaf = leaves[pick(leaves.length)];
      const value = strange[pick(strange.length)];
      return (
        frame.slice(0, leaf.index) +
        value +
        frame.slice(leaf.index + leaf[0].length)
      );
    }
  }
}

for (const [catalog, { parse, handle, decode }] of Object.entries(modules)) {
  const frames = golden.filter(
    (row) => row.catalog === catalog && row.frame && row.kind,
  );
  if (frames.length === 0) continue;
  test(`${catalog}: a damaged frame is handled, or none of its errors, and never throws`, () => {
    const pick = random(20_250_801);
    const reached = new Set();
    for (let round = 0; round < 4000; round++) {
      let { frame } = frames[pick(frames.length)];
      for (let times = 1 + pick(3); times > 0; times--)
        frame = mutated(frame, pick);
      const error = parse(frame);
      if (error === undefined) continue;
      const { kind } = handle(error, told);
      assert.equal(kind, error.kind);
      reached.add(kind);
      // What is decoded is no more than a view of the frame: its prototype is untouched.
      assert.equal(Object.getPrototypeOf(error), Object.prototype);
      assert.equal(Object.getPrototypeOf(error.context), Object.prototype);
      decode(error);
    }
    assert.ok(
      reached.size > 0,
      "some frames are damaged where it does no harm",
    );
    assert.equal({}.polluted ?? {}.type, undefined);
  });
}
