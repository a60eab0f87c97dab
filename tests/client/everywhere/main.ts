// On a command line: prints what ran, as JSON.

import { session } from "./session.ts";

const host = globalThis as unknown as {
  readonly process: { readonly argv: readonly string[] };
  readonly console: { log(text: string): void };
};
const server = host.process.argv.at(-1) ?? "";
host.console.log(JSON.stringify(await session(server)));
