// What tools read: the catalogs, the schemas of the messages, the AsyncAPI and the OpenAPI documents.

import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import asyncapi from "@asyncapi/parser";
import { Validator } from "@seriousme/openapi-schema-validator";
import { Ajv } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { each } from "./folder.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const published = join(here, "../../ws-errors/src/export/json/schema.json");
const strict = { strict: true, allowUnionTypes: true, strictTuples: false, allErrors: true };

export async function checkSchemas(folder) {
  // The published schema lists keywords for a kind of template beside the alternatives.
  const isCatalog = new Ajv2020({ ...strict, strict: false }).compile(
    JSON.parse(readFileSync(published, "utf8")),
  );
  await each("catalog", folder.ending(".json"), (file) => {
    const value = JSON.parse(folder.read(file));
    valid(isCatalog, value, file);
    return { errors: value.entries.length };
  });

  await each("schema", folder.ending(".schema.json"), (file) => {
    const isMessage = validators(Ajv2020).compile(JSON.parse(folder.read(file)));
    const { entries } = JSON.parse(folder.read(file.replace(".schema.json", ".json")));
    const examples = entries.flatMap((entry) => entry.examples);
    for (const example of examples) valid(isMessage, valueOf(example), JSON.stringify(example));
    return { frames: examples.length };
  });

  await each("AsyncAPI", folder.ending(".asyncapi.json"), async (file) => {
    const text = folder.read(file);
    const { document, diagnostics } = await new asyncapi.Parser().parse(text);
    const errors = diagnostics.filter((diagnostic) => diagnostic.severity === 0);
    if (errors.length > 0 || document === undefined) {
      throw new Error(JSON.stringify(errors, null, 2));
    }
    const { components } = JSON.parse(text);
    let examples = 0;
    for (const [name, message] of Object.entries(components.messages)) {
      // What stands around a payload is no schema.
      const ajv = validators(Ajv, { ...strict, strict: false });
      const pointer = `#/components/messages/${encodeURIComponent(name)}/payload`;
      for (const { payload } of message.examples ?? []) {
        valid(ajv.compile({ $ref: pointer, components }), payload, name);
        examples += 1;
      }
    }
    return { examples, remarks: diagnostics.length };
  });

  await each("OpenAPI", folder.ending(".openapi.json"), (file) => openapi(folder, file));
}

/** A document of the components of an OpenAPI document, and nothing else. */
async function openapi(folder, file) {
  const text = folder.read(file);
  const { valid: isValid, errors } = await new Validator().validate(JSON.parse(text));
  if (!isValid) throw new Error(JSON.stringify(errors, null, 2));
  const { components } = JSON.parse(text);
  let examples = 0;
  for (const [name, { content = {} }] of Object.entries(components.responses)) {
    for (const [mediaType, { schema }] of Object.entries(content)) {
      // What stands around a schema is none.
      const ajv = validators(Ajv2020, { ...strict, strict: false });
      const isBody = ajv.compile({ ...schema, components });
      for (const { value } of Object.values(content[mediaType].examples)) {
        valid(isBody, value, name);
        examples += 1;
      }
    }
  }
  return { responses: Object.keys(components.responses).length, examples };
}

/** Validators that know the formats of Rust's numbers, and our annotation of the JSON in a string. */
function validators(Kind, options = strict) {
  const ajv = new Kind(options);
  formats.default(ajv);
  for (const format of ["uint8", "uint16", "uint32", "uint64", "uint", "int8", "int16", "int"]) {
    ajv.addFormat(format, true);
  }
  ajv.addKeyword({ keyword: "x-ws-json", schemaType: "array" });
  return ajv;
}

function valid(validate, value, what) {
  if (!validate(value)) throw new Error(`${what}: ${JSON.stringify(validate.errors, null, 2)}`);
}

/** What a frame holds: JSON, or a text. */
function valueOf({ frame, holds = frame }) {
  try {
    return JSON.parse(holds);
  } catch {
    return holds;
  }
}
