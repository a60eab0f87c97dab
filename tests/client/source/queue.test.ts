// What waits while it can't be sent, and what has no answer yet.

import assert from "node:assert/strict";
import { test } from "node:test";

import {
  type Item,
  Queue,
  type QueueOptions,
} from "../../../ws-errors/typescript/index.js";
import { type Id, connected } from "./connected.js";
import { FakeTimers } from "./fake.js";

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
