import { type FormEvent, useState, useSyncExternalStore } from "react";
import { createRoot } from "react-dom/client";
import { catalog, ChatRoomUser as user, handle } from "./errors/chat-room.ts";
import { createClient, view } from "./errors/ws-errors.ts";

let token = "";
const client = createClient(catalog, {
  url: () => `ws://localhost:3000/chat?token=${token}`,
  // One for each action that a policy names: one that is missing does not compile.
  actions: {
    sign_in: () => {
      token = prompt("Your token?", "good") ?? "";
      client.dismiss();
      return token !== "";
    },
  },
});

const show = (error: { readonly kind: string }) => console.info(error.kind);

client.on({
  // A case for each error: one that is missing does not compile.
  error: (error) =>
    handle(error, {
      malformed: show,
      too_long: ({ length, most }) => console.warn(`${length} of ${most}`),
      signed_out: show,
      too_large: show,
      too_slow: show,
      going_away: show,
      no_handshake: show,
      $unknown: ({ rawCode }) => console.warn("newer:", rawCode),
    }),
});
client.start();

function Now() {
  const now = useSyncExternalStore(client.subscribe, client.getSnapshot);
  const { state, title, message } = view(now, { user });
  return <p role="status">{title ? `${title}: ${message}` : state}</p>;
}

function Chat() {
  const [said, setSaid] = useState<string[]>([]);
  const [text, setText] = useState("");
  const send = (event: FormEvent) => {
    event.preventDefault();
    client.dismiss();
    client.queue.send(JSON.stringify({ text }));
    setText("");
  };
  useState(() =>
    client.on({
      message: (data) => {
        const message = JSON.parse(String(data));
        if (message.type === "said")
          setSaid((all) => [...all, message.text].slice(-100));
      },
    }),
  );
  return (
    <form onSubmit={send}>
      <Now />
      <ul>
        {said.map((one, index) => (
          <li key={index}>{one}</li>
        ))}
      </ul>
      <input
        aria-label="Message"
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <button>Send</button>
    </form>
  );
}

createRoot(document.body).render(<Chat />);
