import { writeFile } from "node:fs/promises";

/**
 * Writes `openapi.json`, the only thing that the desk knows about the station, from a station that runs:
 * `node scripts/openapi.ts http://127.0.0.1:8080`, then `node scripts/api-types.ts`.
 */

const base = process.argv[2];
if (base === undefined)
  throw new Error("Say where a station runs: node scripts/openapi.ts http://127.0.0.1:8080");
const response = await fetch(new URL("/openapi.json", base));
if (!response.ok)
  throw new Error(`${response.url} answered ${response.status}: is it a station with the role desk?`);
const document: unknown = await response.json();
await writeFile(new URL("../openapi.json", import.meta.url), `${JSON.stringify(document, null, 2)}\n`);
