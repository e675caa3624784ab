import {
  answerSchema,
  type AskedQuery,
  askedRecord,
  conflictsIn,
  type Answer,
  type Interest,
  makeQueries,
  type Query,
  type QueryRecord,
  withAnswer,
  yearsOn,
} from "@fairlead/assessment/deconfliction";
import { parseVerifyingKey, signStatement, verifyStatement } from "@fairlead/sealing";
import type { Transaction } from "kysely";
import { recordLeaves } from "../audit/index.ts";
import type { Station } from "../context.ts";
import { StationError } from "../errors.ts";
import { confirmedColumns, happenTo, noteFailure, noteRecovery, stepColumns } from "../effects/index.ts";
import { exchange, findPeer, notePeer, type Peer } from "../peers/index.ts";
import { newId } from "../store/index.ts";
import type { Tables } from "../store/tables.ts";
import { keepConflicts } from "./conflicts.ts";
import { askingAt } from "./crypto.ts";
import { answerMessage, type AnswerMessage, queryMessage } from "./message.ts";
import { keysOn, type Pair } from "./pairs.ts";
import { wakeAsking } from "./wake.ts";

const TIMEOUT_MS = 20_000;
/** Tokens that one query means at most: the protocol's batch. */
const AT_ONCE = 64;
/** After a refusal that time alone does not mend; a person sees it meanwhile. */
const REFUSED_RETRY_SECONDS = 3600;

interface Open {
  query: Query;
  record: QueryRecord;
  attempts: number;
  nextAttemptAt: number | null;
}

/**
 * Asks a peer what is to be asked, one query at a time; each is stored before it leaves. A query that was lost, or whose answer was, is
 * sent again as it was: the peer answers the same. What comes meanwhile gathers for the next one, so a peer's limit makes fuller
 * batches.
 */
export async function askPeer(station: Station, { peerId }: { peerId: string }): Promise<void> {
  const pair = station.deconfliction.get(peerId);
  if (pair === undefined) return;
  for (;;) {
    const now = station.clock();
    const open = await station.db.transaction(
      async (tx) => (await openQuery(tx, peerId, now)) ?? (await intend(station, tx, peerId, pair, now)),
    );
    if (open === undefined) return;
    // Refused: a person goes on.
    if (open.nextAttemptAt === null) return;
    if (open.nextAttemptAt > now) {
      await wakeAsking(station.db.kysely, peerId, now, open.nextAttemptAt);
      return;
    }
    const answered = await send(station, peerId, open);
    if (!answered) return;
  }
}

/** The query that waits for its answer. One whose year is over has lost its key, and is let go. */
async function openQuery(tx: Transaction<Tables>, peerId: string, now: number): Promise<Open | undefined> {
  const row = await tx
    .selectFrom("deconfliction_query")
    .select(["id", "year", "query", "record", "attempts", "next_attempt_at"])
    .where("peer_id", "=", peerId)
    .where("open", "=", true)
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) return undefined;
  if (!yearsOn(new Date(now).toISOString().slice(0, 10)).includes(row.year)) {
    await happenTo(tx, "ask-peer", [row.id], { kind: "lapsed" }, { at: now, words: null });
    return undefined;
  }
  const { query, record, attempts } = row;
  const nextAttemptAt = row.next_attempt_at === null ? null : Date.parse(row.next_attempt_at);
  return { query, record, attempts, nextAttemptAt };
}

/** Makes the next query of what was noted and not asked, with its leaves, one for each matter. */
async function intend(
  station: Station,
  tx: Transaction<Tables>,
  peerId: string,
  pair: Pair,
  now: number,
): Promise<Open | undefined> {
  const [key] = keysOn(pair, now);
  if (key === undefined) return undefined;
  const rows = await tx
    .selectFrom("deconfliction_token")
    .select(["token", "interest", "report_id", "owner"])
    .where("peer_id", "=", peerId)
    .where("year", "=", key.year)
    .where("query", "is", null)
    .orderBy("noted_at")
    .limit(AT_ONCE)
    .execute();
  const at = new Date(now).toISOString();
  const [asked] = makeQueries(
    rows.map(({ interest }) => interest),
    { from: station.config.station.id, to: peerId, key, askedAt: at },
    askingAt(now),
  );
  const [first] = rows;
  if (asked === undefined || first === undefined) return undefined;
  const matters = [...new Set(rows.map(({ report_id }) => report_id))];
  const record = askedRecord(asked, { owner: first.owner, hours: pair.answerHours, matters });
  const { query } = asked;
  await tx
    .insertInto("deconfliction_query")
    .values({
      id: query.id,
      peer_id: peerId,
      year: query.year,
      record: JSON.stringify(record),
      query: JSON.stringify(query),
      moved_at: at,
      next_attempt_at: at,
      deadline: record.deadline,
      answered_at: null,
      answer: null,
    })
    .execute();
  await tx
    .updateTable("deconfliction_token")
    .set({ query: query.id })
    .where("peer_id", "=", peerId)
    .where("year", "=", query.year)
    .where("token", "in", [...asked.interests.keys()])
    .execute();
  await recordLeaves(
    tx,
    matters.map((reportId) => ({
      kind: "deconfliction.asked",
      at: now,
      actor: "station",
      reportId,
      body: { query: query.id, peer: peerId },
    })),
  );
  return { query, record, attempts: 0, nextAttemptAt: now };
}

