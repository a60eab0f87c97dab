// A client in one call, and what a user interface takes of it.

import assert from "node:assert/strict";
import { test } from "node:test";

import * as materi from "../../../catalog/generated/materi.js";
import * as metered from "../../../catalog/generated/metered.js";
import {
  type Choices,
  RequestError,
  createClient,
  createClientWith,
  Queue,
  view,
} from "../../../ws-errors/typescript/index.js";
import { FakeServer, FakeTimers } from "./fake.js";

const nothing = (): void => undefined;

function channels(
  more: Partial<
    Choices<metered.MeteredError, metered.MeteredClose, string>
  > = {},
) {
  const timers = new FakeTimers();
  const server = new FakeServer(timers, (socket) => socket.open());
  const client = createClient(metered.catalog, {
    url: "ws://test/",
    actions: {
      unsubscribe: nothing,
      peer_online: nothing,
      quota_renewed: nothing,
      refresh_token: nothing,
    },
    answered: (data) => {
      const { requestId, ok } = JSON.parse(String(data)) as {
        requestId: string;
        ok?: string;
      };
      return ok === undefined ? undefined : { id: requestId, value: ok };
    },
    timers,
    random: () => 0.5,
    socket: server.connect,
    ...more,
  });
  const say = (code: string, requestId?: string): void => {
    const id = requestId === undefined ? {} : { requestId };
    server.last.say({ type: "error", ...id, code, message: "no" });
  };
  return { client, timers, server, say };
}

test("requests wait until the connection is open, and have their answers by id", async () => {
  const { client, timers, server, say } = channels();
  const one = client.requests.request((id) => id);
  const other = client.requests.request((id) => id);
  client.start();
  await timers.advance(0);
  const [a, b] = server.last.sent as string[];
  server.last.say({ requestId: b, ok: "yes" });
  assert.equal(await other, "yes");
  say("channel_not_authorized", a);
  const error: unknown = await one.catch((error: unknown) => error);
  assert.ok(error instanceof RequestError);
  client.stop();
});

test("what may be tried again is, and the page sees it", async () => {
  const { client, timers, server, say } = channels();
  const tries: unknown[] = [];
  client.on({
    retrying: ({ cause, attempt, id }) => tries.push([cause.kind, attempt, id]),
  });
  client.start();
  await timers.advance(0);
  const answer = client.requests.request((id) => id);
  const [id] = server.last.sent as string[];
  say("backend_error", id);
  await timers.advance(500);
  assert.deepEqual(server.last.sent, [id, id]);
  server.last.say({ requestId: id, ok: "at last" });
  assert.equal(await answer, "at last");
  assert.deepEqual(tries, [["backend_error", 1, id]]);
});

test("the guards are those of the catalog", async () => {
  const timers = new FakeTimers();
  const server = new FakeServer(timers, (socket) => socket.open());
  const storms: unknown[] = [];
  const client = createClient(materi.catalog, {
    url: "ws://test/",
    actions: { login: nothing, refresh_token: nothing, sync: nothing },
    timers,
    random: () => 0.5,
    socket: server.connect,
  });
  client.on({ close: ({ kind, after }) => storms.push([kind, after?.kind]) });
  client.start();
  await timers.advance(0);
  for (let count = 0; count < 11; count++)
    server.last.say({
      type: "system",
      event: "error",
      data: {
        error_code: "OPERATION_REJECTED",
        message: "",
        recoverable: false,
        timestamp: "",
      },
    });
  assert.deepEqual(storms, [["ERROR_STORM", "OPERATION_REJECTED"]]);
  assert.deepEqual(server.sockets[0]?.closed, [4999, "Error storm"]);
  assert.equal(client.breaker?.state, "closed");
  for (let lost = 0; lost < 5; lost++) {
    await timers.advance(60_000);
    server.last.end(1011);
    if (lost < 4) server.last.onopen = null;
  }
  client.stop();
});

test("a client with some of the parts has no others", async () => {
  const timers = new FakeTimers();
  const server = new FakeServer(timers, (socket) => socket.open());
  const client = createClientWith({ Queue }, materi.catalog, {
    url: "ws://test/",
    actions: { login: nothing, refresh_token: nothing, sync: nothing },
    timers,
    socket: server.connect,
  });
  assert.equal(client.requests, undefined);
  assert.equal(client.breaker, undefined);
  client.queue.send("early");
  client.start();
  await timers.advance(0);
  assert.deepEqual(server.last.sent, ["early"]);
  client.stop();
});

test("a snapshot stays the same until something changes, and is there before anything runs", async () => {
  const { client, timers, server, say } = channels();
  const first = client.getSnapshot();
  assert.equal(first.state, "stopped");
  assert.equal(client.getSnapshot(), first);
  const seen: unknown[] = [];
  // As Svelte and React call it: unbound.
  const { subscribe, getSnapshot } = client;
  const stop = subscribe((snapshot) => seen.push(snapshot));
  assert.equal(seen[0], getSnapshot(), "it is reported at once");
  await timers.advance(0);
  const open = getSnapshot();
  assert.equal(open.state, "open");
  server.last.say({ requestId: "x" });
  assert.equal(getSnapshot(), open, "a message changes nothing");
  say("internal_error");
  assert.equal(getSnapshot().error?.kind, "internal_error");
  client.dismiss();
  assert.equal(getSnapshot().error, undefined);
  assert.equal(seen.at(-1), getSnapshot());
  stop();
  await timers.advance(0);
  assert.equal(getSnapshot().state, "stopped");
});

