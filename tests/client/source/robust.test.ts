// What the application gives a client may throw, call back into it, or never return.

import assert from "node:assert/strict";
import { test } from "node:test";

import {
  Breaker,
  Client,
  type Closed,
  Lifecycle,
  Liveness,
  type Options,
  type Part,
  type Policies,
  Queue,
  Recovery,
  Requests,
  StormGuard,
  type Surroundings,
  type Table,
  type DecodedError,
} from "../../../ws-errors/typescript/index.js";
import { type Id, answered, read } from "./connected.js";
import { FakeServer, type FakeSocket, FakeTimers } from "./fake.js";

const CLOSES: Policies = {
  ranges: [{ first: 4000, last: 4999, policy: { retry: "never" } }],
  unknown: { retry: "after", wait: 1000, jitter: "none" },
};

function setup(
  more: Partial<Options<DecodedError, Closed, Table, Policies>>,
  serve: (socket: FakeSocket) => void = (socket) => socket.open(),
) {
  const timers = new FakeTimers();
  const server = new FakeServer(timers, serve);
  const reported: string[] = [];
  const seen: unknown[] = [];
  const client = new Client<DecodedError, Closed, Table, Policies>({
    url: "ws://test/",
    read,
    closed: (code, reason) => ({ kind: "$unknown", code, reason }),
    retry: {},
    closes: CLOSES,
    actions: {},
    timers,
    random: () => 0.5,
    socket: server.connect,
    report: (error) => reported.push((error as Error).message),
    ...more,
  });
  client.on({
    close: ({ code }) => seen.push(code),
    message: (data) => seen.push(data),
    error: ({ kind }) => seen.push(kind),
  });
  return { timers, server, client, reported, seen };
}

const fail = (why: string) => (): never => {
  throw new Error(why);
};

test("a part that throws wherever it is called is reported, and the client goes on", async () => {
  const part: Required<Omit<Part, "attach">> = {
    started: fail("started"),
    wait: fail("wait"),
    opened: fail("opened"),
    confirmed: fail("confirmed"),
    resumed: fail("resumed"),
    received: fail("received"),
    ended: fail("ended"),
  };
  const { timers, server, client, reported, seen } = setup({ parts: [part] });
  client.start();
  await timers.advance(6000);
  client.resume();
  server.last.say({ error: "busy" });
  server.last.end(1006);
  await timers.advance(1000);
  assert.equal(client.status.state, "open");
  assert.deepEqual(seen, ["busy", 1006]);
  assert.deepEqual([...new Set(reported)].sort(), Object.keys(part).sort());
  client.stop();
  assert.equal(timers.running, 0);
});

test("a module that throws is reported; a message is a message then, and a close a close", async () => {
  const { timers, server, client, reported, seen } = setup({
    read: fail("read"),
    closed: fail("closed"),
  });
  client.start();
  await timers.advance(0);
  server.last.say({ error: "busy" });
  server.last.end(1011);
  await timers.advance(1000);
  assert.deepEqual(reported, ["read", "closed"]);
  assert.deepEqual(seen, ['{"error":"busy"}', 1011]);
  assert.equal(client.status.state, "open");
});

test("an address that can't be had now is had later, and one that is never given is waited for no longer than 20 s", async () => {
  for (const url of [
    fail("no token"),
    () => Promise.reject(new Error("no token")),
    () => new Promise<string>(() => undefined),
  ]) {
    let isUp = false;
    const { timers, client } = setup({
      url: () => (isUp ? "ws://test/" : url()),
    });
    client.start();
    await timers.advance(60_000);
    assert.notEqual(client.status.state, "failed");
    isUp = true;
    await timers.advance(30_000);
    assert.equal(client.status.state, "open");
    client.stop();
    assert.equal(timers.running, 0);
  }
});

test("an address that is none ends in a state, and is reported", async () => {
  const { timers, client, reported, seen } = setup({
    url: "no address",
    socket: () => {
      throw new SyntaxError("The URL 'no address' is invalid.");
    },
  });
  client.start();
  await timers.advance(60_000);
  assert.deepEqual(client.status, { state: "failed", attempt: 0 });
  assert.deepEqual(reported, ["The URL 'no address' is invalid."]);
  assert.deepEqual(seen, [1006]);
  assert.equal(timers.running, 0);
});

