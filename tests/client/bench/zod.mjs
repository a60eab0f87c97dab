// Metered's errors as a schema of zod, which tells the entries apart by their code.

import * as z from "zod";
import { codes } from "./codes.mjs";

const schema = z.discriminatedUnion(
  "code",
  codes.map((code) =>
    z.object({
      type: z.literal("error"),
      requestId: z.string().optional(),
      code: z.literal(code),
      message: z.string(),
    }),
  ),
);

export function decode(data) {
  const { success, data: parsed } = schema.safeParse(data);
  if (!success) return undefined;
  const { code, message, requestId } = parsed;
  const context = requestId === undefined ? {} : { request_id: requestId };
  return { kind: code, code, message, context };
}
