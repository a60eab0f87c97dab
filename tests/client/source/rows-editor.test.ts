// Rows of the documented catalog `materi` that speak of the client: M8, an editor.

import assert from "node:assert/strict";
import { test } from "node:test";

import * as materi from "../../../catalog/generated/materi.js";
import {
  type Action,
  Client,
  Queue,
  Recovery,
  RequestError,
  Requests,
} from "../../../ws-errors/typescript/index.js";
import { FakeSocket, FakeTimers, turn, until } from "./fake.js";
import { ask, half, nothing, raise, server } from "./rows.js";
import { sockets } from "./server.js";

/** A client of materi that does what M8 says. */
function editor(
  actions: Partial<Record<"login" | "refresh_token" | "sync", Action<unknown>>>,
) {
  const timers = new FakeTimers();
  const dropped: unknown[] = [];
  const gaveUp: string[] = [];
  const queue = new Queue<materi.MateriError, materi.MateriClose>({
    dropped: (item, why) => dropped.push([item.data, why]),
    resend: true,
  });
  const all = {
    login: nothing,
    refresh_token: nothing,
    sync: nothing,
    ...actions,
  };
  const recovery = new Recovery({
    retry: materi.MateriRetry,
    codes: materi.MateriCodes,
    queue,
    gaveUp: (error: materi.MateriError) => gaveUp.push(error.kind),
  });
  const requests = new Requests<materi.MateriError, materi.MateriClose, string>(
    {
      queue,
      failed: () => undefined,
      answered: (data) => {
        const { type, requestId } = JSON.parse(String(data)) as {
          type: string;
          requestId: string;
        };
        return type === "ack" ? { id: requestId, value: "ack" } : undefined;
      },
    },
  );
  const { open, urls } = sockets();
  const errors: materi.MateriError[] = [];
  const messages: unknown[] = [];
  const closes: unknown[] = [];
  const client = new Client({
    url: `${server.url}/`,
    read: materi.read,
    closed: materi.closed,
    retry: materi.MateriRetry,
    closes: materi.MateriCloses,
    actions: all,
    parts: [recovery, requests, queue],
    timers,
    random: half,
    socket: (url, protocols) => {
      const socket = open(url, protocols);
      const send = socket.send.bind(socket);
      socket.send = (data: never) => {
        sent.push(String(data));
        send(data);
      };
      return socket;
    },
  });
  const sent: string[] = [];
  client.on({
    error: (error) => errors.push(error),
    message: (data) => messages.push(data),
    close: ({ code, reason }) => closes.push([code, reason]),
  });
  client.start();
  return {
    client,
    timers,
    queue,
    requests,
    sent,
    errors,
    messages,
    closes,
    gaveUp,
    dropped,
    urls,
  };
}

test("M8: VERSION_CONFLICT re-syncs, keeps what is pending, and sends it again in order", async () => {
  let synced: (value?: unknown) => void = nothing;
  const one = editor({
    sync: () =>
      new Promise((resolve) => {
        synced = resolve;
      }),
  });
  const { client, queue, sent, errors } = one;
  await until(() => client.status.state === "open");
  queue.send(ask("lose", { requestId: "a" }), "a");
  queue.send(ask("lose", { requestId: "b" }), "b");
  queue.send(raise("materi", "VERSION_CONFLICT"));
  await until(() => errors.length === 1);
  assert.deepEqual(
    queue.unanswered.map(({ id }) => id),
    ["a", "b"],
  );
  // What is done meanwhile waits.
  queue.send(ask("lose", { requestId: "c" }), "c");
  assert.equal(sent.length, 3);
  synced();
  await turn();
  assert.deepEqual(
    sent
      .slice(3)
      .map((text) => (JSON.parse(text) as { requestId: string }).requestId),
    ["a", "b", "c"],
  );
  client.stop();
});

test("M8: a sync that has no answer within 5 s has failed, and what is pending is kept", async () => {
  const failures: unknown[] = [];
  const one = editor({
    sync: () =>
      one.requests
        .request((requestId) => ask("lose", { requestId }), 5000, true)
        .catch((error: unknown) => {
          failures.push(error);
          // As materi has it, this is final.
          return false;
        }),
  });
  const { client, timers, queue, errors, gaveUp, dropped } = one;
  await until(() => client.status.state === "open");
  queue.send(ask("lose", { requestId: "a" }), "a");
  queue.send(raise("materi", "VERSION_CONFLICT"));
  await until(() => errors.length === 1);
  await timers.advance(4999);
  assert.equal(failures.length, 0);
  await timers.advance(1);
  assert.ok(failures[0] instanceof RequestError);
  assert.deepEqual(failures[0].failure, { reason: "timeout" });
  assert.deepEqual(gaveUp, ["VERSION_CONFLICT"]);
  assert.deepEqual(
    queue.unanswered.map(({ id }) => id),
    ["a"],
  );
  assert.deepEqual(dropped, []);
  client.stop();
});

