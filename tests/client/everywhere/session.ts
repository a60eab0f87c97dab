// What runs everywhere: every entry of all five catalogs is raised by a real server, reaches the
// client over the host's own WebSocket, and runs its handler.

import * as chat from "./chat.ts";
import * as instant from "./instant.ts";
import * as materi from "./materi.ts";
import * as metered from "./metered.ts";
import * as rooms from "./rooms.ts";
import {
  Client,
  type Closed,
  type Policies,
  type Read,
  type Table,
  type DecodedError,
} from "./ws-errors.ts";

interface Catalog<E, C> {
  readonly read: Read<E>;
  readonly handle: (error: E, handlers: never) => string;
  readonly closed: (code: number, reason: string, last?: E) => C;
  readonly handleClose: (close: C, handlers: never) => string;
}

/** An entry, and the handlers that ran for it. */
export interface Row {
  readonly catalog: string;
  readonly kind: string;
  readonly ran: readonly string[];
}

/** Handlers for all cases, which say for which they were called. */
const handlers = new Proxy(
  {},
  { get: (_, name) => () => String(name) },
) as never;

function raise<E extends DecodedError, C extends Closed>(
  server: string,
  name: string,
  catalog: Catalog<E, C>,
  retry: Table,
  kind: string,
): Promise<Row> {
  const ran: string[] = [];
  return new Promise((resolve) => {
    const client = new Client<E, C, Table, Policies>({
      url: `${server}/${name}/${kind}`,
      read: catalog.read,
      closed: catalog.closed,
      retry,
      // What a client sees and is not told of does not matter here.
      closes: { ranges: [], unknown: { retry: "never" } },
      actions: {},
    });
    const seen = (handler: string): void => {
      ran.push(handler);
      client.stop();
      resolve({ catalog: name, kind, ran });
    };
    client.on({
      error: (error) => {
        seen(catalog.handle(error, handlers));
      },
      close: (close) => {
        if (ran.length === 0) seen(catalog.handleClose(close, handlers));
      },
    });
    client.start();
  });
}

/** Raises everything, and says what ran. */
export async function session(server: string): Promise<Row[]> {
  const rows: Row[] = [];
  const all = async <E extends DecodedError, C extends Closed>(
    name: string,
    catalog: Catalog<E, C>,
    retry: Table,
  ): Promise<void> => {
    for (const kind of Object.keys(retry))
      rows.push(await raise(server, name, catalog, retry, kind));
  };
  await all("chat", chat as never, chat.ChatRetry);
  await all("rooms", rooms as never, rooms.RoomsRetry);
  await all("materi", materi as never, materi.MateriRetry);
  await all("metered", metered as never, metered.MeteredRetry);
  await all("instant", instant as never, instant.InstantRetry);
  return rows;
}
