/** What can be added to a client; what isn't, no bundler keeps. */

import type { Outgoing } from "./environment.js";

/** An error as a generated module decodes it. */
export interface Told {
  readonly kind: string;
  readonly code?: unknown;
}

/** A close as a generated module knows it. */
export interface Closed {
  readonly kind: string;
  readonly code: number;
  readonly reason: string;
}

/** What a part may ask of its client. */
export interface Link {
  /** Sends, and says whether it could: only an open connection can. */
  send(data: Outgoing): boolean;
  /** Closes the connection; whether there is another, the policy of this close decides. */
  end(code: number, reason: string): void;
  /** Closes the connection for good. */
  stop(code?: number, reason?: string): void;
  /** The connection is a good one: it did something useful. */
  confirm(): void;
  /** Looks again whether a connection may be made now. */
  resume(): void;
}

/** Something that a client does beside connecting. All members are called in the order of the parts. */
export interface Part<E = Told, C = Closed> {
  /** The client is started. */
  started?(link: Link): void;
  /** How many milliseconds no connection may be made; `Infinity` until {@link Link.resume}. */
  wait?(now: number): number;
  /** The connection is open. */
  opened?(): void;
  /** The connection was open for 5 s, or did something useful. */
  confirmed?(): void;
  /** A message, and the error that it is; true where nobody after this part shall see it. */
  received?(data: unknown, error: E | undefined): boolean;
  /** The connection ended, or could not be made; `final` where the client makes no other. */
  ended?(close: C, final: boolean): void;
}
