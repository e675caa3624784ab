import { recordLeaf } from "../audit/index.ts";
import type { Principal } from "../access/index.ts";
import type { Station } from "../context.ts";
import { StationError } from "../errors.ts";
import type { Database } from "../store/index.ts";
import { type BankPolicy, DEFAULT_POLICY } from "./matches.ts";

export interface BankPolicyView extends BankPolicy {
  bank: string;
  bankName: string;
  source: string;
  trust: "vetted-graded" | "vetted" | "unvetted";
  decidedBy?: string;
  decidedAt?: string;
}

/** What a match with each bank does; of a bank without a decision, a person looks. */
export async function policies(db: Database): Promise<BankPolicyView[]> {
  const rows = await db.kysely
    .selectFrom("bank")
    .leftJoin("media_policy", "media_policy.bank_id", "bank.id")
    .leftJoin("person", "person.id", "media_policy.decided_by")
    .select(["bank.id", "bank.name", "bank.source", "bank.trust"])
    .select(["media_policy.exact", "media_policy.perceptual", "media_policy.decided_at"])
    .select("person.name as decided_by")
    .orderBy("bank.name")
    .orderBy("bank.id")
    .execute();
  return rows.map(({ id, name, source, trust, exact, perceptual, decided_at, decided_by }) => ({
    bank: id,
    bankName: name,
    source,
    trust,
    exact: exact ?? DEFAULT_POLICY.exact,
    perceptual: perceptual ?? DEFAULT_POLICY.perceptual,
    ...(decided_by === null || decided_at === null ? {} : { decidedBy: decided_by, decidedAt: decided_at }),
  }));
}

/** The policies of these banks. */
export async function policiesOf(db: Database, banks: readonly string[]): Promise<Map<string, BankPolicy>> {
  if (banks.length === 0) return new Map();
  const rows = await db.kysely
    .selectFrom("media_policy")
    .select(["bank_id", "exact", "perceptual"])
    .where("bank_id", "in", [...banks])
    .execute();
  return new Map(rows.map(({ bank_id, exact, perceptual }) => [bank_id, { exact, perceptual }]));
}

/**
 * A person decides what a match with a bank does from now on.
 * @throws StationError `not-found`; `conflict` for reporting unseen what a bank says that is not taken for vetted and graded
 */
export async function decidePolicy(
  station: Station,
  bank: string,
  { reason, exact, perceptual }: BankPolicy & { reason: string },
  by: Principal,
): Promise<void> {
  const at = station.clock();
  await station.db.transaction(async (tx) => {
    const row = await tx.selectFrom("bank").select("trust").where("id", "=", bank).executeTakeFirst();
    if (row === undefined)
      throw new StationError("not-found", `This station has no bank called "${bank.slice(0, 64)}".`, {
        remedy: "Choose one of the banks that the page lists.",
      });
    if (exact === "report" && row.trust !== "vetted-graded")
      throw new StationError("conflict", "Only what a vetted and graded list says can be reported unseen.", {
        remedy: "Let a person look at its matches, or decide first that the bank is vetted and graded.",
      });
    const decided = { exact, perceptual, decided_by: by.id, decided_at: new Date(at).toISOString() };
    await tx
      .insertInto("media_policy")
      .values({ bank_id: bank, ...decided })
      .onConflict((conflict) => conflict.column("bank_id").doUpdateSet(decided))
      .execute();
    await recordLeaf(tx, {
      kind: "media.policy",
      at,
      actor: `person:${by.id}`,
      body: { bank, exact, perceptual, reason },
    });
  });
}
