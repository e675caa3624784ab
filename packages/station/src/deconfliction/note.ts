import { identifierKey } from "@fairlead/assessment";
import { type Interest, interestOf, type QueryRecord, tokenOf } from "@fairlead/assessment/deconfliction";
import type { Report } from "@fairlead/report";
import { sql, type Transaction } from "kysely";
import type { Station } from "../context.ts";
import { valueStandings } from "../linking/index.ts";
import type { Tables } from "../store/tables.ts";
import { hmac } from "./crypto.ts";
import { keysOn } from "./pairs.ts";
import { wakeAsking } from "./wake.ts";

/** Who answers for a question that a machine asked: whoever leads at the time. */
export const DUTY_LEAD: QueryRecord["owner"] = { id: "duty", role: "lead" };

/**
 * Notes what a report lets this station ask its peers and be asked by them, and has the peers asked. Can be run any number of times;
 * each value is asked about once in a year.
 */
export async function noteInterests(station: Station, { reportId }: { reportId: string }): Promise<void> {
  if (station.deconfliction.size === 0) return;
  const now = station.clock();
  await station.db.transaction(async (tx) => {
    const report = await tx
      .selectFrom("report")
      .select(["content", "status"])
      .where("id", "=", reportId)
      .executeTakeFirst();
    if (report === undefined || report.status === "closed") return;
    const interests = await interestsIn(station, tx, report.content);
    if (interests.length === 0) return;
    const owner = await ownerOf(tx, reportId);
    // In one order in every transaction, so that two that note the same never wait for each other in a ring.
    for (const [peer, pair] of [...station.deconfliction].toSorted(([a], [b]) => (a < b ? -1 : 1)))
      for (const key of keysOn(pair, now)) {
        const tokens = interests
          .map((interest) => ({ token: tokenOf(hmac, key, interest), interest }))
          .toSorted((a, b) => (a.token < b.token ? -1 : 1));
        await save(tx, { peer, year: key.year, reportId, owner, at: new Date(now).toISOString() }, tokens);
        await wakeAsking(tx, peer, now);
      }
  });
}

/** The values of a report that may be asked about, by what this station knows of each: never-link lists, and how many have it. */
async function interestsIn(station: Station, tx: Transaction<Tables>, report: Report): Promise<Interest[]> {
  const rules = station.rules.linking;
  const items = report.persons.flatMap(({ role, identifiers }) =>
    identifiers.map((item) => ({ role, item, key: identifierKey(item, rules) })),
  );
  const standings = await valueStandings(
    tx,
    items.map(({ key }) => key),
  );
  const found = new Map<string, Interest>();
  for (const { role, item, key } of items) {
    const standing = standings.get(`${role} ${key.kind} ${key.value}`);
    const interest = interestOf(role, item, {
      isListed: () => key.strength === "never" || standing?.standing === "never-listed",
      holders: () => standing?.holders ?? 1,
      mostHolders: rules.dfCap,
    });
    if (typeof interest !== "string") found.set(JSON.stringify(interest), interest);
  }
  return [...found.values()];
}

/** Whoever decided last about the report or its subject. */
async function ownerOf(tx: Transaction<Tables>, reportId: string): Promise<QueryRecord["owner"]> {
  const { rows } = await sql<{ id: string; role: string }>`select person.id, person.role from (
      select decided_by as by, decided_at as at from referral where report_id = ${reportId}::uuid
      union all
      select subject_owner.owner, subject_owner.assigned_at from subject_owner
      where subject_owner.report_id = ${reportId}::uuid
    ) decided join person on person.id = decided.by order by decided.at desc limit 1`.execute(tx);
  return rows[0] ?? DUTY_LEAD;
}

async function save(
  tx: Transaction<Tables>,
  {
    peer,
    year,
    reportId,
    owner,
    at,
  }: { peer: string; year: number; reportId: string; owner: object; at: string },
  tokens: ReadonlyArray<{ token: string; interest: Interest }>,
): Promise<void> {
  await tx
    .insertInto("deconfliction_token")
    .values(
      tokens.map(({ token, interest }) => ({
        peer_id: peer,
        year,
        token,
        interest: JSON.stringify(interest),
        report_id: reportId,
        owner: JSON.stringify(owner),
        noted_at: at,
        query: null,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  await tx
    .insertInto("deconfliction_holder")
    .values(tokens.map(({ token }) => ({ peer_id: peer, year, token, report_id: reportId })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
