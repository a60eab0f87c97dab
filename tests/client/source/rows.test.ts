// The rows of the documented catalogs that speak of the client, against a real server that raises
// the catalogs' entries. Sockets are real, and time is the test's.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import * as chat from "../../../catalog/generated/chat.js";
import * as materi from "../../../catalog/generated/materi.js";
import * as metered from "../../../catalog/generated/metered.js";
import * as rooms from "../../../catalog/generated/rooms.js";
import {
  type Action,
  Breaker,
  Client,
  type Part,
  type Retrying,
  Queue,
  Recovery,
  RequestError,
  Requests,
  type Status,
  StormGuard,
  explain,
} from "../../../ws-errors/typescript/index.js";
import { FakeSocket, FakeTimers, turn, until } from "./fake.js";
import { type RaiseServer, serve, sockets } from "./server.js";

let server: RaiseServer;
before(async () => {
  server = await serve();
});
after(async () => {
  await server.stop();
});

const half = (): number => 0.5;
const nothing = (): void => undefined;

/** A client of materi, and what it told. */
function documents(
  path: string | (() => string),
  parts: readonly Part<materi.MateriError, materi.MateriClose>[] = [],
  actions: Partial<
    Record<"login" | "refresh_token" | "sync", () => unknown>
  > = {},
) {
  const timers = new FakeTimers();
  const { open, urls } = sockets();
  const errors: materi.MateriError[] = [];
  const closes: materi.MateriClose[] = [];
  const messages: unknown[] = [];
  const states: Status[] = [];
  const client = new Client({
    url: () => server.url + (typeof path === "string" ? path : path()),
    read: materi.read,
    closed: materi.closed,
    retry: materi.MateriRetry,
    closes: materi.MateriCloses,
    actions: {
      login: nothing,
      refresh_token: nothing,
      sync: nothing,
      ...actions,
    },
    parts,
    timers,
    random: half,
    socket: open,
  });
  client.on({
    error: (error) => errors.push(error),
    close: (close) => closes.push(close),
    message: (data) => messages.push(data),
    state: (status) => states.push(status),
  });
  return { client, timers, urls, errors, closes, messages, states };
}

const ask = (type: string, more: object = {}): string =>
  JSON.stringify({ type, ...more });
const raise = (catalog: string, entry: string, requestId?: string): string =>
  ask("raise", { catalog, entry, requestId });

