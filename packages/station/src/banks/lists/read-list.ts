import { open, readFile, stat } from "node:fs/promises";
import { z } from "zod";
import { StationError } from "../../errors.ts";
import { type SaidEntry, saidEntrySchema } from "../entry.ts";
import { csvReader, type ListProblem } from "./csv.ts";

/** JSON is read whole; a larger list is written as CSV, which is read line by line. */
const JSON_LIMIT_BYTES = 64 * 1024 * 1024;
/** No line of a list is as long as this. */
const LINE_LIMIT = 64 * 1024;
/** As many as a person reads before they look at the list itself. */
const PROBLEMS_TOLD = 20;

/**
 * Reads a list of entries, `.csv` or `.json`, an entry at a time. Nothing of a list is skipped in silence: one wrong line refuses it.
 * @throws StationError `request.invalid` with the first things that are wrong
 */
export async function* readList(path: string): AsyncGenerator<SaidEntry> {
  if (path.endsWith(".csv")) yield* csvEntries(path);
  else if (path.endsWith(".json")) yield* jsonEntries(path);
  else
    throw new StationError("request.invalid", `${path} is neither a .csv nor a .json list.`, {
      remedy: "docs/how-to/use-hash-banks.md shows both.",
    });
}

async function* csvEntries(path: string): AsyncGenerator<SaidEntry> {
  const reader = csvReader();
  const file = await open(path);
  try {
    for await (const text of file.readLines({ encoding: "utf8", autoClose: false })) {
      if (text.length > LINE_LIMIT)
        throw refused(path, [{ path: "a line", message: `is longer than ${LINE_LIMIT} characters` }]);
      const read = reader.line(text);
      if (read === undefined) continue;
      if ("problem" in read) throw refused(path, [read.problem]);
      yield read.entry;
    }
  } finally {
    await file.close();
  }
}

const listSchema = z.union([
  z.array(z.unknown()),
  z.strictObject({ entries: z.array(z.unknown()) }).transform(({ entries }) => entries),
]);

async function* jsonEntries(path: string): AsyncGenerator<SaidEntry> {
  const { size } = await stat(path);
  if (size > JSON_LIMIT_BYTES)
    throw refused(path, [
      { path: "/", message: `is larger than ${JSON_LIMIT_BYTES} bytes; write it as CSV` },
    ]);
  let value: unknown;
  try {
    value = JSON.parse(await readFile(path, "utf8"));
  } catch {
    throw refused(path, [{ path: "/", message: "is not JSON" }]);
  }
  const list = listSchema.safeParse(value);
  if (!list.success)
    throw refused(path, [{ path: "/", message: "is neither a list of entries nor {entries: […]}" }]);
  const problems: ListProblem[] = [];
  const entries: SaidEntry[] = [];
  for (const [index, each] of list.data.entries()) {
    const parsed = saidEntrySchema.safeParse(each);
    if (parsed.success) entries.push(parsed.data);
    else
      for (const issue of parsed.error.issues)
        problems.push({ path: `/${[index, ...issue.path].join("/")}`, message: issue.message });
  }
  if (problems.length > 0) throw refused(path, problems);
  yield* entries;
}

function refused(path: string, problems: readonly ListProblem[]): StationError {
  return new StationError(
    "request.invalid",
    `${path} cannot be read as a list of hashes; nothing of it was taken.`,
    {
      problems: problems.slice(0, PROBLEMS_TOLD),
      remedy: "Correct the list and import it again; what is the same changes nothing.",
    },
  );
}
