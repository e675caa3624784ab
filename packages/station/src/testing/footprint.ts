import type { TestStation } from "./station.ts";

/** Tables that what comes through a door writes to. */
const TABLES = [
  "report",
  "evidence",
  "claim",
  "vault_object",
  "inbound_package",
  "referral",
  "uk_report",
  "outcome",
  "outcome_return",
];

/** How much a station holds: the same before and after means that nothing was kept. */
export async function footprint({ station }: TestStation): Promise<Record<string, number>> {
  const held: Record<string, number> = { objects: 0 };
  for await (const _ of station.vault.objects.list()) held["objects"] = (held["objects"] ?? 0) + 1;
  for (const table of TABLES) {
    const { rows } = await station.db.pool.query<{ n: string }>(`select count(*) as n from ${table}`);
    held[table] = Number(rows[0]?.n);
  }
  const { rows } = await station.db.pool.query<{ n: string }>(
    "select count(*) as n from leaf where kind in ('report.accepted', 'package.accepted', 'outcome.received')",
  );
  held["leaf"] = Number(rows[0]?.n);
  return held;
}
