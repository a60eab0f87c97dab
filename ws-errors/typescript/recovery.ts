/** What is done about errors that leave the connection open, as the catalog's policies say. */

import type { Table } from "./actions.js";
import {
  type Closed,
  Linked,
  type Part,
  type Todo,
  type DecodedError,
} from "./part.js";
import { decide, type Policies, policyOf } from "./policy.js";
import type { Item, Queue } from "./queue.js";

/** Options of a {@link Recovery}. */
export interface RecoveryOptions<
  E extends DecodedError,
  C extends Closed = Closed,
> {
  /** The policies by kind. */
  readonly retry: Table;
  /** The policies of codes that nobody declared. */
  readonly codes?: Policies | undefined;
  /** Where operations wait, and from where they are sent again. */
  readonly queue: Queue<E, C>;
  /** The id of the operation that an error is about; where it has none, it is the last one sent. */
  readonly failed?: ((error: E) => string | undefined) | undefined;
  /**
   * Called when an error is final: its policy allows no other try, or what was to be done failed.
   * After the latter the queue stays held, until it is released or there is another connection.
   */
  readonly gaveUp?: ((error: E) => void) | undefined;
}

/**
 * Repeats operations that failed, when and as often as their policies allow, and reports each
 * repetition to the client's listeners.
 *
 * `after` pauses the queue, `now` and `backoff` repeat the one operation, `when` holds the queue
 * until the application has acted and then sends again what has no answer, `leave` stops the client.
 * An error of an operation that is repeated under its own id reaches no later part, so that a
 * request stays pending; this part stands before `Requests`.
 */
export class Recovery<E extends DecodedError, C extends Closed = Closed>
  extends Linked<RecoveryOptions<E, C>, E, C>
  implements Part<E, C>
{
  /** The operations that wait for an action, and those that wait for their moment. */
  #acting: Map<string, Set<Item<E, C>>> = new Map();
  readonly #repeats: Map<Item<E, C> | undefined, unknown> = new Map();

  /** See {@link Part}. */
  ended(): void {
    this.#acting = new Map();
    // With another connection the queue itself knows what to send again.
    for (const timer of this.#repeats.values()) this.link.timers.clear(timer);
    this.#repeats.clear();
  }

  /** See {@link Part}. */
  received(_: unknown, error: E | undefined): boolean {
    if (!error) return false;
    const { timers, random } = this.link;
    const { retry, codes, queue, failed, gaveUp } = this.options;
    const policy = policyOf(retry, codes, error);
    if (policy.closes) return false;
    const id = failed?.(error);
    const named = queue.find(id);
    const item = id === undefined ? queue.last : named;
    const wait = (error as Readonly<Record<string, unknown>>)[
      policy.field ?? ""
    ];
    // Each error counts as it comes, whatever waits already.
    const tried = item ? item.attempt++ : 0;
    if (item) item.error = error;
    const next = decide(policy, tried, { wait }, timers, random);
    const isPending = named !== undefined;
    if (next.next === "stop") {
      timers.clear(this.#repeats.get(item));
      this.#repeats.delete(item);
      if (named) queue.settle([named], { reason: "error", error });
      const { leave } = next;
      if (leave) this.link.stop(leave.code, leave.reason, "failed");
      gaveUp?.(error);
      return named?.settled !== undefined;
    }
    if (next.next === "act") {
      this.#act(error, next, named);
      return isPending;
    }
    const again = (): void => {
      this.#repeats.delete(item);
      if (item) queue.again([item]);
    };
    if (policy.retry === "after") {
      queue.pause(next.ms);
      again();
    } else if (!item || this.#repeats.has(item)) {
      return isPending;
    } else {
      this.#repeats.set(item, timers.set(again, next.ms));
    }
    this.link.retrying({ cause: error, attempt: tried + 1, at: next.at, id });
    return isPending;
  }

  #act(error: E, todo: Todo, named: Item<E, C> | undefined): void {
    const { queue, gaveUp } = this.options;
    const all = this.#acting;
    const known = all.get(todo.action);
    const items = known ?? new Set();
    if (named) items.add(named);
    queue.hold();
    // Several errors of one kind are one reason to act.
    if (known) return;
    all.set(todo.action, items);
    const last = queue.last && [queue.last];
    this.link.act(todo, error, (succeeded) => {
      if (all !== this.#acting) return;
      all.delete(todo.action);
      if (succeeded) {
        const { unanswered } = queue;
        if (items.size) queue.again([...items]);
        else queue.again(unanswered.length ? unanswered : (last ?? []));
        if (!all.size) queue.release();
      } else {
        queue.settle([...items], { reason: "error", error });
        gaveUp?.(error);
      }
    });
  }
}
