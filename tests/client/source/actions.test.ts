// What the application does before a retry: `when(…)`.

import assert from "node:assert/strict";
import { test } from "node:test";

import {
  type Action,
  Client,
  type Closed,
  type Part,
  type Policies,
  type Policy,
  type Retrying,
  type Status,
  type Table,
  type DecodedError,
} from "../../../ws-errors/typescript/index.js";
import { FakeServer, FakeTimers } from "./fake.js";

const START = 1_000_000;
const REFRESH: Policy = { retry: "when", action: "refresh" };
const BOTH: Policy = { ...REFRESH, otherwise: "login", attempts: 3 };

/** A client whose server says 4001 as long as `isDenied`. */
function setup(
  policy: Policy,
  actions: Readonly<Record<string, Action<DecodedError | Closed>>>,
  more: { parts?: readonly Part[]; actWithin?: number } = {},
) {
  const timers = new FakeTimers();
  const world = { isDenied: true };
  const server = new FakeServer(timers, (socket) => {
    socket.open();
    if (world.isDenied) socket.end(4001);
  });
  const states: Status[] = [];
  const tries: Retrying<DecodedError | Closed>[] = [];
  const runs: [string, number][] = [];
  const logged = Object.fromEntries(
    Object.entries(actions).map(([name, action]) => [
      name,
      (cause: DecodedError | Closed, attempt: number) => {
        runs.push([name, timers.now() - START]);
        return action(cause, attempt);
      },
    ]),
  );
  const client = new Client<DecodedError, Closed, Table, Policies>({
    url: "ws://test/",
    read: () => undefined,
    closed: (code, reason) => ({ kind: String(code), code, reason }),
    retry: { "4001": policy },
    closes: { ranges: [], unknown: { retry: "never" } },
    actions: logged,
    timers,
    random: () => 0,
    socket: server.connect,
    ...more,
  });
  client.on({
    state: (status) => states.push(status),
    retrying: (retrying) => tries.push(retrying),
  });
  return { timers, server, client, states, tries, runs, world };
}

const fails: Action<unknown> = () => {
  throw new TypeError("Failed to fetch");
};

test("an action that can't be done now is tried again for as long as it takes, and its tries are no attempts", async () => {
  const { timers, client, runs, world } = setup(BOTH, {
    refresh: () => {
      if (timers.now() < START + 100_000) throw new Error("no network");
      world.isDenied = false;
    },
    login: fails,
  });
  client.start();
  await timers.advance(120_000);
  assert.deepEqual(
    runs.map(([, at]) => at / 1000),
    [0, 1, 3, 7, 15, 31, 61, 91, 121].filter((at) => at <= 120).concat(),
  );
  await timers.advance(5000);
  assert.equal(client.status.state, "open");
  assert.ok(runs.every(([name]) => name === "refresh"));
});

test("no is final: what is to be done otherwise follows, and where there is nothing the end", async () => {
  for (const [policy, expected, state] of [
    [BOTH, ["refresh", "login"], "open"],
    [REFRESH, ["refresh"], "failed"],
  ] as const) {
    const { timers, client, runs, world } = setup(policy, {
      refresh: () => false,
      login: () => {
        world.isDenied = false;
      },
    });
    client.start();
    await timers.advance(3_600_000);
    assert.deepEqual(
      runs.map(([name]) => name),
      expected,
    );
    assert.equal(client.status.state, state);
  }
});

test("a no that comes later is no as well", async () => {
  const { timers, client } = setup(REFRESH, {
    refresh: () => Promise.resolve(false),
  });
  client.start();
  await timers.advance(1000);
  assert.equal(client.status.state, "failed");
  assert.equal(timers.running, 0);
});

test("an action that succeeds and doesn't help is bounded by the attempts", async () => {
  const { timers, server, client, runs } = setup(BOTH, {
    refresh: () => undefined,
    login: () => false,
  });
  client.start();
  await timers.advance(3_600_000);
  assert.deepEqual(
    runs.map(([name]) => name),
    ["refresh", "refresh", "refresh", "login"],
  );
  assert.equal(server.sockets.length, 4);
  assert.equal(client.status.state, "failed");
});

