// What can be added to a client: queue, requests, recovery, breaker, storm guard, lifecycle, texts.

import assert from "node:assert/strict";
import { test } from "node:test";

import {
  Breaker,
  Client,
  type Closed,
  type Dropped,
  type Item,
  Lifecycle,
  type Part,
  type Policies,
  Queue,
  Recovery,
  RequestError,
  Requests,
  StormGuard,
  type Surroundings,
  type Table,
  type Told,
  explain,
} from "../../../ws-errors/typescript/index.js";
import { FakeServer, type FakeSocket, FakeTimers } from "./fake.js";

type Id = Told & { readonly id?: string; readonly wait?: number };

function parse(text: string): Id | undefined {
  const data = JSON.parse(text) as Id & { readonly error?: string };
  return data.error === undefined ? undefined : { ...data, kind: data.error };
}

function connected(
  parts: readonly Part<Id>[],
  timers: FakeTimers,
  serve: (socket: FakeSocket) => void = (socket) => {
    socket.open();
  },
) {
  const server = new FakeServer(timers, serve);
  const client = new Client<Id, Closed, Table, Policies>({
    url: "ws://test/",
    parse,
    closed: (code, reason) => ({ kind: "$unknown", code, reason }),
    retry: {},
    closes: {
      ranges: [],
      unknown: { retry: "after", wait: 1000, jitter: "none" },
    },
    actions: {},
    parts,
    timers,
    random: () => 0.5,
    socket: server.connect,
  });
  return { client, server };
}

function queued(
  more: {
    drop?: "oldest" | "newest";
    resend?: boolean;
    capacity?: number;
  } = {},
) {
  const timers = new FakeTimers();
  const dropped: [unknown, Dropped][] = [];
  const queue = new Queue({
    capacity: 3,
    drop: "oldest",
    dropped: (item: Item, why) => dropped.push([item.data, why]),
    timers,
    ...more,
  });
  return { timers, dropped, queue, ...connected([queue], timers) };
}

test("a queue sends in order once the connection is open", async () => {
  const { client, queue, server, timers } = queued();
  for (const data of ["a", "b", "c"]) queue.send(data);
  client.start();
  await timers.advance(0);
  queue.send("d");
  assert.deepEqual(server.last.sent, ["a", "b", "c", "d"]);
});

test("a queue that is full drops what its policy says, and tells it", () => {
  for (const [drop, gone, left] of [
    ["oldest", ["a", "b"], ["c", "d", "e"]],
    ["newest", ["d", "e"], ["a", "b", "c"]],
  ] as const) {
    const { queue, dropped } = queued({ drop });
    for (const data of ["a", "b", "c", "d", "e"]) queue.send(data);
    assert.deepEqual(
      dropped,
      gone.map((data) => [data, "full"]),
    );
    assert.deepEqual(
      queue.waiting.map(({ data }) => data),
      left,
    );
  }
});

test("what has no answer is bounded as well", async () => {
  const { client, queue, dropped, timers } = queued();
  client.start();
  await timers.advance(0);
  for (const id of ["a", "b", "c", "d"]) queue.send(id, id);
  assert.deepEqual(dropped, [["a", "full"]]);
  queue.forget("b");
  assert.deepEqual(
    queue.unanswered.map(({ id }) => id),
    ["c", "d"],
  );
});

test("what has no answer when the connection ends is dropped and told, or sent again where that is asked for", async () => {
  for (const resend of [false, true]) {
    const { client, queue, server, dropped, timers } = queued({ resend });
    client.start();
    await timers.advance(0);
    queue.send("a", "a");
    queue.send("b");
    queue.send("c", "c");
    server.last.end(1006);
    queue.send("d");
    await timers.advance(1000);
    assert.deepEqual(server.last.sent, resend ? ["a", "c", "d"] : ["d"]);
    assert.deepEqual(
      dropped,
      resend
        ? []
        : [
            ["a", "closed"],
            ["c", "closed"],
          ],
    );
  }
});

test("a stop tells everything that is not sent", async () => {
  const { client, queue, dropped, timers } = queued({ resend: true });
  client.start();
  await timers.advance(0);
  queue.send("a", "a");
  queue.hold();
  queue.send("b");
  client.stop();
  assert.deepEqual(dropped, [
    ["a", "stopped"],
    ["b", "stopped"],
  ]);
  assert.equal(queue.waiting.length, 0);
});

test("a pause is as long as the longest that was asked for", async () => {
  const { client, queue, server, timers } = queued();
  client.start();
  await timers.advance(0);
  queue.pause(5000);
  queue.pause(1000);
  queue.send("a");
  await timers.advance(4999);
  assert.deepEqual(server.last.sent, []);
  await timers.advance(1);
  assert.deepEqual(server.last.sent, ["a"]);
});

