// A client without parts, whose server and whose time are the test's.

import {
  type Closed,
  Client,
  type Policies,
  type Status,
  type Table,
  type DecodedError,
} from "../../../ws-errors/typescript/index.js";
import { FakeServer, type FakeSocket, FakeTimers } from "./fake.js";

const CLOSES: Policies = {
  ranges: [],
  unknown: { retry: "backoff", base: 1000, max: 30_000 },
};

export function closed(
  code: number,
  reason: string,
  last?: DecodedError,
): Closed & { after?: DecodedError } {
  const after = last && { after: last };
  return {
    kind: code < 4000 ? "$unknown" : String(code),
    code,
    reason,
    ...after,
  };
}

export function read(frame: unknown): DecodedError | undefined {
  if (typeof frame !== "string") return undefined;
  const data = JSON.parse(frame) as { error?: string };
  return data.error === undefined ? undefined : { ...data, kind: data.error };
}

/** The client, all that it reports, and its server, which `serve` makes answer. */
export function setup(
  retry: Table = {},
  serve?: (socket: FakeSocket) => void,
  more: object = {},
) {
  const timers = new FakeTimers();
  const server = new FakeServer(timers, serve);
  const states: Status[] = [];
  const heard: unknown[] = [];
  const reported: unknown[] = [];
  const client = new Client<DecodedError, Closed, Table, Policies>({
    url: "ws://test/",
    read,
    closed,
    retry,
    closes: CLOSES,
    actions: {},
    timers,
    random: () => 0.5,
    socket: server.connect,
    report: (error) => reported.push(error),
    ...more,
  });
  client.on({
    state: (status) => states.push(status),
    error: (error) => heard.push(["error", error.kind]),
    close: (close) => heard.push(["close", close.code]),
    message: (data) => heard.push(["message", data]),
  });
  return { timers, server, client, states, heard, reported };
}
