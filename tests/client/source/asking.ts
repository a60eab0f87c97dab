// A client with a queue, requests and recovery, whose server and whose time are the test's.

import assert from "node:assert/strict";

import {
  type Action,
  type Closed,
  type Failure,
  Queue,
  type QueueOptions,
  Recovery,
  RequestError,
  Requests,
  type Table,
} from "../../../ws-errors/typescript/index.js";
import { type Id, answered, connected } from "./connected.js";
import { type FakeSocket, FakeTimers } from "./fake.js";

/** The parts, in the order that `createClient` has them in. */
export function asking(
  retry: Table = {},
  more: {
    readonly queue?: QueueOptions<Id>;
    readonly actions?: Readonly<Record<string, Action<Id | Closed>>>;
    readonly serve?: (socket: FakeSocket) => void;
  } = {},
) {
  const timers = new FakeTimers();
  const { queue: choices, ...others } = more;
  const gaveUp: string[] = [];
  const failed = (error: Id): string | undefined => error.id;
  const queue = new Queue<Id>(choices);
  const requests = new Requests<Id, Closed, string>({
    failed,
    answered,
    within: 60_000,
    queue,
  });
  const recovery = new Recovery<Id>({
    retry,
    queue,
    failed,
    gaveUp: (error) => gaveUp.push(error.kind),
  });
  const all = connected([recovery, requests, queue], timers, others);
  /** The failure of a request, once there is one. */
  const failing = (within?: number) => {
    const seen: { failure?: Failure<Id, Closed> } = {};
    requests
      .request((id) => id, within)
      .catch((error: unknown) => {
        assert.ok(error instanceof RequestError);
        seen.failure = error.failure as Failure<Id, Closed>;
      });
    return seen;
  };
  return { timers, queue, requests, gaveUp, failing, ...all };
}
