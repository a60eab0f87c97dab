// A network between a page and its server that can fail in every way: it refuses, it breaks
// connections, and it goes black, which no end of a connection notices.

import { once } from "node:events";
import { connect, createServer } from "node:net";

export class Proxy {
  /** Where it forwards to; nothing is reached where it is undefined. */
  target;
  /** How many connections were made. */
  made = 0;
  #pairs = new Set();
  #server = createServer((client) => {
    this.made++;
    if (this.target === undefined) {
      client.destroy();
      return;
    }
    const server = connect(this.target, "127.0.0.1");
    const pair = { client, server, isBlack: false };
    this.#pairs.add(pair);
    const end = () => {
      this.#pairs.delete(pair);
      // Over a black connection the end of it does not come through either.
      if (pair.isBlack) return;
      client.destroy();
      server.destroy();
    };
    for (const [from, to] of [
      [client, server],
      [server, client],
    ]) {
      from.on("data", (data) => {
        if (!pair.isBlack) to.write(data);
      });
      from.on("error", end);
      from.on("close", end);
    }
  });

  static async start() {
    const proxy = new Proxy();
    proxy.#server.listen(0, "127.0.0.1");
    await once(proxy.#server, "listening");
    return proxy;
  }

  get url() {
    return `ws://127.0.0.1:${this.#server.address().port}`;
  }

  /** How many connections are open, and not black. */
  get open() {
    return [...this.#pairs].filter(({ isBlack }) => !isBlack).length;
  }

  /** The connections that there are carry nothing any more; new ones do. */
  goBlack() {
    for (const pair of this.#pairs) pair.isBlack = true;
  }

  /** Breaks all connections. */
  cut() {
    for (const { client, server } of this.#pairs) {
      client.destroy();
      server.destroy();
    }
  }

  stop() {
    this.cut();
    this.#server.close();
  }
}
