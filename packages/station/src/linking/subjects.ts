import { type Bridge, openSubjectIndex } from "@fairlead/assessment";
import type { Principal } from "../access/index.ts";
import { recordLeaf } from "../audit/index.ts";
import type { Station } from "../context.ts";
import { StationError } from "../errors.ts";
import { addJob } from "../jobs.ts";
import { sqlFile } from "../sql-file.ts";
import { isoFromJson, newId } from "../store/index.ts";
import type { ReferralState, ReportStatus } from "../store/tables.ts";
import { heldAmong } from "./derive.ts";
import { linkNode, type Node, nodeOfName } from "./node.ts";

const SUBJECT_OF = sqlFile(import.meta.url, "./subject-of.sql");
const SUBJECTS_OF_IDS = `${SUBJECT_OF} = any($1::text[])`;
const SUBJECTS_OF_REPORT = `${SUBJECT_OF} in (select subject from subject_member where report_id = $1) order by subject.id`;
const SUBJECT_REPORTS = sqlFile(import.meta.url, "./subject-reports.sql");

/** Why a subject waits for a person to look at it. */
export type Frozen = "too-large" | "different-persons";

export interface SubjectFacts {
  /** The name of its first member. */
  id: string;
  members: number;
  reports: number;
  since: string;
  newest: string;
  tier: number | null;
  /** Reports that nobody has worked yet, and outcomes of all. */
  open: number;
  outcomes: number;
  owner: { id: string; name: string; since: string; by: string } | null;
  /** Why it is frozen, and whether a person has looked at that. */
  frozen: Frozen[];
  look: { members: number; why: string[]; reason: string; name: string; at: string } | null;
  isWaiting: boolean;
}

/** The subjects of these ids, as they are headed. */
async function readSubjects(station: Station, ids: readonly string[]): Promise<SubjectFacts[]> {
  const { rows } = await station.db.pool.query<SubjectRow>(SUBJECTS_OF_IDS, [ids]);
  return rows.map((row) => factsOf(station, row));
}

/** The subjects of a report's persons, each once, as they are headed. */
export async function subjectsOfReport(station: Station, reportId: string): Promise<SubjectFacts[]> {
  const { rows } = await station.db.pool.query<SubjectRow>(SUBJECTS_OF_REPORT, [reportId]);
  return rows.map((row) => factsOf(station, row));
}

type SubjectRow = Omit<SubjectFacts, "frozen" | "isWaiting"> & { conflict: boolean };

function factsOf(station: Station, { conflict, ...row }: SubjectRow): SubjectFacts {
  const frozen: Frozen[] = [
    ...(row.members > station.rules.linking.maxComponent ? (["too-large"] as const) : []),
    ...(conflict ? (["different-persons"] as const) : []),
  ];
  const { look, owner } = row;
  // What somebody let pass is as large as it was then: it asks again when it has doubled, or for another reason.
  const isPassed =
    look !== null && row.members < 2 * look.members && frozen.every((why) => look.why.includes(why));
  return {
    ...row,
    owner: owner === null ? null : { ...owner, since: isoFromJson(owner.since) },
    look: look === null ? null : { ...look, at: isoFromJson(look.at) },
    frozen,
    isWaiting: frozen.length > 0 && !isPassed,
  };
}

/**
 * Finds the subject of an id, or of a member's name that was its id before it was merged.
 * @throws StationError `not-found`
 */
export async function findSubject(station: Station, id: string): Promise<SubjectFacts> {
  const node = nodeOfName(id);
  const place =
    node === undefined
      ? undefined
      : await station.db.kysely
          .selectFrom("subject_member")
          .select("subject")
          .where("report_id", "=", node.report_id)
          .where("person", "=", node.person)
          .executeTakeFirst();
  const [facts] = place === undefined ? [] : await readSubjects(station, [place.subject]);
  if (facts !== undefined) return facts;
  throw new StationError("not-found", "No reports are joined under this subject any more.", {
    remedy: "Open the report that you came from: its links show whom it belongs with now.",
  });
}