test("M8: RATE_LIMIT_EXCEEDED waits as long as it says, stretched and never shortened, while operations queue", async () => {
  const { client, timers, queue, sent, errors } = editor({});
  await until(() => client.status.state === "open");
  const operation = raise("materi", "RATE_LIMIT_EXCEEDED");
  queue.send(operation);
  await until(() => errors.length === 1);
  assert.deepEqual(
    errors[0]?.kind === "RATE_LIMIT_EXCEEDED" && errors[0].retry_after,
    5000,
  );
  queue.send(ask("lose"));
  await timers.advance(7499);
  assert.deepEqual(sent, [operation]);
  await timers.advance(1);
  assert.deepEqual(sent, [operation, operation, ask("lose")]);
  client.stop();
});

test("M8: RATE_LIMIT_EXCEEDED without a retry_after, or with 0, waits a second", async () => {
  for (const retry_after of [undefined, 0]) {
    const timers = new FakeTimers();
    const queue = new Queue<materi.MateriError, materi.MateriClose>();
    const recovery = new Recovery({ retry: materi.MateriRetry, queue });
    const sent: unknown[] = [];
    const client = new Client({
      ...materi.catalog,
      url: "ws://test/",
      actions: { login: nothing, refresh_token: nothing, sync: nothing },
      parts: [recovery, queue],
      timers,
      random: () => 0,
      socket: (url) => {
        const socket = new FakeSocket(url);
        socket.send = (data) => sent.push(data);
        timers.set(() => {
          socket.open();
          const details =
            retry_after === undefined ? {} : { details: { retry_after } };
          socket.say({
            type: "system",
            event: "error",
            data: {
              error_code: "RATE_LIMIT_EXCEEDED",
              message: "Too many operations",
              ...details,
              recoverable: true,
              timestamp: "2025-01-07T10:30:00Z",
            },
          });
        }, 0);
        return socket;
      },
    });
    client.start();
    await timers.advance(0);
    queue.send("later");
    await timers.advance(999);
    assert.deepEqual(sent, []);
    await timers.advance(1);
    assert.deepEqual(sent, ["later"]);
    client.stop();
  }
});

test("M8: OPERATION_TIMEOUT repeats the last operation", async () => {
  const { client, timers, queue, sent, errors } = editor({});
  await until(() => client.status.state === "open");
  const operation = raise("materi", "OPERATION_TIMEOUT");
  queue.send(operation);
  await until(() => errors.length === 1);
  await timers.advance(0);
  assert.deepEqual(sent, [operation, operation]);
  await until(() => errors.length === 2);
  await timers.advance(499);
  assert.equal(sent.length, 2, "the second time it backs off");
  client.stop();
});

test("M8: TOKEN_EXPIRED refreshes at most 3 times, a second more apart each time, and then goes to login", async () => {
  const runs: [string, number][] = [];
  const one = editor({
    // As materi has it, the third failure is final.
    refresh_token: (_: unknown, attempt: number) => {
      runs.push(["refresh_token", one.timers.now() - 1_000_000]);
      if (attempt === 3) return false;
      throw new Error("no network");
    },
    login: () => runs.push(["login", one.timers.now() - 1_000_000]),
  });
  const { client, timers, queue, errors } = one;
  await until(() => client.status.state === "open");
  queue.send(raise("materi", "TOKEN_EXPIRED"));
  await until(() => errors.length === 1);
  await timers.advance(10_000);
  // Each wait is stretched, by half of the second that it may be.
  assert.deepEqual(runs.slice(0, 4), [
    ["refresh_token", 0],
    ["refresh_token", 1500],
    ["refresh_token", 4000],
    ["login", 4000],
  ]);
  client.stop();
});

test("M8: a refresh that succeeds begins the count anew", async () => {
  let failures = 2;
  const runs: string[] = [];
  const one = editor({
    refresh_token: () => {
      runs.push("refresh_token");
      if (failures-- > 0) throw new Error("no network");
      failures = 2;
    },
    login: () => runs.push("login"),
  });
  const { client, timers, queue, errors } = one;
  await until(() => client.status.state === "open");
  for (let round = 1; round <= 3; round++) {
    client.send(raise("materi", "TOKEN_EXPIRED"));
    await until(() => errors.length === round);
    await timers.advance(30_000);
  }
  assert.equal(queue.waiting.length, 0);
  assert.deepEqual(runs, Array<string>(9).fill("refresh_token"));
  client.stop();
});

test("M8: any other authentication error goes to login at once", async () => {
  const runs: string[] = [];
  const { client, errors } = editor({
    refresh_token: () => runs.push("refresh_token"),
    login: () => runs.push("login"),
  });
  await until(() => client.status.state === "open");
  client.send(raise("materi", "AUTHENTICATION_FAILED"));
  await until(() => errors.length === 1);
  await turn();
  client.send(raise("materi", "TOKEN_REVOKED"));
  await until(() => errors.length === 2);
  assert.deepEqual(runs, ["login", "login"]);
  client.stop();
});

test("M8: DOCUMENT_DELETED makes the client close with 1000 and not come back", async () => {
  const { client, timers, closes, urls } = editor({});
  await until(() => client.status.state === "open");
  client.send(raise("materi", "DOCUMENT_DELETED"));
  await until(() => closes.length === 1);
  assert.deepEqual(closes, [[1000, "Document deleted"]]);
  await timers.advance(86_400_000);
  assert.equal(urls.length, 1);
  assert.equal(client.status.state, "failed");
});
