import { createHash } from "node:crypto";
import {
  answerQuery,
  type Answering,
  DEFAULT_QUERY_LIMITS,
  fullAllowance,
  type Hit,
  type Holding,
  openConflict,
  type QueryAllowance,
} from "@fairlead/assessment/deconfliction";
import { canonicalJson } from "@fairlead/report";
import { type Envelope, signStatement } from "@fairlead/sealing";
import type { FastifyInstance } from "fastify";
import { sql, type Transaction } from "kysely";
import { z } from "zod";
import { recordLeaf } from "../audit/index.ts";
import type { Station } from "../context.ts";
import { type Peer, signedByPeer } from "../peers/index.ts";
import { newId } from "../store/index.ts";
import type { Tables } from "../store/tables.ts";
import { keepConflicts } from "./conflicts.ts";
import { answerMessage, type AnswerMessage, queryMessage } from "./message.ts";
import { DUTY_LEAD } from "./note.ts";
import { keysOn } from "./pairs.ts";

type Tx = Transaction<Tables>;

/** Only to find the answer to a query that came before, and what might be held: the protocol judges its form. */
const roughQuery = z
  .looseObject({
    id: z.string().max(64).catch(""),
    year: z.int().min(2000).max(9999).catch(0),
    tokens: z.array(z.string().max(64)).max(1000).catch([]),
  })
  .catch({ id: "", year: 0, tokens: [] });

/** The door for other stations' queries: `POST /door/deconfliction`, a DSSE envelope signed by a pinned peer. */
export function deconflictionRoutes(app: FastifyInstance, station: Station): void {
  app.post("/door/deconfliction", { schema: { hide: true } }, async (request) => {
    const { body, peer } = await signedByPeer(station, request.body, queryMessage);
    return await answerPeer(station, peer, body.query, request.body as object);
  });
}

/**
 * Answers a query once: the log, the conflicts and the answer are stored before it leaves, and the same query gets the same answer
 * again, which costs the peer nothing. Answers to one peer are given one after the other.
 */
async function answerPeer(station: Station, peer: Peer, query: unknown, question: object): Promise<Envelope> {
  const now = station.clock();
  const rough = roughQuery.parse(query);
  const digest = createHash("sha256").update(canonicalJson(query)).digest();
  return await station.db.transaction(async (tx) => {
    const allowance = await takeAllowance(tx, peer.id, now);
    const earlier = await earlierAnswer(tx, peer.id, rough.id);
    if (earlier?.query_sha256.equals(digest) === true) return earlier.answer as Envelope;
    const answering = await judge(station, tx, peer, { query, rough, allowance, now });
    // An id that was used for another question is no id; what it costs, it costs.
    const outcome: Answering =
      earlier === undefined ? answering : { kind: "refused", why: "form", allowance: answering.allowance };
    await keepAllowance(tx, peer.id, outcome.allowance);
    const from = { from: station.config.station.id, to: peer.id };
    if (outcome.kind === "refused") {
      await noteQuery(tx, peer, rough.id, now, { refused: outcome.why });
      const retryAt =
        outcome.retryAt === undefined ? {} : { retryAt: new Date(outcome.retryAt).toISOString() };
      return await signed(station, {
        kind: "refused",
        ...from,
        query: rough.id,
        why: outcome.why,
        ...retryAt,
      });
    }
    await noteQuery(tx, peer, rough.id, now, { hits: outcome.hits.length });
    await openFor(station, tx, { peer, year: rough.year, now }, outcome.hits);
    const envelope = await signed(station, { kind: "answered", ...from, answer: outcome.answer });
    await tx
      .insertInto("deconfliction_answer")
      .values({
        peer_id: peer.id,
        query: rough.id,
        query_sha256: digest,
        question: JSON.stringify(question),
        answer: JSON.stringify(envelope),
        answered_at: new Date(now).toISOString(),
      })
      .execute();
    return envelope;
  });
}

