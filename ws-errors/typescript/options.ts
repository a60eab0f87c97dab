/** What a client is made of, and what it tells. */

import type { Actions, Table } from "./actions.js";
import type { Socket, Timers } from "./environment.js";
import type { Part } from "./part.js";

/** What a client takes from a generated module. */
export interface Module<E, C, R extends Table, P> {
  /** `parse`. */
  readonly parse: (text: string) => E | undefined;
  /** `closed`. */
  readonly closed: (code: number, reason: string, last?: E) => C;
  /** The policies by kind. */
  readonly retry: R;
  /** The policies of close codes that nobody declared. */
  readonly closes?: P;
}

/** Where to connect: a text, or a `URL`. */
export type Address = string | { readonly href: string };

/** What a client is made of. */
export interface Options<E, C, R extends Table, P> extends Module<E, C, R, P> {
  /** Where to connect; a function is asked for each connection, for a new token, say. */
  readonly url: Address | (() => Address | Promise<Address>);
  readonly protocols?: readonly string[];
  /** What the application does where a policy says `when(…)`: all of it. */
  readonly actions: Actions<E | C, R, P>;
  /** Opens a socket; in Node 20, say, `(url, protocols) => new WebSocket(url, protocols)` of `ws`. */
  readonly socket?: (url: string, protocols: string[]) => Socket;
  readonly timers?: Timers;
  /** A number from 0 up to 1; `Math.random`. */
  readonly random?: () => number;
  /** What the client does beside connecting. */
  readonly parts?: readonly Part<E, C>[];
  /** How long a connection must be open to be a good one; 5 s. */
  readonly stableAfter?: number;
  /** How long making a connection may take; 20 s. */
  readonly connectWithin?: number;
}

/** How a client is, for a page to show. */
export interface Status {
  /** `acting`: the application refreshes its token, say, before the next connection. */
  readonly state: "stopped" | "connecting" | "open" | "waiting" | "acting";
  /** How often it tried again since the last good connection. */
  readonly attempt: number;
  /** `waiting`: when the next connection is made, as the clock counts; absent where it is held. */
  readonly at?: number;
}

/** What a client tells. */
export interface Listener<E, C> {
  state?(status: Status): void;
  /** An error of the catalog. */
  error?(error: E): void;
  /** The connection ended. */
  close?(close: C): void;
  /** A message that is no error. */
  message?(data: unknown): void;
}
