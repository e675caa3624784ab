import { z } from "zod";
import { tokenSchema } from "./token.ts";
import type { Answer, AskedQuery } from "./query.ts";

/**
 * The log entry of a query at the station that asked: who asked for which matters, until when an answer is due, and what came. It is
 * written before the query is sent. A query without an answer is seen (`overdueQueries`); no answer is not "no hit".
 */
export const queryRecordSchema = z.strictObject({
  version: z.literal(1),
  query: z.uuid(),
  peer: z.string().min(1).max(64),
  year: z.int(),
  askedAt: z.iso.datetime(),
  owner: z.strictObject({ id: z.string().min(1).max(64), role: z.string().min(1).max(64) }),
  /** When the answer is due. */
  deadline: z.iso.datetime(),
  /** The matters that were asked for, this station's own numbers. */
  matters: z.array(z.string().min(1).max(64)).max(64),
  answeredAt: z.iso.datetime().optional(),
  /** Tokens that were meant and hit; each has a conflict of its own. */
  hits: z.array(tokenSchema).optional(),
});
export type QueryRecord = z.infer<typeof queryRecordSchema>;

/** The entry for a query that is about to be sent. @param hours until its answer is due */
export function askedRecord(
  { query }: AskedQuery,
  { owner, hours, matters }: { owner: QueryRecord["owner"]; hours: number; matters: readonly string[] },
): QueryRecord {
  const { id, to, year, askedAt } = query;
  const deadline = new Date(Date.parse(askedAt) + hours * 3_600_000).toISOString();
  return { version: 1, query: id, peer: to, year, askedAt, owner, deadline, matters: [...new Set(matters)] };
}

/** The entry with the answer that came; unchanged where the answer is another query's, another peer's or a second one. */
export function withAnswer(record: QueryRecord, asked: AskedQuery, answer: Answer): QueryRecord {
  const fits =
    answer.query === record.query && answer.from === record.peer && asked.query.id === record.query;
  if (!fits || record.answeredAt !== undefined) return record;
  const hits = answer.results.flatMap(({ hit, token }) => (hit && asked.interests.has(token) ? [token] : []));
  return { ...record, answeredAt: answer.answeredAt, hits };
}

/** Queries whose answer is due and has not come, the oldest first. @param now milliseconds since 1970 */
export function overdueQueries(records: readonly QueryRecord[], now: number): QueryRecord[] {
  return records
    .filter(({ answeredAt, deadline }) => answeredAt === undefined && now >= Date.parse(deadline))
    .sort((a, b) => (a.deadline < b.deadline ? -1 : 1));
}
