/** A fleet that loses its server at once, and how each policy brings it back. */

import {
  createClientWith,
  type Socket,
  type State,
} from "../../../generated/ws-errors.ts";
import { MODULES } from "./catalogs.ts";
import { byId, h } from "./dom.ts";

const CLIENTS = 200;
/** What the server can do a second after its restart, in connections. */
const TAKES = 80;
/** How long a fleet is watched after the restart, in seconds, and in which steps. */
const WATCHED = 30;
const STEPS = 2;
/** How long a client waits that has no policy, in milliseconds. */
const NO_POLICY = 200;

/** A client of a fleet. */
interface Member {
  start(): void;
  stop(): void;
}

type Report = (state: State) => void;

/**
 * A connection of one client. All of a fleet share a socket of the page: a browser makes only so many
 * handshakes a second, which would be the browser's policy and not the client's.
 */
class Line implements Socket {
  binaryType = "";
  readyState = 0;
  onopen: ((event: never) => void) | null = null;
  onmessage: ((event: never) => void) | null = null;
  onerror: ((event: never) => void) | null = null;
  onclose: ((event: never) => void) | null = null;

  send(): void {
    // A fleet says nothing.
  }

  close(): void {
    this.readyState = 3;
  }

  opened(): void {
    if (this.readyState !== 0) return;
    this.readyState = 1;
    this.onopen?.({} as never);
  }

  closed(code: number): void {
    if (this.readyState === 3) return;
    this.readyState = 3;
    this.onclose?.({ code, reason: "" } as never);
  }
}

/** The socket of a fleet. */
class Trunk {
  readonly #lines: Map<number, Line> = new Map();
  readonly #socket: WebSocket;

  constructor() {
    this.#socket = new WebSocket(`ws://${location.host}/storm`);
    this.#socket.onmessage = ({ data }: MessageEvent<string>) => {
      const { opened, closed, code } = JSON.parse(data);
      this.#lines.get(opened)?.opened();
      this.#lines.get(closed)?.closed(code);
    };
  }

  get isOpen(): boolean {
    return this.#socket.readyState === WebSocket.OPEN;
  }

  open(id: number): Line {
    const line = new Line();
    this.#lines.set(id, line);
    this.#socket.send(JSON.stringify({ open: id }));
    return line;
  }

  restart(): void {
    this.#socket.send(JSON.stringify({ restart: TAKES }));
  }

  close(): void {
    this.#socket.close();
  }
}

/** As many clients are written: it connects again a moment after the connection ends. */
function naive(open: () => Line, report: Report): Member {
  let line: Line | undefined;
  let timer = 0;
  const connect = (): void => {
    report("connecting");
    line = open();
    line.onopen = () => report("open");
    line.onclose = () => {
      report("waiting");
      timer = setTimeout(connect, NO_POLICY);
    };
  };
  return {
    start: connect,
    stop: () => {
      clearTimeout(timer);
      line?.close();
    },
  };
}

/** A client of a catalog, without other parts than the connection. */
function generated(name: string, open: () => Line, report: Report): Member {
  const { catalog } = MODULES[name] as (typeof MODULES)[string];
  const client = createClientWith({}, catalog, {
    url: "",
    socket: open,
    actions: {} as never,
  });
  client.on({ state: ({ state }) => report(state) });
  return client;
}

/** The dots and the bars of a fleet. */
class Picture {
  readonly #dots: readonly HTMLElement[];
  readonly #bars: readonly HTMLElement[];
  readonly #attempts: number[] = Array<number>(WATCHED * STEPS).fill(0);
  #since = 0;
  #last = 0;
  #total = 0;

  constructor() {
    this.#dots = Array.from({ length: CLIENTS }, () =>
      h("i", { "data-kind": "stopped" }),
    );
    this.#bars = this.#attempts.map(() => h("i"));
    byId("fleet").replaceChildren(...this.#dots);
    byId("bars").replaceChildren(...this.#bars);
    this.say("");
  }

  say(words: string): void {
    byId("storm-says").textContent = words;
  }

  get isWhole(): boolean {
    return this.#dots.every(({ dataset }) => dataset["kind"] === "open");
  }

  restarted(): void {
    this.#since = performance.now();
  }

  show(member: number, state: State): void {
    const dot = this.#dots[member];
    if (dot) dot.dataset["kind"] = state;
    if (!this.#since) return;
    const seconds = (performance.now() - this.#since) / 1000;
    if (state === "connecting") {
      const step = Math.floor(seconds * STEPS);
      if (step >= this.#attempts.length) return;
      this.#attempts[step] = (this.#attempts[step] ?? 0) + 1;
      this.#total++;
    }
    this.#last = seconds;
    this.#draw();
  }

  /** The whole height is the busiest moment, or four times what the server takes. */
  #draw(): void {
    const most = Math.max(...this.#attempts, (4 * TAKES) / STEPS);
    this.#bars.forEach((bar, step) => {
      const attempts = this.#attempts[step] ?? 0;
      bar.style.height = `${(100 * attempts) / most}%`;
      bar.classList.toggle("is-over", attempts > TAKES / STEPS);
    });
    byId("bars").style.setProperty(
      "--takes",
      `${(100 * TAKES) / STEPS / most}%`,
    );
    this.#sum();
  }

  #sum(): void {
    const peak = Math.max(...this.#attempts) * STEPS;
    const open = this.#dots.filter(
      ({ dataset }) => dataset["kind"] === "open",
    ).length;
    this.say(
      `${open} of ${CLIENTS} are connected after ${this.#last.toFixed(1)} s, ${this.#total} attempts, at most ${peak} a second`,
    );
  }
}

/** The storm that runs now, if one does. */
let stop = (): void => undefined;

/** Connects a fleet, restarts its server, and watches until all are back. */
async function run(policy: string): Promise<void> {
  stop();
  const picture = new Picture();
  const trunk = new Trunk();
  let isCurrent = true;
  const members = Array.from({ length: CLIENTS }, (_, at) => {
    const open = (): Line => trunk.open(at);
    const report = (state: State): void => {
      if (isCurrent) picture.show(at, state);
    };
    return policy === "naive"
      ? naive(open, report)
      : generated(policy, open, report);
  });
  const button = byId<HTMLButtonElement>("storm-start");
  stop = () => {
    isCurrent = false;
    for (const member of members) member.stop();
    trunk.close();
    button.textContent = "Start the storm";
  };
  button.textContent = "Start it again";
  const until = async (
    holds: () => boolean,
    seconds: number,
  ): Promise<void> => {
    const end = performance.now() + seconds * 1000;
    while (isCurrent && !holds() && performance.now() < end)
      await new Promise((resume) => setTimeout(resume, 50));
  };
  picture.say(`${CLIENTS} clients connect …`);
  await until(() => trunk.isOpen, 10);
  if (!isCurrent) return;
  for (const member of members) member.start();
  await until(() => picture.isWhole, 10);
  if (!isCurrent) return;
  picture.restarted();
  trunk.restart();
  await until(() => !picture.isWhole, 5);
  await until(() => picture.isWhole, 2 * WATCHED);
  if (!isCurrent) return;
  byId("storm").dataset["ended"] = String(picture.isWhole);
  stop();
}

/** Makes the page's form start storms; whoever leaves the page ends them. */
export function storms(): { readonly end: () => void } {
  byId("storm-form").addEventListener("submit", (event) => {
    event.preventDefault();
    const { value } = byId<HTMLSelectElement>("storm-policy");
    delete byId("storm").dataset["ended"];
    void run(value);
  });
  return { end: () => stop() };
}
