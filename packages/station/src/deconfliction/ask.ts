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
import { parseVerifyingKey, SealingError, signStatement, verifyStatement } from "@fairlead/sealing";
import type { Transaction } from "kysely";
import { recordLeaves } from "../audit/index.ts";
import type { Station } from "../context.ts";
import { StationError } from "../errors.ts";
import { exchange, findPeer, notePeer, type Peer, retryDelayMs } from "../peers/index.ts";
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
const REFUSED_RETRY_MS = 3_600_000;

interface Open {
  query: Query;
  record: QueryRecord;
  attempts: number;
  nextAttemptAt: number;
}

/**
 * Asks a peer what is to be asked, one query at a time; each is stored before it leaves. A query that was lost, or whose answer was, is
 * sent again as it was: the peer answers the same. What comes meanwhile gathers for the next one, so a peer's limit makes fuller
 * batches.
 */
export async function askPeer(station: Station, { peerId }: { peerId: string }): Promise<void> {
  const pair = station.deconfliction.get(peerId);
  if (pair === undefined) return;
  const peer = await findPeer(station.db.kysely, peerId);
  for (;;) {
    const now = station.clock();
    const open = await station.db.transaction(
      async (tx) => (await openQuery(tx, peerId, now)) ?? (await intend(station, tx, peerId, pair, now)),
    );
    if (open === undefined) return;
    if (open.nextAttemptAt > now) {
      await wakeAsking(station.db.kysely, peerId, now, open.nextAttemptAt);
      return;
    }
    const answered = await send(station, peer, open);
    if (!answered) return;
  }
}

/** The query that waits for its answer. One whose year is over has lost its key, and is let go. */
async function openQuery(tx: Transaction<Tables>, peerId: string, now: number): Promise<Open | undefined> {
  const row = await tx
    .selectFrom("deconfliction_query")
    .select(["id", "year", "query", "record", "attempts", "next_attempt_at"])
    .where("peer_id", "=", peerId)
    .where("state", "=", "asking")
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) return undefined;
  if (!yearsOn(new Date(now).toISOString().slice(0, 10)).includes(row.year)) {
    await tx.updateTable("deconfliction_query").set({ state: "lapsed" }).where("id", "=", row.id).execute();
    return undefined;
  }
  const { query, record, attempts } = row;
  return { query, record, attempts, nextAttemptAt: Date.parse(row.next_attempt_at) };
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
      state: "asking",
      last_error: null,
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
async function send(station: Station, peer: Peer, open: Open): Promise<boolean> {
  const now = station.clock();
  const own = station.config.station.id;
  const message = await signStatement(
    queryMessage,
    { from: own, to: peer.id, sentAt: new Date(now).toISOString(), query: open.query },
    [station.keys.signing],
  );
  try {
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
    if (body.kind === "answered") {
      await settle(station, peer, open, body.answer, envelope as object);
      return true;
    }
    const retryAt = body.retryAt === undefined ? now + REFUSED_RETRY_MS : Date.parse(body.retryAt);
    await postpone(station, peer, open, `The peer does not answer this: ${body.why}.`, retryAt);
  } catch (error) {
    if (!(error instanceof StationError) && !(error instanceof SealingError)) throw error;
    const words = error instanceof StationError ? error.message : "The peer's answer cannot be verified.";
    await postpone(station, peer, open, words, now + retryDelayMs(open.attempts + 1));
  }
  return false;
}

function queryOf(body: AnswerMessage): string {
  return body.kind === "answered" ? body.answer.query : body.query;
}

async function postpone(
  station: Station,
  peer: Peer,
  { query, attempts }: Open,
  words: string,
  retryAt: number,
): Promise<void> {
  const now = station.clock();
  station.log.warn({ peer: peer.id }, "deconfliction.not-answered");
  await station.db.transaction(async (tx) => {
    await tx
      .updateTable("deconfliction_query")
      .set({
        attempts: attempts + 1,
        last_error: words.slice(0, 500),
        next_attempt_at: new Date(Math.max(retryAt, now + 1)).toISOString(),
      })
      .where("id", "=", query.id)
      .where("state", "=", "asking")
      .execute();
    await notePeer(tx, peer.id, now, words);
    await wakeAsking(tx, peer.id, now, retryAt);
  });
}

/** The answer, what it opens, and their leaves: all or nothing. */
async function settle(
  station: Station,
  peer: Peer,
  { query, record }: Open,
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
        state: "answered",
        last_error: null,
        answered_at: new Date(now).toISOString(),
        answer: JSON.stringify(envelope),
        record: JSON.stringify(withAnswer(record, asked, answerSchema.parse(answer))),
      })
      .where("id", "=", query.id)
      .where("state", "=", "asking")
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
  });
}
