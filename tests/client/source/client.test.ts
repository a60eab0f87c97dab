// The connection: what it reports, and how it is started and stopped.

import assert from "node:assert/strict";
import { test } from "node:test";

import type {
  Closed,
  DecodedError,
} from "../../../ws-errors/typescript/index.js";
import { setup } from "./alone.js";

test("a page can show how the connection is, when the next is made, and which attempt it is", async () => {
  const { timers, server, client, states } = setup();
  client.start();
  await timers.advance(0);
  server.last.open();
  server.last.end(1006);
  const at = timers.now() + 500;
  await timers.advance(500);
  server.last.open();
  await timers.advance(5000);
  assert.deepEqual(states, [
    { state: "connecting", attempt: 0 },
    { state: "open", attempt: 0 },
    { state: "waiting", attempt: 1, at },
    { state: "connecting", attempt: 1 },
    { state: "open", attempt: 1 },
    { state: "open", attempt: 0 },
  ]);
});

test("the attempts are counted on until a connection was open for 5 s", async () => {
  const { timers, server, client } = setup({}, (socket) => {
    socket.open();
    timers.set(() => {
      socket.end(1011);
    }, 4900);
  });
  client.start();
  await timers.advance(60_000);
  assert.ok(client.status.attempt >= 5, JSON.stringify(client.status));
  const waits = server.times
    .slice(1)
    .map((at, index) => at - (server.times[index] ?? 0) - 4900);
  assert.deepEqual(waits.slice(0, 4), [500, 1000, 2000, 4000]);
});

test("a first useful message makes a connection a good one, an open event does not", async () => {
  const { timers, server, client } = setup({}, (socket) => {
    socket.open();
  });
  client.start();
  await timers.advance(0);
  server.last.end(1011);
  await timers.advance(500);
  assert.equal(client.status.attempt, 1);
  client.confirm();
  assert.deepEqual(client.status, { state: "open", attempt: 0 });
});

test("messages, errors and closes are reported in order, the close knowing the error just before it", async () => {
  const closes: unknown[] = [];
  const { timers, server, client, heard } = setup(
    { "4001": { retry: "never" } },
    (socket) => {
      socket.open();
    },
  );
  client.on({ close: (close) => closes.push(close) });
  client.start();
  await timers.advance(0);
  server.last.say({ hello: 1 });
  server.last.say({ error: "denied" });
  server.last.end(4001, "go");
  assert.deepEqual(heard, [
    ["message", '{"hello":1}'],
    ["error", "denied"],
    ["close", 4001],
  ]);
  assert.deepEqual(closes, [
    {
      kind: "4001",
      code: 4001,
      reason: "go",
      after: { kind: "denied", error: "denied" },
    },
  ]);
  assert.deepEqual(client.status, { state: "failed", attempt: 0 });
});

test("an error that other messages came after did not cause the close", async () => {
  const closes: (Closed & { after?: DecodedError })[] = [];
  const { timers, server, client } = setup({}, (socket) => {
    socket.open();
  });
  client.on({ close: (close) => closes.push(close) });
  client.start();
  await timers.advance(0);
  server.last.say({ error: "denied" });
  server.last.say({ hello: 1 });
  server.last.end(1011);
  assert.equal(closes[0]?.after, undefined);
});

test("a connection that broke is 1006, also where the host calls it 0", async () => {
  const { timers, server, client, heard } = setup();
  client.start();
  await timers.advance(0);
  server.last.end(0);
  assert.deepEqual(heard, [["close", 1006]]);
});

test("stop closes with what it is given, and nothing of the socket is heard after it", async () => {
  const { timers, server, client, heard } = setup({}, (socket) => {
    socket.open();
  });
  client.start();
  await timers.advance(0);
  client.stop(4999, "Error storm");
  assert.deepEqual(server.last.closed, [4999, "Error storm"]);
  server.last.end(1006);
  server.last.say({ late: true });
  await timers.advance(3_600_000);
  assert.deepEqual(heard, [["close", 4999]]);
  assert.equal(server.sockets.length, 1);
  assert.equal(timers.running, 0);
  assert.equal(client.status.state, "stopped");
});

test("a close code that browsers refuse closes all the same", async () => {
  const { timers, server, client } = setup({}, (socket) => {
    socket.open();
  });
  client.start();
  await timers.advance(0);
  client.stop(1001, "bye");
  assert.deepEqual(server.last.closed, [undefined, undefined]);
});

test("it can be stopped and started in every state", async () => {
  const { timers, server, client } = setup({}, (socket) => {
    socket.open();
  });
  for (let round = 0; round < 3; round++) {
    client.start();
    client.start();
    client.stop();
    client.stop();
  }
  client.start();
  await timers.advance(30_000);
  assert.equal(client.status.state, "open");
  server.last.end(1011);
  assert.equal(client.status.state, "waiting");
  client.stop();
  await timers.advance(3_600_000);
  assert.equal(client.status.state, "stopped");
  client.start();
  await timers.advance(0);
  assert.equal(client.status.state, "open");
});

test("a listener may stop and start the client from within", async () => {
  for (const event of ["state", "close", "error", "message"] as const) {
    const { timers, client } = setup({}, (socket) => {
      socket.open();
      socket.say({ hello: 1 });
      socket.say({ error: "denied" });
      socket.end(1011);
    });
    client.on({
      [event]: () => {
        if (client.status.state !== "stopped") client.stop();
      },
    });
    client.start();
    await timers.advance(60_000);
    assert.equal(client.status.state, "stopped", event);
    assert.equal(timers.running, 0, event);
  }
});

test("what is stopped as it opens is not used", async () => {
  let used = 0;
  const { timers, client } = setup(
    {},
    (socket) => {
      socket.open();
    },
    { parts: [{ opened: () => used++ }] },
  );
  client.on({
    state: ({ state }) => {
      if (state === "open") client.stop();
    },
  });
  client.start();
  await timers.advance(0);
  assert.equal(used, 0);
});
