/** How a client is, as user interfaces take it: a value that stays the same until something changes. */

import type { Client } from "./client.js";
import type { Table } from "./actions.js";
import type { Status } from "./options.js";
import type { Closed, DecodedError } from "./part.js";
import type { Policies } from "./policy.js";

/** How a client is, and what was the matter last. */
export interface Snapshot<E, C> extends Status {
  /** The last error that nobody else took, until it is dismissed. */
  readonly error?: E | undefined;
  /** The close after which it is so, until a connection is open again. */
  readonly close?: C | undefined;
}

/**
 * What React's `useSyncExternalStore`, Vue, Svelte and Solid subscribe to. The functions are bound,
 * and `getSnapshot` gives the same object until something has changed, on a server too.
 */
export interface Store<S> {
  /**
   * Calls back at once and at each change, until the function that it gives is called. A client that
   * nobody has started runs while somebody subscribes: it starts with the first and stops after the
   * last, a moment later, so that who subscribes again at once keeps the connection.
   */
  readonly subscribe: (run: (snapshot: S) => void) => () => void;
  readonly getSnapshot: () => S;
  /** The person has seen the error. */
  readonly dismiss: () => void;
}

/** The store of a client. */
export function store<
  E extends DecodedError,
  C extends Closed,
  R extends Table,
  P extends Policies,
  K extends Policies,
>(client: Client<E, C, R, P, K>): Store<Snapshot<E, C>> {
  let snapshot: Snapshot<E, C> = client.status;
  const runs = new Set<() => void>();
  const set = (next: Snapshot<E, C>): void => {
    snapshot = next;
    for (const run of [...runs]) client.guarded(run);
  };
  let close: C | undefined;
  let isLeased = false;
  client.on({
    state: (status) => {
      if (status.state === "open") close = undefined;
      set({ ...status, error: snapshot.error, close });
    },
    error: (error) => {
      set({ ...snapshot, error });
    },
    close: (its) => {
      close = its;
    },
  });
  return {
    subscribe: (run) => {
      const call = (): void => {
        run(snapshot);
      };
      runs.add(call);
      if (runs.size === 1 && !client.isRunning) {
        isLeased = true;
        client.start();
      }
      call();
      return () => {
        runs.delete(call);
        client.timers.set(() => {
          if (runs.size > 0 || !isLeased) return;
          isLeased = false;
          client.stop();
        }, 0);
      };
    },
    getSnapshot: () => snapshot,
    dismiss: () => {
      set({ ...snapshot, error: undefined });
    },
  };
}
