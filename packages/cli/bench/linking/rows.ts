import type { Grade, LinkingKey } from "@fairlead/assessment";

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

export function gradeRow(report: number, receivedAt: number, grade: Grade): string {
  const { level, tier, baseTier, binding, agency, routeBasis, queueKey, codes } = grade;
  return `${report}\t${new Date(receivedAt).toISOString()}\t${level[1]}\t${tier[1]}\t${baseTier[1]}\t${binding.join(",")}\t${agency ?? "\\N"}\t${routeBasis}\t${queueKey}\t${codes.join(",")}\n`;
}

export function keyRow(report: number, key: LinkingKey): string {
  const { person = "", role, kind, value, strength, holder, why } = key;
  return `${report}\t${person}\t${role}\t${kind}\t${escaped(value)}\t${strength}\t${escaped(holder)}\t${escaped(why)}\n`;
}

const SPECIAL = /[\\\t\n\r]/;
const NAMES: Readonly<Record<string, string>> = { "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r" };

/** Text of the COPY format: backslash, tab and line ends are written with a backslash. */
function escaped(text: string): string {
  return SPECIAL.test(text) ? text.replaceAll(/[\\\t\n\r]/g, (one) => NAMES[one] ?? one) : text;
}