test("what reports may throw as well", async () => {
  const { timers, client } = setup({
    read: fail("read"),
    report: fail("report"),
  });
  client.start();
  await timers.advance(0);
  assert.equal(client.status.state, "open");
});

test("a listener that throws keeps nobody from hearing", async () => {
  const { timers, server, client, reported, seen } = setup({});
  client.on({ message: fail("one"), close: fail("two") });
  const heard: unknown[] = [];
  client.on({ message: (data) => heard.push(data) });
  client.start();
  await timers.advance(0);
  server.last.say(1);
  server.last.end(1011);
  assert.deepEqual(seen, ["1", 1011]);
  assert.deepEqual(heard, ["1"]);
  assert.deepEqual(reported, ["one", "two"]);
});

test("parts may stop and start the client from wherever they are called", async () => {
  for (const hook of ["started", "opened", "received", "ended"] as const)
    for (const then of ["stop", "restart", "end"] as const) {
      let calls = 0;
      const part: Part = {
        [hook]: () => {
          if (++calls > 5) return false;
          if (then === "end") client.end(1011, "");
          else client.stop();
          if (then === "restart") client.start();
          return false;
        },
      };
      const { timers, client, reported } = setup(
        { parts: [part, new Queue()] },
        (socket) => {
          socket.open();
          socket.say({ hello: 1 });
          socket.end(1011);
        },
      );
      client.start();
      await timers.advance(120_000);
      const state = `${hook} ${then}: ${client.status.state}`;
      assert.ok(calls > 0, state);
      assert.deepEqual(reported, [], state);
      client.stop();
      assert.equal(timers.running, 0, state);
      assert.equal(client.status.state, "stopped");
    }
});

test("a client that has all parts leaves no timer and no listener behind, whenever it is stopped", async () => {
  const callbacks = new Set<unknown>();
  const surroundings: Surroundings = {
    listen: (_, callback) => {
      callbacks.add(callback);
      return () => callbacks.delete(callback);
    },
    isOnline: () => true,
    isVisible: () => true,
  };
  for (let at = 0; at < 12_000; at += 250) {
    const timers = new FakeTimers();
    let round = 0;
    const server = new FakeServer(timers, (socket) => {
      if (round++ === 0) {
        socket.end(1006);
        return;
      }
      socket.open();
      timers.set(() => {
        socket.say({ error: "busy", id: "r1" });
        socket.say({ error: "expired" });
        socket.say({ error: "later", id: "r2" });
      }, 1000);
      timers.set(() => socket.end(1011), 4000);
    });
    const retry: Table = {
      busy: { retry: "backoff", base: 5000, max: 5000 },
      expired: { retry: "when", action: "refresh" },
      later: { retry: "after", wait: 3000 },
    };
    const failed = (error: Id): string | undefined => error.id;
    const queue = new Queue<Id>({ resend: true });
    const requests = new Requests<Id, Closed, string>({
      failed,
      answered,
      queue,
    });
    const client = new Client<Id, Closed, Table, Policies>({
      url: "ws://test/",
      read,
      closed: (code, reason) => ({ kind: "$unknown", code, reason }),
      retry,
      closes: CLOSES,
      actions: { refresh: () => new Promise(() => undefined) },
      timers,
      random: () => 0.5,
      socket: server.connect,
      parts: [
        new Liveness({ idle: 500, ping: () => "ping", within: 1500 }),
        new StormGuard({ moreThan: 9, within: 1000, code: 4999, reason: "" }),
        new Recovery<Id>({ retry, queue, failed }),
        requests,
        queue,
        new Breaker({ openAfter: 3, halfOpenAfter: 1000 }),
        new Lifecycle({ surroundings }),
      ],
    });
    client.start();
    const settled = [1, 2, 3].map(() =>
      requests.request((id) => id).catch(() => "failed"),
    );
    await timers.advance(at);
    client.stop();
    // What the server itself still has to do is not the client's.
    const left = timers.running;
    for (const socket of server.sockets) socket.onclose = null;
    await timers.advance(0);
    assert.ok(left <= 3, `${at} ms: ${left} timers`);
    assert.deepEqual(await Promise.all(settled), Array(3).fill("failed"));
    assert.equal(callbacks.size, 0);
    const made = server.sockets.length;
    await timers.advance(3_600_000);
    assert.equal(server.sockets.length, made);
    assert.equal(timers.running, 0);
  }
});
