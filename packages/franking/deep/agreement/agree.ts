import { seeded } from "../../src/verify/testing/random.ts";
import type { Evidence } from "../second-verifier/input.ts";
import { secondOpinion } from "../second-verifier/verify.ts";
import { differences } from "./compare.ts";
import { firstOpinion } from "./first.ts";
import { drawScene } from "./scene.ts";
import { drawSpoilt } from "./spoilt.ts";
import { makeAuthorities } from "./authorities.ts";

export interface Agreement {
  bundles: number;
  spoilt: number;
  /** By the first verifier's word; `unreadable` where it had none. */
  readonly verdicts: Record<string, number>;
  /** How often each step was compared, by its result and reason. */
  readonly steps: Record<string, number>;
  readonly disagreements: Array<{ readonly at: number; readonly what: readonly string[] }>;
}

/** Puts reports before both verifiers, every other one spoilt, and names where they differ. The same seed draws the same reports. */
export async function agreeOn(
  bundles: number,
  seed: number,
  progress?: (so: Agreement) => void,
): Promise<Agreement> {
  const authorities = makeAuthorities();
  const so: Agreement = { bundles: 0, spoilt: 0, verdicts: {}, steps: {}, disagreements: [] };
  while (so.bundles < bundles) {
    const random = seeded(seed * 1_000_003 + so.bundles);
    const scene = await drawScene(random, authorities);
    await compareOn(so, scene.evidence);
    if (so.bundles < bundles) {
      await compareOn(so, await drawSpoilt(random, scene, authorities));
      so.spoilt += 1;
    }
    progress?.(so);
  }
  return so;
}

async function compareOn(so: Agreement, evidence: Evidence): Promise<void> {
  const first = await firstOpinion(evidence);
  const what = differences(first, secondOpinion(evidence));
  if (what.length > 0) so.disagreements.push({ at: so.bundles, what });
  so.bundles += 1;
  count(so.verdicts, first?.verdict ?? "unreadable");
  for (const { step, result, code } of [
    ...(first?.steps ?? []),
    ...(first?.items ?? []).flatMap(({ steps }) => steps),
  ])
    count(so.steps, `${step} ${result}${code === undefined ? "" : ` ${code}`}`);
}

function count(counts: Record<string, number>, what: string): void {
  counts[what] = (counts[what] ?? 0) + 1;
}
