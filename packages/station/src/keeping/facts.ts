import {
  defaultKeepingLaws,
  type Hold,
  type HoldKind,
  holdOf,
  type HoldStep,
  type KeepingDecision,
  type KeepingEvent,
  type KeepingFacts,
  type KeepingLaw,
  type KeepingStart,
} from "@fairlead/assessment";
import { CompiledQuery, type Kysely } from "kysely";
import type { Station } from "../context.ts";
import { StationError } from "../errors.ts";
import { sqlFile } from "../sql-file.ts";
import type { Tables, WorkStatus } from "../store/tables.ts";

const FACTS = sqlFile(import.meta.url, "./facts.sql");

/** The last day as a person said it; absent where there is no end. */
interface SaidDay {
  lastDay: string | null;
  zone: string | null;
  until: string | null;
}
export interface HoldStepRow extends SaidDay {
  to: HoldStep["to"];
  at: string;
  by: string;
  reason: string;
}
export interface HoldRow {
  id: string;
  kind: HoldKind;
  authority: string;
  reference: string | null;
  placedBy: string;
  steps: HoldStepRow[];
}
export interface DecisionRow extends SaidDay {
  id: string;
  kind: KeepingDecision["kind"];
  at: string;
  by: string;
  reason: string;
}
/** Everything that says how long a report is kept, as facts.sql reads it. */
export interface KeepingRow {
  status: WorkStatus;
  door: "report" | "cybertipline" | "package" | "uk-direct";
  received_at: string;
  sender: string;
  uk_issued_at: string | null;
  events: { id: string; started: KeepingStart; at: string; peer: string }[];
  holds: HoldRow[];
  decisions: DecisionRow[];
}

/** @throws StationError `not-found` */
export async function readKeeping(db: Kysely<Tables>, reportId: string): Promise<KeepingRow> {
  const { rows } = await db.executeQuery<KeepingRow>(CompiledQuery.raw(FACTS, [reportId]));
  const [row] = rows;
  if (row === undefined)
    throw new StationError("not-found", "This station has no such report.", {
      remedy: "Go back to the queue.",
    });
  return row;
}

/** The laws that bind this station: only a provider must keep what it reported. */
export function lawsOf({ config }: Station): readonly KeepingLaw[] {
  return config.station.profile === "platform" ? defaultKeepingLaws : [];
}

/** What the rules of keeping read. */
export function factsOf({ events, holds, decisions }: KeepingRow): KeepingFacts {
  return {
    events: events.map(({ id, started, at }): KeepingEvent => ({ id, started, at: Date.parse(at) })),
    holds: holds.flatMap((hold): Hold[] =>
      [holdOf(hold, stepsOf(hold))].filter((found) => found !== undefined),
    ),
    decisions: decisions.map(
      ({ id, kind, at, until }): KeepingDecision =>
        kind === "longer" && until !== null
          ? { id, kind: "longer", at: Date.parse(at), until: Date.parse(until) }
          : { id, kind: "let-go", at: Date.parse(at) },
    ),
  };
}

export function stepsOf({ steps }: Pick<HoldRow, "steps">): HoldStep[] {
  return steps.map(({ to, at, until }): HoldStep => {
    const when = Date.parse(at);
    if (to === "released") return { to, at: when };
    return { to, at: when, until: until === null ? null : Date.parse(until) };
  });
}

/** What a report's sender must keep itself, as far as how it came here shows: a report by a clearinghouse's wire, or a direct one. */
export function sendersEvents({ door, received_at, uk_issued_at }: KeepingRow): KeepingEvent[] {
  const received = Date.parse(received_at);
  if (door === "cybertipline") return [{ id: door, started: "filed", at: received }];
  if (uk_issued_at === null) return [];
  // The agency knows when it had the report, and not when its sender began to send it: never later than the sender's own clock.
  return [{ id: door, started: "sent", at: Math.min(received, Date.parse(uk_issued_at)) }];
}
