// What waits while it can't be sent, what has an answer, and what is repeated.

import assert from "node:assert/strict";
import { test } from "node:test";

import {
  type Failure,
  type Item,
  Queue,
  type QueueOptions,
  Recovery,
  RequestError,
  Requests,
  type Table,
  type Action,
} from "../../../ws-errors/typescript/index.js";
import { type Id, answered, connected } from "./connected.js";
import { type FakeSocket, FakeTimers } from "./fake.js";
import type { Closed } from "../../../ws-errors/typescript/index.js";

function queued(more: QueueOptions<Id> = {}) {
  const timers = new FakeTimers();
  const dropped: [unknown, string][] = [];
  const queue = new Queue<Id>({
    capacity: 3,
    dropped: (item: Item<Id>, { reason }) => dropped.push([item.data, reason]),
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

test("a queue that is full drops what its policy says, and reports it", () => {
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
  queue.settle([queue.find("b")].flatMap((item) => item ?? []));
  assert.deepEqual(
    queue.unanswered.map(({ id }) => id),
    ["c", "d"],
  );
});

test("what has no answer when the connection ends is dropped and reported, or sent again where that is asked for", async () => {
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

test("a stop reports everything that is not sent, and afterwards all is dropped at once", async () => {
  const { client, queue, dropped, timers } = queued({ resend: true });
  client.start();
  await timers.advance(0);
  queue.send("a", "a");
  queue.hold();
  queue.send("b");
  client.stop();
  assert.deepEqual(dropped.splice(0), [
    ["a", "closed"],
    ["b", "closed"],
  ]);
  assert.equal(queue.waiting.length, 0);
  queue.send("c");
  assert.deepEqual(dropped.splice(0), [["c", "stopped"]]);
  client.start();
  queue.send("d");
  assert.deepEqual(dropped, []);
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

test("a socket that closes takes nothing: what it is given waits for the next one", async () => {
  const { client, queue, server, timers } = queued();
  client.start();
  await timers.advance(0);
  server.last.readyState = 2;
  assert.equal(client.send("lost"), false);
  queue.send("kept");
  assert.deepEqual(server.last.sent, []);
  server.last.end(1006);
  await timers.advance(1000);
  assert.deepEqual(server.last.sent, ["kept"]);
});

/** A client with queue, requests and recovery, as `createClient` orders them. */
function asking(
  retry: Table = {},
  more: {
    readonly queue?: QueueOptions<Id>;
    readonly actions?: Readonly<Record<string, Action<Id | Closed>>>;
    readonly serve?: (socket: FakeSocket) => void;
  } = {},
) {
  const timers = new FakeTimers();
  const { queue: choices, ...others } = more;
  const gaveUp: string[] = [];
  const failed = (error: Id): string | undefined => error.id;
  const queue = new Queue<Id>(choices);
  const requests = new Requests<Id, Closed, string>({
    failed,
    answered,
    within: 60_000,
    queue,
  });
  const recovery = new Recovery<Id>({
    retry,
    queue,
    failed,
    gaveUp: (error) => gaveUp.push(error.kind),
  });
  const all = connected([recovery, requests, queue], timers, others);
  /** The failure of a request, once there is one. */
  const failing = (within?: number) => {
    const seen: { failure?: Failure<Id, Closed> } = {};
    requests
      .request((id) => id, within)
      .catch((error: unknown) => {
        assert.ok(error instanceof RequestError);
        seen.failure = error.failure as Failure<Id, Closed>;
      });
    return seen;
  };
  return { timers, queue, requests, gaveUp, failing, ...all };
}

test("requests wait in a queue, survive until they are sent, and settle when the queue drops them", async () => {
  const { client, requests, failing, server, timers, queue } = asking(
    {},
    { queue: { capacity: 1 } },
  );
  const first = failing();
  const second = requests.request((id) => id);
  client.start();
  await timers.advance(0);
  assert.deepEqual(first.failure, { reason: "full" });
  const [id] = server.last.sent;
  server.last.say({ id, ok: "yes" });
  assert.equal(await second, "yes");
  assert.equal(queue.unanswered.length, 0);
});

test("a request that was never sent outlives connections that could not be made", async () => {
  let isUp = false;
  const { client, requests, queue, server, timers } = asking(
    {},
    {
      serve: (socket) => {
        if (isUp) socket.open();
        else socket.end(1006);
      },
    },
  );
  client.start();
  const answer = requests.request((id) => id);
  await timers.advance(5000);
  assert.ok(server.sockets.length > 3);
  assert.equal(queue.unanswered.length + queue.waiting.length, 1);
  isUp = true;
  await timers.advance(10_000);
  server.last.say({ id: server.last.sent[0], ok: "yes" });
  assert.equal(await answer, "yes");
});

test("a request that was sent fails when the connection ends, and not where the queue sends it again", async () => {
  for (const resend of [false, true]) {
    const { client, failing, queue, server, timers } = asking(
      {},
      { queue: { resend } },
    );
    client.start();
    await timers.advance(0);
    const { failure } = failing();
    const seen = failing();
    server.last.end(1006);
    await timers.advance(1000);
    assert.equal(failure, undefined);
    assert.equal(
      queue.waiting.length + queue.unanswered.length,
      resend ? 2 : 0,
    );
    assert.equal(seen.failure?.reason, resend ? undefined : "closed");
    assert.deepEqual(server.last.sent, resend ? ["r1", "r2"] : []);
    client.stop();
  }
});

test("a request on a client that was stopped fails at once", async () => {
  const { client, failing, timers } = asking();
  client.start();
  await timers.advance(0);
  client.stop();
  const seen = failing();
  await timers.advance(0);
  assert.deepEqual(seen.failure, { reason: "stopped" });
  assert.equal(timers.running, 0);
});

const BUSY = {
  busy: {
    retry: "backoff",
    base: 1000,
    max: 9000,
    attempts: 2,
    jitter: "none",
  },
} as const;

test("a request whose operation is repeated stays pending, until it has its answer", async () => {
  const { client, requests, queue, gaveUp, failing, server, timers } =
    asking(BUSY);
  client.start();
  await timers.advance(0);
  const answer = requests.request((id) => id);
  const failed = failing();
  const [a, b] = server.last.sent as string[];
  server.last.say({ error: "busy", id: a });
  await timers.advance(1000);
  assert.deepEqual(server.last.sent, [a, b, a]);
  server.last.say({ id: a, ok: "yes" });
  assert.equal(await answer, "yes");
  for (const wait of [1000, 2000]) {
    server.last.say({ error: "busy", id: b });
    await timers.advance(wait);
  }
  assert.equal(queue.unanswered.length + queue.waiting.length, 1);
  server.last.say({ error: "busy", id: b });
  await timers.advance(0);
  assert.equal(failed.failure?.reason, "error");
  assert.deepEqual(gaveUp, ["busy"]);
});

test("the page sees each repetition, with the error, the moment and the attempt, and the last error is the reason", async () => {
  const { client, failing, retrying, errors, server, timers } = asking({
    busy: { retry: "backoff", base: 2000, max: 9000, jitter: "none" },
  });
  client.start();
  await timers.advance(0);
  const seen = failing(5000);
  const [id] = server.last.sent as string[];
  const start = timers.now();
  server.last.say({ error: "busy", id });
  await timers.advance(2000);
  server.last.say({ error: "busy", id });
  await timers.advance(3000);
  const cause = { error: "busy", kind: "busy", id };
  assert.deepEqual(retrying, [
    { cause, attempt: 1, at: start + 2000, id },
    { cause, attempt: 2, at: start + 6000, id },
  ]);
  assert.deepEqual(errors, [], "the error is the request's");
  assert.deepEqual(seen.failure, { reason: "error", error: cause });
  client.stop();
  assert.equal(timers.running, 0);
});

test("2,000 errors of one operation are one pending repetition, each of them counts, and the attempts bound them", async () => {
  for (const id of [undefined, "r1"]) {
    const { client, queue, gaveUp, retrying, server, timers } = asking({
      busy: { retry: "backoff", base: 1000, max: 9000, attempts: 3 },
    });
    client.start();
    await timers.advance(0);
    const before = timers.running;
    queue.send("a", "r1");
    for (let count = 0; count < 3; count++)
      server.last.say({ error: "busy", id });
    assert.equal(timers.running, before + 1);
    assert.equal(retrying.length, 1);
    for (let count = 3; count < 2000; count++)
      server.last.say({ error: "busy", id });
    assert.equal(timers.running, before, "nothing more is tried");
    assert.ok(gaveUp.length > 0);
    await timers.advance(60_000);
    assert.deepEqual(server.last.sent, ["a"]);
  }
});

const EXPIRED = {
  expired: { retry: "when", action: "refresh" },
} as const;

test("several errors of one kind are one reason to act, and all that met them is sent again", async () => {
  let runs = 0;
  let finish: () => void = () => undefined;
  const { client, queue, server, timers } = asking(EXPIRED, {
    actions: {
      refresh: () => {
        runs++;
        return new Promise<void>((resolve) => {
          finish = resolve;
        });
      },
    },
  });
  client.start();
  await timers.advance(0);
  queue.send("a", "a");
  queue.send("b", "b");
  queue.send("c", "c");
  server.last.say({ error: "expired", id: "a" });
  server.last.say({ error: "expired", id: "b" });
  queue.send("d");
  await timers.advance(0);
  assert.equal(runs, 1);
  assert.deepEqual(server.last.sent, ["a", "b", "c"]);
  finish();
  await timers.advance(0);
  assert.deepEqual(server.last.sent, ["a", "b", "c", "a", "b", "d"]);
});

test("where the answer to an action is no, what met it fails with the error, and the rest is kept", async () => {
  const { client, queue, failing, gaveUp, server, timers } = asking(EXPIRED, {
    actions: { refresh: () => false },
  });
  client.start();
  await timers.advance(0);
  const seen = failing();
  server.last.say({ error: "expired", id: server.last.sent[0] });
  queue.send("later");
  await timers.advance(0);
  assert.equal(seen.failure?.reason, "error");
  assert.deepEqual(gaveUp, ["expired"]);
  assert.deepEqual(
    queue.waiting.map(({ data }) => data),
    ["later"],
  );
});

test("an action may ask the server while the queue is held for it", async () => {
  const { client, queue, requests, server, timers } = asking(EXPIRED, {
    actions: { refresh: () => requests.request((id) => id, 5000, true) },
  });
  client.start();
  await timers.advance(0);
  queue.send("a", "a");
  server.last.say({ error: "expired", id: "a" });
  queue.send("b");
  await timers.advance(0);
  assert.deepEqual(server.last.sent, ["a", "r1"]);
  server.last.say({ id: "r1", ok: "yes" });
  await timers.advance(0);
  assert.deepEqual(server.last.sent, ["a", "r1", "a", "b"]);
});

test("a message that a close follows is not acted on twice", async () => {
  let runs = 0;
  const { client, server, timers } = asking(
    { expired: { ...EXPIRED.expired, closes: true } },
    { actions: { refresh: () => ++runs } },
  );
  client.start();
  await timers.advance(0);
  server.last.say({ error: "expired" });
  await timers.advance(0);
  assert.equal(runs, 0);
});

test("an action that is being done on another connection is joined, not done twice at once", async () => {
  const finish: (() => void)[] = [];
  const { client, queue, server, timers } = asking(EXPIRED, {
    actions: {
      refresh: () => new Promise<void>((resolve) => finish.push(resolve)),
    },
  });
  client.start();
  await timers.advance(0);
  queue.send("a");
  server.last.say({ error: "expired" });
  await timers.advance(0);
  server.last.end(1006);
  await timers.advance(1000);
  queue.send("b");
  server.last.say({ error: "expired" });
  await timers.advance(0);
  assert.equal(finish.length, 1);
  queue.send("c");
  assert.deepEqual(server.last.sent, ["b"], "it is not done yet");
  finish[0]?.();
  await timers.advance(0);
  assert.deepEqual(server.last.sent, ["b", "b", "c"]);
});

test("an operation that waits for its repetition is sent once on the next connection", async () => {
  const { client, queue, server, timers } = asking(
    { busy: { retry: "backoff", base: 5000, max: 5000, jitter: "none" } },
    { queue: { resend: true } },
  );
  client.start();
  await timers.advance(0);
  queue.send("a", "a");
  server.last.say({ error: "busy", id: "a" });
  server.last.end(1006);
  await timers.advance(60_000);
  assert.deepEqual(server.last.sent, ["a"]);
});

test("what fails for good is not sent again on the next connection", async () => {
  const { client, queue, server, timers } = asking(
    { denied: { retry: "never" } },
    { queue: { resend: true } },
  );
  client.start();
  await timers.advance(0);
  queue.send("a", "a");
  server.last.say({ error: "denied", id: "a" });
  server.last.end(1006);
  await timers.advance(1000);
  assert.deepEqual(server.last.sent, []);
});

test("a request that has its answer makes the connection a good one", async () => {
  const { client, requests, server, timers } = asking();
  client.start();
  await timers.advance(0);
  server.last.end(1006);
  await timers.advance(1000);
  assert.equal(client.status.attempt, 1);
  const answer = requests.request((id) => id);
  server.last.say({ id: server.last.sent[0], ok: "yes" });
  assert.equal(await answer, "yes");
  assert.equal(client.status.attempt, 0);
});