test("R3: a critical error is a message and then a close, both are told, and the close knows the error before it", async () => {
  const timers = new FakeTimers();
  const told: string[] = [];
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
    error: (error) => told.push(`message ${error.kind} ${error.code}`),
    close: (close) => {
      told.push(`close ${close.kind} ${close.code} ${close.reason}`);
      after.push(close.after?.kind);
      client.stop();
    },
  });
  client.start();
  await until(() => told.length === 2);
  assert.deepEqual(told, [
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

interface Expected {
  readonly path: string;
  readonly code: number;
  readonly kind: materi.MateriClose["kind"];
  /** How long until it connects again, its random part being half of what it may; none where it doesn't. */
  readonly wait?: number;
  readonly acts?: string;
  readonly user?: string;
}

const CLOSES: readonly Expected[] = [
  { path: "/close/1000", code: 1000, kind: "NORMAL_CLOSURE" },
  { path: "/close/1001", code: 1001, kind: "GOING_AWAY", wait: 1500 },
  {
    path: "/close/1002",
    code: 1002,
    kind: "WEB_SOCKET_PROTOCOL_ERROR",
    wait: 1500,
  },
  { path: "/close/1003", code: 1003, kind: "UNSUPPORTED_DATA", wait: 1500 },
  { path: "/drop", code: 1006, kind: "ABNORMAL_CLOSURE", wait: 1500 },
  { path: "/close/1011", code: 1011, kind: "SERVER_ERROR", wait: 1500 },
  {
    path: "/materi/HEARTBEAT_TIMEOUT",
    code: 4000,
    kind: "HEARTBEAT_TIMEOUT",
    wait: 0,
  },
  {
    path: "/materi/AUTH_EXPIRED",
    code: 4001,
    kind: "AUTH_EXPIRED",
    wait: 0,
    acts: "refresh_token",
  },
  {
    path: "/materi/PERMISSION_DENIED",
    code: 4002,
    kind: "PERMISSION_DENIED",
    user: "Access Denied",
  },
  // What a catalog says without a jitter is a floor, stretched up to twice.
  {
    path: "/materi/DOCUMENT_UNAVAILABLE",
    code: 4003,
    kind: "DOCUMENT_UNAVAILABLE",
    wait: 45_000,
    user: "Document Locked",
  },
  { path: "/materi/KICKED", code: 4004, kind: "KICKED", user: "Removed" },
  { path: "/close/4999", code: 4999, kind: "ERROR_STORM", wait: 1500 },
];

for (const { path, code, kind, wait, acts, user } of CLOSES) {
  test(`M4: close code ${code} is ${kind}, and is handled as documented`, async () => {
    const acted: string[] = [];
    // The second connection is one that stays.
    const paths = [path];
    const one = documents(() => paths.shift() ?? "/", [], {
      refresh_token: () => acted.push("refresh_token"),
      login: () => acted.push("login"),
    });
    const { client, timers, urls, closes } = one;
    client.start();
    await until(() => closes.length === 1);
    assert.equal(closes[0]?.kind, kind);
    assert.equal(closes[0]?.code, code);
    await timers.advance(0);
    if (wait === undefined) {
      await timers.advance(86_400_000);
      assert.equal(client.status.state, "failed");
      assert.equal(urls.length, 1, "exactly one connection");
    } else {
      if (wait > 0) {
        await timers.advance(wait - 1);
        assert.equal(urls.length, 1, "not a millisecond early");
        await timers.advance(1);
      }
      assert.equal(urls.length, 2);
      await until(() => client.status.state === "open");
    }
    assert.deepEqual(acted, acts === undefined ? [] : [acts]);
    if (user !== undefined && closes[0])
      assert.equal(explain(closes[0], { user: materi.MateriUser }).title, user);
    client.stop();
  });
}

test("M5: any other close code is reported with its reason, and reconnects", async () => {
  for (const code of [1009, 1012, 3000, 4005, 4321]) {
    const paths = [`/close/${code}`];
    const { client, timers, urls, closes } = documents(
      () => paths.shift() ?? "/",
    );
    client.start();
    await until(() => closes.length === 1);
    assert.deepEqual(closes[0], { kind: "$unknown", code, reason: "as asked" });
    await timers.advance(1500);
    assert.equal(urls.length, 2, String(code));
    await until(() => client.status.state === "open");
    client.stop();
  }
});

test("M6: the back-off doubles from 1 s to 30 s with up to 1 s added after the cap, ten times at most", async () => {
  const { client, timers, closes, states } = documents("/drop");
  client.start();
  for (let lost = 1; lost <= 11; lost++) {
    await until(() => closes.length === lost);
    if (lost < 11)
      await timers.advance((client.status.at ?? NaN) - timers.now());
  }
  assert.equal(client.status.state, "failed");
  const waits: number[] = [];
  for (const [index, status] of states.entries()) {
    if (status.state !== "waiting") continue;
    const next = states[index + 1];
    assert.equal(next?.state, "connecting");
    waits.push(status.attempt);
  }
  assert.deepEqual(waits, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  const ats = states.flatMap(({ at }) => at ?? []);
  const steps = ats.map(
    (at, index) => at - (index === 0 ? 1_000_000 : (ats[index - 1] ?? 0)),
  );
  // The seconds of each, and half of what may be added.
  assert.deepEqual(
    steps,
    [1, 2, 4, 8, 16, 30, 30, 30, 30, 30].map((s) => s * 1000 + 500),
  );
});

test("M6: the circuit breaker opens after 5 failures, is half-open after 60 s, and a success closes it", async () => {
  const timers = new FakeTimers();
  const breaker = new Breaker(materi.MateriGuards.breaker);
  let isUp = false;
  const { open, urls } = sockets();
  const client = new Client({
    url: () => server.url + (isUp ? "/" : "/drop"),
    read: materi.read,
    closed: materi.closed,
    retry: materi.MateriRetry,
    closes: materi.MateriCloses,
    actions: { login: nothing, refresh_token: nothing, sync: nothing },
    parts: [breaker],
    timers,
    random: half,
    socket: open,
  });
  let lost = 0;
  client.on({ close: () => lost++ });
  client.start();
  for (let failure = 1; failure < 5; failure++) {
    await until(() => lost === failure);
    assert.equal(breaker.state, "closed");
    await timers.advance((client.status.at ?? NaN) - timers.now());
  }
  await until(() => lost === 5);
  assert.equal(breaker.state, "open");
  assert.equal((client.status.at ?? NaN) - timers.now(), 60_000);
  await timers.advance(59_999);
  assert.equal(urls.length, 5);
  assert.equal(breaker.state, "open");
  await timers.advance(1);
  // Half-open: one attempt, whose failure opens it again.
  await until(() => lost === 6);
  assert.equal(urls.length, 6);
  assert.equal(breaker.state, "open");
  isUp = true;
  await timers.advance(59_999);
  assert.equal(urls.length, 6);
  await timers.advance(1);
  assert.equal(breaker.state, "half-open");
  await until(() => client.status.state === "open");
  await timers.advance(5000);
  assert.equal(breaker.state, "closed");
  client.stop();
});

test("M7: more than 10 errors within 60 s end the connection with 4999, which is announced, and no other handler runs for the last", async () => {
  const timers = new FakeTimers();
  const announced: string[] = [];
  const storm = new StormGuard(materi.MateriGuards.storm);
  const { open } = sockets();
  const errors: string[] = [];
  const closes: unknown[] = [];
  const client = new Client({
    url: `${server.url}/`,
    read: materi.read,
    closed: materi.closed,
    retry: materi.MateriRetry,
    closes: materi.MateriCloses,
    actions: { login: nothing, refresh_token: nothing, sync: nothing },
    parts: [storm],
    timers,
    random: half,
    socket: open,
  });
  client.on({
    error: (error) => errors.push(error.kind),
    close: ({ kind, code, reason, after }) => {
      closes.push({ kind, code, reason });
      if (after) announced.push(after.kind);
    },
  });
  client.start();
  await until(() => client.status.state === "open");
  // Ten within a minute are no storm, and those of the minute before don't count.
  for (let round = 1; round <= 2; round++) {
    for (let count = 0; count < 10; count++)
      client.send(raise("materi", "OPERATION_REJECTED"));
    await until(() => errors.length === 10 * round);
    if (round === 1) await timers.advance(60_000);
  }
  assert.deepEqual(announced, []);
  client.send(raise("materi", "DOCUMENT_LOCKED"));
  await until(() => announced.length === 1);
  assert.deepEqual(announced, ["DOCUMENT_LOCKED"]);
  assert.equal(errors.length, 20);
  assert.deepEqual(closes, [
    { kind: "ERROR_STORM", code: 4999, reason: "Error storm" },
  ]);
  // 4999 is treated as any other close (M4), so it reconnects.
  assert.equal(client.status.state, "waiting");
  client.stop();
});

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

test("M9: six codes have a message with title and action, RATE_LIMIT_EXCEEDED none, and all others that of INTERNAL_ERROR", () => {
  const texts = { user: materi.MateriUser, fallback: materi.MateriFallback };
  const of = (kind: string) => explain({ kind }, texts);
  assert.deepEqual(
    [
      "AUTHENTICATION_FAILED",
      "INSUFFICIENT_PERMISSIONS",
      "DOCUMENT_LOCKED",
      "CONNECTION_FAILED",
      "INTERNAL_ERROR",
    ].map((kind) => [of(kind).title, of(kind).action]),
    [
      ["Session Expired", "Log In"],
      ["Access Denied", "Request Access"],
      ["Document Locked", "Retry"],
      ["Connection Lost", "Retry Now"],
      ["Something Went Wrong", "Reload"],
    ],
  );
  assert.equal(of("RATE_LIMIT_EXCEEDED").title, "Slow Down");
  assert.equal("action" in of("RATE_LIMIT_EXCEEDED"), false);
  for (const kind of [
    "VERSION_CONFLICT",
    "MAINTENANCE_MODE",
    "$unknown",
    "__proto__",
    "toString",
  ])
    assert.deepEqual(of(kind), of("INTERNAL_ERROR"));
});

/** A client of metered that correlates. */
function channels(within = 10_000) {
  const timers = new FakeTimers();
  const queue = new Queue<metered.MeteredError, metered.MeteredClose>();
  const requests = new Requests<
    metered.MeteredError,
    metered.MeteredClose,
    string
  >({
    queue,
    failed: (error) => error.context[metered.MeteredCorrelate],
    answered: (data) => {
      const message = JSON.parse(String(data)) as {
        type: string;
        requestId: string;
      };
      return message.type === "ack"
        ? { id: message.requestId, value: "ack" }
        : undefined;
    },
    within,
  });
  const errors: string[] = [];
  const paths: string[] = [];
  const client = new Client({
    url: () => server.url + (paths.shift() ?? "/"),
    read: metered.read,
    closed: metered.closed,
    retry: metered.MeteredRetry,
    closes: metered.MeteredCloses,
    actions: {
      unsubscribe: nothing,
      peer_online: nothing,
      quota_renewed: nothing,
      refresh_token: nothing,
    },
    parts: [requests, queue],
    timers,
    random: half,
    socket: sockets().open,
  });
  client.on({ error: (error) => errors.push(error.kind) });
  client.start();
  return { client, timers, queue, requests, errors };
}

async function failure(request: Promise<unknown>) {
  const error = await request.then(
    () => assert.fail("it has an answer"),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof RequestError);
  return (error as RequestError<metered.MeteredError, metered.MeteredClose>)
    .failure;
}

test("T4: a request resolves on its ack and rejects on its error, by its id", async () => {
  const { client, queue, requests, errors } = channels();
  await until(() => client.status.state === "open");
  const raised = requests.request((id) =>
    raise("metered", "channel_not_authorized", id),
  );
  const first = requests.request((id) => ask("ping", { requestId: id }));
  const second = requests.request((id) => ask("ping", { requestId: id }));
  const failed = await failure(raised);
  assert.ok(failed.reason === "error");
  // Its type is that of the catalog: the channel is a string, no question asked.
  assert.ok(failed.error.kind === "channel_not_authorized");
  assert.equal(failed.error.code, "channel_not_authorized");
  assert.deepEqual(await Promise.all([first, second]), ["ack", "ack"]);
  assert.equal(queue.unanswered.length, 0);
  assert.deepEqual(errors, [], "the error of a request is the request's");
  // One that nobody asked for is everybody's.
  client.send(raise("metered", "backend_error"));
  await until(() => errors.length === 1);
  client.send(raise("metered", "backend_error", "somebody else's"));
  await until(() => errors.length === 2);
  client.stop();
});

test("T4: every pending request settles when the connection closes, breaks or is stopped, and after its time", async () => {
  for (const [how, code] of [
    ["over_message_rate", 4011],
    ["drop", 1006],
    ["stop", 1000],
  ] as const) {
    const { client, timers, queue, requests } = channels();
    await until(() => client.status.state === "open");
    const pending = [1, 2, 3].map(() =>
      requests.request((id) => ask("lose", { requestId: id })),
    );
    const settled = Promise.allSettled(pending);
    if (how === "stop") client.stop();
    else client.send(how === "drop" ? ask("drop") : raise("metered", how));
    for (const result of await settled) {
      assert.ok(
        result.status === "rejected" && result.reason instanceof RequestError,
      );
      const { failure } = result.reason as RequestError<
        metered.MeteredError,
        metered.MeteredClose
      >;
      assert.ok(failure.reason === "closed");
      assert.equal(failure.close.code, code);
    }
    assert.equal(queue.unanswered.length, 0);
    client.stop();
    assert.equal(timers.running, 0);
  }
  const { client, timers, requests } = channels(1000);
  await until(() => client.status.state === "open");
  const late = failure(
    requests.request((id) => ask("lose", { requestId: id })),
  );
  await timers.advance(1000);
  assert.deepEqual(await late, { reason: "timeout" });
  client.stop();
});

test("C5: an unknown event type is answered in another shape without a code, and both shapes are decoded", async () => {
  const timers = new FakeTimers();
  const errors: chat.ChatError[] = [];
  const client = new Client({
    url: `${server.url}/`,
    read: chat.read,
    closed: chat.closed,
    retry: chat.ChatRetry,
    closes: chat.ChatCloses,
    actions: { sign_in: nothing },
    timers,
    socket: sockets().open,
  });
  client.on({ error: (error) => errors.push(error) });
  client.start();
  await until(() => client.status.state === "open");
  client.send(raise("chat", "invalid_event_type"));
  client.send(raise("chat", "permission_denied"));
  await until(() => errors.length === 2);
  assert.deepEqual(
    errors.map((error) =>
      chat.handle<unknown>(error, {
        invalid_event_type: ({ code, message }) => [code, message],
        permission_denied: ({ code, message }) => [code, message],
        validation_error: nothing,
        resource_not_found: nothing,
        integrity_error: nothing,
        internal_server_error: nothing,
        $unknown: nothing,
      }),
    ),
    [
      [undefined, "invalid event type"],
      [4002, "You are not a member of this room."],
    ],
  );
  client.stop();
});