test("requests wait in a queue, survive until they are sent, and settle when the queue drops them", async () => {
  const timers = new FakeTimers();
  const queue = new Queue({
    capacity: 1,
    drop: "oldest",
    dropped: (item) => {
      requests.dropped(item.id);
    },
    timers,
  });
  const requests: Requests<Id, Closed, string> = new Requests({
    failed: (error) => error.id,
    answered: (data) => {
      const { id, ok } = JSON.parse(String(data)) as {
        id: string;
        ok?: string;
      };
      return ok === undefined ? undefined : { id, value: ok };
    },
    queue,
    timers,
  });
  const { client, server } = connected([requests, queue], timers);
  const first = requests.request((id) => id).catch((error: unknown) => error);
  const second = requests.request((id) => id);
  const dropped = await first;
  assert.ok(dropped instanceof RequestError);
  assert.deepEqual(dropped.failure, { reason: "dropped" });
  client.start();
  await timers.advance(0);
  const [id] = server.last.sent;
  server.last.say({ id, ok: "yes" });
  assert.equal(await second, "yes");
  assert.equal(queue.unanswered.length, 0);
});

test("a request whose operation is repeated stays pending, until it has its answer", async () => {
  const timers = new FakeTimers();
  const queue = new Queue({
    capacity: 9,
    drop: "oldest",
    dropped: () => undefined,
    timers,
  });
  const requests = new Requests<Id, Closed, string>({
    failed: (error) => error.id,
    answered: (data) => {
      const { id, ok } = JSON.parse(String(data)) as {
        id: string;
        ok?: string;
      };
      return ok === undefined ? undefined : { id, value: ok };
    },
    within: 60_000,
    queue,
    timers,
  });
  const gaveUp: string[] = [];
  const recovery = new Recovery({
    retry: {
      busy: {
        retry: "backoff",
        base: 1000,
        max: 9000,
        attempts: 2,
        jitter: "none",
      },
    },
    actions: {},
    queue,
    operation: (error: Id) => error.id,
    gaveUp: (error) => gaveUp.push(error.kind),
    timers,
  });
  const { client, server } = connected([recovery, requests, queue], timers);
  client.start();
  await timers.advance(0);
  const answered = requests.request((id) => id);
  const failed = requests.request((id) => id).catch((error: unknown) => error);
  const [a, b] = server.last.sent as string[];
  server.last.say({ error: "busy", id: a });
  await timers.advance(1000);
  assert.deepEqual(server.last.sent, [a, b, a]);
  server.last.say({ id: a, ok: "yes" });
  assert.equal(await answered, "yes");
  for (const wait of [1000, 2000]) {
    server.last.say({ error: "busy", id: b });
    await timers.advance(wait);
  }
  assert.equal(requests.pending, 1);
  server.last.say({ error: "busy", id: b });
  const error = await failed;
  assert.ok(
    error instanceof RequestError &&
      (error.failure as { reason: string }).reason === "error",
  );
  assert.deepEqual(gaveUp, ["busy"]);
});

test("several errors of one kind are one reason to act", async () => {
  const timers = new FakeTimers();
  const queue = new Queue({
    capacity: 9,
    drop: "oldest",
    dropped: () => undefined,
    timers,
  });
  let runs = 0;
  let finish: () => void = () => undefined;
  const recovery = new Recovery({
    retry: { expired: { retry: "when", action: "refresh" } } as const,
    actions: {
      refresh: () => {
        runs++;
        return new Promise<void>((resolve) => {
          finish = resolve;
        });
      },
    },
    queue,
    timers,
  });
  const { client, server } = connected([recovery, queue], timers);
  client.start();
  await timers.advance(0);
  queue.send("a", "a");
  server.last.say({ error: "expired" });
  server.last.say({ error: "expired" });
  queue.send("b");
  assert.equal(runs, 1);
  assert.deepEqual(server.last.sent, ["a"]);
  finish();
  await timers.advance(0);
  assert.deepEqual(server.last.sent, ["a", "a", "b"]);
});

test("a message that a close follows is not acted on twice", async () => {
  const timers = new FakeTimers();
  const queue = new Queue({
    capacity: 9,
    drop: "oldest",
    dropped: () => undefined,
    timers,
  });
  let runs = 0;
  const recovery = new Recovery({
    retry: {
      expired: { retry: "when", action: "refresh", closes: true },
    } as const,
    actions: { refresh: () => ++runs },
    queue,
    timers,
  });
  const { client, server } = connected([recovery, queue], timers);
  client.start();
  await timers.advance(0);
  server.last.say({ error: "expired" });
  await timers.advance(0);
  assert.equal(runs, 0);
});

