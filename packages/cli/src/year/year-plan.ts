import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { defaultRuleSet } from "@fairlead/assessment";
import { yearTotal } from "@fairlead/simulator";
import { z } from "zod";

/** What a worked year is made of. The same plan gives the same answer, however often it was interrupted. */
export const yearPlanSchema = z.strictObject({
  version: z.literal(1),
  year: z.int(),
  seed: z.int(),
  /** Reports in all. */
  total: z.int().min(1),
  partSize: z.int().min(1),
  rules: z.string(),
});
export type YearPlan = z.infer<typeof yearPlanSchema>;

export interface Part {
  readonly number: number;
  /** Number of its first report, and of the one after its last. */
  readonly from: number;
  readonly to: number;
}

const FILE = "plan.json";
const PART_SIZE = 50_000;

/** @param total fewer reports than the year had, in the same proportions; all of them when left out */
export function planOf(options: { year: number; seed: number; total?: number; partSize?: number }): YearPlan {
  const { year, seed, partSize = PART_SIZE } = options;
  const total = yearTotal({ year, seed, ...(options.total === undefined ? {} : { total: options.total }) });
  return { version: 1, year, seed, total, partSize, rules: defaultRuleSet().version };
}

export function partsOf({ total, partSize }: YearPlan): Part[] {
  return Array.from({ length: Math.ceil(total / partSize) }, (_, number) => ({
    number,
    from: number * partSize,
    to: Math.min(total, (number + 1) * partSize),
  }));
}

/**
 * Lays the plan down in a folder, or takes it up again.
 * @throws RangeError where the folder holds another year, or rules have changed since
 */
export async function settlePlan(folder: string, plan: YearPlan): Promise<void> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, FILE);
  const text = await readFile(path, "utf8").catch(() => undefined);
  if (text === undefined) {
    await writeFile(path, `${JSON.stringify(plan, null, 2)}\n`);
    return;
  }
  const held = yearPlanSchema.safeParse(jsonOf(text)).data;
  if (held !== undefined && JSON.stringify(held) === JSON.stringify(plan)) return;
  throw new RangeError(
    `${path} describes another run than this one. Choose another folder, or remove this one to begin anew.`,
  );
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
