/** What can be added to a client; what isn't, no bundler keeps. */

import type { Outgoing, Timers } from "./environment.js";
import type { Ended } from "./options.js";

/** An error as a generated module decodes it. */
export interface DecodedError {
  readonly kind: string;
  readonly code?: unknown;
  /** The code as it came, where nobody declared it. */
  readonly rawCode?: unknown;
}

/** A close as a generated module knows it. */
export interface Closed {
  readonly kind: string;
  readonly code: number;
  readonly reason: string;
}

/** Something that is tried again: a request, an operation, an action of the application. */
export interface Retrying<Cause> {
  /** The error or the close that made it necessary. */
  readonly cause: Cause;
  /** The how manieth repetition, or try of the action. */
  readonly attempt: number;
  /** When it is tried, as the clock counts; absent where it is now. */
  readonly at?: number;
  /** The id of the request. */
  readonly id?: string | undefined;
  /** The action that is tried. */
  readonly action?: string;
  /** What the try of the action before this one threw. */
  readonly thrown?: unknown;
}

/** An action of the application, and what is to be done where its answer is no. */
export interface Todo {
  readonly action: string;
  readonly otherwise?: string | undefined;
}

/** Whether an action was done, and which. */
export type Done = (succeeded: boolean, action: string) => void;

/** What a part may ask of its client. */
export interface Link<E = DecodedError, C = Closed> {
  /** None of these outlives a stop, and what a callback throws is reported. */
  readonly timers: Timers;
  readonly random: () => number;
  /** Sends, and says whether it could: only an open connection can. */
  send(data: Outgoing): boolean;
  /**
   * Closes the connection; whether there is another, the policy of this close decides. With `again`
   * there is, as soon as no part holds.
   */
  end(code: number, reason: string, again?: boolean): void;
  /** Closes the connection for good; `failed` where it is not the page that wants it so. */
  stop(code?: number, reason?: string, state?: Ended): void;
  /** The connection is a good one: it did something useful. */
  confirm(): void;
  /** Looks again whether what is held may go on. */
  resume(): void;
  /**
   * Runs an action of the application, see {@link Action}, and where its answer is no, what is to be
   * done otherwise. `done` receives which of them it was; it is not called after a stop.
   */
  act(todo: Todo, cause: E | C, done: Done): void;
  /** Reports to the page that something is tried again. */
  retrying(retrying: Retrying<E | C>): void;
  /** Calls what may throw: then it is reported, and `undefined` is what comes back. */
  guarded<V>(call: () => V): V | undefined;
}

/**
 * Something that a client does beside connecting. All members are called in the order of the parts.
 * One that throws is reported, and the client goes on.
 */
export interface Part<E = DecodedError, C = Closed> {
  /** The part belongs to this client. */
  attach?(link: Link<E, C>): void;
  /** The client is started. */
  started?(): void;
  /** How many milliseconds nothing may be tried; `Infinity` until {@link Link.resume}. */
  wait?(now: number): number;
  /** The connection is open. */
  opened?(): void;
  /** The connection was open for 5 s, or did something useful. */
  confirmed?(): void;
  /** The host woke, came back online, or is seen again. */
  resumed?(): void;
  /** A message, and the error that it is; true where nobody after this part shall see it. */
  received?(data: unknown, error: E | undefined): boolean;
  /** The connection ended, or could not be made; `final` where the client makes no other. */
  ended?(close: C, final: boolean): void;
}

/** What the parts of a client have in common: what they are made of, and their client. */
export abstract class Linked<O, E = DecodedError, C = Closed> {
  protected readonly options: O;
  protected link!: Link<E, C>;

  constructor(options: O) {
    this.options = options;
  }

  /** See {@link Part}. */
  attach(link: Link<E, C>): void {
    this.link = link;
  }
}
