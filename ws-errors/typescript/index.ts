/** Everything of the runtime; a bundler leaves out what isn't used. */

export * from "./actions.js";
export * from "./answer.js";
export * from "./breaker.js";
export * from "./client.js";
export * from "./create.js";
export * from "./environment.js";
export * from "./gate.js";
export * from "./lifecycle.js";
export * from "./liveness.js";
export * from "./lookup.js";
export * from "./options.js";
export * from "./part.js";
export * from "./policy.js";
export * from "./queue.js";
export * from "./recovery.js";
export * from "./requests.js";
export * from "./storm.js";
export * from "./store.js";
export * from "./testing.js";
export * from "./translation.js";
export * from "./user.js";
export * from "./view.js";
