// A fleet that lost its server: 100,000 clients that run the real decision function against a
// server that takes so many connections a second. The same numbers in each run.

import * as chat from "../../../catalog/generated/chat.js";
import * as materi from "../../../catalog/generated/materi.js";
import {
  type Hint,
  type Policy,
  decide,
  policyOf,
} from "../../../ws-errors/typescript/index.js";
import { numbers } from "./fake.js";

/** How much the server can do in a second, in connections. */
const CAPACITY = 2000;
/** What waits beyond one second's work is refused. */
const BACKLOG = CAPACITY;

/** A fleet and its policy. */
export interface Fleet {
  readonly name: string;
  /** What they do where they are refused: they see a connection that broke. */
  readonly policy: Policy;
  /** What they do when they are dropped, where that is something else. */
  readonly first?: Policy;
  /** The wait that the server asks for when it drops them. */
  readonly dropped?: Hint;
  /** What a refusal costs the server, as a part of what an accept costs. */
  readonly refusal: number;
  readonly clients?: number;
}

/** What became of a fleet. */
export interface Outcome {
  /** The most attempts in a second. */
  readonly peak: number;
  readonly attempts: number;
  /** When the last client was back, in seconds; `undefined` where it gave up or took over an hour. */
  readonly back: number | undefined;
  /** The part of the clients that gave up. */
  readonly lost: number;
  /** How many were back, at the end of each second. */
  readonly curve: readonly number[];
}

const STEP = 10;

/** Lets all clients lose their connection at once, and come back as their policy says. */
export function storm(fleet: Fleet): Outcome {
  const { policy, dropped = {}, refusal, clients = 100_000 } = fleet;
  const { first = policy } = fleet;
  const random = numbers(7);
  let now = 0;
  const clock = { now: () => now };
  const slots: (number[] | undefined)[] = [];
  const tried = new Uint16Array(clients);
  let lost = 0;
  let busiest = 0;

  const plan = (client: number, policy: Policy, hint: Hint): void => {
    const decision = decide(policy, tried[client] ?? 0, hint, clock, random);
    if (decision.next !== "wait") {
      lost++;
      return;
    }
    tried[client] = (tried[client] ?? 0) + 1;
    const slot = Math.floor((now + decision.ms) / STEP) + 1;
    slots[slot] ??= [];
    slots[slot].push(client);
  };
  for (let client = 0; client < clients; client++) plan(client, first, dropped);
  // Each close has its own count.
  if (first !== policy) tried.fill(0);

  let attempts = 0;
  let back = 0;
  let last = 0;
  let queue = 0;
  const perSecond: number[] = [];
  const curve: number[] = [];
  for (let slot = 0; back + lost < clients && slot * STEP < 3_600_000; slot++) {
    now = slot * STEP;
    queue = Math.max(0, queue - (CAPACITY * STEP) / 1000);
    for (const client of slots[slot] ?? []) {
      attempts++;
      const second = Math.floor(now / 1000);
      perSecond[second] = (perSecond[second] ?? 0) + 1;
      busiest = Math.max(busiest, perSecond[second] ?? 0);
      if (queue + 1 <= BACKLOG) {
        queue += 1;
        back++;
        // It is back when the server comes to it.
        last = Math.max(last, now + (queue / CAPACITY) * 1000);
      } else {
        // Saying no keeps the server from its work, and the client sees a broken connection. What
        // comes when a second's worth of that is waiting, too, the host drops at no cost.
        queue = Math.min(queue + refusal, 2 * BACKLOG);
        plan(client, policy, {});
      }
    }
    slots[slot] = undefined;
    if (now % 1000 === 0) curve.push(back);
  }
  return {
    peak: busiest,
    attempts,
    back: back === clients ? last / 1000 : undefined,
    lost: lost / clients,
    curve,
  };
}

/** The policies of a catalog that says nothing of closes. */
const [LOST, RESTART] = [1006, 1012].map((code) =>
  policyOf({}, chat.ChatCloses, { kind: "$unknown", code }),
) as [Policy, Policy];
const MATERI = materi.MateriRetry.ABNORMAL_CLOSURE;
const { attempts: _, ...UNBOUND } = MATERI;

/** The fleets that the docs compare. */
export const fleets: readonly Omit<Fleet, "refusal">[] = [
  { name: "default (full jitter, 1006)", policy: LOST },
  { name: "default, closed with 1012", policy: LOST, first: RESTART },
  {
    name: "window of 50 s from the server",
    policy: LOST,
    first: { retry: "after", spread: 50_000 },
    dropped: { wait: 1000 },
  },
  {
    name: "30 s from the server",
    policy: LOST,
    first: { retry: "after" },
    dropped: { wait: 30_000 },
  },
  { name: "materi, as documented (10 attempts)", policy: MATERI },
  { name: "materi, without a bound", policy: UNBOUND },
];
