import { ipBytes } from "@fairlead/report";
import { NetworkTableError } from "./error.ts";

/** An autonomous system: one operator's networks under one routing policy (RFC 1930). */
export interface System {
  asn: number;
  /** The operator, as the table names it. */
  name: string;
}

/** Ranges of addresses and the systems that announce them, sorted. */
export interface SystemTable {
  /** When the data were taken (`YYYY-MM-DD`). */
  readonly day: string;
  readonly source: string;
  lookUp(address: string): System | undefined;
}

interface Ranges {
  first: string[];
  last: string[];
  of: System[];
}

/**
 * Opens the text form that `scripts/build-networks.ts` writes: `#` lines with `day` and `source`, then for each system a line
 * `AS64496 Example Operator` and, indented, its ranges `192.0.2.0-192.0.2.255`. Ranges do not overlap.
 * @throws NetworkTableError `table.row` for a line that is none of these
 */
export function openSystemTable(text: string): SystemTable {
  const about = new Map<string, string>();
  const rows: Array<{ first: string; last: string; system: System }> = [];
  let system: System | undefined;
  for (const line of text.split("\n")) {
    const note = /^# (day|source): (.+)$/.exec(line);
    const named = /^AS(\d{1,10}) (.*)$/.exec(line);
    if (note !== null) about.set(note[1] ?? "", note[2] ?? "");
    else if (named !== null) system = { asn: Number(named[1]), name: named[2] ?? "" };
    else if (line.startsWith(" ") && system !== undefined)
      for (const range of line.trim().split(" ")) rows.push({ ...rangeOf(range), system });
    else if (line.trim() !== "" && !line.startsWith("#"))
      throw new NetworkTableError("table.row", `"${line.slice(0, 60)}" is neither a system nor a range`);
  }
  const four = sorted(rows.filter(({ first }) => first.length === 8));
  const six = sorted(rows.filter(({ first }) => first.length === 32));
  return {
    day: about.get("day") ?? "",
    source: about.get("source") ?? "",
    lookUp(address) {
      const key = hex(address);
      return key === undefined ? undefined : find(key.length === 8 ? four : six, key);
    },
  };
}

function rangeOf(text: string): { first: string; last: string } {
  const [from = "", to = ""] = text.split("-");
  const [first, last] = [hex(from), hex(to)];
  if (first === undefined || last === undefined || first.length !== last.length || first > last)
    throw new NetworkTableError("table.row", `"${text.slice(0, 90)}" is no range of addresses`);
  return { first, last };
}

function sorted(rows: Array<{ first: string; last: string; system: System }>): Ranges {
  rows.sort((a, b) => (a.first < b.first ? -1 : 1));
  return {
    first: rows.map(({ first }) => first),
    last: rows.map(({ last }) => last),
    of: rows.map(({ system }) => system),
  };
}

/** The last range that begins at or before the key, if it reaches it. */
function find({ first, last, of }: Ranges, key: string): System | undefined {
  let [low, high] = [0, first.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((first[middle] ?? "") <= key) low = middle + 1;
    else high = middle;
  }
  return (last[low - 1] ?? "") >= key ? of[low - 1] : undefined;
}

/** An address as hexadecimal text of fixed length, which sorts as addresses do. */
export function hex(address: string): string | undefined {
  const bytes = ipBytes(address);
  return bytes === undefined
    ? undefined
    : Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
