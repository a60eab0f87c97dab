// The policies of all five catalogs, against a server that accepts and then closes.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import * as chat from "../../../catalog/generated/chat.js";
import * as instant from "../../../catalog/generated/instant.js";
import * as materi from "../../../catalog/generated/materi.js";
import * as metered from "../../../catalog/generated/metered.js";
import * as rooms from "../../../catalog/generated/rooms.js";
import {
  Client,
  type Closed,
  type Policies,
  type Policy,
  type Read,
  type Socket,
  type Table,
  type DecodedError,
  policyOf,
} from "../../../ws-errors/typescript/index.js";
import { FakeServer, FakeTimers, numbers, until } from "./fake.js";
import { type RaiseServer, serve, sockets } from "./server.js";

interface Catalog {
  readonly read: Read<DecodedError>;
  readonly closed: (code: number, reason: string) => Closed;
  readonly retry: Table;
  readonly closes: Policies;
}

const catalogs: Record<string, Catalog> = {
  chat: { ...chat, retry: chat.ChatRetry, closes: chat.ChatCloses },
  rooms: { ...rooms, retry: rooms.RoomsRetry, closes: rooms.RoomsCloses },
  materi: { ...materi, retry: materi.MateriRetry, closes: materi.MateriCloses },
  metered: {
    ...metered,
    retry: metered.MeteredRetry,
    closes: metered.MeteredCloses,
  },
  instant: {
    ...instant,
    retry: instant.InstantRetry,
    closes: instant.InstantCloses,
  },
};

/** Every code that a frame may carry and that the standard names, and some of every other range. */
const SENT = [
  1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000,
  3999,
];
const OWN = [...Array(31).keys()]
  .map((step) => 4000 + step)
  .concat(4400, 4401, 4499, 4500, 4999);
/** The codes whose policy is never, by catalog. */
const NEVER: Record<string, number[]> = {
  materi: [1000, 4002, 4004],
  metered: [4020],
};
/** What the client alone sees. */
const SEEN = [1005, 1006, 1015];

function client(
  catalog: Catalog,
  open: (url: string) => Socket,
  timers: FakeTimers,
  url: string,
) {
  return new Client<DecodedError, Closed, Table, Policies>({
    ...catalog,
    url,
    // Whatever the catalog asks for succeeds, and changes nothing.
    actions: new Proxy({}, { get: () => () => undefined }),
    timers,
    random: numbers(11),
    socket: open,
  });
}

for (const [name, catalog] of Object.entries(catalogs)) {
  test(`${name}: never more than four connections in any 10 s, and exactly one where the policy is never, for each close code`, async () => {
    const nevers: number[] = [];
    for (const code of [...SENT, ...OWN, ...SEEN]) {
      const timers = new FakeTimers();
      const server = new FakeServer(timers, (socket) => {
        socket.open();
        socket.end(code);
      });
      const one = client(catalog, server.connect, timers, "ws://test/");
      const close = catalog.closed(code, "");
      const policy: Policy = policyOf(catalog.retry, catalog.closes, close);
      one.start();
      await timers.advance(300_000);
      assert.ok(server.densest <= 4, `${code}: ${server.densest} in 10 s`);
      if (policy.retry === "never") {
        nevers.push(code);
        assert.equal(server.times.length, 1, `${code} is never`);
        assert.equal(one.status.state, "failed");
      } else {
        assert.ok(server.times.length > 1, `${code} comes back`);
      }
      one.stop();
      assert.equal(timers.running, 0);
    }
    assert.deepEqual(nevers, NEVER[name] ?? []);
  });

  test(`${name}: with 10,000 connections behind it, a client is no quicker`, async () => {
    for (const code of [1006, 1011, 1012, 4000, 4001, 4010]) {
      const timers = new FakeTimers();
      const server = new FakeServer(timers, (socket) => {
        socket.open();
        socket.end(code);
      });
      const one = client(catalog, server.connect, timers, "ws://test/");
      one.start();
      while (one.status.attempt < 10_000 && one.status.state !== "failed")
        await timers.advance(3_600_000);
      // What counts is the last hour.
      const recent = server.times.slice(-100);
      for (const [index, at] of recent.entries())
        assert.ok(
          (recent[index + 4] ?? Infinity) - at > 10_000,
          `${name} ${code}`,
        );
      one.stop();
    }
  });
}

let server: RaiseServer;
before(async () => {
  server = await serve();
});
after(async () => {
  await server.stop();
});

test("a real server that accepts and closes gets what the policies allow, for each close code", async () => {
  // Two are no server's to send.
  const sent = SENT.filter((code) => code !== 1010 && code !== 1014);
  for (const code of [...sent, ...OWN, undefined, "drop"] as const) {
    for (const [name, catalog] of Object.entries(catalogs)) {
      const timers = new FakeTimers();
      const { open, urls } = sockets();
      const path = code === "drop" ? "/drop" : `/close/${code ?? ""}`;
      const times: number[] = [];
      const one = client(
        catalog,
        (url) => {
          times.push(timers.now());
          return open(url, []);
        },
        timers,
        server.url + path,
      );
      const closes: Closed[] = [];
      one.on({ close: (close) => closes.push(close) });
      one.start();
      for (let round = 1; round <= 6; round++) {
        await until(
          () => closes.length >= round || one.status.state === "failed",
        );
        await timers.advance(0);
        if (one.status.state === "failed") break;
        const { at = 0 } = one.status;
        await timers.advance(Math.ceil(Math.max(at - timers.now(), 0)));
      }
      const [close] = closes;
      assert.ok(close);
      const seen = code === "drop" ? 1006 : (code ?? 1005);
      assert.equal(close.code, seen, `${name} ${path}`);
      const policy = policyOf(catalog.retry, catalog.closes, close);
      if (policy.retry === "never")
        assert.equal(urls.length, 1, `${name} ${path}`);
      for (const [index, at] of times.entries())
        assert.ok(
          (times[index + 4] ?? Infinity) - at > 10_000,
          `${name} ${path}`,
        );
      one.stop();
    }
  }
});
