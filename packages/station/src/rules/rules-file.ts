import { readFile } from "node:fs/promises";
import { checkRuleSet, defaultRuleSet, type RuleSet } from "@fairlead/assessment";
import { z } from "zod";
import { StationError } from "../errors.ts";

/** What a station may set for itself. Directory, linking and doubts come with the version of Fairlead: their data are not a few numbers. */
const fileSchema = z.strictObject({
  version: z.string().min(1).max(64),
  reviewBy: z.unknown().optional(),
  retention: z.unknown().optional(),
  currencyDays: z.unknown().optional(),
  independentEventsHours: z.unknown().optional(),
  clockToleranceSeconds: z.unknown().optional(),
  preserveBelowDays: z.unknown().optional(),
  clockModifierDays: z.unknown().optional(),
  targetDays: z.unknown().optional(),
  safeguardingHours: z.unknown().optional(),
  gradingRoles: z.unknown().optional(),
  gradingProfiles: z.unknown().optional(),
  legalRoutes: z.unknown().optional(),
});

export interface RuleProblem {
  path: string;
  message: string;
}

/** What a file of rules comes to: a rule set that may be used, or everything that is wrong with it. */
export type ReadRules = { ok: true; rules: RuleSet } | { ok: false; problems: RuleProblem[] };

/**
 * Reads a station's own rules: a JSON object of what differs from the rules that come with Fairlead, under a version of its own,
 * because every assessment names the version that made it.
 */
export function rulesFrom(text: string): ReadRules {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return refused("", `is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  const parsed = fileSchema.safeParse(value);
  if (!parsed.success)
    return {
      ok: false,
      problems: parsed.error.issues.map(({ path, message }) => ({ path: `/${path.join("/")}`, message })),
    };
  const base = defaultRuleSet();
  if (parsed.data.version === base.version)
    return refused("/version", `is the version of the rules that come with Fairlead; give it one of its own`);
  // Everything that came from the file is checked by the rules' own schema before it is used as one.
  const rules = { ...base, ...parsed.data } as RuleSet;
  const problems = checkRuleSet(rules);
  return problems.length === 0
    ? { ok: true, rules }
    : { ok: false, problems: problems.map(({ path, message }) => ({ path, message })) };
}

function refused(path: string, message: string): ReadRules {
  return { ok: false, problems: [{ path, message }] };
}

/**
 * The rules that a station judges by: those of its file, or those that come with Fairlead.
 * @throws StationError `config.invalid` naming everything that is wrong with the file
 */
export async function readRules(path: string | undefined): Promise<RuleSet> {
  if (path === undefined) return defaultRuleSet();
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    throw new StationError("config.invalid", `The rules in ${path} cannot be read.`, {
      audience: "operator",
      remedy: "Correct `rules` in the configuration, or leave it out for the rules that come with Fairlead.",
      cause,
    });
  });
  const read = rulesFrom(text);
  if (read.ok) return read.rules;
  throw new StationError(
    "config.invalid",
    `${path} is no rule set: ${read.problems.map(({ path: place, message }) => `${place} ${message}`).join("; ")}`,
    {
      audience: "operator",
      problems: read.problems,
      remedy: "`fairlead rules check FILE` names what is wrong.",
    },
  );
}
