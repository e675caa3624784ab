import { readFile, writeFile } from "node:fs/promises";
import { type OpenApiDocument, typesOf } from "./operations.ts";

/** Writes `src/api.gen.ts` from `openapi.json`: the browser knows the station only through that document. */

const document = JSON.parse(
  await readFile(new URL("../openapi.json", import.meta.url), "utf8"),
) as OpenApiDocument;
await writeFile(new URL("../src/api.gen.ts", import.meta.url), typesOf(document));
