import { types } from "pg";

type Parse = (text: string) => unknown;

const { builtins } = types;

/** Object ids of the array types that `builtins` does not name (pg_type.dat). */
const arrayOf: Readonly<Record<"text" | "timestamp" | "timestamptz" | "date" | "interval", number>> = {
  text: 1009,
  timestamp: 1115,
  timestamptz: 1185,
  date: 1182,
  interval: 1187,
};

const asText: Parse = (text) => text;

/**
 * How a column's text becomes a value, where it is not `pg`'s way:
 *
 * - `timestamptz`: an ISO 8601 string in UTC with as many decimals of a second as there are, up to six
 *   (`2026-11-21T10:00:00.123456Z`). A Date would drop the microseconds and make two different instants equal.
 * - `timestamp`: the same without a zone, since it has none. `date`: `2026-11-21`. `interval`: PostgreSQL's text.
 * - `bigint` and `numeric`: decimal strings, as `pg` does: they go through JSON unharmed and no digit is lost.
 * - `json` and `jsonb`: parsed. `bytea`: a Buffer. Both as `pg` does.
 *
 * These belong to one pool. A library that shares the process, such as graphile-worker, keeps `pg`'s own.
 */
const parsers: ReadonlyMap<number, Parse> = new Map<number, Parse>([
  [builtins.TIMESTAMPTZ, isoInstant],
  [builtins.TIMESTAMP, isoInstant],
  [builtins.DATE, asText],
  [builtins.INTERVAL, asText],
  [arrayOf.timestamptz, arrayParser(isoInstant)],
  [arrayOf.timestamp, arrayParser(isoInstant)],
  [arrayOf.date, arrayParser(asText)],
  [arrayOf.interval, arrayParser(asText)],
]);

/** For the `types` of a pool's options. */
export const columnTypes = {
  getTypeParser: (oid: number, format: "text" | "binary" = "text"): Parse =>
    (format === "text" ? parsers.get(oid) : undefined) ?? types.getTypeParser(oid, format),
};

/**
 * `2026-11-21 10:00:00.123456+00` as `2026-11-21T10:00:00.123456Z`. Infinity, years before 1 and after 9999 have no
 * ISO form and stay as PostgreSQL writes them; no table of ours has them.
 */
export function isoInstant(text: string): string {
  const match = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d+)?)([+-]\d\d(?::\d\d)?)?$/.exec(text);
  if (match === null) return text;
  const [, day, time, offset = ""] = match;
  return `${day}T${time}${isoOffset(offset)}`;
}

/** The same for an instant that PostgreSQL wrote into JSON: every session of ours is in UTC, so that is the offset there. */
export function isoFromJson(text: string): string {
  return text.replace(/\+00:00$/, "Z");
}

function isoOffset(offset: string): string {
  if (offset === "") return "";
  return offset === "+00" ? "Z" : offset.padEnd(6, ":00");
}

function arrayParser(parse: Parse): Parse {
  const parseTexts = types.getTypeParser(arrayOf.text, "text");
  return (text) => mapNested(parseTexts(text), parse);
}

function mapNested(value: unknown, parse: Parse): unknown {
  if (Array.isArray(value)) return value.map((entry: unknown) => mapNested(entry, parse));
  return typeof value === "string" ? parse(value) : value;
}
