/** A client with all its parts, in one call. */

import type { ActionOf, Actions, Table } from "./actions.js";
import { Breaker, type BreakerRule } from "./breaker.js";
import { Client } from "./client.js";
import { Lifecycle, type Surroundings } from "./lifecycle.js";
import { Liveness, type LivenessOptions } from "./liveness.js";
import type { Options, Read, Settings } from "./options.js";
import type { Closed, Part, DecodedError } from "./part.js";
import type { Policies } from "./policy.js";
import { Queue, type QueueOptions } from "./queue.js";
import { Recovery } from "./recovery.js";
import { Requests } from "./requests.js";
import { type Snapshot, type Store, store } from "./store.js";
import { StormGuard, type StormRule } from "./storm.js";

/** `catalog` of a generated module. */
export interface Catalog<E, C, R extends Table, P, K, D> {
  /** Reads frames; `undefined` where that needs a library of the application's choice. */
  readonly read: D;
  readonly closed: (code: number, reason: string, last?: E) => C;
  /** Reads answers over HTTP, where the catalog has errors there. */
  readonly parseResponse?: (status: number, body: string) => E | undefined;
  readonly retry: R;
  readonly closes: P;
  readonly codes: K;
  readonly guards?: {
    readonly storm?: StormRule;
    readonly breaker?: BreakerRule;
    readonly liveness?: LivenessOptions;
  };
  /** The member of an error's context that identifies the request that it settles. */
  readonly correlate?: string;
}

/** What may be said beside the address and the actions; all of it has a default. */
export interface Choices<
  E extends DecodedError,
  C extends Closed,
  T,
> extends Settings {
  /** The id of the request that a message answers, and the answer; without it there are no requests. */
  readonly answered?: (
    data: unknown,
  ) => { readonly id: string; readonly value: T } | undefined;
  /** How long an answer may take where a request doesn't say; 10 s. */
  readonly within?: number;
  /** What waits while it can't be sent. */
  readonly queue?: QueueOptions<E, C>;
  /**
   * How a connection that has gone black is noticed, instead of what the catalog says; where neither says
   * it, nobody looks, nor with `false`.
   */
  readonly liveness?: LivenessOptions | false;
  /** Called when an error is final, see {@link Recovery}. */
  readonly gaveUp?: (error: E) => void;
  /** Whether a page that nobody sees makes no connections; it keeps the one that it has. */
  readonly holdHidden?: boolean;
  readonly surroundings?: Surroundings;
  /** Parts of the application's own, before all others. */
  readonly parts?: readonly Part<NoInfer<E>, NoInfer<C>>[];
}

/** What a client needs: each action of the catalog, and where the catalog can't read frames, what can. */
export type CreateOptions<
  E extends DecodedError,
  C extends Closed,
  R extends Table,
  P,
  K,
  D,
  T,
> = Choices<E, C, T> &
  ([ActionOf<R, P | K>] extends [never]
    ? { readonly actions?: Actions<E | C, R, P | K> }
    : { readonly actions: Actions<E | C, R, P | K> }) &
  ([D] extends [undefined]
    ? { readonly read: Read<E> }
    : { readonly read?: Read<E> });

/** A client with its parts. */
export type CatalogClient<
  E extends DecodedError,
  C extends Closed,
  R extends Table,
  P extends Policies,
  K extends Policies,
  T,
  A,
> = Client<E, C, R, P, K> &
  Store<Snapshot<E, C>> & {
    /** Sends what can't be sent now as soon as it can be. */
    readonly queue: A extends { Queue: unknown } ? Queue<E, C> : undefined;
    /** Sends what has an answer. */
    readonly requests: A extends { Requests: unknown; Queue: unknown }
      ? Requests<E, C, T>
      : undefined;
    readonly breaker: Breaker | undefined;
  };

/** The parts that a client may have. */
export interface Parts {
  readonly Liveness?: typeof Liveness;
  readonly StormGuard?: typeof StormGuard;
  readonly Recovery?: typeof Recovery;
  readonly Requests?: typeof Requests;
  readonly Queue?: typeof Queue;
  readonly Breaker?: typeof Breaker;
  readonly Lifecycle?: typeof Lifecycle;
}

/** A part, where there is one and something is said of it. */
const made = <O, P>(
  Part: (new (options: O) => P) | undefined,
  options: O | false | undefined,
): P | undefined => (Part && options ? new Part(options) : undefined);

/**
 * A client with these parts, and no others: `createClientWith({ Queue }, catalog, options)`. Bundlers
 * drop those that are not named.
 */
export function createClientWith<
  A extends Parts,
  E extends DecodedError,
  C extends Closed,
  R extends Table,
  P extends Policies,
  K extends Policies,
  D extends Read<E> | undefined,
  T = never,
>(
  all: A,
  catalog: Catalog<E, C, R, P, K, D>,
  options: CreateOptions<E, C, R, P, K, D, T>,
): CatalogClient<E, C, R, P, K, T, A> {
  const { correlate = "", guards = {} } = catalog;
  const failed = (error: E): string | undefined =>
    (error as { context?: Readonly<Record<string, string>> }).context?.[
      correlate
    ];
  const queue = made(all.Queue, (options.queue ?? {}) as never);
  const own = { ...catalog, ...options, queue, failed };
  const shared = queue && (own as never);
  const requests = made(all.Requests, shared);
  const breaker = made(all.Breaker, guards.breaker);
  const parts = [
    ...(options.parts ?? []),
    made(all.Liveness, options.liveness ?? guards.liveness),
    made(all.StormGuard, guards.storm),
    made(all.Recovery, shared),
    requests,
    queue,
    breaker,
    made(all.Lifecycle, options),
  ].filter(Boolean);
  const client = new Client({ ...own, parts } as unknown as Options<
    E,
    C,
    R,
    P,
    K
  >);
  return Object.assign(client, store(client), {
    queue,
    requests,
    breaker,
  }) as unknown as CatalogClient<E, C, R, P, K, T, A>;
}

const ALL: Required<Parts> = {
  Liveness,
  StormGuard,
  Recovery,
  Requests,
  Queue,
  Breaker,
  Lifecycle,
};

/**
 * A client with all parts, in the order in which they work together. It connects when it is started, or
 * when somebody subscribes.
 */
export function createClient<
  E extends DecodedError,
  C extends Closed,
  R extends Table,
  P extends Policies,
  K extends Policies,
  D extends Read<E> | undefined,
  T = never,
>(
  catalog: Catalog<E, C, R, P, K, D>,
  options: CreateOptions<E, C, R, P, K, D, T>,
): CatalogClient<E, C, R, P, K, T, Required<Parts>> {
  return createClientWith(ALL, catalog, options);
}
