import type { Report } from "@fairlead/report";
import { addressKey } from "../input/address-key.ts";
import { groupsOf } from "../sufficiency/group.ts";
import { readersOf, type Member } from "./subject-context.ts";

/** Something that happened to what assessments rest on. */
export type Change =
  /** A claim beside the report, an answer to a request, a person's decision, or evidence and custody of it. */
  | { kind: "claim" | "answer" | "decision" | "evidence"; report: string }
  /** Something new about the network behind an address. */
  | { kind: "network"; address: string }
  /** Links were made, removed or expired, or a member's tier or activity changed: the subjects they touch, before and after. */
  | { kind: "subject"; before: readonly (readonly Member[])[]; after: readonly (readonly Member[])[] }
  /** Time has passed. Milliseconds since 1970. */
  | { kind: "clock"; now: number }
  /** Another rule set or directory: everything is assessed anew. */
  | { kind: "rules" };

/** What a report's assessment rests on beside the report, as far as a change can be matched with it. A station keeps it as columns. */
export interface Dependence {
  report: string;
  /** Canonical addresses whose network it asks about, without doubles. */
  addresses: readonly string[];
  /** When time alone changes it (`nextChangeAt`). */
  changesAt?: number;
}

/** What the assessment of a report rests on. */
export function dependenceOf(id: string, report: Report, changesAt: number | undefined): Dependence {
  const addresses = new Set<string>();
  for (const { events } of groupsOf(report))
    for (const { event } of events)
      if (event.ip?.address !== undefined) addresses.add(addressKey(event.ip.address));
  return { report: id, addresses: [...addresses], ...(changesAt === undefined ? {} : { changesAt }) };
}

/**
 * The reports whose assessment a change can change, of those that are given. No other report's assessment does: a claim is read by its
 * own report only, an address by the reports that name it, a subject by its members.
 *
 * A new tier of one of them is a change of its subject in turn: repeat with `subject` until nothing is left. That ends, because a
 * linked tier lifts by one and never above the tier it came from.
 */
export function affectedBy(change: Change, held: readonly Dependence[]): string[] {
  switch (change.kind) {
    case "rules":
      return held.map(({ report }) => report);
    case "clock":
      return held
        .filter(({ changesAt }) => changesAt !== undefined && changesAt <= change.now)
        .map(({ report }) => report);
    case "network": {
      const address = addressKey(change.address);
      return held.filter(({ addresses }) => addresses.includes(address)).map(({ report }) => report);
    }
    case "subject": {
      const readers = new Set(readersOf(change.before, change.after));
      return held.filter(({ report }) => readers.has(report)).map(({ report }) => report);
    }
    default:
      return held.filter(({ report }) => report === change.report).map(({ report }) => report);
  }
}
