/** A connection that comes back as the catalog's policies say. */

import type { Ending } from "./answer.js";
import { NOT_NOW, type Action, type Table, answerOf } from "./actions.js";
import {
  type Outgoing,
  type Socket,
  type Timers,
  hostSocket,
  ownTimers,
  reportThrown,
} from "./environment.js";
import { type Begun, type Gate, gate } from "./gate.js";
import type {
  Address,
  Ended,
  Listener,
  Options,
  OwnClient,
  State,
  Status,
} from "./options.js";
import type {
  Closed,
  Done,
  Part,
  Retrying,
  Todo,
  DecodedError,
} from "./part.js";
import { decide, type Policies, type Policy, policyOf } from "./policy.js";

/** A connection that comes back as the catalog's policies say. */
export class Client<
  E extends DecodedError,
  C extends Closed,
  R extends Table,
  P extends Policies,
  K extends Policies = never,
> {
  readonly timers: Timers;
  readonly random: () => number;
  /** Whether it was started, and not stopped since. */
  readonly isRunning: boolean = false;
  /** How the client is now. */
  readonly status: Status = { state: "stopped", attempt: 0 };
  readonly #options: Options<E, C, R, P, K>;
  readonly #parts: readonly Part<E, C>[];
  readonly #gate: Gate;
  /** All that looks again when the client resumes. */
  readonly #looks: Set<() => void> = new Set();
  readonly #connections: Begun = [];
  /** An action that succeeds and does not help is no reason to hammer whoever it asks. */
  readonly #actions: Begun = [];
  readonly #listeners: Set<Listener<E, C>> = new Set();
  /** How often each close was answered by another connection since the last good one. */
  readonly #tried: Map<string, number> = new Map();
  /** The actions that are being done, and who waits for them. */
  readonly #acts: Map<string, ((succeeded: boolean) => void)[]> = new Map();
  #attempt = 0;
  readonly #running: Set<unknown> = new Set();
  #socket: Socket | undefined;
  /** The error message that came last, where it was the last message. */
  #last: E | undefined;
  /** Until when the connection must be made, and then be open to be a good one. */
  #timer: unknown;
  /** What was begun before the last change of it is out of date. */
  #turn = 0;

  constructor(options: Options<E, C, R, P, K>) {
    this.#options = options;
    this.timers = ownTimers(options.timers, this.#running, (call) =>
      this.guarded(call),
    );
    this.random = options.random ?? Math.random;
    this.#parts = options.parts ?? [];
    this.#gate = gate(this.timers, this.#looks, (now) =>
      this.#parts.map((part) => this.guarded(() => part.wait?.(now)) || 0),
    );
    this.#each(this.#parts, (part) => part.attach?.(this));
  }

  /** Reports to a listener what happens, until the function that it gives is called. */
  on(listener: Listener<E, C>): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Connects, and stays connected. */
  start(): void {
    if (this.isRunning) return;
    (this as OwnClient).isRunning = true;
    this.#turn++;
    this.#tried.clear();
    this.#attempt = 0;
    if (this.#each(this.#parts, (part) => part.started?.())) this.#next(0);
  }

  /** Closes the connection for good; `failed` where it is not the page that wants it so. */
  stop(code = 1000, reason = "", state: Ended = "stopped"): void {
    if (!this.isRunning) return;
    this.#finish(this.#closed(code, reason), this.#drop(code, reason), state);
  }

  /**
   * Closes the connection; whether there is another, the policy of this close decides. With `again`
   * there is, as soon as no part holds.
   */
  end(code: number, reason: string, again?: boolean): void {
    if (!this.#socket) return;
    this.#drop(code, reason);
    this.#ended(code, reason, {}, again);
  }

  /** Sends, and says whether it could: only an open connection can. */
  send(data: Outgoing): boolean {
    const socket = this.#socket;
    // A socket that closes takes what it is given, and loses it.
    const isOpen = this.status.state === "open" && socket?.readyState === 1;
    if (isOpen) socket.send(data as never);
    return isOpen;
  }

  /** The connection is a good one: it did something useful. */
  confirm(): void {
    if (this.status.state !== "open") return;
    this.timers.clear(this.#timer);
    this.#tried.clear();
    this.#attempt = 0;
    const isCurrent = this.#each(this.#parts, (part) => part.confirmed?.());
    if (isCurrent && this.status.attempt > 0) this.#enter("open");
  }

  /** Looks again whether what is held may go on. */
  resume(): void {
    this.#each(this.#parts, (part) => part.resumed?.());
    for (const look of this.#looks) look();
  }

  /** Runs an action of the application, as a part asks for it. */
  act({ action, otherwise }: Todo, cause: E | C, done: Done): void {
    const all = this.#acts.get(action) ?? [];
    all.push((succeeded) => {
      if (succeeded || !otherwise) done(succeeded, action);
      else this.act({ action: otherwise }, cause, done);
    });
    this.#show(action);
    // Several reasons to do the same are one.
    if (all.length > 1) return;
    this.#acts.set(action, all);
    this.#try(action, cause, all, 1);
  }

  /** Reports that something is tried again. */
  retrying(retrying: Retrying<E | C>): void {
    this.#each(this.#listeners, (listener) => listener.retrying?.(retrying));
  }

  /** Calls what may throw: then it is reported, and `undefined` is what comes back. */
  guarded<V>(call: () => V): V | undefined {
    try {
      return call();
    } catch (error) {
      return reportThrown(error, this.#options.report);
    }
  }

  /** Calls for each until the client is another than it was, and says whether it still is. */
  #each<V>(all: Iterable<V>, call: (one: V) => void): boolean {
    const turn = this.#turn;
    for (const one of [...all]) {
      this.guarded(() => call(one));
      if (turn !== this.#turn) return false;
    }
    return true;
  }

  #enter(state: State, more?: Partial<Status>): boolean {
    const status = { state, attempt: this.#attempt, ...more };
    (this as OwnClient).status = status;
    return this.#each(this.#listeners, (one) => one.state?.(status));
  }

  #closed(code: number, reason: string): C {
    return (
      this.guarded(() => this.#options.closed(code, reason, this.#last)) ??
      ({ kind: "$unknown", code, reason } as C)
    );
  }

  /** How long a policy that waits does so. */
  #wait(policy: Policy, attempt: number): number {
    const decision = decide(policy, attempt, {}, this.timers, this.random);
    return (decision as { readonly ms: number }).ms;
  }

  /** Shows what the application does, where that is all that happens. */
  #show(action: string, until?: { at?: number }): void {
    if (this.status.state === "acting")
      this.#enter("acting", { action, ...until });
  }

  /** Does what all of these wait for, again and again where it is not now. */
  #try(
    action: string,
    cause: E | C,
    all: readonly ((succeeded: boolean) => void)[],
    attempt: number,
    thrown?: unknown,
  ): void {
    const { actions, actWithin = 30_000 } = this.#options;
    const act = (actions as Record<string, Action<E | C>> | undefined)?.[
      action
    ];
    const isCurrent = (): boolean => this.#acts.get(action) === all;
    const run = (): void => {
      this.retrying({ cause, attempt, action, thrown });
      if (!isCurrent()) return;
      const answer = answerOf(
        () => (act ? act(cause, attempt) : false),
        actWithin,
        this.timers,
      );
      answer.then(
        (answer) => {
          if (!isCurrent()) return;
          this.#acts.delete(action);
          for (const done of all) this.guarded(() => done(answer !== false));
        },
        (thrown: unknown) => {
          if (isCurrent()) this.#try(action, cause, all, attempt + 1, thrown);
        },
      );
    };
    const ms = attempt > 1 ? this.#wait(NOT_NOW, attempt - 2) : 0;
    this.#gate(this.#actions, ms, run, (until) => this.#show(action, until));
  }

  /** Lets go of the socket, so that nothing of it is heard any more; false where there was none. */
  #drop(code?: number, reason?: string): boolean {
    this.#turn++;
    this.timers.clear(this.#timer);
    const socket = this.#socket;
    this.#socket = undefined;
    if (!socket) return false;
    socket.onopen = socket.onmessage = socket.onclose = null;
    try {
      socket.close(code, reason);
    } catch {
      // Browsers close with 1000 and with 3000 to 4999 only.
      socket.close();
    }
    return true;
  }

  #next(ms: number): void {
    this.#gate(
      this.#connections,
      ms,
      () => void this.#connect(),
      (until) => this.#enter("waiting", until),
    );
  }

  async #connect(): Promise<void> {
    const turn = ++this.#turn;
    const {
      url,
      protocols,
      stableAfter = 5000,
      connectWithin = 20_000,
      socket: open = hostSocket,
    } = this.#options;
    const lost = (code: number, reason: string, ending?: Ending<E>): void => {
      if (turn !== this.#turn) return;
      this.#drop();
      this.#ended(code, reason, ending);
    };
    this.#last = undefined;
    this.#timer = this.timers.set(() => lost(1006, ""), connectWithin);
    if (!this.#enter("connecting")) return;
    let to: Address;
    try {
      to = typeof url === "function" ? await url() : url;
    } catch (error) {
      reportThrown(error, this.#options.report);
      // No token, no connection: as if the server could not be reached.
      return lost(1006, "");
    }
    if (turn !== this.#turn) return;
    const socket = this.guarded(() =>
      open(String(to), protocols as string[], this.#options),
    );
    if (!socket) {
      // An address that is none stays none.
      this.#drop();
      return this.#finish(this.#closed(1006, ""), true);
    }
    this.#socket = socket;
    socket.binaryType = "arraybuffer";
    socket.onopen = () => {
      this.timers.clear(this.#timer);
      this.#timer = this.timers.set(() => this.confirm(), stableAfter);
      if (this.#enter("open"))
        this.#each(this.#parts, (part) => part.opened?.());
    };
    socket.onmessage = ({ data }: { readonly data: unknown }) =>
      this.#received(data);
    // What matters of an error, the close that follows it says. It stays when the socket is dropped: one
    // that is closed while it connects fails, which nobody has to hear of.
    socket.onerror = () => undefined;
    // Deno has 0 for a connection that broke.
    socket.onclose = (close: Ending<E>) =>
      lost(close.code || 1006, close.reason, close);
  }

  #received(data: unknown): void {
    const read = this.guarded(() => this.#options.read(data));
    const errors = [read].flat() as (E | undefined)[];
    this.#last = errors[errors.length - 1];
    // What holds several messages may hold others than errors.
    if (Array.isArray(read)) errors.push(undefined);
    this.#each(errors, (error) => {
      for (const part of this.#parts)
        if (this.guarded(() => part.received?.(data, error))) return;
      this.#each(this.#listeners, (listener) =>
        error ? listener.error?.(error) : listener.message?.(data),
      );
    });
  }

  /** The client makes no other connection. */
  #finish(close: C, isNews: boolean, state: Ended = "failed"): void {
    (this as OwnClient).isRunning = false;
    this.#turn++;
    for (const timer of this.#running) this.timers.clear(timer);
    this.#looks.clear();
    this.#acts.clear();
    // Whoever listens may start it again.
    (this as OwnClient).status = { state, attempt: this.#attempt };
    if (this.#announce(close, true, isNews)) this.#enter(state);
  }

  /** Reports a close to the parts and, where it is news to them, to the listeners. */
  #announce(close: C, final = false, listeners = true): boolean {
    return (
      this.#each(this.#parts, (part) => part.ended?.(close, final)) &&
      (!listeners || this.#each(this.#listeners, (one) => one.close?.(close)))
    );
  }

  #ended(
    code: number,
    reason: string,
    { error, retryAfter }: Partial<Ending<E>> = {},
    again?: boolean,
  ): void {
    const { retry, closes } = this.#options;
    this.#last ??= error;
    if (error && !this.#each(this.#listeners, (one) => one.error?.(error)))
      return;
    const close = this.#closed(code, reason);
    if (again) {
      if (this.#announce(close)) this.#next(0);
      return;
    }
    // Of an error that refused the handshake the policy is its own.
    const cause = error && retry[error.kind] ? error : close;
    const policy = policyOf(retry, closes, cause);
    const key = cause.kind === "$unknown" ? `${code}` : cause.kind;
    const tried = this.#tried.get(key) ?? 0;
    const last = this.#last as Readonly<Record<string, unknown>> | undefined;
    // A header in whole seconds is for what the catalog doesn't say.
    const wait =
      last?.[policy.field ?? ""] ?? (cause === close ? retryAfter : undefined);
    const decision = decide(policy, tried, { wait }, this.timers, this.random);
    if (decision.next === "stop") {
      this.#finish(close, true);
      return;
    }
    this.#tried.set(key, tried + 1);
    if (!this.#announce(close)) return;
    if (decision.next === "wait") {
      this.#attempt++;
      this.#next(decision.ms);
      return;
    }
    (this as OwnClient).status = { state: "acting", attempt: this.#attempt };
    const turn = this.#turn;
    this.act(decision, close, (succeeded, action) => {
      if (turn !== this.#turn) return;
      if (!succeeded) return this.#finish(close, false);
      // After what is done otherwise all begins anew.
      const isAnew = action !== policy.action;
      if (isAnew) this.#tried.delete(key);
      this.#attempt++;
      this.#next(this.#wait({ retry: "now" }, isAnew ? 0 : tried));
    });
  }
}
