import { randomBytes } from "node:crypto";
import {
  createClient,
  fileReport,
  type FilingEntry,
  type FilingFile,
  type FilingJournal,
  type FilingLease,
  type FilingResult,
  fromReport,
  parseFilingEntry,
  type WireReport,
} from "@fairlead/cybertipline";
import type { Claim, Report } from "@fairlead/report";
import { sql, type Selectable } from "kysely";
import { openForFiling } from "../access/index.ts";
import type { Station } from "../context.ts";
import { StationError } from "../errors.ts";
import { stepColumns } from "../effects/index.ts";
import type { Peer } from "../peers/index.ts";
import { readSecret } from "../seed.ts";
import { claimOf, type ReferralTable } from "../store/tables.ts";
import { applicationName } from "../worker-recovery.ts";
import { type Delivered, IN_OTHER_HANDS } from "./delivered.ts";

type Referral = Selectable<ReferralTable>;

/** Longer than any one call to the server may take, so that a worker that is alive never loses its lease. */
const LEASE_MS = 120_000;

/**
 * Files a report with a clearinghouse by CyberTipline: exactly once, whatever breaks in between. The journal is the referral's own
 * row; the wire's own `/retract` decides what an unknown outcome was.
 * @throws StationError `peer.*`
 */
export async function fileByCyberTipline(
  station: Station,
  referral: Referral,
  peer: Peer,
): Promise<Delivered | typeof IN_OTHER_HANDS> {
  const { cybertipline } = peer;
  if (cybertipline === null)
    throw new StationError("config.invalid", `The peer ${peer.id} has no account to file with.`, {
      audience: "operator",
    });
  const wire = await outgoing(station, referral, peer);
  const result = await fileReport({
    client: createClient({
      base: cybertipline.base,
      environment: cybertipline.environment,
      username: cybertipline.username,
      password: await readSecret(passwordFile(station, peer)),
      fetch: station.fetch,
      random: (count) => randomBytes(count),
      clock: station.clock,
    }),
    journal: journalOf(station, referral.id),
    lease: leaseOf(station, referral.id),
    clock: station.clock,
    key: referral.id,
    report: wire.document,
    files: await filesOf(station, referral, wire.files),
  });
  return outcomeOf(result);
}

function passwordFile(station: Station, peer: Peer): string {
  const path = station.config.peers.find((found) => found.id === peer.id)?.cybertipline?.passwordFile;
  if (path !== undefined) return path;
  throw new StationError("config.invalid", `The configuration has no password file for ${peer.id}.`, {
    audience: "operator",
  });
}

/** The report as it stood when the person decided: later claims belong to a later report, and a retry sends the same. */
async function outgoing(station: Station, referral: Referral, peer: Peer): Promise<WireReport> {
  const row = await station.db.kysely
    .selectFrom("report")
    .select("content")
    .where("id", "=", referral.report_id)
    .executeTakeFirstOrThrow();
  const claims = await station.db.kysely
    .selectFrom("claim")
    .selectAll()
    .where("report_id", "=", referral.report_id)
    .where("made_by", "is not", null)
    .where("made_at", "<=", referral.as_of)
    .orderBy("position")
    .execute();
  const content: Report = row.content;
  const report: Report = {
    ...content,
    claims: [...content.claims, ...claims.map((claim) => ours(content, claimOf(claim)))],
  };
  return fromReport(report, { issuer: peer.name });
}

/** A platform's reviewers speak for the platform: on the wire there is one sender. */
function ours(content: Report, claim: Claim): Claim {
  return { about: claim.about, source: { kind: "sender", name: content.sender.name }, states: claim.states };
}

async function filesOf(
  station: Station,
  referral: Referral,
  files: WireReport["files"],
): Promise<FilingFile[]> {
  const opened = await openForFiling(station, {
    referralId: referral.id,
    reportId: referral.report_id,
    decidedBy: referral.decided_by,
  });
  return files.flatMap(({ evidenceId, description, ...file }) => {
    const open = opened.get(evidenceId);
    return open === undefined
      ? []
      : [{ ...file, open, ...(description === undefined ? {} : { details: description }) }];
  });
}

