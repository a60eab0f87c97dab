// What can be added to a client: breaker, storm guard, lifecycle, liveness, texts.

import assert from "node:assert/strict";
import { test } from "node:test";

import {
  Breaker,
  Lifecycle,
  Liveness,
  type LivenessOptions,
  StormGuard,
  type Surroundings,
  explain,
} from "../../../ws-errors/typescript/index.js";
import { connected } from "./connected.js";
import { FakeTimers } from "./fake.js";

test("a breaker whose clock is set back is open no longer than it says", () => {
  const timers = new FakeTimers();
  let offset = 0;
  const breaker = new Breaker({ openAfter: 1, halfOpenAfter: 60_000 });
  const now = (): number => timers.now() + offset;
  breaker.attach({ timers: { now } } as never);
  breaker.failed();
  offset = -1_000_000;
  assert.equal(breaker.wait(now()), 60_000);
  offset = -940_000;
  assert.equal(breaker.state, "half-open");
});

test("a breaker counts connections that ended before they were good, and no others", async () => {
  const timers = new FakeTimers();
  const breaker = new Breaker({ openAfter: 2, halfOpenAfter: 60_000 });
  const { client, server } = connected([breaker], timers);
  client.start();
  for (let round = 0; round < 5; round++) {
    await timers.advance(6000);
    server.last.end(1006);
    assert.equal(breaker.state, "closed");
    await timers.advance(1000);
  }
  await timers.advance(0);
  server.last.end(1006);
  assert.equal(breaker.state, "closed");
  await timers.advance(1000);
  server.last.end(1006);
  assert.equal(breaker.state, "open");
});

test("a storm guard counts errors and not messages, and begins anew after a storm", async () => {
  const timers = new FakeTimers();
  const rule = { moreThan: 2, within: 10_000, code: 4999, reason: "storm" };
  const { client, server, errors } = connected([new StormGuard(rule)], timers);
  client.start();
  await timers.advance(0);
  for (let count = 0; count < 10; count++) server.last.say({ hello: count });
  server.last.say({ error: "a" });
  server.last.say({ error: "b" });
  assert.equal(client.status.state, "open");
  server.last.say({ error: "c" });
  assert.deepEqual(server.last.closed, [4999, "storm"]);
  await timers.advance(1000);
  server.last.say({ error: "d" });
  server.last.say({ error: "e" });
  assert.deepEqual(
    errors.map(({ kind }) => kind),
    ["a", "b", "d", "e"],
  );
  assert.equal(client.status.state, "open");
});

function page() {
  type Callback = (event: { readonly type: string }) => void;
  const callbacks = new Set<Callback>();
  const state = { online: true, visible: true };
  const surroundings: Surroundings = {
    listen: (_, callback) => {
      callbacks.add(callback);
      return () => callbacks.delete(callback);
    },
    isOnline: () => state.online,
    isVisible: () => state.visible,
  };
  const announce = (type: string): void => {
    for (const callback of callbacks) callback({ type });
  };
  const change = (to: Partial<typeof state>): void => {
    Object.assign(state, to);
    if (to.online !== undefined) announce(to.online ? "online" : "offline");
    if (to.visible !== undefined) announce("visibilitychange");
  };
  return { surroundings, change, announce, callbacks };
}

test("offline nothing is tried, and online it is, a random part of a second later", async () => {
  const timers = new FakeTimers();
  const { surroundings, change, callbacks } = page();
  const lifecycle = new Lifecycle({ surroundings });
  const { client, server } = connected([lifecycle], timers);
  client.start();
  await timers.advance(0);
  change({ online: false });
  server.last.end(1006);
  await timers.advance(3_600_000);
  assert.deepEqual(client.status, { state: "waiting", attempt: 1 });
  assert.equal(server.sockets.length, 1);
  change({ online: true });
  await timers.advance(499);
  assert.equal(server.sockets.length, 1);
  await timers.advance(1);
  assert.equal(server.sockets.length, 2);
  client.stop();
  assert.equal(
    callbacks.size,
    0,
    "a client that is stopped listens to nothing",
  );
});

test("a page that nobody sees is held where that is asked for, and what the policy wants is not shortened", async () => {
  for (const holdHidden of [false, true]) {
    const timers = new FakeTimers();
    const { surroundings, change } = page();
    const lifecycle = new Lifecycle({
      surroundings,
      holdHidden,
    });
    const { client, server } = connected([lifecycle], timers);
    client.start();
    await timers.advance(0);
    change({ visible: false });
    server.last.end(1006);
    await timers.advance(500);
    change({ visible: true });
    assert.equal(server.sockets.length, 1);
    await timers.advance(499);
    assert.equal(server.sockets.length, 1);
    await timers.advance(1);
    assert.equal(server.sockets.length, 2);
    change({ visible: false });
    server.last.end(1006);
    await timers.advance(60_000);
    assert.equal(server.sockets.length, holdHidden ? 2 : 3);
    change({ visible: true });
    await timers.advance(0);
    assert.equal(server.sockets.length, 3);
    client.stop();
  }
});

test("without a page there is nothing to watch", async () => {
  const timers = new FakeTimers();
  const { client } = connected([new Lifecycle()], timers);
  client.start();
  await timers.advance(0);
  assert.equal(client.status.state, "open");
  client.stop();
});