export interface SubjectReport {
  id: string;
  number: string;
  received_at: string;
  sender: string;
  incident: string;
  status: ReportStatus;
  tier: number | null;
  level: number | null;
  persons: string[];
  outcomes: string[];
  referrals: Array<{ peer: string; by: string; at: string; state: ReferralState }>;
}

/** A page of a subject's reports, the newest first. */
export async function subjectReports(
  station: Station,
  subject: string,
  after: string | undefined,
  limit: number,
): Promise<{ reports: SubjectReport[]; next: string | undefined }> {
  const { rows } = await station.db.pool.query<SubjectReport>(SUBJECT_REPORTS, [
    subject,
    after ?? null,
    limit + 1,
  ]);
  const reports = rows.slice(0, limit).map((row) => ({
    ...row,
    referrals: row.referrals.map((each) => ({ ...each, at: isoFromJson(each.at) })),
  }));
  return { reports, next: rows.length > limit ? reports.at(-1)?.id : undefined };
}

/** What holds a frozen subject together at one place only, the most even split first: where to look before it is used. */
export async function subjectBridges(station: Station, subject: string): Promise<Bridge[]> {
  const nodes: Node[] = await station.db.kysely
    .selectFrom("subject_member")
    .select(["report_id", "person"])
    .where("subject", "=", subject)
    .execute();
  const [first] = nodes;
  if (first === undefined) return [];
  const { held, decisions } = await station.db.transaction((tx) => heldAmong(tx, nodes));
  const index = openSubjectIndex(station.rules.linking);
  for (const report of held) index.add(report);
  for (const decision of decisions) index.decide(decision);
  return index.subjectOf(linkNode(first))?.bridges ?? [];
}

/** Gives a subject to somebody, with a leaf. It stays with its first member when subjects merge or fall apart. */
export async function assignSubject(
  station: Station,
  { id }: SubjectFacts,
  { owner, reason }: { owner: string; reason?: string | undefined },
  by: Principal,
): Promise<void> {
  const now = station.clock();
  const node = nodeOfName(id);
  if (node === undefined) throw new Error(`${id} is no subject's id`);
  await station.db.transaction(async (tx) => {
    const person = await tx
      .selectFrom("person")
      .select("id")
      .where("id", "=", owner)
      .where("disabled_at", "is", null)
      .executeTakeFirst();
    if (person === undefined)
      throw new StationError("request.invalid", "Nobody of that name works here.", {
        remedy: "Choose somebody who does.",
        problems: [{ path: "/owner", message: "is nobody of this station" }],
      });
    await tx
      .insertInto("subject_owner")
      .values({
        id: newId(now),
        ...node,
        owner,
        reason: reason ?? null,
        assigned_by: by.id,
        assigned_at: new Date(now).toISOString(),
      })
      .execute();
    await addJob(tx, "note-interests", { reportId: node.report_id }, node.report_id);
    await recordLeaf(tx, {
      kind: "subject.assigned",
      at: now,
      actor: `person:${by.id}`,
      reportId: node.report_id,
      body: { subject: id, owner, ...(reason === undefined ? {} : { reason }) },
    });
  });
}

/**
 * A person looked at a subject that waited, and lets it pass as it is.
 * @throws StationError `conflict` when it does not wait
 */
export async function lookAtSubject(
  station: Station,
  { id, members, frozen, isWaiting }: SubjectFacts,
  reason: string,
  by: Principal,
): Promise<void> {
  const now = station.clock();
  const node = nodeOfName(id);
  if (!isWaiting || node === undefined)
    throw new StationError("conflict", "This subject does not wait for anybody to look at it.", {
      remedy: "Nothing is left to do; the page shows who looked at it.",
    });
  await station.db.transaction(async (tx) => {
    const looked = { members, why: frozen, reason, looked_by: by.id, looked_at: new Date(now).toISOString() };
    await tx
      .insertInto("subject_look")
      .values({ id: newId(now), ...node, ...looked })
      .execute();
    await recordLeaf(tx, {
      kind: "subject.looked-at",
      at: now,
      actor: `person:${by.id}`,
      reportId: node.report_id,
      body: { subject: id, members, why: frozen, reason },
    });
  });
}
