/** What is done about errors that leave the connection open, as the catalog's policies say. */

import { act, type Actions, type Table } from "./actions.js";
import type { Timers } from "./environment.js";
import type { Link, Told } from "./part.js";
import { decide, type Policies, policyOf } from "./policy.js";
import type { Item, Queue } from "./queue.js";

/** Options of a {@link Recovery}. */
export interface RecoveryOptions<E, R extends Table, P> {
  /** The policies by kind. */
  readonly retry: R;
  /** The policies of codes that nobody declared. */
  readonly codes?: P;
  /** What the application does where a policy says `when(…)`: all of it. */
  readonly actions: Actions<E, R, P>;
  /** Where operations wait, and from where they are sent again. */
  readonly queue: Queue;
  /** The id of the operation that an error is about; where it has none, it is the last one sent. */
  readonly operation?: (error: E) => string | undefined;
  /**
   * Is told that an error is final: its policy allows no other try, or what was to be done failed.
   * After the latter the queue stays held, until it is released or there is another connection.
   */
  readonly gaveUp?: (error: E) => void;
  /** The timers of the client. */
  readonly timers: Timers;
  readonly random?: () => number;
}

/**
 * Repeats operations that failed, when and as often as their policies allow.
 *
 * `after` pauses the queue, `now` and `backoff` repeat the one operation, `when` holds the queue
 * until the application has acted and then sends again what has no answer, `leave` stops the client.
 * An error of an operation that is repeated under its own id reaches no later part, so that a
 * request stays pending; this part stands before `Requests`.
 */
export class Recovery<
  E extends Told,
  R extends Table,
  P extends Policies = never,
> {
  readonly #options: RecoveryOptions<E, R, P>;
  readonly #acting: Set<string> = new Set();
  #link: Link | undefined;
  #turn = 0;

  constructor(options: RecoveryOptions<E, R, P>) {
    this.#options = options;
  }

  /** See {@link Part}. */
  started(link: Link): void {
    this.#link = link;
  }

  /** See {@link Part}. */
  ended(): void {
    this.#turn++;
    this.#acting.clear();
  }

  /** See {@link Part}. */
  received(_: unknown, error: E | undefined): boolean {
    if (error === undefined) return false;
    const { retry, codes, queue, timers, random = Math.random } = this.#options;
    const policy = policyOf(retry, codes, error, false);
    if (policy.closes) return false;
    const id = this.#options.operation?.(error);
    const named = id === undefined ? undefined : queue.find(id);
    const item = named ?? (id === undefined ? queue.last : undefined);
    const { field = "" } = policy;
    const wait = (error as Readonly<Record<string, unknown>>)[field];
    const decision = decide(
      policy,
      item?.attempt ?? 0,
      { wait },
      timers,
      random,
    );
    if (decision.next === "stop") {
      const { leave } = decision;
      if (leave) this.#link?.stop(leave.code, leave.reason);
      this.#options.gaveUp?.(error);
      return false;
    }
    if (decision.next === "act") {
      const attempts = decision.action === policy.action ? policy.attempts : 1;
      void this.#act(error, { ...decision, attempts }, named);
    } else if (policy.retry === "after") {
      queue.pause(decision.ms);
      if (item) queue.again([item]);
    } else if (item) {
      this.#repeat(item, decision.ms);
    }
    return named !== undefined;
  }

  #repeat(item: Item, ms: number): void {
    const turn = this.#turn;
    this.#options.timers.set(() => {
      // With another connection the queue itself knows what to send again.
      if (turn === this.#turn) this.#options.queue.again([item]);
    }, ms);
  }

  async #act(
    error: E,
    policy: Parameters<typeof act>[1],
    named: Item | undefined,
  ): Promise<void> {
    const { queue, timers, actions, gaveUp } = this.#options;
    const { action = "" } = policy;
    queue.hold();
    // Several errors of one kind are one reason to act.
    if (this.#acting.has(action)) return;
    this.#acting.add(action);
    const turn = this.#turn;
    const all = actions as Parameters<typeof act<E>>[0];
    const acted = await act(
      all,
      policy,
      error,
      timers,
      () => turn === this.#turn,
    );
    if (acted === "superseded") return;
    this.#acting.delete(action);
    if (acted === "failed") {
      gaveUp?.(error);
      return;
    }
    const items = named ? [named] : queue.unanswered;
    const { last } = queue;
    queue.again(items.length === 0 && last ? [last] : items);
    if (this.#acting.size === 0) queue.release();
  }
}