const texts = {
  user: {
    full: {
      title: "Full",
      message: ["At most ", { field: "limit" }, " of ", { field: "what" }, "."],
      action: "Upgrade",
    },
  },
  fallback: { title: "Oops", message: "Something broke.", action: "Reload" },
  translations: {
    de: {
      full: { title: "Voll", message: ["Höchstens ", { field: "limit" }, "."] },
      $fallback: { title: "Hoppla", message: "Etwas ging schief." },
    },
    "de-AT": { full: { title: "Voi", message: "Mehr geht ned." } },
  },
} as const;

test("a person sees a title, a message and an action, with what the error says in it", () => {
  const error = { kind: "full", limit: 100, what: ["rooms"] };
  assert.deepEqual(explain(error, texts), {
    title: "Full",
    message: 'At most 100 of ["rooms"].',
    action: "Upgrade",
  });
  assert.equal(explain({ kind: "full" }, texts).message, "At most  of .");
});

test("a person reads their language: with its region, without it, or the catalog's", () => {
  const error = { kind: "full", limit: 7 };
  const title = (language: string) => explain(error, texts, language).title;
  assert.equal(title("de-AT"), "Voi");
  assert.equal(title("de-CH"), "Voll");
  assert.equal(title("de-CH-1996"), "Voll");
  assert.equal(title("fr"), "Full");
  assert.equal(title("__proto__"), "Full");
  assert.equal(explain({ kind: "new" }, texts, "de-AT").title, "Hoppla");
});

test("every error has words, also one of a newer server and one of a catalog without any", () => {
  for (const kind of ["$unknown", "new", "constructor", "__proto__"]) {
    assert.equal(explain({ kind }, texts).title, "Oops");
    assert.ok(explain({ kind }, {}).title.length > 0);
    assert.ok(explain({ kind }, {}).message.length > 0);
  }
});

test("a page that is frozen, or kept to be shown again, gives its connection back, and connects at once when it is shown", async () => {
  for (const [leave, back] of [
    ["freeze", "resume"],
    ["pagehide", "pageshow"],
  ] as const) {
    const timers = new FakeTimers();
    const { surroundings, announce, change } = page();
    const { client, server } = connected(
      [new Lifecycle({ surroundings })],
      timers,
    );
    client.start();
    await timers.advance(0);
    announce(leave);
    assert.deepEqual(server.last.closed, [undefined, undefined]);
    // The page may still learn that nobody sees it.
    change({ visible: false });
    await timers.advance(3_600_000);
    assert.equal(server.sockets.length, 1);
    assert.deepEqual(client.status, { state: "waiting", attempt: 0 });
    announce(back);
    await timers.advance(0);
    assert.equal(server.sockets.length, 2);
    assert.equal(client.status.state, "open");
    client.stop();
  }
});

function black(options: LivenessOptions) {
  const timers = new FakeTimers();
  const liveness = new Liveness({ idle: 30_000, within: 10_000, ...options });
  return { timers, ...connected([liveness], timers) };
}

test("a connection that has gone black is noticed after the idle limit and the time for an answer", async () => {
  const { timers, client, server } = black({ ping: () => "ping" });
  client.start();
  await timers.advance(20_000);
  server.last.say({ hello: 1 });
  await timers.advance(29_999);
  assert.deepEqual(server.last.sent, []);
  await timers.advance(1);
  assert.deepEqual(server.last.sent, ["ping"]);
  await timers.advance(9999);
  assert.equal(client.status.state, "open");
  await timers.advance(1);
  assert.equal(client.status.state, "waiting");
});

test("whatever the server says is a sign of life, and an answer that is nothing else reaches nobody", async () => {
  const { timers, client, server } = black({
    ping: () => "ping",
    isPong: (data) => data === '"pong"',
  });
  const messages: unknown[] = [];
  client.on({ message: (data) => messages.push(data) });
  client.start();
  await timers.advance(0);
  for (let round = 1; round <= 5; round++) {
    await timers.advance(30_000);
    assert.equal(server.last.sent.length, round);
    server.last.say(round === 3 ? "traffic" : "pong");
  }
  assert.deepEqual(messages, ['"traffic"']);
  assert.equal(server.sockets.length, 1);
  client.stop();
});

test("without a ping the idle limit is the end, with the close that the catalog has for it", async () => {
  const closes: unknown[] = [];
  const { timers, client, server } = black({ code: 4000, reason: "idle" });
  client.on({ close: ({ code, reason }) => closes.push([code, reason]) });
  client.start();
  await timers.advance(30_000);
  assert.deepEqual(closes, [[4000, "idle"]]);
  assert.deepEqual(server.last.closed, [4000, "idle"]);
});

test("a page that wakes asks at once, and not twice", async () => {
  const { timers, client, server } = black({ ping: () => "ping" });
  client.start();
  await timers.advance(1000);
  client.resume();
  client.resume();
  assert.deepEqual(server.last.sent, ["ping"]);
  await timers.advance(10_000);
  assert.equal(client.status.state, "waiting", "what was heard before is old");
});

test("a host that slept asks when its timers run again", async () => {
  let slept = 0;
  const timers = new FakeTimers();
  const { client, server } = connected(
    [new Liveness({ ping: () => "ping" })],
    Object.assign(Object.create(timers) as FakeTimers, {
      now: () => timers.now() + slept,
      set: timers.set.bind(timers),
      clear: timers.clear.bind(timers),
    }),
  );
  client.start();
  await timers.advance(29_000);
  slept = 3_600_000;
  await timers.advance(1000);
  assert.deepEqual(server.last.sent, ["ping"]);
});
