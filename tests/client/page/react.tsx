import { StrictMode, useSyncExternalStore } from "react";
import { createRoot } from "react-dom/client";
import { MateriFallback, MateriUser, catalog } from "./materi.ts";
import { createClient, view } from "./ws-errors.ts";

let token = "materi/AUTH_EXPIRED";
const client = createClient(catalog, {
  url: () => `${location.hash.slice(1)}/${token}`,
  actions: {
    refresh_token: async () => (token = await (await fetch("/token")).text()),
    login: () => confirm("Please log in."),
    sync: () => undefined,
  },
  liveness: { ping: () => '{"type":"ping"}', idle: 3000, within: 2000 },
});
function Now() {
  const snapshot = useSyncExternalStore(client.subscribe, client.getSnapshot);
  const now = view(snapshot, { user: MateriUser, fallback: MateriFallback });
  return (
    <p role="status">
      {now.state} <b>{now.title}</b> {now.message}{" "}
      {now.action && <button onClick={client.dismiss}>{now.action}</button>}
    </p>
  );
}
const raise = (entry: string) =>
  client.queue.send(
    JSON.stringify({ type: "raise", catalog: "materi", entry }),
  );
const root = createRoot(
  document.body.appendChild(document.createElement("main")),
);
root.render(
  <StrictMode>
    <Now />
    <Now />
    <button onClick={() => raise("INSUFFICIENT_PERMISSIONS")}>Edit</button>
    <button onClick={() => raise("KICKED")}>Leave</button>
    <button onClick={() => root.unmount()}>Unmount</button>
  </StrictMode>,
);
