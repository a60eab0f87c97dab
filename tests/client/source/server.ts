// The real server: the catalogs in Rust, raised by the binary `raise`.

import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";

import WebSocket from "ws";

import type { Socket } from "../../../ws-errors/typescript/index.js";

/** A running server. */
export class RaiseServer {
  readonly url: string;
  readonly #process: ChildProcess;

  constructor(url: string, process: ChildProcess) {
    this.url = url;
    this.#process = process;
  }

  /** Ends it, and waits for that. */
  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.#process.once("exit", resolve));
    this.#process.stdin?.end();
    await ended;
  }
}

/** Starts the server that `WS_ERRORS_RAISE` names. */
export async function serve(): Promise<RaiseServer> {
  const path = process.env["WS_ERRORS_RAISE"];
  if (path === undefined)
    throw new Error(
      "WS_ERRORS_RAISE names no server: run `node run.mjs`, which builds it",
    );
  const child = spawn(path, { stdio: ["pipe", "pipe", "inherit"] });
  for await (const line of createInterface({ input: child.stdout }))
    return new RaiseServer(line, child);
  throw new Error(`${path} ended before it said where it listens`);
}

/** Opens sockets with the library that Node 20 needs, and counts them. */
export function sockets(): {
  readonly open: (url: string, protocols: string[]) => Socket;
  readonly urls: string[];
} {
  const urls: string[] = [];
  return {
    urls,
    open: (url, protocols) => {
      urls.push(url);
      return new WebSocket(url, protocols);
    },
  };
}
