/** What a client is made of, and what it reports. */

import type { Actions, Table } from "./actions.js";
import type { Socket, Timers } from "./environment.js";
import type { Part, Retrying } from "./part.js";

/**
 * Reads a frame as the socket gives it: the error that it is, a list of those that are among its
 * messages, or `undefined`.
 */
export type Read<E> = (data: unknown) => E | readonly E[] | undefined;

/** Where to connect: a text, or a `URL`. */
export type Address = string | { readonly href: string; toString(): string };

/** What the surroundings of a client are, and how long things may take. */
export interface Settings {
  /** Where to connect; a function is asked for each connection, for a new token, say. */
  readonly url: Address | (() => Address | Promise<Address>);
  readonly protocols?: readonly string[];
  /** Opens a socket; in Node 20, say, `(url, protocols) => new WebSocket(url, protocols)` of `ws`. */
  readonly socket?: (
    url: string,
    protocols: string[],
    options: {
      readonly parseResponse?: (status: number, body: string) => unknown;
    },
  ) => Socket;
  readonly timers?: Timers;
  /** A number from 0 up to 1; `Math.random`. */
  readonly random?: () => number;
  /** Receives what the application's own functions threw; the console's `error`. */
  readonly report?: (error: unknown) => void;
  /** How long a connection must be open to be a good one; 5 s. */
  readonly stableAfter?: number;
  /** How long making a connection may take; 20 s. */
  readonly connectWithin?: number;
  /** How long an action may take; 30 s. */
  readonly actWithin?: number;
}

/** What a client is made of. */
export interface Options<E, C, R extends Table, P, K = never> extends Settings {
  /** `read` of the generated module. */
  readonly read: Read<E>;
  /** `closed` of the generated module. */
  readonly closed: (code: number, reason: string, last?: E) => C;
  /** `parseResponse` of the generated module, for sockets that show why a handshake was refused. */
  readonly parseResponse?: (status: number, body: string) => E | undefined;
  /** The policies by kind. */
  readonly retry: R;
  /** The policies of close codes that nobody declared. */
  readonly closes: P;
  /** The policies of messages' codes that nobody declared. */
  readonly codes?: K;
  /** What the application does where a policy says `when(…)`: all of it. */
  readonly actions: Actions<E | C, R, P | K>;
  /** What the client does beside connecting. */
  readonly parts?: readonly Part<NoInfer<E>, NoInfer<C>>[];
}

/**
 * - `stopped`: by the page, or not started yet;
 * - `failed`: no policy allows another connection;
 * - `waiting`: for the next connection;
 * - `acting`: the application refreshes its token, say, before the next connection.
 */
export type State = Ended | "connecting" | "open" | "waiting" | "acting";

/** The states in which a client does nothing. */
export type Ended = "stopped" | "failed";

/** How a client is, for a page to show. */
export interface Status {
  readonly state: State;
  /** How often it tried again since the last good connection. */
  readonly attempt: number;
  /** When the next connection is made, or the action tried; absent while a part holds it. */
  readonly at?: number;
  /** `acting`: what the application does. */
  readonly action?: string;
}

/** What of a client only itself may change. */
export interface OwnClient {
  isRunning: boolean;
  status: Status;
}

/** What a client reports. */
export interface Listener<E, C> {
  state?(status: Status): void;
  /** An error of the catalog. */
  error?(error: E): void;
  /** The connection ended. */
  close?(close: C): void;
  /** A message that is no error, or that may be more than errors. */
  message?(data: unknown): void;
  /** A request, an operation or an action is tried again. */
  retrying?(retrying: Retrying<E | C>): void;
}
