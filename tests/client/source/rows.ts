// What the tests of the documented rows have in common: a real server that raises the catalogs'
// entries. Sockets are real, and time is the test's.

import { after, before } from "node:test";

import { type RaiseServer, serve } from "./server.js";

/** The server, from the first test to the last. */
export let server: RaiseServer;
before(async () => {
  server = await serve();
});
after(async () => {
  await server.stop();
});

export const half = (): number => 0.5;
export const nothing = (): void => undefined;

/** A message to the server. */
export const ask = (type: string, more: object = {}): string =>
  JSON.stringify({ type, ...more });
/** The message that has the server raise an entry. */
export const raise = (
  catalog: string,
  entry: string,
  requestId?: string,
): string => ask("raise", { catalog, entry, requestId });
