import type { Claim, EvidenceId } from "@fairlead/report";
import { z } from "zod";

/** What a match with a bank leads to, the least first. */
export const ACTIONS = ["nothing", "review", "report"] as const;
export const actionSchema = z.enum(ACTIONS);
export type MediaAction = z.infer<typeof actionSchema>;

/** What a source says of a known item, with how the posted file matched it: a claim, never a fact (law 3). */
export const foundSchema = z.object({
  bank: z.string(),
  bankName: z.string(),
  source: z.string().describe("whose claim it is"),
  trust: z
    .enum(["vetted-graded", "vetted", "unvetted"])
    .describe("what this station takes the source's claims for"),
  entry: z.string().describe("the source's own name of the item"),
  match: z.enum(["exact", "perceptual"]).describe("the same digest, or a picture that looks alike"),
  kind: z.enum(["md5", "sha1", "sha256", "pdq"]),
  value: z.string().describe("the hash in the bank that matched, in hexadecimal"),
  distance: z.int().min(0).max(256).describe("in bits; 0 of an exact match"),
  semantics: z.string().optional().describe("how the perceptual hash that was asked for was made"),
  probe: z.string().describe("`plain`, `frames` of a video, or how the picture was changed to find this"),
  frames: z
    .object({
      alike: z.int().min(1),
      of: z.int().min(1).describe("frames of the posted video that say something, one a second at most"),
      seconds: z.array(z.number().min(0)).max(20).describe("where in the video, the first twenty"),
    })
    .optional()
    .describe("how many frames of the posted video look like this item: an inference"),
  classification: z.string().optional().describe("in the source's own scale"),
  tags: z.array(z.string()),
  action: actionSchema.describe("what this station's policy makes of it"),
});
export type FoundMatch = z.infer<typeof foundSchema>;

/** What a bank's policy says; without a row, a person looks. */
export interface BankPolicy {
  exact: MediaAction;
  perceptual: "nothing" | "review";
}
export const DEFAULT_POLICY: BankPolicy = { exact: "review", perceptual: "review" };

/**
 * What one match leads to. Only an exact match with a graded item of a list that is taken for vetted and graded is more than an
 * inference (agency.md 4.1), so only that may need nobody's eyes, whatever the policy says.
 */
export function actionOf(found: Omit<FoundMatch, "action">, policy: BankPolicy): MediaAction {
  if (found.match === "perceptual") return policy.perceptual;
  return policy.exact === "report" && !isGraded(found) ? "review" : policy.exact;
}

/** The most that any of them leads to. */
export function strongest(actions: readonly MediaAction[]): MediaAction {
  return ACTIONS[Math.max(0, ...actions.map((action) => ACTIONS.indexOf(action)))] ?? "nothing";
}

function isGraded({ trust, classification }: Pick<FoundMatch, "trust" | "classification">): boolean {
  return trust === "vetted-graded" && classification !== undefined;
}

/** One of each bank's item: an equal digest says more than a likeness, a plain hash more than a probe, a near one more than a far one. */
export function bestOfEach<Match extends Omit<FoundMatch, "action">>(all: readonly Match[]): Match[] {
  const best = new Map<string, Match>();
  for (const match of all) {
    const key = JSON.stringify([match.bank, match.entry]);
    const other = best.get(key);
    if (other === undefined || rank(match) < rank(other)) best.set(key, match);
  }
  return [...best.values()].toSorted((a, b) => rank(a) - rank(b));
}

function rank({ match, probe, distance }: Omit<FoundMatch, "action">): number {
  return (match === "exact" ? 0 : 1000) + (probe === "plain" ? 0 : 500) + distance;
}

/** The claim that a match is, in the source's name. What a list that is not taken for graded calls it is not passed on as a grade. */
export function claimOfMatch(found: FoundMatch, evidence: EvidenceId, at: string): Claim {
  const { match, distance, probe, semantics, trust, bankName, classification } = found;
  return {
    about: { kind: "evidence", id: evidence },
    source: { kind: "list", name: found.source },
    madeAt: at,
    states: {
      kind: "hash-match",
      list: bankName,
      match,
      vetted: trust !== "unvetted",
      ...(trust === "vetted-graded" && classification !== undefined ? { grade: classification } : {}),
      distance,
      probe,
      ...(semantics === undefined ? {} : { semantics }),
    },
  };
}