/** @returns whether the peer answered the question */
async function send(station: Station, peerId: string, open: Open): Promise<boolean> {
  const now = station.clock();
  const own = station.config.station.id;
  try {
    const peer = await findPeer(station.db.kysely, peerId);
    const message = await signStatement(
      queryMessage,
      { from: own, to: peer.id, sentAt: new Date(now).toISOString(), query: open.query },
      [station.keys.signing],
    );
    // From now on it may have arrived (law 8).
    await station.db.kysely
      .updateTable("deconfliction_query")
      .set(stepColumns("sent", 0, now))
      .where("id", "=", open.query.id)
      .where("stage", "=", "intended")
      .execute();
    const envelope = await exchange({
      fetch: station.fetch,
      method: "POST",
      url: `${peer.url}/door/deconfliction`,
      contentType: "application/json",
      body: new TextEncoder().encode(JSON.stringify(message)),
      timeoutMs: TIMEOUT_MS,
    });
    const { body } = verifyStatement(envelope, [parseVerifyingKey(peer.verify_key)], answerMessage);
    if (body.from !== peer.id || body.to !== own || queryOf(body) !== open.query.id)
      throw new StationError("peer.answer-invalid", "The peer's answer is not to what it was asked.", {
        audience: "reviewer",
      });
    if (body.kind === "refused") throw refusal(body, now);
    await settle(station, peer, open, body.answer, envelope as object);
    return true;
  } catch (error) {
    const failed = { kind: "ask-peer", peerId, ids: [open.query.id] } as const;
    await noteFailure(station, failed, error, async (tx, moved) => {
      for (const { now: after } of moved)
        if (after.nextAt !== null) await wakeAsking(tx, peerId, now, after.nextAt);
    });
    return false;
  }
}

/** A peer that names a time has had enough for now; one that names none will not answer before a person acts. */
function refusal({ why, retryAt }: { why: string; retryAt?: string | undefined }, now: number): StationError {
  return new StationError(
    retryAt === undefined ? "peer.refused" : "peer.unreachable",
    `The peer does not answer this: ${why}.`,
    {
      audience: "reviewer",
      retryAfterSeconds:
        retryAt === undefined
          ? REFUSED_RETRY_SECONDS
          : Math.max(0, Math.ceil((Date.parse(retryAt) - now) / 1000)),
    },
  );
}

function queryOf(body: AnswerMessage): string {
  return body.kind === "answered" ? body.answer.query : body.query;
}

/** The answer, what it opens, and their leaves: all or nothing. */
async function settle(
  station: Station,
  peer: Peer,
  { query, record, attempts }: Open,
  answer: Answer,
  envelope: object,
): Promise<void> {
  const now = station.clock();
  await station.db.transaction(async (tx) => {
    const rows = await tx
      .selectFrom("deconfliction_token")
      .select(["token", "interest", "report_id", "owner"])
      .where("query", "=", query.id)
      .execute();
    const asked: AskedQuery = {
      query,
      interests: new Map(rows.map(({ token, interest }) => [token, interest])),
    };
    const taken = await tx
      .updateTable("deconfliction_query")
      .set({
        ...confirmedColumns(now),
        answered_at: new Date(now).toISOString(),
        answer: JSON.stringify(envelope),
        record: JSON.stringify(withAnswer(record, asked, answerSchema.parse(answer))),
      })
      .where("id", "=", query.id)
      .where("open", "=", true)
      .executeTakeFirst();
    if (taken.numUpdatedRows === 0n) return;
    const hours = station.deconfliction.get(peer.id)?.conflictHours ?? 0;
    // By each interest alone, because a conflict does not say of which token it is, and its matter is that token's report.
    const found = rows.flatMap(({ token, interest, report_id, owner }) =>
      conflictsIn(
        { query, interests: new Map<string, Interest>([[token, interest]]) },
        answer,
        () => ({ matter: report_id, owner, hours, newId: () => newId(now) }),
        now,
      ).map((conflict) => ({ conflict, token })),
    );
    await keepConflicts(tx, { year: query.year, now }, found);
    await notePeer(tx, peer.id, now);
    if (attempts > 0)
      await noteRecovery(tx, { kind: "ask-peer", peerId: peer.id }, now, async () => undefined);
  });
}
