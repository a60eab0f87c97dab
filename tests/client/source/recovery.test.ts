// What is repeated, and what the application does before it is.

import assert from "node:assert/strict";
import { test } from "node:test";

import { asking } from "./asking.js";

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
