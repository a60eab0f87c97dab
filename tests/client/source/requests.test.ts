// Requests: how long they wait, and how they are settled.

import assert from "node:assert/strict";
import { test } from "node:test";

import { asking } from "./asking.js";

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
