// What `ws-errors.ts` has for the tests of pages.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  createClient,
  FakeServer,
  FakeTimers,
} from "../../../ws-errors/typescript/index.js";
import { catalog } from "../../../catalog/generated/chat.js";

function page(serve?: (socket: FakeServer["last"]) => void) {
  const timers = new FakeTimers();
  const server = new FakeServer(timers, serve);
  const client = createClient(catalog, {
    url: "ws://test/",
    actions: { sign_in: () => true },
    timers,
    random: () => 0.5,
    socket: server.connect,
  });
  client.start();
  return { client, server, timers };
}

test("a connection is accepted unless the test says otherwise", async () => {
  const { client, timers } = page();
  assert.equal(client.status.state, "connecting");
  await timers.advance(0);
  assert.equal(client.status.state, "open");
  client.stop();
});

test("a connection that breaks is 1006, and no time passes until the test lets it", async () => {
  const { client, server, timers } = page();
  const closes: unknown[] = [];
  client.on({ close: ({ code }) => closes.push(code) });
  await timers.advance(0);
  server.last.end();
  assert.deepEqual([closes, client.status.state], [[1006], "waiting"]);
  await timers.advance(1);
  assert.equal(server.sockets.length, 1);
  await timers.advance(60_000);
  assert.deepEqual([server.sockets.length, client.status.state], [2, "open"]);
  client.stop();
});

test("a server that refuses is tried again, each time later", async () => {
  const { client, server, timers } = page((socket) => socket.end(1013));
  await timers.advance(600_000);
  const [first = 0, second = 0, third = 0] = server.times;
  assert.ok(third - second > second - first, server.times.join());
  client.stop();
});

test("what the server says arrives: a text as it is, anything else as JSON", async () => {
  const { client, server, timers } = page();
  const seen: unknown[] = [];
  client.on({
    message: (data) => seen.push(data),
    error: (error) => seen.push(error.kind),
  });
  await timers.advance(0);
  server.last.say("pong");
  server.last.say({ type: "ack" });
  server.last.say({ error: { code: 4006, detail: "oh" } });
  assert.deepEqual(seen, ["pong", '{"type":"ack"}', "internal_server_error"]);
  client.stop();
  assert.deepEqual(server.last.closed, [1000, ""]);
});
