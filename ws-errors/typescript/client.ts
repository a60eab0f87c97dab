/** A connection that comes back as the catalog's policies say. */

import { act, type Actions, type Table } from "./actions.js";
import {
  type Outgoing,
  type Socket,
  type Timers,
  hostSocket,
  hostTimers,
} from "./environment.js";
import { Guard } from "./guard.js";
import type { Closed, Part, Told } from "./part.js";
import { decide, type Policies, policyOf } from "./policy.js";

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

/** A connection that comes back as the catalog's policies say. */
export class Client<
  E extends Told,
  C extends Closed,
  R extends Table,
  P extends Policies = never,
> {
  readonly #options: Options<E, C, R, P>;
  readonly #timers: Timers;
  readonly #random: () => number;
  readonly #parts: readonly Part<E, C>[];
  readonly #guard: Guard = new Guard();
  readonly #listeners: Set<Listener<E, C>> = new Set();
  /** How often each action was done since the last good connection. */
  readonly #acted: Map<string, number> = new Map();
  #status: Status = { state: "stopped", attempt: 0 };
  #socket: Socket | undefined;
  /** The error message that came last, where it was the last message. */
  #last: E | undefined;
  #timer: unknown;
  /** The moment before which the policy wants no connection. */
  #due = 0;
  /** How far away that was at first, for clocks that are set back. */
  #wait = 0;
  /** What was begun before the last change of it is out of date. */
  #turn = 0;

  constructor(options: Options<E, C, R, P>) {
    this.#options = options;
    this.#timers = options.timers ?? hostTimers;
    this.#random = options.random ?? Math.random;
    this.#parts = options.parts ?? [];
  }

  /** How the client is now. */
  get status(): Status {
    return this.#status;
  }

  /** Tells a listener what happens, until the function that it gives is called. */
  subscribe(listener: Listener<E, C>): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  /** Connects, and stays connected. */
  start(): void {
    if (this.#status.state !== "stopped") return;
    this.#acted.clear();
    for (const part of this.#parts) part.started?.(this);
    this.#schedule(0, 0);
  }

  /** Closes the connection for good. */
  stop(code = 1000, reason = ""): void {
    if (this.#status.state === "stopped") return;
    const hadSocket = this.#socket !== undefined;
    this.#drop(code, reason);
    this.#finish(code, reason, hadSocket);
  }

  /** Closes the connection; whether there is another, the policy of this close decides. */
  end(code: number, reason: string): void {
    if (!this.#socket) return;
    this.#drop(code, reason);
    this.#ended(code, reason);
  }

  /** Sends, and says whether it could: only an open connection can. */
  send(data: Outgoing): boolean {
    if (this.#status.state !== "open") return false;
    this.#socket?.send(data as never);
    return true;
  }

  /** The connection is a good one: it did something useful. */
  confirm(): void {
    if (this.#status.state !== "open") return;
    this.#timers.clear(this.#timer);
    this.#acted.clear();
    for (const part of this.#parts) part.confirmed?.();
    if (this.#status.attempt > 0) this.#tell({ state: "open", attempt: 0 });
  }

  /** Looks again whether a connection may be made now. */
  resume(): void {
    if (this.#status.state === "waiting") this.#wake(this.#status.attempt);
  }

  #tell(status: Status): void {
    this.#status = status;
    this.#each((listener) => listener.state?.(status));
  }

  #each(call: (listener: Listener<E, C>) => void): void {
    for (const listener of [...this.#listeners]) {
      try {
        call(listener);
      } catch (error) {
        // The host reports it; the connection does not suffer from it.
        void Promise.reject(error);
      }
    }
  }

  /** Lets go of the socket, so that nothing of it is heard any more. */
  #drop(code?: number, reason?: string): void {
    this.#turn++;
    this.#timers.clear(this.#timer);
    const socket = this.#socket;
    this.#socket = undefined;
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    // A socket that is closed while it connects fails, which nobody has to hear of.
    socket.onerror = () => undefined;
    try {
      socket.close(code, reason);
    } catch {
      // Browsers close with 1000 and with 3000 to 4999 only.
      socket.close();
    }
  }

  #schedule(ms: number, attempt: number): void {
    this.#due = this.#timers.now() + ms;
    this.#wait = ms;
    this.#wake(attempt);
  }

  /** Connects where everybody agrees, and else waits for whoever wants to wait longest. */
  #wake(attempt: number): void {
    this.#timers.clear(this.#timer);
    const now = this.#timers.now();
    const waits = this.#parts.map((part) => part.wait?.(now) ?? 0);
    this.#due = Math.min(this.#due, now + this.#wait);
    const ms = Math.max(this.#due - now, this.#guard.wait(now), ...waits);
    if (ms <= 0) {
      void this.#connect(attempt);
      return;
    }
    if (ms < Infinity) {
      this.#timer = this.#timers.set(
        () => {
          this.#wake(attempt);
        },
        Math.min(Math.ceil(ms), 2 ** 31 - 1),
      );
      this.#tell({ state: "waiting", attempt, at: now + ms });
    } else {
      this.#tell({ state: "waiting", attempt });
    }
  }

  async #connect(attempt: number): Promise<void> {
    const turn = ++this.#turn;
    const { url, protocols = [], stableAfter = 5000 } = this.#options;
    const { connectWithin = 20_000, socket: open = hostSocket } = this.#options;
    const lost = (code: number, reason: string): void => {
      if (turn !== this.#turn) return;
      this.#drop();
      this.#ended(code, reason);
    };
    this.#last = undefined;
    this.#timer = this.#timers.set(() => {
      lost(1006, "");
    }, connectWithin);
    this.#tell({ state: "connecting", attempt });
    if (turn !== this.#turn) return;
    let to: Address;
    try {
      to = typeof url === "function" ? await url() : url;
    } catch {
      // No token, no connection: as if the server could not be reached.
      lost(1006, "");
      return;
    }
    if (turn !== this.#turn) return;
    this.#guard.add(this.#timers.now());
    let socket: Socket;
    try {
      socket = open(typeof to === "string" ? to : to.href, [...protocols]);
    } catch (error) {
      // An address that is none stays none.
      this.stop();
      throw error;
    }
    this.#socket = socket;
    socket.binaryType = "arraybuffer";
    socket.onopen = () => {
      this.#timers.clear(this.#timer);
      this.#timer = this.#timers.set(() => {
        this.confirm();
      }, stableAfter);
      this.#tell({ state: "open", attempt });
      if (turn !== this.#turn) return;
      for (const part of this.#parts) part.opened?.();
    };
    socket.onmessage = ({ data }: { readonly data: unknown }) => {
      this.#received(data);
    };
    // What matters of an error, the close that follows it says.
    socket.onerror = () => undefined;
    socket.onclose = (close: { code: number; reason: string }) => {
      // Deno has 0 for a connection that broke.
      lost(close.code || 1006, close.reason);
    };
  }

  #received(data: unknown): void {
    const error =
      typeof data === "string" ? this.#options.parse(data) : undefined;
    this.#last = error;
    for (const part of this.#parts) if (part.received?.(data, error)) return;
    this.#each((listener) =>
      error === undefined ? listener.message?.(data) : listener.error?.(error),
    );
  }

  #finish(code: number, reason: string, told: boolean): void {
    const { attempt } = this.#status;
    const close = this.#options.closed(code, reason, this.#last);
    // Whoever listens may start it again.
    this.#status = { state: "stopped", attempt };
    const turn = this.#turn;
    for (const part of this.#parts) part.ended?.(close, true);
    if (told) this.#each((listener) => listener.close?.(close));
    if (turn === this.#turn) this.#tell(this.#status);
  }

  #ended(code: number, reason: string): void {
    const { attempt } = this.#status;
    const last = this.#last as Readonly<Record<string, unknown>> | undefined;
    const close = this.#options.closed(code, reason, this.#last);
    const { retry, closes, actions } = this.#options;
    const policy = policyOf(retry, closes, close, true);
    const { action = "", field = "" } = policy;
    const done = this.#acted.get(action) ?? 0;
    const decision = decide(
      policy,
      policy.retry === "when" ? done : attempt,
      { code, wait: last?.[field] },
      this.#timers,
      this.#random,
    );
    if (decision.next === "stop") {
      this.#finish(code, reason, true);
      return;
    }
    const turn = this.#turn;
    for (const part of this.#parts) part.ended?.(close, false);
    this.#each((listener) => listener.close?.(close));
    if (turn !== this.#turn) return;
    if (decision.next === "wait") {
      this.#schedule(decision.ms, attempt + 1);
      return;
    }
    this.#tell({ state: "acting", attempt });
    const isCurrent = (): boolean => turn === this.#turn;
    const named = actions as Parameters<typeof act<E | C>>[0];
    // What is to be done otherwise has one turn.
    const attempts = decision.action === action ? policy.attempts : 1;
    void act(
      named,
      { ...decision, attempts },
      close,
      this.#timers,
      isCurrent,
    ).then((acted) => {
      if (acted === "superseded") return;
      if (acted === "failed") {
        this.#finish(code, reason, false);
        return;
      }
      this.#acted.set(action, done + 1);
      const next = decide(
        { retry: "now" },
        done,
        {},
        this.#timers,
        this.#random,
      );
      this.#schedule(next.next === "wait" ? next.ms : 0, attempt + 1);
    });
  }
}