test("who subscribes again at once keeps the connection, two share one, and after the last there is none", async () => {
  const { client, timers, server } = channels();
  // StrictMode mounts, unmounts and mounts again.
  client.subscribe(nothing)();
  const one = client.subscribe(nothing);
  const other = client.subscribe(nothing);
  await timers.advance(0);
  assert.equal(server.sockets.length, 1);
  assert.equal(client.getSnapshot().state, "open");
  one();
  one();
  await timers.advance(0);
  assert.equal(client.getSnapshot().state, "open");
  other();
  await timers.advance(0);
  assert.equal(client.getSnapshot().state, "stopped");
  assert.deepEqual(server.last.closed, [1000, ""]);
  assert.equal(timers.running, 0);
});

test("who subscribes to a client that the page started does not stop it", async () => {
  const { client, timers } = channels();
  client.start();
  client.subscribe(nothing)();
  await timers.advance(0);
  assert.equal(client.getSnapshot().state, "open");
  client.stop();
});

test("a person sees what is the case, until when, and what to do", async () => {
  const timers = new FakeTimers();
  const server = new FakeServer(timers);
  let isSignedIn = false;
  const client = createClient(materi.catalog, {
    url: "ws://test/",
    actions: {
      login: () => isSignedIn,
      refresh_token: () => isSignedIn,
      sync: nothing,
    },
    timers,
    random: () => 0.5,
    socket: server.connect,
  });
  const texts = { user: materi.MateriUser, fallback: materi.MateriFallback };
  const shown = () => {
    const { state, until, title, action } = view(client.getSnapshot(), texts);
    return { state, until, title, action };
  };
  const none = { until: undefined, title: undefined, action: undefined };
  assert.deepEqual(shown(), { ...none, state: "stopped" });
  client.start();
  assert.deepEqual(shown(), { ...none, state: "connecting" });
  server.last.open();
  assert.deepEqual(shown(), { ...none, state: "open" });
  server.last.end(4003, "Document Locked");
  assert.deepEqual(shown(), {
    state: "waiting",
    until: timers.now() + 45_000,
    title: "Document Locked",
    action: undefined,
  });
  await timers.advance(45_000);
  server.last.open();
  server.last.end(4004, "Kicked");
  assert.deepEqual(shown(), { ...none, state: "failed", title: "Removed" });
  client.start();
  await timers.advance(11_000);
  server.last.open();
  isSignedIn = false;
  server.last.end(4001, "Auth Expired");
  assert.equal(shown().state, "acting");
  assert.equal(view(client.getSnapshot(), texts).does, "refresh_token");
  await timers.advance(1000);
  assert.equal(shown().state, "failed", "the answer is no, twice");
  client.start();
  client.stop();
  assert.deepEqual(shown(), { ...none, state: "stopped" });
});

test("a close without words of its own shows those of the error before it", () => {
  const close = { kind: "$unknown", after: { kind: "DOCUMENT_LOCKED" } };
  const texts = { user: materi.MateriUser, fallback: materi.MateriFallback };
  const status = { state: "failed", attempt: 0 } as const;
  assert.equal(view({ ...status, close }, texts).title, "Document Locked");
});

test("a ping that the catalog names is sent, unless the page says otherwise", async () => {
  const liveness = {
    idle: 20_000,
    ping: "ping",
    pong: '"pong"',
    within: 5000,
    code: 4008,
    reason: "silent",
  };
  const guards = { liveness };
  const rows = [
    [undefined, ["ping"], [[4008, "silent"]]],
    [{ idle: 20_000, ping: () => "own", within: 5000 }, ["own"], [[1006, ""]]],
    [false, [], []],
  ] as const;
  for (const [own, sent, closes] of rows) {
    const timers = new FakeTimers();
    const server = new FakeServer(timers, (socket) => socket.open());
    const seen: unknown[] = [];
    const messages: unknown[] = [];
    const client = createClient(
      { ...metered.catalog, guards },
      {
        url: "ws://test/",
        actions: {
          unsubscribe: nothing,
          peer_online: nothing,
          quota_renewed: nothing,
          refresh_token: nothing,
        },
        timers,
        random: () => 0.5,
        socket: server.connect,
        ...(own === undefined ? {} : { liveness: own }),
      },
    );
    client.on({
      close: ({ code, reason }) => seen.push([code, reason]),
      message: (data) => messages.push(data),
    });
    client.start();
    await timers.advance(0);
    const [first] = server.sockets;
    await timers.advance(20_000);
    assert.deepEqual(first?.sent, sent);
    server.last.say("pong");
    assert.deepEqual(messages, own === undefined ? [] : ['"pong"']);
    await timers.advance(24_999);
    assert.deepEqual(seen, []);
    await timers.advance(1);
    assert.deepEqual(seen, closes);
    client.stop();
  }
});
