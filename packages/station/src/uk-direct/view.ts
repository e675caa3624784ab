import {
  UK_PRIORITIES,
  UK_PRIORITY_CLOCKS,
  ukDueAt,
  ukProblemsOf,
  type Duty,
  type UkReport,
} from "@fairlead/report/uk-direct";
import { sql } from "kysely";
import type { Principal } from "../access/index.ts";
import type { Station } from "../context.ts";
import type {
  UkDirectView,
  UkDutyView,
  UkFilingView,
  UkForm,
  UkOfferView,
  UkPreview,
  UkReceivedView,
} from "../desk-api/contract.ts";
import { findPeer, type Peer } from "../peers/index.ts";
import { newId } from "../store/index.ts";
import { composeUkReport } from "./compose.ts";
import { itemViews, problemView } from "./item-values.ts";

/**
 * What the desk shows of UK direct reports about one report: how it came in, how it goes out, and what a form would start from.
 * @param mayRefer whether this person could decide it
 */
export async function ukDirectView(
  station: Station,
  reportId: string,
  by: Principal,
  mayRefer: boolean,
): Promise<UkDirectView> {
  const [received, { filings, onItsWay }, peer] = await Promise.all([
    receivedView(station, reportId),
    filingViews(station, reportId),
    mayRefer ? agencyOf(station) : undefined,
  ]);
  const offer =
    peer === undefined ? undefined : await offerOf(station, reportId, peer, by, { filings, onItsWay });
  return {
    ...(received === undefined ? {} : { received }),
    filings,
    ...(offer === undefined ? {} : { offer }),
  };
}

/** What the form's answers would make, with everything that the rules say about it; nothing is stored. */
export async function previewUkFiling(
  station: Station,
  reportId: string,
  { id, peer, choices }: UkForm,
  by: Principal,
): Promise<UkPreview> {
  const { kysely } = station.db;
  const asked = { reportId, peer: await findPeer(kysely, peer), number: id, by, choices: plain(choices) };
  const { document, left, duty, receivedAt } = await composeUkReport(station, kysely, asked);
  return {
    items: itemViews(document),
    problems: ukProblemsOf(document, station.clock()).map(problemView),
    left,
    duty: dutyView(duty),
    dueAt: iso(ukDueAt(document.priority.level, Date.parse(receivedAt))),
  };
}

/** The form's answers without what was left empty. */
export function plain({ reporter, follows, notHeld, priority, ...rest }: UkForm["choices"]) {
  const { level, why } = priority;
  return {
    ...rest,
    priority: { level, ...(why === undefined ? {} : { why }) },
    ...(follows === undefined ? {} : { follows }),
    ...(reporter === undefined ? {} : { reporter: defined(reporter) }),
    notHeld: Object.fromEntries(
      notHeld.map(({ item, note }) => [item, note === undefined ? {} : { note }] as const),
    ),
  };
}

