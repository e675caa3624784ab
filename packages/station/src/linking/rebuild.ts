import { createHash } from "node:crypto";
import { JOINING_KINDS } from "@fairlead/assessment";
import { canonicalJson } from "@fairlead/report";
import { CompiledQuery, sql, type Transaction } from "kysely";
import type { Station } from "../context.ts";
import type { Tables } from "../store/tables.ts";
import { saveSubjects, subjectsAmong } from "./derive.ts";
import { reassessLater } from "./link-report.ts";
import { takeLinkingLock } from "./lock.ts";
import type { Node } from "./node.ts";
import { SAVE_ALL_STANDINGS } from "./values.ts";

type Tx = Transaction<Tables>;

/**
 * Makes the derived tables of subjects from who holds which value, unless they were made by these rules: on a database from before
 * them, and after a change of the rules. Runs at every start; linking waits meanwhile.
 */
export async function ensureSubjects(station: Station): Promise<void> {
  const rules = createHash("sha256").update(canonicalJson(station.rules.linking)).digest("hex");
  await station.db.transaction(async (tx) => {
    const built = await tx.selectFrom("subject_build").select("rules").executeTakeFirst();
    if (built?.rules === rules) return;
    await takeLinkingLock(tx);
    const since = await tx.selectFrom("subject_build").select("rules").executeTakeFirst();
    if (since?.rules === rules) return;
    await rebuildSubjects(station, tx);
    const row = { rules, built_at: new Date(station.clock()).toISOString() };
    await tx
      .insertInto("subject_build")
      .values(row)
      .onConflict((conflict) => conflict.column("single").doUpdateSet(row))
      .execute();
    station.log.info({}, "linking.subjects-built");
  });
}

/** Makes them anew, whatever they say. The caller holds the linking lock. */
export async function rebuildSubjects(station: Station, tx: Tx): Promise<void> {
  const rules = station.rules.linking;
  const { rows: before } = await sql<{
    report_id: string;
  }>`delete from subject_member returning report_id`.execute(tx);
  await sql`delete from subject`.execute(tx);
  await sql`delete from value_standing`.execute(tx);
  await tx.executeQuery(CompiledQuery.raw(SAVE_ALL_STANDINGS, [[...JOINING_KINDS], rules.dfCap]));
  const { rows: nodes } = await sql<Node>`
    select linking_key.report_id, linking_key.person
    from value_standing
    join linking_key on linking_key.kind = value_standing.kind and linking_key.value = value_standing.value
      and linking_key.role = value_standing.role and linking_key.strength = 'strong'
    where value_standing.standing = 'joins'
    union
    select linking_key.report_id, linking_key.person
    from link_decision
    join linking_key on (linking_key.report_id, linking_key.person)
      in ((link_decision.a_report, link_decision.a_person), (link_decision.b_report, link_decision.b_person))
    where link_decision.kind = 'same' and link_decision.undone_at is null`.execute(tx);
  await saveSubjects(tx, await subjectsAmong(tx, nodes, rules), [], []);
  const touched = new Set([...before, ...nodes].map(({ report_id }) => report_id));
  await reassessLater(tx, [...touched], "subjects-built");
}