test("after what is done otherwise all begins anew", async () => {
  const { timers, client, runs } = setup(BOTH, {
    refresh: () => undefined,
    login: () => undefined,
  });
  client.start();
  await timers.advance(3_600_000);
  client.stop();
  assert.deepEqual(
    runs.slice(0, 8).map(([name]) => name),
    [
      ...Array<string>(3).fill("refresh"),
      "login",
      ...Array<string>(3).fill("refresh"),
      "login",
    ],
  );
});

test("an action that is never done is given up after its time, and tried again", async () => {
  const signals: number[] = [];
  const { timers, client, tries } = setup(
    REFRESH,
    {
      refresh: (_, attempt) => {
        signals.push(attempt);
        return new Promise(() => undefined);
      },
    },
    { actWithin: 10_000 },
  );
  client.start();
  await timers.advance(10_000 + 1000 + 10_000 + 2000);
  assert.deepEqual(signals, [1, 2, 3]);
  assert.equal(tries.length, 3);
  client.stop();
  assert.equal(timers.running, 0);
});

test("an answer that comes too late changes nothing", async () => {
  const resolve: ((answer: unknown) => void)[] = [];
  const { timers, client, server } = setup(
    REFRESH,
    { refresh: () => new Promise((settle) => resolve.push(settle)) },
    { actWithin: 10_000 },
  );
  client.start();
  await timers.advance(11_000);
  assert.equal(resolve.length, 2);
  resolve[0]?.(false);
  await timers.advance(0);
  assert.equal(client.status.state, "acting");
  assert.equal(server.sockets.length, 1);
  client.stop();
});

test("nothing is tried while a part holds", async () => {
  let isOnline = false;
  const offline: Part = {
    wait: () => (isOnline || timers.now() === START ? 0 : Infinity),
  };
  const { timers, client, runs, states, world } = setup(
    REFRESH,
    {
      refresh: () => {
        if (!isOnline) throw new Error("no network");
        world.isDenied = false;
      },
    },
    { parts: [offline] },
  );
  client.start();
  await timers.advance(3_600_000);
  assert.deepEqual(runs, [["refresh", 0]]);
  assert.deepEqual(states.at(-1), {
    state: "acting",
    attempt: 0,
    action: "refresh",
  });
  isOnline = true;
  client.resume();
  await timers.advance(10_000);
  assert.equal(runs.length, 2);
  assert.equal(client.status.state, "open");
});

test("the page sees each try, what made it necessary, what went wrong before, and when the next is", async () => {
  const { timers, client, tries, states } = setup(REFRESH, { refresh: fails });
  client.start();
  await timers.advance(0);
  assert.deepEqual(states.slice(-2), [
    { state: "acting", attempt: 0, action: "refresh" },
    { state: "acting", attempt: 0, action: "refresh", at: START + 1000 },
  ]);
  await timers.advance(1000);
  const cause = { kind: "4001", code: 4001, reason: "" };
  const action = "refresh";
  assert.deepEqual(tries, [
    { cause, attempt: 1, action, thrown: undefined },
    { cause, attempt: 2, action, thrown: new TypeError("Failed to fetch") },
  ]);
  client.stop();
});

test("an action that the application lacks is no", async () => {
  const { timers, client } = setup(REFRESH, {});
  client.start();
  await timers.advance(1000);
  assert.equal(client.status.state, "failed");
});

test("a stop overtakes an action, and the next start begins with another", async () => {
  const done: (() => void)[] = [];
  const { timers, server, client } = setup(REFRESH, {
    refresh: () => new Promise<void>((resolve) => done.push(resolve)),
  });
  client.start();
  await timers.advance(0);
  client.stop();
  assert.equal(timers.running, 0);
  done[0]?.();
  await timers.advance(60_000);
  assert.equal(server.sockets.length, 1);
  assert.equal(client.status.state, "stopped");
  client.start();
  await timers.advance(20_000);
  assert.equal(done.length, 2);
  client.stop();
});

test("an action that succeeds at once and never helps is not done without end", async () => {
  const { timers, client, runs } = setup(REFRESH, {
    refresh: () => undefined,
  });
  client.start();
  await timers.advance(60_000);
  client.stop();
  for (const [index, [, at]] of runs.entries())
    assert.ok((runs[index + 4]?.[1] ?? Infinity) - at > 10_000);
});
