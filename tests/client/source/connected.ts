// A client with parts, whose server and whose time are the test's.

import {
  type Action,
  Client,
  type Closed,
  type Part,
  type Policies,
  type Read,
  type Retrying,
  type Table,
  type DecodedError,
} from "../../../ws-errors/typescript/index.js";
import { FakeServer, type FakeSocket, type FakeTimers } from "./fake.js";

/** An error of these tests: what it is called is its kind. */
export type Id = DecodedError & {
  readonly id?: string;
  readonly wait?: number;
};

/** Reads errors such as `{"error":"busy","id":"r1"}`. */
export const read: Read<Id> = (frame) => {
  if (typeof frame !== "string") return undefined;
  const data = JSON.parse(frame) as Id & { readonly error?: string };
  return data.error === undefined ? undefined : { ...data, kind: data.error };
};

/** Reads answers such as `{"id":"r1","ok":"yes"}`. */
export const answered = (
  data: unknown,
): { id: string; value: string } | undefined => {
  const { id, ok } = JSON.parse(String(data)) as { id: string; ok?: string };
  return ok === undefined ? undefined : { id, value: ok };
};

/** Connects a second after it lost its connection. */
export function connected(
  parts: readonly Part<Id>[],
  timers: FakeTimers,
  more: {
    readonly serve?: (socket: FakeSocket) => void;
    readonly actions?: Readonly<Record<string, Action<Id | Closed>>>;
    readonly retry?: Table;
    readonly report?: (error: unknown) => void;
  } = {},
) {
  const { serve = (socket) => socket.open(), actions = {}, ...options } = more;
  const server = new FakeServer(timers, serve);
  const retrying: Retrying<Id | Closed>[] = [];
  const errors: Id[] = [];
  const client = new Client<Id, Closed, Table, Policies>({
    url: "ws://test/",
    read,
    closed: (code, reason) => ({ kind: "$unknown", code, reason }),
    retry: {},
    closes: {
      ranges: [],
      unknown: { retry: "after", wait: 1000, jitter: "none" },
    },
    actions,
    parts,
    timers,
    random: () => 0.5,
    socket: server.connect,
    report: (error) => {
      throw error;
    },
    ...options,
  });
  client.on({
    retrying: (one) => retrying.push(one),
    error: (error) => errors.push(error),
  });
  return { client, server, retrying, errors };
}