function defined<Fields extends object>(
  fields: Fields,
): { [K in keyof Fields]: Exclude<Fields[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;
}

/** The peer that this station reports directly to: its country has one. */
async function agencyOf(station: Station): Promise<Peer | undefined> {
  return await station.db.kysely
    .selectFrom("peer")
    .selectAll()
    .where("wire", "=", "uk-direct")
    .where("valid_to", "is", null)
    .orderBy("id")
    .executeTakeFirst();
}

async function offerOf(
  station: Station,
  reportId: string,
  peer: Peer,
  by: Principal,
  { filings, onItsWay }: Filings,
): Promise<UkOfferView> {
  const id = newId(station.clock());
  const asked = { reportId, peer, number: id, by, choices: {} };
  const { document, left, duty, receivedAt } = await composeUkReport(station, station.db.kysely, asked);
  const { level, why } = document.priority;
  return {
    id,
    peer: peer.id,
    peerName: peer.name,
    established: document.provider.established,
    duty: dutyView(duty),
    clocks: UK_PRIORITIES.map((each) => ({
      level: each,
      houseHours: UK_PRIORITY_CLOCKS[each].houseHours,
      dueAt: iso(ukDueAt(each, Date.parse(receivedAt))),
    })),
    level,
    ...(why === undefined ? {} : { why }),
    items: itemViews(document),
    left,
    references: filings.flatMap(({ reference }) => (reference === undefined ? [] : [reference])),
    onItsWay,
  };
}

function dutyView(duty: Duty): UkDutyView {
  const covering = duty.code === "uk.duty.covered" ? duty.covering : undefined;
  return {
    made: duty.made,
    code: duty.code,
    ...(covering === undefined ? {} : { by: covering.by }),
    ...(covering?.reference === undefined ? {} : { reference: covering.reference }),
  };
}

async function receivedView(station: Station, reportId: string): Promise<UkReceivedView | undefined> {
  const { kysely } = station.db;
  const row = await kysely
    .selectFrom("uk_report")
    .selectAll()
    .where("report_id", "=", reportId)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const related = await kysely
    .selectFrom("uk_report")
    .innerJoin("report", "report.id", "uk_report.report_id")
    .select(["report.id", "report.number", "uk_report.reference", "uk_report.first_report"])
    .where("report.id", "<>", reportId)
    .where((eb) =>
      eb.or([
        eb("uk_report.first_report", "=", row.first_report ?? reportId),
        eb("uk_report.report_id", "=", row.first_report),
      ]),
    )
    .orderBy("uk_report.issued_at")
    .execute();
  const views = related.map(({ first_report, ...rest }) => ({ isFirst: first_report === null, view: rest }));
  const first = views.find(({ isFirst }) => isFirst)?.view;
  return {
    ...contentsOf(row.document),
    reference: row.reference,
    provider: row.document.provider.name,
    issuedAt: utc(row.issued_at),
    referenceUntil: utc(row.reference_until),
    contentUntil: utc(row.content_until),
    ...(first === undefined ? {} : { first }),
    subsequent: views.filter(({ isFirst }) => !isFirst).map(({ view }) => view),
    remarks: row.remarks.map(problemView),
  };
}

interface Filings {
  filings: UkFilingView[];
  /** One of them is not settled: it may still be made, by the station or when a person has it tried again. */
  onItsWay: boolean;
}

async function filingViews(station: Station, reportId: string): Promise<Filings> {
  const rows = await station.db.kysely
    .selectFrom("uk_filing")
    .innerJoin("referral", "referral.id", "uk_filing.referral_id")
    .innerJoin("peer", "peer.id", "referral.peer_id")
    .innerJoin("person", "person.id", "referral.decided_by")
    .selectAll("uk_filing")
    .select([
      "peer.name as peer_name",
      "person.name as person_name",
      "referral.state",
      "referral.last_error",
      "referral.open",
    ])
    .select(sql<string>`referral.decided_at`.as("decided_at"))
    .where("uk_filing.report_id", "=", reportId)
    .orderBy("referral.sequence")
    .execute();
  const filings = rows.map((row) => ({
    ...contentsOf(row.document),
    id: row.referral_id,
    peerName: row.peer_name,
    state: row.state,
    ...(row.last_error === null ? {} : { lastError: row.last_error }),
    decidedBy: row.person_name,
    decidedAt: utc(row.decided_at),
    dueAt: utc(row.due_at),
    ...times({
      sendingSince: row.sending_since,
      issuedAt: row.issued_at,
      referenceUntil: row.reference_until,
      contentUntil: row.content_until,
      relevantFrom: row.relevant_from,
      relevantTo: row.relevant_to,
    }),
    ...(row.reference === null ? {} : { reference: row.reference }),
    left: row.left_behind,
  }));
  return { filings, onItsWay: rows.some(({ open }) => open) };
}

function contentsOf(document: UkReport) {
  const { priority, provider, links, declaration, follows } = document;
  return {
    priority: priority.level,
    ...(priority.why === undefined ? {} : { why: priority.why }),
    established: provider.established,
    links,
    declaration,
    ...(follows === undefined ? {} : { follows }),
    items: itemViews(document),
  };
}

function times<Name extends string>(found: Record<Name, string | null>): Partial<Record<Name, string>> {
  const known = Object.entries<string | null>(found).flatMap(([name, at]) =>
    at === null ? [] : [[name, utc(at)]],
  );
  return Object.fromEntries(known) as Partial<Record<Name, string>>;
}

function utc(instant: string): string {
  return new Date(instant).toISOString();
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
