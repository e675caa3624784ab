import type { Grade, LinkingKey } from "@fairlead/assessment";
import type { CopyText } from "./copy-text.ts";

/** The tables that linking and assessment fill, a set for what is measured and a set for the plain cost of the same rows. */
export const TABLES = {
  grade:
    "report bigint, received_at timestamptz, level smallint, tier smallint, base_tier smallint, binding text, agency text, basis text, queue_key text, codes text",
  key: "report bigint, person text, role text, kind text, value text, strength text, holder text, why text",
  subject: "report bigint, subject bigint",
} as const;
export type Table = keyof typeof TABLES;

export function createTables(prefix: string): string {
  return Object.entries(TABLES)
    .map(([name, columns]) => `create table ${prefix}_${name} (${columns});`)
    .join("\n");
}

export function putGrade(into: CopyText, report: number, receivedAt: number, grade: Grade): void {
  const { level, tier, baseTier, binding, agency, routeBasis, queueKey, codes } = grade;
  into.put(String(report));
  into.put(new Date(receivedAt).toISOString());
  into.put(level.slice(1));
  into.put(tier.slice(1));
  into.put(baseTier.slice(1));
  into.put(binding.join(","));
  if (agency === undefined) into.putNull();
  else into.put(agency);
  into.put(routeBasis);
  into.put(queueKey);
  into.put(codes.join(","));
  into.row();
}

export function putKey(into: CopyText, report: string, key: LinkingKey): void {
  into.put(report);
  into.put(key.person ?? "");
  into.put(key.role);
  into.put(key.kind);
  into.put(key.value);
  into.put(key.strength);
  into.put(key.holder);
  into.put(key.why);
  into.row();
}
