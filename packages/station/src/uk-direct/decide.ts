import { ukDueAt, type UkProblem, ukProblemsOf } from "@fairlead/report/uk-direct";
import type { Transaction } from "kysely";
import type { Principal } from "../access/index.ts";
import { recordLeaf } from "../audit/index.ts";
import type { Station } from "../context.ts";
import { StationError } from "../errors.ts";
import { addJob } from "../jobs.ts";
import { findPeer, type Peer } from "../peers/index.ts";
import type { Tables } from "../store/tables.ts";
import { type Composed, composeUkReport, type FormChoices } from "./compose.ts";

export interface NewUkFiling {
  /** The form's own id: submitting a form twice is one decision. */
  id: string;
  peer: string;
  choices: FormChoices;
}

/**
 * A person's decision to make a UK direct report (law 7): the document as it stands now, the referral, its leaf and its job in one
 * transaction. What goes or went by a clearinghouse is not made twice; the report's row is locked, so that of two decisions at
 * once the second sees the first.
 * @throws StationError `peer.unknown`, `request.invalid` with the rules that refuse it, `conflict`
 */
export async function decideUkFiling(
  station: Station,
  reportId: string,
  filing: NewUkFiling,
  by: Principal,
): Promise<void> {
  const peer = await findPeer(station.db.kysely, filing.peer);
  if (peer.wire !== "uk-direct")
    throw new StationError("request.invalid", `${peer.name} takes no UK direct reports.`, {
      remedy: "Choose a peer whose wire is uk-direct.",
      problems: [{ path: "/peer", message: "is not a peer that takes direct reports" }],
    });
  await station.db.transaction(async (tx) => {
    await tx.selectFrom("report").select("id").where("id", "=", reportId).forUpdate().execute();
    if (await isDecided(tx, filing.id, reportId)) return;
    const asked = { reportId, peer, number: filing.id, by, choices: filing.choices };
    const composed = await composeUkReport(station, tx, asked);
    refuseWhatIsNotMade(composed, station.clock());
    const sequence = await nextOf(tx, reportId, peer, filing.choices.follows);
    await write(station, tx, { filing, reportId, peer, by, composed, sequence });
  });
}

async function isDecided(tx: Transaction<Tables>, id: string, reportId: string): Promise<boolean> {
  const earlier = await tx.selectFrom("referral").select("report_id").where("id", "=", id).executeTakeFirst();
  if (earlier === undefined || earlier.report_id === reportId) return earlier !== undefined;
  throw new StationError("conflict", "This form's number belongs to another report.", {
    remedy: "Open the form again from the report's page.",
  });
}

function refuseWhatIsNotMade({ duty, document }: Composed, now: number): void {
  if (!duty.made && duty.code === "uk.duty.covered")
    throw new StationError("conflict", `This report goes by ${duty.covering.by}: it is not made twice.`, {
      remedy: "What is reported under arrangements with an agency abroad is not reported directly as well.",
      problems: [{ path: "/", message: duty.code }],
    });
  const problems = ukProblemsOf(document, now).filter(({ weight }) => weight === "refuses");
  if (problems.length > 0) throw invalid(problems);
}

function invalid(problems: readonly UkProblem[]): StationError {
  return new StationError("request.invalid", "The report cannot be made yet.", {
    remedy: "Correct what is named below.",
    problems: problems.map(({ path, message, remedy }) => ({ path, message, remedy })),
  });
}

/** One first report; after it, subsequent ones that name a reference, one at a time. */
async function nextOf(
  tx: Transaction<Tables>,
  reportId: string,
  peer: Peer,
  follows: string | undefined,
): Promise<number> {
  const earlier = await tx
    .selectFrom("referral")
    .select(["sequence", "state", "open"])
    .where("report_id", "=", reportId)
    .where("peer_id", "=", peer.id)
    .orderBy("sequence")
    .execute();
  const last = earlier.at(-1);
  if (last === undefined) return 0;
  if (last.open)
    throw new StationError("conflict", `A report to ${peer.name} is on its way.`, {
      remedy: "Wait for its reference; a subsequent report names it.",
    });
  if (last.state === "delivered" && follows === undefined)
    throw new StationError("conflict", `This report was made to ${peer.name} already.`, {
      remedy: "Make a subsequent report that names the first one's reference.",
      problems: [{ path: "/choices/follows", message: "names no earlier report" }],
    });
  return last.sequence + 1;
}

interface Written {
  filing: NewUkFiling;
  reportId: string;
  peer: Peer;
  by: Principal;
  composed: Composed;
  sequence: number;
}

async function write(station: Station, tx: Transaction<Tables>, written: Written): Promise<void> {
  const { filing, reportId, peer, by, composed, sequence } = written;
  const { document, left, receivedAt } = composed;
  const now = station.clock();
  const decidedAt = new Date(now).toISOString();
  const { level, why } = document.priority;
  await tx
    .insertInto("referral")
    .values({
      id: filing.id,
      report_id: reportId,
      peer_id: peer.id,
      sequence,
      agency: null,
      reason: why ?? level,
      decided_by: by.id,
      decided_at: decidedAt,
      as_of: decidedAt,
      moved_at: decidedAt,
      journal: null,
      lease_owner: null,
      lease_until: null,
      next_attempt_at: decidedAt,
      remote_reference: null,
      receipt: null,
      delivered_at: null,
    })
    .execute();
  await tx
    .insertInto("uk_filing")
    .values({
      referral_id: filing.id,
      report_id: reportId,
      priority: level,
      known_at: receivedAt,
      due_at: new Date(ukDueAt(level, Date.parse(receivedAt))).toISOString(),
      document: JSON.stringify(document),
      left_behind: JSON.stringify(left),
      sending_since: null,
      reference: null,
      issued_at: null,
      reference_until: null,
      content_until: null,
      relevant_from: null,
      relevant_to: null,
    })
    .execute();
  await tx.updateTable("report").set({ status: "referred" }).where("id", "=", reportId).execute();
  await recordLeaf(tx, {
    kind: "referral.decided",
    at: now,
    actor: `person:${by.id}`,
    reportId,
    body: { referral: filing.id, peer: peer.id, agency: null, ukPriority: level },
  });
  await addJob(tx, "advance-referral", { referralId: filing.id }, filing.id);
  if (station.deconfliction.size > 0) await addJob(tx, "note-interests", { reportId }, reportId);
}
