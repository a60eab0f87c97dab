// Frames of every kind, as the servers of several catalogs send them, reach an application as errors.
// WS_ERRORS_PRINTED names the folder that the binary `exported` wrote.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { decode as messagePack, encode } from "@msgpack/msgpack";
import * as cbor from "cborg";
import { build } from "esbuild";

const folder = process.env.WS_ERRORS_PRINTED;
assert.ok(folder, "run `node run.mjs`, which says where it is");

async function bundled(path) {
  const { outputFiles } = await build({
    entryPoints: [path],
    bundle: true,
    format: "esm",
    write: false,
  });
  const code = Buffer.from(outputFiles[0].contents).toString("base64");
  return import(`data:text/javascript;base64,${code}`);
}

const { createClient } = await bundled(join(folder, "ws-errors.ts"));
const modules = {};
for (const name of ["packed", "concise", "lines", "own", "metered", "signalr"])
  modules[name] = await bundled(join(folder, `${name}.ts`));
const { packed, concise, lines, own, metered, signalr } = modules;
const readers = {
  packed: packed.reader(messagePack),
  concise: concise.reader((bytes) => cbor.decode(bytes)),
  lines: lines.catalog.read,
  own: own.reader((bytes) => {
    const [code, message] = new TextDecoder().decode(bytes).split("\0");
    return { code, message };
  }),
};

/** What a client tells of a frame. */
function told(catalog, read, data) {
  let socket;
  const heard = [];
  const client = createClient(catalog, {
    url: "ws://test/",
    read,
    socket: () => (socket = { readyState: 1, send() {}, close() {} }),
  });
  client.on({
    error: (error) => heard.push(error.kind),
    message: () => heard.push("message"),
  });
  client.start();
  socket.onopen();
  socket.onmessage({ data });
  client.stop();
  return heard;
}

const frames = JSON.parse(readFileSync(join(folder, "frames.txt"), "utf8"));

for (const { catalog, text, bytes, kinds } of frames)
  test(`${catalog}: a ${text ? "text" : "binary"} frame is ${kinds}`, () => {
    const data = text ?? Uint8Array.from(bytes).buffer;
    const { [catalog]: module } = modules;
    assert.deepEqual(told(module.catalog, readers[catalog], data), kinds);
  });

test("values of binary frames arrive as they were sent", () => {
  const [full] = frames.filter(({ catalog }) => catalog === "packed");
  const error = readers.packed(Uint8Array.from(full.bytes).buffer);
  assert.equal(error.room, 7);
  assert.equal(error.message, "the room is full");
});

test("binary frames that are no errors are messages, also where they can't be unpacked", () => {
  for (const bytes of [encode({ type: "hello" }), [0xc1], [], [0xff, 0xff]])
    for (const [name, read] of Object.entries(readers)) {
      // The application's own format takes anything.
      if (name === "own") continue;
      const { buffer } = Uint8Array.from(bytes);
      assert.deepEqual(told(modules[name].catalog, read, buffer), ["message"]);
    }
});

const error = (code) =>
  JSON.stringify({ type: "error", code, message: "no", requestId: "r" });

test("a frame of several messages tells each error, and is a message as well, since it may hold more", () => {
  const { catalog } = metered;
  const [a, b] = [error("internal_error"), error("backend_error")];
  const both = ["internal_error", "backend_error"];
  for (const [frame, kinds] of [
    [a, ["internal_error"]],
    [`[${a},${b}]`, [...both, "message"]],
    [`[{"type":"message"},${b}]`, ["backend_error", "message"]],
    [`${a}\n${b}`, [...both, "message"]],
    [`${a}${b}`, [...both, "message"]],
    ['{"type":"message","data":[{"type":"error"}]}', ["message"]],
    ["[1,2,3]", ["message"]],
    ["", ["message"]],
  ])
    assert.deepEqual(told(catalog, catalog.read, frame), kinds);
});

test("messages that end in a control character are told apart by it", () => {
  const [one] = [signalr.catalog].map(({ read }) => read);
  assert.equal(typeof one, "function");
  assert.equal(one('{"type":6}\u001e{"type":6}\u001e'), undefined);
});
