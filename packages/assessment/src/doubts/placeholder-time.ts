import type { StatedTime } from "./stated-time.ts";

/** Midnights at which the counting of some system begins, and what a missing time becomes there. */
const ORIGINS: ReadonlyMap<string, string> = new Map([
  ["0001-01-01", "the first day of .NET"],
  ["1601-01-01", "the first day of Windows file times"],
  ["1753-01-01", "the first day of SQL Server"],
  ["1858-11-17", "the first day of VMS"],
  ["1899-12-30", "day 0 of spreadsheets"],
  ["1899-12-31", "day 0 of spreadsheets"],
  ["1900-01-01", "the first day of NTP and of spreadsheets"],
  ["1904-01-01", "the first day of classic Macintosh"],
  ["1970-01-01", "the first day of Unix time"],
  ["1980-01-01", "the first day of DOS"],
  ["1980-01-06", "the first day of GPS"],
  ["2000-01-01", "the first day of embedded clocks"],
  ["2001-01-01", "the first day of Cocoa"],
  ["9999-12-31", "the last day there is"],
]);

const DAY_MS = 86_400_000;
/** An origin of UTC is written as the evening before or a morning hour where a zone was added to it. */
const ZONES_MS = 14 * 3_600_000;
/** No service that anybody reports from was there before the Internet had names (RFC 882, 1983). */
const INTERNET = Date.UTC(1983, 0, 1);
const NEVER = 0x7fff_ffff * 1000;

/** The name of what a time stands for where it stands for none: epoch zero, the last second of 32 bits, a year before computers. */
export function placeholderTime({ at, wall, moment }: StatedTime): string | undefined {
  const where = at ?? wall;
  if (where === undefined) return undefined;
  if (where >= INTERNET && where % DAY_MS !== 0 && where < NEVER && (wall ?? where) % DAY_MS !== 0)
    return undefined;
  if (Math.abs(where) <= ZONES_MS && isHour(where)) return "the first second of Unix time";
  if (where === -1000 || where === NEVER) return "a Unix time that is missing";
  const midnight = [at, wall].find((each) => each !== undefined && each % DAY_MS === 0);
  if (midnight !== undefined) {
    const origin = ORIGINS.get(new Date(midnight).toISOString().slice(0, 10));
    if (origin !== undefined) return origin;
  }
  if (where < INTERNET) return "a year before the Internet";
  return moment.raw.startsWith("9999-") ? "the last day there is" : undefined;
}

/** Whether an instant is a whole quarter of an hour, as offsets are. */
function isHour(at: number): boolean {
  return at % 900_000 === 0;
}
