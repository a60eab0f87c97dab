// Rows of the documented catalog `metered` that speak of the client: T4.

import assert from "node:assert/strict";
import { test } from "node:test";

import * as metered from "../../../catalog/generated/metered.js";
import {
  Client,
  Queue,
  RequestError,
  Requests,
} from "../../../ws-errors/typescript/index.js";
import { FakeTimers, until } from "./fake.js";
import { ask, half, nothing, raise, server } from "./rows.js";
import { sockets } from "./server.js";

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
