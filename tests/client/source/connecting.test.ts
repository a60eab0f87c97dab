// When a connection is made, when not, and how long the waits between two are.

import assert from "node:assert/strict";
import { test } from "node:test";

import {
  type Closed,
  Client,
  type Policies,
  type Table,
  type DecodedError,
} from "../../../ws-errors/typescript/index.js";
import { closed, read, setup } from "./alone.js";
import { FakeServer, FakeTimers, numbers } from "./fake.js";

test("the wait that an error asked for just before the close is kept to", async () => {
  const { timers, server, client } = setup(
    { "4005": { retry: "after", field: "retry_after", wait: 1000 } },
    (socket) => {
      socket.open();
    },
  );
  client.start();
  await timers.advance(0);
  server.last.say({ error: "busy", retry_after: 8000 });
  server.last.end(4005);
  assert.equal(client.status.at, timers.now() + 12_000);
});

test("a part that holds the connection for longer than setTimeout can is heard", async () => {
  const until = 1_000_000 + 2 ** 32;
  const { timers, server, client } = setup({}, undefined, {
    parts: [{ wait: (now: number) => until - now }],
  });
  client.start();
  await timers.advance(2 ** 32 - 1);
  assert.equal(server.sockets.length, 0);
  assert.ok(timers.longest <= 2 ** 31 - 1);
  await timers.advance(1);
  assert.equal(server.sockets.length, 1);
});

test("a connection that isn't made within 20 s has failed", async () => {
  const { timers, server, client } = setup();
  client.start();
  await timers.advance(20_000);
  assert.equal(client.status.state, "waiting");
  assert.ok(server.last.closed);
  await timers.advance(2500);
  assert.equal(server.sockets.length, 2);
});

test("the address is asked for each time, and where there is none it is tried again", async () => {
  let asked = 0;
  const url = async (): Promise<string> => {
    await Promise.resolve();
    if (++asked === 1) throw new Error("no network");
    return `ws://test/?token=${asked}`;
  };
  const { timers, server, client, reported } = setup(
    {},
    (socket) => {
      socket.open();
    },
    { url },
  );
  client.start();
  await timers.advance(0);
  assert.equal(client.status.state, "waiting");
  assert.deepEqual(reported.map(String), ["Error: no network"]);
  await timers.advance(2500);
  assert.deepEqual(
    server.sockets.map((socket) => socket.url),
    ["ws://test/?token=2"],
  );
});

test("a URL is taken as well, and one that a stop overtook is not connected to", async () => {
  const { timers, server, client } = setup({}, undefined, {
    url: new URL("ws://test/path"),
  });
  client.start();
  assert.equal(server.last.url, "ws://test/path");
  client.stop();
  let give: (url: string) => void = () => undefined;
  const late = setup({}, undefined, {
    url: () =>
      new Promise<string>((resolve) => {
        give = resolve;
      }),
  });
  late.client.start();
  late.client.stop();
  give("ws://test/");
  await timers.advance(0);
  assert.equal(late.server.sockets.length, 0);
});

test("nothing is sent before a connection is open, and the sender knows it", async () => {
  const { timers, server, client } = setup({}, (socket) => {
    socket.open();
  });
  assert.equal(client.send("a"), false);
  client.start();
  assert.equal(client.send("b"), false);
  await timers.advance(0);
  assert.equal(client.send("c"), true);
  assert.deepEqual(server.last.sent, ["c"]);
});

test("against a server that accepts and closes, there are never more than four connections in any 10 s, for each close code and policy", async () => {
  const policies: Table[string][] = [
    { retry: "now" },
    { retry: "after", wait: 1, jitter: "none" },
    { retry: "backoff", base: 1, max: 1, jitter: "none" },
    { retry: "when", action: "refresh" },
  ];
  const codes = [
    1000, 1001, 1005, 1006, 1011, 1012, 1013, 1015, 3000, 4000, 4999,
  ];
  const random = numbers(3);
  for (const unknown of policies)
    for (const code of codes)
      for (const confirms of [false, true]) {
        const { timers, server, client } = setup(
          {},
          (socket) => {
            socket.open();
            // A server that says hello is no better than one that doesn't.
            if (confirms) client.confirm();
            socket.end(code);
          },
          {
            retry: {},
            closes: { ranges: [], unknown },
            closed: (code: number, reason: string) => ({
              kind: "$unknown",
              code,
              reason,
            }),
            actions: { refresh: () => undefined },
            random,
          },
        );
        client.start();
        await timers.advance(120_000);
        assert.ok(
          server.densest <= 4,
          `${JSON.stringify(unknown)} ${code}: ${server.densest}`,
        );
        assert.ok(server.times.length > 4);
        // Somebody who presses a button is not let through either.
        for (let press = 0; press < 20; press++) {
          client.stop();
          client.start();
          client.resume();
          await timers.advance(100);
        }
        assert.ok(server.densest <= 4);
        client.stop();
      }
});

test("with the clock at attempt 10,000 it still waits, and as long as the cap", async () => {
  const { timers, server, client } = setup({}, (socket) => {
    socket.open();
    socket.end(1011);
  });
  client.start();
  while (client.status.attempt < 10_000) await timers.advance(600_000);
  const from = server.times.length;
  await timers.advance(150_000);
  assert.equal(server.times.length - from, 10);
  assert.ok(server.densest <= 4);
});

test("a wait that setTimeout can't hold is no wait of nothing", async () => {
  const { timers, server, client } = setup(
    {},
    (socket) => {
      socket.end(1011);
    },
    { closes: { ranges: [], unknown: { retry: "after", wait: 1e15 } } },
  );
  client.start();
  await timers.advance(1_000_000_000);
  assert.equal(server.sockets.length, 1);
  assert.ok(timers.longest <= 2 ** 31 - 1);
});

test("a client whose clock is set back comes back all the same", async () => {
  let offset = 0;
  const timers = new FakeTimers();
  const server = new FakeServer(timers, (socket) => {
    socket.end(1011);
  });
  const client = new Client<DecodedError, Closed, Table, Policies>({
    url: "ws://test/",
    read,
    closed,
    retry: {},
    closes: { ranges: [], unknown: { retry: "now" } },
    actions: {},
    socket: server.connect,
    timers: {
      now: () => timers.now() + offset,
      set: (callback, ms) => timers.set(callback, ms),
      clear: (handle) => {
        timers.clear(handle);
      },
    },
  });
  client.start();
  await timers.advance(5000);
  const before = server.sockets.length;
  offset = -86_400_000;
  client.resume();
  await timers.advance(120_000);
  assert.ok(
    server.sockets.length > before,
    "it waits no longer than the window",
  );
});
