// The Node client of the matrix: reads jobs from standard input, writes results to standard output,
// one JSON object a line.
import { createInterface } from "node:readline";
import WebSocket from "ws";

const LOAD = JSON.stringify({ type: "load", data: "x".repeat(4000) });

const CERTIFICATE = process.env.WS_ERRORS_CERTIFICATE;

/** Holds the event loop up, so that what arrives is read late. */
function dawdle(milliseconds) {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
}

function connection(job) {
  return new Promise((resolve) => {
    const socket = new WebSocket(job.url, { perMessageDeflate: false, ca: CERTIFICATE });
    const texts = [];
    let over = false;
    const load = () => {
      if (!over && socket.readyState === WebSocket.OPEN) {
        socket.send(LOAD, (error) => error ?? setImmediate(load));
      }
    };
    socket.on("open", () => {
      for (const size of job.oversized) socket.send(Buffer.alloc(size), () => {});
      if (job.oversized.length === 0) socket.send(job.request, () => {});
      if (job.sending) load();
    });
    socket.on("message", (data) => {
      if (job.slow) dawdle(10);
      texts.push(data.toString());
    });
    socket.on("error", () => {});
    socket.on("close", (code, reason) => {
      over = true;
      const text = job.text === null ? texts.length === 0 : texts.length === 1 && texts[0] === job.text;
      const exact = text && code === job.code && reason.toString() === job.reason;
      resolve(exact ? null : `${texts.length} texts, ${code} ${reason}`);
    });
  });
}

for await (const line of createInterface({ input: process.stdin })) {
  const job = JSON.parse(line);
  let started = 0;
  let lost = 0;
  let sample = "";
  const lane = async () => {
    while (started < job.connections) {
      started += 1;
      const loss = await connection(job);
      if (loss !== null) {
        lost += 1;
        sample = loss;
      }
    }
  };
  await Promise.all(Array.from({ length: job.parallel }, lane));
  process.stdout.write(`${JSON.stringify({ lost, sample })}\n`);
}
