import {
  defaultKeepingLaws,
  expiryAlarm,
  type Keeping,
  type KeepingLaw,
  keepingOf,
  letGoProblem,
  standsAt,
} from "@fairlead/assessment";
import type { Principal } from "../access/index.ts";
import type { Station } from "../context.ts";
import type { HoldView, KeepingView } from "../desk-api/contract.ts";
import { isoFromJson } from "../store/index.ts";
import { factsOf, type HoldRow, type KeepingRow, lawsOf, readKeeping, sendersEvents } from "./facts.ts";

const iso = (ms: number) => new Date(ms).toISOString();

/**
 * How long one report is kept, as it stands at this moment: counted from what is stored, never from an earlier count.
 * @throws StationError `not-found`
 */
export async function keepingView(station: Station, reportId: string, by: Principal): Promise<KeepingView> {
  const now = station.clock();
  const row = await readKeeping(station.db.kysely, reportId);
  const facts = factsOf(row);
  const laws = lawsOf(station);
  const keeping = keepingOf(facts, laws);
  const problem = letGoProblem(keeping, facts.holds, now);
  const may = (action: "hold" | "release-hold" | "decide-keeping") =>
    station.policy.may(by, action, { id: reportId, status: row.status });
  return {
    state: stateOf(keeping, now),
    ...(keeping.content.state === "until" ? { until: iso(keeping.content.until) } : {}),
    ...(keeping.referenceUntil === undefined ? {} : { referenceUntil: iso(keeping.referenceUntil) }),
    duties: keeping.duties.map((duty) => dutyView(duty, row, laws, now)),
    sender: { name: row.sender, duties: sendersDuties(row, now) },
    holds: row.holds.map((hold) => holdView(hold, facts.holds, by, now)).toReversed(),
    decisions: row.decisions
      .map((decision) => ({
        id: decision.id,
        kind: decision.kind,
        by: decision.by,
        at: isoFromJson(decision.at),
        reason: decision.reason,
        ...saidDay(decision),
        stands:
          decision.kind === "let-go"
            ? keeping.letGo?.id === decision.id
            : keeping.duties.some(({ id, until }) => id === decision.id && (until ?? 0) > now),
      }))
      .toReversed(),
    ...(problem === undefined ? {} : { letGo: problem }),
    may: { hold: may("hold"), release: may("release-hold"), decide: may("decide-keeping") },
    at: iso(now),
  };
}

function stateOf({ content }: Keeping, now: number): KeepingView["state"] {
  if (content.state !== "until") return content.state;
  const alarm = expiryAlarm(content.until, now);
  return alarm === 3 ? "over" : alarm === 0 ? "runs" : "ends-soon";
}

function dutyView(
  { by, id, event, covers, from, until }: Keeping["duties"][number],
  { events }: KeepingRow,
  laws: readonly KeepingLaw[],
  now: number,
): KeepingView["duties"][number] {
  const law = laws.find((each) => by === "law" && each.id === id);
  const peer = events.find((each) => each.id === event)?.peer;
  return {
    by,
    id,
    ...(law === undefined ? {} : { law: lawView(law) }),
    ...(peer === undefined ? {} : { peer }),
    covers,
    from: iso(from),
    ...(until === null ? {} : { until: iso(until) }),
    over: until !== null && until <= now,
  };
}

function lawView({ id, name, text, source, longerFor }: KeepingLaw) {
  return { id, name, text, source, ...(longerFor === undefined ? {} : { longerFor }) };
}

/** What binds the sender of a report, whoever that is: it tells when what is asked of them will be gone. */
function sendersDuties(row: KeepingRow, now: number): KeepingView["sender"]["duties"] {
  const events = sendersEvents(row);
  const { duties } = keepingOf({ events, holds: [], decisions: [] }, defaultKeepingLaws);
  return duties.flatMap(({ id, until }) => {
    const law = defaultKeepingLaws.find((each) => each.id === id);
    return law === undefined || until === null
      ? []
      : [{ law: lawView(law), until: iso(until), over: until <= now }];
  });
}

function holdView(
  row: HoldRow,
  holds: ReturnType<typeof factsOf>["holds"],
  by: Principal,
  now: number,
): HoldView {
  const hold = holds.find(({ id }) => id === row.id);
  const last = row.steps.findLast(({ to }) => to !== "released");
  return {
    id: row.id,
    kind: row.kind,
    authority: row.authority,
    ...(row.reference === null ? {} : { reference: row.reference }),
    state:
      hold?.releasedAt !== undefined
        ? "released"
        : hold !== undefined && standsAt(hold, now)
          ? "stands"
          : "ended",
    ...(typeof hold?.until === "number" ? { until: iso(hold.until) } : {}),
    ...(last === undefined ? {} : saidDay(last)),
    mine: row.placedBy === by.id,
    steps: row.steps.map((step) => ({
      to: step.to,
      at: isoFromJson(step.at),
      by: step.by,
      reason: step.reason,
      ...saidDay(step),
    })),
  };
}

function saidDay({ lastDay, zone }: { lastDay: string | null; zone: string | null }) {
  return lastDay === null || zone === null ? {} : { lastDay: { day: lastDay, zone } };
}