function journalOf(station: Station, referralId: string): FilingJournal {
  return {
    async read() {
      const row = await station.db.kysely
        .selectFrom("referral")
        .select("journal")
        .where("id", "=", referralId)
        .executeTakeFirstOrThrow();
      return row.journal === null ? undefined : parseFilingEntry(row.journal);
    },
    async write(_key, entry) {
      const written = await station.db.kysely
        .updateTable("referral")
        .set({ journal: JSON.stringify(entry), ...stepOf(entry.state, station.clock()) })
        .where("id", "=", referralId)
        // A person may have ended it meanwhile: then nothing more is sent.
        .where("open", "=", true)
        .where("stage", "<>", "refused")
        .where(sql<boolean>`coalesce((journal ->> 'revision')::bigint, 0) = ${entry.revision - 1}`)
        .returning("id")
        .executeTakeFirst();
      return written !== undefined;
    },
  };
}

/** How far a filing is, in the words of every effect. What ends it is noted with its proof, or with what stands in the way. */
function stepOf(state: FilingEntry["state"], now: number) {
  switch (state.kind) {
    case "intent":
      return stepColumns("sent", 0, now);
    case "submitted":
      return stepColumns("named", 2 * state.files.length + state.files.filter(isDescribed).length, now);
    case "finishing":
      return stepColumns("finishing", 0, now);
    case "failing":
    case "failed":
    case "finished":
      return {};
  }
}

const isDescribed = (file: { isDescribed: boolean }) => file.isDescribed;

/**
 * The lease is written again only when half of it has run out: until then nobody else can have it but by our death.
 */
function leaseOf(station: Station, referralId: string): FilingLease {
  let renewAt = 0;
  return {
    async hold() {
      const now = station.clock();
      if (now < renewAt) return true;
      const held = await holdLease(station, referralId);
      renewAt = held ? now + LEASE_MS / 2 : 0;
      return held;
    },
  };
}

/** One worker at a time files; whoever was thought dead and is not is stopped by the journal's revisions. */
async function holdLease(station: Station, referralId: string): Promise<boolean> {
  const now = station.clock();
  const held = await station.db.kysely
    .updateTable("referral")
    .set({ lease_owner: station.processId, lease_until: new Date(now + LEASE_MS).toISOString() })
    .where("id", "=", referralId)
    .where((eb) =>
      eb.or([
        eb("lease_owner", "is", null),
        eb("lease_owner", "=", station.processId),
        eb("lease_until", "<", new Date(now).toISOString()),
        // A process without a session on this database has died: nobody waits for its lease to run out.
        eb.not(
          eb.exists(
            eb
              .selectFrom(sql<{ application_name: string }>`pg_stat_activity`.as("session"))
              .select("session.application_name")
              .where(
                "session.application_name",
                "=",
                eb.fn<string>("concat", [sql.lit(applicationName("")), "referral.lease_owner"]),
              ),
          ),
        ),
      ]),
    )
    .returning("id")
    .executeTakeFirst();
  return held !== undefined;
}

function outcomeOf(result: FilingResult): Delivered | typeof IN_OTHER_HANDS {
  switch (result.kind) {
    case "finished":
      return { remoteReference: result.reportId, receipt: result, isComplete: result.isComplete };
    case "failed":
      throw new StationError(
        "peer.refused-for-good",
        `The clearinghouse refused the report: ${result.failure.description}`,
        { audience: "reviewer", remedy: "Correct what it names and file it anew." },
      );
    case "pending": {
      const { message, retryAfterMs } = result.error;
      throw new StationError("peer.unreachable", `Not filed yet: ${message}`, {
        audience: "reviewer",
        ...(retryAfterMs === undefined ? {} : { retryAfterSeconds: Math.ceil(retryAfterMs / 1000) }),
      });
    }
    case "blocked":
      throw new StationError(
        "peer.refused",
        `A person must act before this can be filed: ${result.error.message}`,
        { audience: "reviewer" },
      );
    case "superseded":
      return IN_OTHER_HANDS;
  }
}
