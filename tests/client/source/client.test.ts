// The connection: when it is made, when not, and what it reports.

import assert from "node:assert/strict";
import { test } from "node:test";

import {
  type Closed,
  Client,
  type Policies,
  type Status,
  type Table,
  type DecodedError,
} from "../../../ws-errors/typescript/index.js";
import { FakeServer, type FakeSocket, FakeTimers, numbers } from "./fake.js";

const CLOSES: Policies = {
  ranges: [],
  unknown: { retry: "backoff", base: 1000, max: 30_000 },
};

function closed(
  code: number,
  reason: string,
  last?: DecodedError,
): Closed & { after?: DecodedError } {
  const after = last && { after: last };
  return {
    kind: code < 4000 ? "$unknown" : String(code),
    code,
    reason,
    ...after,
  };
}

function read(frame: unknown): DecodedError | undefined {
  if (typeof frame !== "string") return undefined;
  const data = JSON.parse(frame) as { error?: string };
  return data.error === undefined ? undefined : { ...data, kind: data.error };
}

function setup(
  retry: Table = {},
  serve?: (socket: FakeSocket) => void,
  more: object = {},
) {
  const timers = new FakeTimers();
  const server = new FakeServer(timers, serve);
  const states: Status[] = [];
  const heard: unknown[] = [];
  const reported: unknown[] = [];
  const client = new Client<DecodedError, Closed, Table, Policies>({
    url: "ws://test/",
    read,
    closed,
    retry,
    closes: CLOSES,
    actions: {},
    timers,
    random: () => 0.5,
    socket: server.connect,
    report: (error) => reported.push(error),
    ...more,
  });
  client.on({
    state: (status) => states.push(status),
    error: (error) => heard.push(["error", error.kind]),
    close: (close) => heard.push(["close", close.code]),
    message: (data) => heard.push(["message", data]),
  });
  return { timers, server, client, states, heard, reported };
}

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
