/** One entry, raised for one client: everything that happens, in order. */

import {
  createClient,
  hostTimers,
  type Part,
  type Status,
  type Timers,
} from "../../../generated/ws-errors.ts";
import type { Described, Ended, Entry, Failure, Module } from "./catalogs.ts";

/** What a person chose. */
export interface Settings {
  readonly language: string;
  /** How often the server fails. */
  readonly fails: number;
  /** What the application's own actions answer. */
  readonly actions: "done" | "no" | "not now";
  /** How many times faster than usual the client's clock goes. */
  readonly speed: number;
}

/** Something that happened. */
export type Happening =
  | { readonly what: "state"; readonly status: Status }
  | { readonly what: "frame"; readonly data: string }
  | { readonly what: "error"; readonly error: Failure; readonly ran: string }
  | { readonly what: "close"; readonly close: Ended; readonly ran: string }
  | {
      readonly what: "retrying";
      readonly cause: Failure;
      readonly attempt: number;
      readonly wait: number;
    }
  | {
      readonly what: "acting";
      readonly action: string;
      readonly answer: string;
    }
  | { readonly what: "settled"; readonly how: string };

/** How long an action of this page takes, by the client's clock. */
const ACTION = 800;

/** A clock that goes faster, and the timers of it. */
export function faster(speed: number): Timers {
  const start = hostTimers.now();
  return {
    now: () => start + (hostTimers.now() - start) * speed,
    set: (callback, ms) => hostTimers.set(callback, ms / speed),
    clear: hostTimers.clear,
  };
}

/** Names the handler that the generated `handle` calls. */
function handlerOf<T>(
  of: T,
  handle: (of: T, handlers: Record<string, () => void>) => void,
): string {
  let ran = "";
  const handlers = new Proxy<Record<string, () => void>>(
    {},
    {
      get: (_, name) => () => {
        ran = String(name);
      },
    },
  );
  handle(of, handlers);
  return ran;
}

/** A client, and what it reports. */
export interface Session {
  readonly timers: Timers;
  stop(): void;
}

/** Raises an entry for a new client, and reports what happens. */
export function raise(
  { name, entries }: Described,
  module: Module,
  entry: Entry,
  settings: Settings,
  listen: (happening: Happening) => void,
): Session {
  const { catalog, handle, handleClose } = module;
  const timers = faster(settings.speed);
  let connections = 0;
  let isStopped = false;
  const report = (happening: Happening): void => {
    if (!isStopped) listen(happening);
  };

  const act = async (action: string, attempt: number): Promise<boolean> => {
    await new Promise<void>((resolve) => void timers.set(resolve, ACTION));
    const isLate = settings.actions === "not now" && attempt < 3;
    const answer = isLate
      ? "not now"
      : settings.actions === "no"
        ? "no"
        : "done";
    report({ what: "acting", action, answer });
    if (isLate) throw new Error("no network");
    return answer === "done";
  };
  const policies = [
    ...Object.values(catalog.retry),
    catalog.closes.unknown,
    ...catalog.closes.ranges.map(({ policy }) => policy),
  ];
  const actions = Object.fromEntries(
    policies
      .flatMap(({ action, otherwise }) => [action, otherwise])
      .filter((action) => action !== undefined)
      .map((action) => [
        action,
        (_: unknown, attempt: number) => act(action, attempt),
      ]),
  );

  const isSoft = entry.delivery === "soft";
  const guard = catalog.guards?.storm;
  // What the client's own guard closes with, a storm of something else provokes.
  const isStorm =
    entry.delivery === "observed" && entry.close_code === guard?.code;
  const url = (): string => {
    const raised =
      !isSoft && !isStorm && connections < settings.fails
        ? `&entry=${encodeURIComponent(entry.name)}`
        : "";
    connections++;
    const { language } = settings;
    return `ws://${location.host}/errors/${name}?language=${language}${raised}`;
  };

  /** Sees every message before all other parts, and takes none. */
  const probe: Part<Failure, Ended> = {
    received: (data, error) => {
      const text = String(data);
      if (error) {
        report({ what: "frame", data: text });
        report({ what: "error", error, ran: handlerOf(error, handle) });
      } else report({ what: "settled", how: "answered" });
      return false;
    },
  };
  const client = createClient(catalog, {
    url,
    actions: actions as never,
    timers,
    parts: [probe],
    answered: (data) => {
      const { type, requestId } = JSON.parse(String(data));
      return type === "ack" && requestId
        ? { id: requestId, value: true }
        : undefined;
    },
    // Neither the network nor the server gets faster with the clock.
    within: 60_000 * settings.speed,
    connectWithin: 20_000 * settings.speed,
    actWithin: 30_000 * settings.speed,
  });
  client.on({
    state: (status) => {
      report({ what: "state", status });
    },
    close: (close) => {
      report({ what: "close", close, ran: handlerOf(close, handleClose) });
    },
    retrying: ({ cause, attempt, at, action }) => {
      if (action === undefined)
        report({
          what: "retrying",
          cause: cause as Failure,
          attempt,
          wait: Math.max((at ?? timers.now()) - timers.now(), 0),
        });
    },
  });

  const fails = Number.isFinite(settings.fails) ? settings.fails : undefined;
  const ask = (requestId?: string): string =>
    JSON.stringify({ entry: entry.name, requestId, fails });
  client.start();
  if (isStorm && guard) {
    const one = entries.find(
      ({ name, delivery }) =>
        delivery === "soft" && catalog.retry[name]?.retry === "never",
    );
    client.queue.send(
      JSON.stringify({ entry: one?.name, times: guard.moreThan + 1 }),
    );
  } else if (isSoft && catalog.correlate)
    client.requests.request(ask).catch((error: unknown) => {
      const failure = (error as { failure?: { reason: string } }).failure;
      report({ what: "settled", how: failure?.reason ?? String(error) });
    });
  else if (isSoft) client.queue.send(ask());
  return {
    timers,
    stop: () => {
      isStopped = true;
      client.stop();
    },
  };
}
