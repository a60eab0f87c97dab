// Rows of the documented catalog `chat` that speak of the client: C5.

import assert from "node:assert/strict";
import { test } from "node:test";

import * as chat from "../../../catalog/generated/chat.js";
import { Client } from "../../../ws-errors/typescript/index.js";
import { FakeTimers, until } from "./fake.js";
import { nothing, raise, server } from "./rows.js";
import { sockets } from "./server.js";

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
