/** What an application sends while it can't be sent, in a queue that has a bound. */

import type { Outgoing } from "./environment.js";
import { type Closed, Linked, type Part, type DecodedError } from "./part.js";

/** Why something that was sent, or was to be sent, has no answer. */
export type Failure<E, C> =
  /** The server's error; also where its repetition came to no other end. */
  | { readonly reason: "error"; readonly error: E }
  /** The connection ended; what was not sent yet survives that, unless the client was stopped. */
  | { readonly reason: "closed"; readonly close: C }
  /** It took too long; there was no room in the queue; or the client had been stopped. */
  | { readonly reason: "timeout" | "full" | "stopped" };

/** Receives the answer, or why there is none. */
export type Settled<E, C> = (
  failure: Failure<E, C> | undefined,
  value?: unknown,
) => void;

/** Something to send. */
export interface Item<E = DecodedError, C = Closed> {
  readonly data: Outgoing;
  /** What an answer names it by, where there is one. */
  readonly id: string | undefined;
  readonly settled: Settled<E, C> | undefined;
  /** It is sent before all others, and also while the queue is held. */
  readonly isUrgent: boolean | undefined;
  /** How often the server answered it with an error. */
  attempt: number;
  /** The last of these errors. */
  error?: E;
}

/** Options of a {@link Queue}. */
export interface QueueOptions<E = DecodedError, C = Closed> {
  /** How many items may wait, and how many more be without an answer; 100. */
  readonly capacity?: number;
  /** Which item goes where there is no room for another; the oldest. */
  readonly drop?: "oldest" | "newest";
  /** Receives each item that is dropped and that nobody waits for. */
  readonly dropped?: (item: Item<E, C>, why: Failure<E, C>) => void;
  /**
   * Whether items without an answer are sent again on the next connection. The server may have got
   * them already, so it must take the same item twice.
   */
  readonly resend?: boolean;
}

/** What only the queue itself may change. */
interface OwnQueue<E, C> {
  waiting: Item<E, C>[];
  unanswered: Item<E, C>[];
  last: Item<E, C> | undefined;
}

/** Keeps what can't be sent now, in order, and sends it when it can. */
export class Queue<
  E extends DecodedError = DecodedError,
  C extends Closed = Closed,
>
  extends Linked<QueueOptions<E, C>, E, C>
  implements Part<E, C>
{
  /** What waits, in order; it is the queue that changes it. */
  readonly waiting: Item<E, C>[] = [];
  /** What was sent with an id, and has no answer yet. */
  readonly unanswered: Item<E, C>[] = [];
  /** What was sent last. */
  readonly last: Item<E, C> | undefined;
  #isOpen = false;
  #isHeld = false;
  #isStopped = false;
  #timer: unknown;
  #pausedUntil = 0;

  constructor(options: QueueOptions<E, C> = {}) {
    super(options);
  }

  /**
   * Sends it, now or later; with an id, until it is answered. What is urgent comes before all others,
   * and is sent while the queue is held, too. After the client was stopped it is dropped at once, until
   * the client is started again.
   */
  send(
    data: Outgoing,
    id?: string,
    settled?: Settled<E, C>,
    isUrgent?: boolean,
  ): Item<E, C> {
    const item: Item<E, C> = { data, id, settled, isUrgent, attempt: 0 };
    if (this.#isStopped) {
      this.settle([item], { reason: "stopped" });
    } else {
      this.waiting[isUrgent ? "unshift" : "push"](item);
      this.#flush(this.options.drop);
    }
    return item;
  }

  /** An item that has no answer yet. */
  find(id: string | undefined): Item<E, C> | undefined {
    // One without an id is nobody's.
    return [...this.unanswered, ...this.waiting].find(
      (item) => id && item.id === id,
    );
  }

  /** The items have their answer, or there will be none: they are not sent again. */
  settle(
    items: readonly Item<E, C>[],
    failure?: Failure<E, C>,
    value?: unknown,
  ): void {
    this.#without(items);
    for (const item of items)
      if (item.settled) item.settled(failure, value);
      else if (failure)
        this.link.guarded(() => this.options.dropped?.(item, failure));
  }

  /** Sends items again, before all that waits. */
  again(items: readonly Item<E, C>[]): void {
    this.#without(items);
    (this as OwnQueue<E, C>).waiting = [...items, ...this.waiting];
    this.#flush("newest");
  }

  /** Sends nothing for so long. */
  pause(ms: number): void {
    const { timers } = this.link;
    this.#pausedUntil = Math.max(this.#pausedUntil, timers.now() + ms);
    this.#flush();
  }

  /** Sends nothing until it is released, or there is another connection. */
  hold(): void {
    this.#isHeld = true;
  }

  /** Sends again. */
  release(): void {
    this.#isHeld = false;
    this.#flush();
  }

  started(): void {
    this.#isStopped = false;
  }

  opened(): void {
    this.#isOpen = true;
    this.release();
  }

  ended(close: C, final: boolean): void {
    const { unanswered, waiting } = this;
    this.#isOpen = false;
    if (final) {
      this.#isStopped = true;
      this.#pausedUntil = 0;
      (this as OwnQueue<E, C>).last = undefined;
      this.settle([...unanswered, ...waiting], { reason: "closed", close });
    } else if (this.options.resend) {
      this.again(unanswered);
    } else {
      this.settle(unanswered, { reason: "closed", close });
    }
  }

  #without(items: readonly Item<E, C>[]): void {
    const other = (item: Item<E, C>): boolean => !items.includes(item);
    (this as OwnQueue<E, C>).unanswered = this.unanswered.filter(other);
    (this as OwnQueue<E, C>).waiting = this.waiting.filter(other);
  }

  /** Sends what may be sent, and bounds what is left. */
  #flush(drop?: "oldest" | "newest"): void {
    const { timers } = this.link;
    timers.clear(this.#timer);
    const ms = this.#pausedUntil - timers.now();
    if (ms > 0) {
      this.#timer = timers.set(() => {
        this.#flush();
      }, ms);
    } else {
      while (this.#isOpen) {
        const [item] = this.waiting;
        if (!item || (this.#isHeld && !item.isUrgent)) break;
        if (!this.link.send(item.data)) break;
        this.waiting.shift();
        (this as OwnQueue<E, C>).last = item;
        if (item.id !== undefined) this.unanswered.push(item);
      }
    }
    const { capacity = 100 } = this.options;
    // No end is behind the last one.
    const oldest = (items: readonly Item<E, C>[]): readonly Item<E, C>[] =>
      items.slice(0, -capacity || undefined);
    const full = [
      ...(drop === "newest"
        ? this.waiting.slice(capacity)
        : oldest(this.waiting)),
      ...oldest(this.unanswered),
    ];
    this.settle(full, { reason: "full" });
  }
}