async function judge(
  station: Station,
  tx: Tx,
  peer: Peer,
  {
    query,
    rough,
    allowance,
    now,
  }: { query: unknown; rough: z.infer<typeof roughQuery>; allowance: QueryAllowance; now: number },
): Promise<Answering> {
  const pair = station.deconfliction.get(peer.id);
  const isAgreed = keysOn(pair, now).some(({ year }) => year === rough.year);
  const holdings = new Map<number, ReadonlyMap<string, Holding>>();
  if (pair !== undefined && isAgreed)
    holdings.set(rough.year, await heldHere(tx, peer.id, rough, pair.contact));
  const here = {
    station: station.config.station.id,
    peer: peer.id,
    holdings,
    allowance,
    limits: DEFAULT_QUERY_LIMITS,
    newId: () => newId(now),
  };
  return answerQuery(query, here, now);
}

/** What this station holds of these tokens, in reports that are not closed; of several the first stands for it. */
async function heldHere(
  tx: Tx,
  peerId: string,
  { year, tokens }: { year: number; tokens: readonly string[] },
  contact: string,
): Promise<Map<string, Holding>> {
  const { rows } = await sql<{ token: string; report_id: string }>`
    select distinct on (held.token) held.token, held.report_id from deconfliction_holder held
    join report on report.id = held.report_id and report.status <> 'closed'
    where held.peer_id = ${peerId} and held.year = ${year} and held.token = any(${tokens}::text[])
    order by held.token, report.number`.execute(tx);
  return new Map(rows.map(({ token, report_id }) => [token, { desk: contact, matter: report_id }]));
}

async function openFor(
  station: Station,
  tx: Tx,
  { peer, year, now }: { peer: Peer; year: number; now: number },
  hits: readonly Hit[],
): Promise<void> {
  const hours = station.deconfliction.get(peer.id)?.conflictHours ?? 0;
  const owners = await ownersOf(tx, peer.id, year, hits);
  const found = hits.map(({ reference, token, matter, query }) => ({
    token,
    conflict: openConflict(
      { side: "was-asked", peer: peer.id, query, reference },
      { matter, owner: owners.get(token) ?? DUTY_LEAD, hours, newId: () => newId(now) },
      now,
    ),
  }));
  await keepConflicts(tx, { year, now }, found);
}

/** Who answers here for what was hit: whoever answered for it when it was noted. */
async function ownersOf(tx: Tx, peerId: string, year: number, hits: readonly Hit[]) {
  if (hits.length === 0) return new Map<string, typeof DUTY_LEAD>();
  const rows = await tx
    .selectFrom("deconfliction_token")
    .select(["token", "owner"])
    .where("peer_id", "=", peerId)
    .where("year", "=", year)
    .where(
      "token",
      "in",
      hits.map(({ token }) => token),
    )
    .execute();
  return new Map(rows.map(({ token, owner }) => [token, owner]));
}

/** Takes the peer's allowance into this transaction alone. */
async function takeAllowance(tx: Tx, peerId: string, now: number): Promise<QueryAllowance> {
  const full = fullAllowance(DEFAULT_QUERY_LIMITS, now);
  await tx
    .insertInto("deconfliction_allowance")
    .values({ peer_id: peerId, remaining: full.left, at: full.at })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const { remaining, at } = await tx
    .selectFrom("deconfliction_allowance")
    .select(["remaining", "at"])
    .where("peer_id", "=", peerId)
    .forUpdate()
    .executeTakeFirstOrThrow();
  return { left: remaining, at: Number(at) };
}

async function keepAllowance(tx: Tx, peerId: string, { left, at }: QueryAllowance): Promise<void> {
  await tx
    .updateTable("deconfliction_allowance")
    .set({ remaining: left, at })
    .where("peer_id", "=", peerId)
    .execute();
}

async function earlierAnswer(tx: Tx, peerId: string, query: string) {
  if (!z.uuid().safeParse(query).success) return undefined;
  return await tx
    .selectFrom("deconfliction_answer")
    .select(["query_sha256", "answer"])
    .where("peer_id", "=", peerId)
    .where("query", "=", query)
    .executeTakeFirst();
}

async function noteQuery(tx: Tx, peer: Peer, query: string, now: number, body: object): Promise<void> {
  await recordLeaf(tx, {
    kind: "deconfliction.answered",
    at: now,
    actor: `peer:${peer.id}`,
    body: { query, ...body },
  });
}

async function signed(station: Station, body: AnswerMessage): Promise<Envelope> {
  return await signStatement(answerMessage, body, [station.keys.signing]);
}
