import {
  type Conflict,
  type ConflictStep,
  MOST_EXTENSIONS,
  standingOf,
} from "@fairlead/assessment/deconfliction";
import { sql } from "kysely";
import type { Principal } from "../access/index.ts";
import type { Station } from "../context.ts";
import type { ConflictView, DeconflictionView } from "../desk-api/contract.ts";
import { DUTY_LEAD } from "./note.ts";
import { keysOn } from "./pairs.ts";

interface Row {
  report_id: string;
  number: string;
  peer_id: string;
  peer_name: string;
  content: Conflict;
}

/** What stands between this station and each peer over a report, by every value that the report shares in. */
export async function conflictsOfReport(
  station: Station,
  reportId: string,
  by: Principal,
): Promise<ConflictView[]> {
  const { rows } = await sql<Row>`
    select conflict.report_id, report.number::text, conflict.peer_id, peer.name as peer_name, conflict.content
    from conflict join peer on peer.id = conflict.peer_id join report on report.id = conflict.report_id
    where conflict.report_id = ${reportId}::uuid or exists (
      select from deconfliction_holder held where held.report_id = ${reportId}::uuid
        and held.peer_id = conflict.peer_id and held.year = conflict.year and held.token = conflict.token
    )
    order by conflict.opened_at desc, conflict.id limit 200`.execute(station.db.kysely);
  const names = await namesOf(station, rows);
  return grouped(rows, ({ peer_id }) => peer_id).map((each) => viewOf(station, each, names, by));
}

/** All that is open at a station, and with whom it deconflicts. */
export async function deconflictionView(station: Station, by: Principal): Promise<DeconflictionView> {
  const now = station.clock();
  const { kysely } = station.db;
  const { rows } = await sql<Row>`
    select conflict.report_id, report.number::text, conflict.peer_id, peer.name as peer_name, conflict.content
    from conflict join peer on peer.id = conflict.peer_id join report on report.id = conflict.report_id
    where conflict.released_at is null order by conflict.opened_at limit 200`.execute(kysely);
  const names = await namesOf(station, rows);
  const peers = await kysely
    .selectFrom("peer")
    .select(["id", "name"])
    .where("valid_to", "is", null)
    .orderBy("name")
    .execute();
  const asking = await kysely
    .selectFrom("deconfliction_query")
    .select(["peer_id", "record", "deadline", "attempts", "last_error"])
    .where("state", "=", "asking")
    .execute();
  return {
    pairs: peers.map(({ id, name }) => {
      const pair = station.deconfliction.get(id);
      const open = asking.find(({ peer_id }) => peer_id === id);
      const isOn = keysOn(pair, now).length > 0;
      return {
        peer: id,
        name,
        state: pair === undefined ? "off" : isOn ? "on" : "no-key",
        ...(open === undefined
          ? {}
          : {
              unanswered: {
                askedAt: open.record.askedAt,
                deadline: open.record.deadline,
                overdue: now >= Date.parse(open.record.deadline),
                attempts: open.attempts,
                ...(open.last_error === null ? {} : { lastError: open.last_error }),
              },
            }),
      };
    }),
    conflicts: grouped(rows, ({ report_id, peer_id }) => `${report_id} ${peer_id}`)
      .map((each) => ({
        report: each[0].report_id,
        number: each[0].number,
        ...viewOf(station, each, names, by),
      }))
      .toSorted((a, b) => Date.parse(a.deadline) - Date.parse(b.deadline)),
    people: await kysely
      .selectFrom("person")
      .select(["id", "name", "role"])
      .where("disabled_at", "is", null)
      .where("role", "<>", "auditor")
      .orderBy("name")
      .execute(),
  };
}

type Some = [Row, ...Row[]];

function grouped(rows: readonly Row[], nameOf: (row: Row) => string): Some[] {
  const found = new Map<string, Some>();
  for (const row of rows) {
    const group = found.get(nameOf(row));
    if (group === undefined) found.set(nameOf(row), [row]);
    else group.push(row);
  }
  return [...found.values()];
}

/** Several values of one person are several conflicts and one thing to do: the open ones speak where there are any. */
function viewOf(
  station: Station,
  rows: Some,
  names: ReadonlyMap<string, string>,
  by: Principal,
): ConflictView {
  const now = station.clock();
  const all = rows.map(({ content }) => ({ content, standing: standingOf(content, now) }));
  const open = all.filter(({ standing }) => standing.state !== "released");
  const shown = (open.length > 0 ? open : all).toSorted((a, b) =>
    a.standing.deadline < b.standing.deadline ? -1 : 1,
  );
  const [first = { content: rows[0].content, standing: standingOf(rows[0].content, now) }] = shown;
  const { content, standing } = first;
  const contact = shown.find((each) => each.content.contact !== undefined)?.content.contact?.desk;
  return {
    peer: rows[0].peer_id,
    peerName: rows[0].peer_name,
    ...(contact === undefined ? {} : { contact }),
    side: contact === undefined ? "was-asked" : "asked",
    references: shown.map((each) => each.content.reference),
    state: standing.state,
    ...(standing.owner.id === DUTY_LEAD.id
      ? {}
      : { owner: names.get(standing.owner.id) ?? standing.owner.role }),
    mine: standing.owner.id === by.id,
    openedAt: content.openedAt,
    deadline: standing.deadline,
    overdue: shown.some((each) => each.standing.overdue),
    paused: all.some((each) => each.standing.paused),
    ...(standing.release === undefined ? {} : { release: standing.release }),
    steps: stepViews(
      shown.map((each) => each.content),
      names,
    ),
    mayExtend: shown.every(
      (each) => each.content.steps.filter(({ kind }) => kind === "extended").length < MOST_EXTENSIONS,
    ),
  };
}

/** A step goes to all the values that are open at the time, and is one thing that somebody did. */
function stepViews(
  conflicts: readonly Conflict[],
  names: ReadonlyMap<string, string>,
): ConflictView["steps"] {
  const found = new Map<string, ConflictStep>();
  for (const { steps } of conflicts)
    for (const step of steps) found.set(`${step.at} ${step.by.id} ${step.kind}`, step);
  const nameOf = ({ id, role }: { id: string; role: string }) => names.get(id) ?? role;
  return [...found.values()]
    .toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at))
    .map((step) => ({
      kind: step.kind === "handed-over" && step.to.id === step.by.id ? "taken" : step.kind,
      at: step.at,
      by: nameOf(step.by),
      ...(step.kind === "handed-over" && step.to.id !== step.by.id ? { to: nameOf(step.to) } : {}),
      ...(step.kind === "extended" ? { until: step.until } : {}),
      ...(step.kind === "released" ? { how: step.how } : {}),
      ...(step.note === undefined ? {} : { note: step.note }),
    }));
}

/** Everybody who has had a hand in it, by name. */
async function namesOf(station: Station, rows: readonly Row[]): Promise<Map<string, string>> {
  if (rows.length === 0) return new Map();
  const ids = rows.flatMap(({ content }) => [
    content.owner.id,
    ...content.steps.flatMap((step) =>
      step.kind === "handed-over" ? [step.by.id, step.to.id] : [step.by.id],
    ),
  ]);
  const people = await sql<{ id: string; name: string }>`select id::text, name from person
    where id::text = any(${[...new Set(ids)]}::text[])`.execute(station.db.kysely);
  return new Map(people.rows.map(({ id, name }) => [id, name]));
}
