// Rows of the documented catalog `materi` that speak of the client: M4 to M7 and M9.

import assert from "node:assert/strict";
import { test } from "node:test";

import * as materi from "../../../catalog/generated/materi.js";
import {
  Breaker,
  Client,
  type Part,
  type Status,
  StormGuard,
  explain,
} from "../../../ws-errors/typescript/index.js";
import { FakeTimers, until } from "./fake.js";
import { half, nothing, raise, server } from "./rows.js";
import { sockets } from "./server.js";

/** A client of materi, and what it reports. */
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
