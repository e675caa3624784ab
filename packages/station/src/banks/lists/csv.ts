import { type SignalKind, SIGNAL_KINDS } from "../signal.ts";
import { type SaidEntry, saidEntrySchema } from "../entry.ts";

/** What stands in a list that is no entry: where, and what is wrong with it. */
export interface ListProblem {
  /** `line 3`, or `/entries/2/signals/0/value` in JSON. */
  path: string;
  message: string;
}

const COLUMNS = new Set([
  "key",
  ...SIGNAL_KINDS,
  "semantics",
  "quality",
  "media",
  "classification",
  "categories",
  "tags",
  "member",
  "member_name",
  "said_at",
]);

/** Reads the lines of a CSV list one after the other; the first names the columns. */
export interface CsvReader {
  /** @returns the entry of a line, what is wrong with it, or `undefined` for the heading and for empty lines */
  line(text: string): { entry: SaidEntry } | { problem: ListProblem } | undefined;
}

/**
 * Begins a CSV list (RFC 4180, without line breaks inside of quotes). A line is an entry with one hash of each kind at most; several
 * categories or tags stand in one field, divided by semicolons. Without a column `key`, an entry is called by its first hash.
 */
export function csvReader(): CsvReader {
  let columns: readonly string[] | undefined;
  let at = 0;
  return {
    line(text) {
      at += 1;
      const path = `line ${at}`;
      if (text.trim() === "") return undefined;
      const fields = fieldsOf(at === 1 ? text.replace(/^\uFEFF/, "") : text);
      if (fields === undefined) return { problem: { path, message: "has a quote that does not end on it" } };
      if (columns === undefined) {
        columns = fields.map((field) => field.trim().toLowerCase());
        const message = headingProblem(columns);
        return message === undefined ? undefined : { problem: { path, message } };
      }
      if (fields.length !== columns.length)
        return {
          problem: { path, message: `has ${fields.length} fields, and the heading has ${columns.length}` },
        };
      const row = new Map(columns.map((column, index) => [column, fields[index]?.trim() ?? ""]));
      const parsed = saidEntrySchema.safeParse(statedBy(row));
      if (parsed.success) return { entry: parsed.data };
      const [issue] = parsed.error.issues;
      return {
        problem: { path, message: `${issue?.path.join(".") ?? ""} ${issue?.message ?? "is wrong"}`.trim() },
      };
    },
  };
}

function headingProblem(columns: readonly string[]): string | undefined {
  const unknown = columns.filter((column) => !COLUMNS.has(column));
  if (unknown.length > 0)
    return `names columns that no list has: ${unknown.join(", ").slice(0, 200)}; known are ${[...COLUMNS].join(", ")}`;
  if (new Set(columns).size !== columns.length) return "names a column twice";
  if (!columns.some((column) => isKind(column)))
    return `names no column of hashes: one of ${SIGNAL_KINDS.join(", ")}`;
  return undefined;
}

function isKind(column: string): column is SignalKind {
  return SIGNAL_KINDS.some((kind) => kind === column);
}

function statedBy(row: ReadonlyMap<string, string>): Record<string, unknown> {
  const field = (name: string) => {
    const value = row.get(name) ?? "";
    return value === "" ? undefined : value;
  };
  const list = (name: string) => (field(name) ?? "").split(";").filter((each) => each.trim() !== "");
  const quality = field("quality");
  const perceptual = {
    semantics: field("semantics"),
    quality: quality === undefined ? undefined : Number(quality),
  };
  const signals = SIGNAL_KINDS.flatMap((kind) => {
    const value = field(kind);
    return value === undefined ? [] : [{ kind, value, ...(kind === "pdq" ? perceptual : {}) }];
  });
  const member = field("member");
  return {
    key:
      field("key") ??
      (signals[0] === undefined ? "" : `${signals[0].kind}:${signals[0].value.toLowerCase()}`),
    signals,
    media: field("media"),
    classification: field("classification"),
    categories: list("categories"),
    tags: list("tags"),
    member: member === undefined ? undefined : { id: member, name: field("member_name") },
    saidAt: field("said_at"),
  };
}

/** The fields of one line, or `undefined` where a quote does not end. */
function fieldsOf(line: string): string[] | undefined {
  const fields: string[] = [];
  let at = 0;
  for (;;) {
    if (line[at] === '"') {
      let field = "";
      for (at += 1; ; at += 1) {
        const end = line.indexOf('"', at);
        if (end < 0) return undefined;
        field += line.slice(at, end);
        at = end + 1;
        if (line[at] !== '"') break;
        field += '"';
      }
      fields.push(field);
    } else {
      const end = line.indexOf(",", at);
      fields.push(line.slice(at, end < 0 ? line.length : end));
      at = end < 0 ? line.length : end;
    }
    if (at >= line.length) return fields;
    if (line[at] !== ",") return undefined;
    at += 1;
  }
}
