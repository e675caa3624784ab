import type {
  AnswerRecord,
  Assessment,
  AssessmentContext,
  HourHabit,
  Safeguarding,
} from "@fairlead/assessment";
import type { Claim, Report } from "@fairlead/report";
import { manifestIn, type Envelope } from "@fairlead/sealing";
import type { Station } from "../context.ts";
import { tierName } from "../desk-api/words.ts";
import { sqlFile } from "../sql-file.ts";
import { type HoursGround, hoursGround } from "./sender-hours.ts";
import {
  ANSWERS_OF_REPORT,
  type ClaimJson,
  CLAIMS_OF_REPORT,
  claimsFromJson,
  isoFromJson,
} from "../store/index.ts";

const CONTEXT = sqlFile(import.meta.url, "./context.sql")
  .replace("/*claims*/", CLAIMS_OF_REPORT)
  .replace("/*answers*/", ANSWERS_OF_REPORT);

interface Row {
  content: Report;
  received_at: string;
  queue_key: string | null;
  assessed_at: string | null;
  changes_at: string | null;
  assessed_by: string | null;
  answers: AnswerRecord[];
  /** Of the package that the report came in. */
  envelope: Envelope | null;
  last: Assessment | null;
  safeguarding: Safeguarding | null;
  paged: string[];
  read_tier: number | null;
  read_activity: string | null;
  read_addresses: string[] | null;
  read_hours: boolean | null;
  claims: ClaimJson[];
  lowering: {
    tier: number;
    reason: string;
    seen: string[];
    role: string;
    decided_by: string;
    decided_at: string;
  } | null;
  linked_tier: number | null;
  linked_newest: string | null;
  linked_addresses: string[] | null;
  hours: HourHabit["days"] | null;
}

/** What an assessment rests on, as it stood at one moment. */
export interface AssessmentGround {
  report: Report;
  /** Claims that were added since the report came. */
  claims: Claim[];
  context: AssessmentContext;
  receivedAt: string;
  last: Assessment | undefined;
  /** What the rules said last of a child. */
  safeguarding: Safeguarding | undefined;
  /** Keys of the triggers that a person was called for. */
  paged: string[];
  queueKey: string | null;
  /** When the last assessment was kept: it changes with each. */
  assessedAt: string | null;
  /** When time alone changes it, as the last assessment had it. */
  changesAt: string | null;
  /** The version of the rules that the last one was made by. */
  assessedBy: string | null;
  /** What this one reads of other reports, and what the last one did. */
  reads: Reading;
  lastReads: Reading;
  /** What the report shows of its sender's clock and reads of it; `undefined` if it shows no hour. */
  hours: HoursGround | undefined;
}

/** What an assessment reads of other reports: of those of the same person, and of those of the same sender. */
export interface Reading {
  /** The most urgent tier of the person's. */
  tier: number | null;
  /** The newest activity of the person's. */
  activity: string | null;
  /** Addresses of the person's that one of the report's own may be, mistyped, in order; null: none. */
  addresses: string[] | null;
  /** Whether the sender's show a clock from 1 to 12; null where the report shows no hour. */
  twelveHour: boolean | null;
}

/** Gathers what only the station knows of a report; `undefined` if there is no such report. */
export async function groundOf(
  station: Pick<Station, "config" | "db">,
  reportId: string,
): Promise<AssessmentGround | undefined> {
  const { rows } = await station.db.pool.query<Row>(CONTEXT, [reportId]);
  const row = rows[0];
  if (row === undefined) return undefined;
  const { id, name, profile } = station.config.station;
  const hours = hoursGround(row.content, row.received_at, row.hours);
  return {
    report: row.content,
    claims: claimsFromJson(row.claims),
    receivedAt: row.received_at,
    last: row.last ?? undefined,
    safeguarding: row.safeguarding ?? undefined,
    paged: row.paged,
    queueKey: row.queue_key,
    assessedAt: row.assessed_at,
    changesAt: row.changes_at,
    assessedBy: row.assessed_by,
    reads: {
      tier: row.linked_tier,
      activity: row.linked_newest,
      addresses: row.linked_addresses,
      twelveHour: hours?.twelveHour ?? null,
    },
    lastReads: {
      tier: row.read_tier,
      activity: row.read_activity,
      addresses: row.read_addresses,
      twelveHour: row.read_hours,
    },
    hours,
    context: {
      station: { id, name, profile },
      receivedAt: row.received_at,
      firstReportedAt: row.envelope === null ? row.received_at : firstReceived(row.envelope),
      // Every door of this station knows who knocks: by account or by a pinned key.
      senderAuthenticated: true,
      handOffs: "signed",
      custody: "intact",
      ...(row.answers.length === 0 ? {} : { answers: row.answers }),
      linkedTier: row.linked_tier === null ? undefined : tierName(row.linked_tier),
      lastLinkedActivityAt: row.linked_newest ?? undefined,
      ...(row.linked_addresses === null ? {} : { linkedAddresses: row.linked_addresses }),
      senderHours: hours?.twelveHour === true ? "twelve-hour" : undefined,
      previousTier: row.last?.urgency.tier,
      lowering:
        row.lowering === null
          ? undefined
          : {
              by: { kind: "person", id: row.lowering.decided_by, role: row.lowering.role },
              to: tierName(row.lowering.tier),
              reason: row.lowering.reason,
              at: isoFromJson(row.lowering.decided_at),
              seen: row.lowering.seen,
            },
    },
  };
}

/** When the provider made its report: at the first station whose signed statement came with the package. */
function firstReceived(envelope: Envelope): string | undefined {
  const received = manifestIn(envelope).custody.flatMap(({ statement }) => {
    const at = receivedIn(statement);
    return at === undefined ? [] : [at];
  });
  return received.toSorted()[0];
}

function receivedIn(statement: Envelope): string | undefined {
  const body: unknown = JSON.parse(Buffer.from(statement.payload, "base64").toString("utf8"));
  const received = (body as { received?: { at?: unknown } }).received?.at;
  return typeof received === "string" ? received : undefined;
}
