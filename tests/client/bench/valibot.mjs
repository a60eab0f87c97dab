// Metered's errors as a schema of valibot, which tells the entries apart by their code.

import * as v from "valibot";
import { codes } from "./codes.mjs";

const schema = v.variant(
  "code",
  codes.map((code) =>
    v.object({
      type: v.literal("error"),
      requestId: v.optional(v.string()),
      code: v.literal(code),
      message: v.string(),
    }),
  ),
);

export function decode(data) {
  const { success, output } = v.safeParse(schema, data);
  if (!success) return undefined;
  const { code, message, requestId } = output;
  const context = requestId === undefined ? {} : { request_id: requestId };
  return { kind: code, code, message, context };
}
