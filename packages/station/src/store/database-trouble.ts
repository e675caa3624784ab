import { isConnectionLost } from "./connection-lost.ts";

/** What keeps a database from doing what is not wrong: it has no room, or is away, going, coming, or short of something else. */
export type DatabaseTrouble = "full" | "away";

/** disk_full; it stands in the class of insufficient resources, whose others pass by themselves. */
const FULL = "53100";
/** Connection exceptions, operator intervention, insufficient resources, system errors (PostgreSQL, "Error Codes"). */
const AWAY = /^(?:08|57P|53|58)/;

/** @returns undefined for an error that says that the statement was wrong, or nothing about a database */
export function databaseTrouble(error: unknown): DatabaseTrouble | undefined {
  if (!(error instanceof Error)) return undefined;
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  if (code === FULL) return "full";
  return isConnectionLost(error) || AWAY.test(code) ? "away" : undefined;
}