test("an action that the end of the connection overtook changes nothing, and the next one is run again", async () => {
  const timers = new FakeTimers();
  const queue = new Queue({
    capacity: 9,
    drop: "oldest",
    dropped: () => undefined,
    timers,
  });
  const finish: (() => void)[] = [];
  const recovery = new Recovery({
    retry: { expired: { retry: "when", action: "refresh" } } as const,
    actions: {
      refresh: () => new Promise<void>((resolve) => finish.push(resolve)),
    },
    queue,
    timers,
  });
  const { client, server } = connected([recovery, queue], timers);
  client.start();
  await timers.advance(0);
  queue.send("a");
  server.last.say({ error: "expired" });
  server.last.end(1006);
  await timers.advance(1000);
  queue.send("b");
  server.last.say({ error: "expired" });
  assert.equal(finish.length, 2);
  queue.send("c");
  finish[0]?.();
  await timers.advance(0);
  assert.deepEqual(
    server.last.sent,
    ["b"],
    "the second action is not done yet",
  );
  finish[1]?.();
  await timers.advance(0);
  assert.deepEqual(server.last.sent, ["b", "b", "c"]);
});

test("an operation that waits for its repetition is sent once on the next connection", async () => {
  const timers = new FakeTimers();
  const queue = new Queue({
    capacity: 9,
    drop: "oldest",
    dropped: () => undefined,
    resend: true,
    timers,
  });
  const recovery = new Recovery({
    retry: {
      busy: { retry: "backoff", base: 5000, max: 5000, jitter: "none" },
    },
    actions: {},
    queue,
    operation: (error: Id) => error.id,
    timers,
  });
  const { client, server } = connected([recovery, queue], timers);
  client.start();
  await timers.advance(0);
  queue.send("a", "a");
  server.last.say({ error: "busy", id: "a" });
  server.last.end(1006);
  await timers.advance(60_000);
  assert.deepEqual(server.last.sent, ["a"]);
});

test("a request that has its answer makes the connection a good one", async () => {
  const timers = new FakeTimers();
  const requests = new Requests<Id, Closed, string>({
    failed: () => undefined,
    answered: (data) => ({
      id: String(JSON.parse(String(data))),
      value: "yes",
    }),
    timers,
  });
  const { client, server } = connected([requests], timers);
  client.start();
  await timers.advance(0);
  server.last.end(1006);
  await timers.advance(1000);
  assert.equal(client.status.attempt, 1);
  const answer = requests.request((id) => id);
  server.last.say(server.last.sent[0]);
  assert.equal(await answer, "yes");
  assert.equal(client.status.attempt, 0);
});

test("a breaker whose clock is set back is open no longer than it says", () => {
  let now = 1_000_000;
  const breaker = new Breaker(
    { openAfter: 1, halfOpenAfter: 60_000 },
    () => now,
  );
  breaker.failed();
  now = 0;
  assert.equal(breaker.wait(now), 60_000);
  now = 60_000;
  assert.equal(breaker.state, "half-open");
});

test("a breaker counts connections that ended before they were good, and no others", async () => {
  const timers = new FakeTimers();
  const breaker = new Breaker({ openAfter: 2, halfOpenAfter: 60_000 }, () =>
    timers.now(),
  );
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
  const announced: string[] = [];
  const guard = new StormGuard<Id>(
    { moreThan: 2, within: 10_000, code: 4999, reason: "storm" },
    (error) => announced.push(error.kind),
    () => timers.now(),
  );
  const { client, server } = connected([guard], timers);
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
  assert.deepEqual(announced, ["c"]);
  assert.equal(client.status.state, "open");
});

function page() {
  const callbacks = new Set<() => void>();
  const state = { online: true, visible: true };
  const surroundings: Surroundings = {
    listen: (_, callback) => {
      callbacks.add(callback);
      return () => callbacks.delete(callback);
    },
    isOnline: () => state.online,
    isVisible: () => state.visible,
  };
  const change = (to: Partial<typeof state>): void => {
    Object.assign(state, to);
    for (const callback of callbacks) callback();
  };
  return { surroundings, change, callbacks };
}

test("offline nothing is tried, and online it is, a random part of a second later", async () => {
  const timers = new FakeTimers();
  const { surroundings, change, callbacks } = page();
  const lifecycle = new Lifecycle({
    now: () => timers.now(),
    random: () => 0.5,
    surroundings,
  });
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
      now: () => timers.now(),
      random: () => 0,
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
  const { client } = connected(
    [new Lifecycle({ now: () => timers.now() })],
    timers,
  );
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
