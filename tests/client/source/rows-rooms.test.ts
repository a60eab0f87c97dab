// Rows of the documented catalog `rooms` that speak of the client: R3 and R5.

import assert from "node:assert/strict";
import { test } from "node:test";

import * as rooms from "../../../catalog/generated/rooms.js";
import {
  Client,
  type Retrying,
  Queue,
  Recovery,
} from "../../../ws-errors/typescript/index.js";
import { FakeTimers, until } from "./fake.js";
import { ask, half, nothing, raise, server } from "./rows.js";
import { sockets } from "./server.js";

test("R3: a critical error is a message and then a close, both are reported, and the close knows the error before it", async () => {
  const timers = new FakeTimers();
  const reported: string[] = [];
  const after: unknown[] = [];
  let refreshed = 0;
  const client = new Client({
    url: `${server.url}/rooms/unauthorized`,
    read: rooms.read,
    closed: rooms.closed,
    retry: rooms.RoomsRetry,
    closes: rooms.RoomsCloses,
    actions: { refresh_token: () => ++refreshed },
    timers,
    socket: sockets().open,
  });
  client.on({
    error: (error) => reported.push(`message ${error.kind} ${error.code}`),
    close: (close) => {
      reported.push(`close ${close.kind} ${close.code} ${close.reason}`);
      after.push(close.after?.kind);
      client.stop();
    },
  });
  client.start();
  await until(() => reported.length === 2);
  assert.deepEqual(reported, [
    "message unauthorized 4003",
    "close unauthorized 4003 Unauthorized",
  ]);
  assert.deepEqual(after, ["unauthorized"]);
  assert.equal(
    refreshed,
    0,
    "a listener that stops the client has the last word",
  );
});

test("R5: a recoverable failure is tried again after a while, a fatal one is not", async () => {
  const timers = new FakeTimers();
  const gaveUp: string[] = [];
  const queue = new Queue<rooms.RoomsError, rooms.RoomsClose>();
  const recovery = new Recovery({
    retry: rooms.RoomsRetry,
    codes: rooms.RoomsCodes,
    queue,
    gaveUp: (error: rooms.RoomsError) => gaveUp.push(error.kind),
  });
  const errors: string[] = [];
  const { open, urls } = sockets();
  const client = new Client({
    url: `${server.url}/`,
    read: rooms.read,
    closed: rooms.closed,
    retry: rooms.RoomsRetry,
    closes: rooms.RoomsCloses,
    actions: { refresh_token: nothing },
    parts: [recovery, queue],
    timers,
    random: half,
    socket: open,
  });
  const retrying: Retrying<rooms.RoomsError | rooms.RoomsClose>[] = [];
  client.on({
    error: (error) => errors.push(error.kind),
    retrying: (one) => retrying.push(one),
  });
  client.start();
  queue.send(raise("rooms", "rate_limited"));
  await until(() => errors.length === 1);
  await timers.advance(499);
  assert.equal(queue.waiting.length + errors.length, 1, "it waits for 500 ms");
  await timers.advance(1);
  await until(() => errors.length === 2);
  assert.deepEqual(
    retrying.map(({ cause: { kind }, at, attempt }) => ({ kind, at, attempt })),
    [
      { kind: "rate_limited", at: 1_000_500, attempt: 1 },
      { kind: "rate_limited", at: 1_001_500, attempt: 2 },
    ],
  );
  queue.send(raise("rooms", "forbidden"));
  await until(() => errors.length === 3);
  assert.deepEqual(gaveUp, ["forbidden"]);
  // The connection stayed; when it is lost, there is another.
  assert.equal(urls.length, 1);
  client.send(ask("drop"));
  await until(() => client.status.state === "waiting");
  await timers.advance(2500);
  await until(() => client.status.state === "open");
  assert.equal(urls.length, 2);
  client.stop();
});
