// What the compiled modules do with frames: with the golden ones, and with what nobody would send.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { attack, load, random } from "./hostile.mjs";

const work = process.env.WS_ERRORS_MODULES;
const golden = JSON.parse(readFileSync(join(work, "golden.json"), "utf8"));
const modules = {};
for (const file of readdirSync(join(work, "out"))) {
  if (!file.endsWith(".js")) continue;
  modules[file.slice(0, -".js".length)] = await import(
    pathToFileURL(join(work, "out", file))
  );
}

/** Handlers for every kind: each says which it is. */
const named = new Proxy({}, { get: (_, kind) => (error) => ({ kind, error }) });

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
    const handled = handle(error, named);
    assert.equal(handled.kind, kind);
    assert.equal(handled.error, error);
    if (context) assert.deepEqual(error.context, context);
    for (const [name, value] of Object.entries(fields ?? {})) {
      // The name of a member that every error has gets a `_` behind it.
      const member = Object.hasOwn(error, `${name}_`) ? `${name}_` : name;
      assert.deepEqual(error[member], value, name);
    }
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
      assert.equal(handleClose(found, named).kind, kind);
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

for (const [catalog, { parse, parseAll }] of Object.entries(modules)) {
  const frames = golden
    .filter((row) => row.catalog === catalog && row.frame && row.kind)
    .map((row) => row.frame)
    .filter((frame) => /^[[{].*[\]}]$/s.test(frame))
    // Half a character: a text that looks like JSON, and ends where the frame does.
    .filter((frame) => !frame.includes("\\ud800"));
  if (frames.length === 0) continue;
  test(`${catalog}: a frame with several messages is several, and what is no error is left out`, () => {
    for (const frame of frames) {
      const kind = parse(frame).kind;
      const kinds = (text) => parseAll(text).map((error) => error.kind);
      assert.deepEqual(kinds(frame), [kind]);
      assert.deepEqual(kinds(`[${frame}, {"x":1}, ${frame}]`), [kind, kind]);
      assert.deepEqual(kinds(`${frame}\n{"x":1}\r\n${frame}\n`), [kind, kind]);
      assert.deepEqual(kinds(`${frame}${frame}`), [kind, kind]);
      assert.deepEqual(kinds(`${frame} and more`), []);
    }
    for (const text of ["", "[]", "{", '[{"x":1}]', "1"])
      assert.deepEqual(parseAll(text), []);
  });
}

test("a damaged frame is handled as what it is, or none of the errors, and never throws", async () => {
  const pick = random(20_250_801);
  for (const one of await load(join(work, "source")))
    assert.ok(attack(one, 2000, pick).none > 0, one.catalog);
});
