import { readFile } from "node:fs/promises";
import { checkRuleSet, defaultRuleSet, type RuleSet } from "@fairlead/assessment";
import { zoneClock } from "@fairlead/report";
import { z } from "zod";
import { StationError } from "../errors.ts";

/** Zones of clocks beside those that come with Fairlead: more clocks name more doubts, and none less. */
const clocksSchema = z
  .array(z.string().refine(isZone, "is no time zone of the IANA database, such as Europe/Dublin"))
  .max(20);

/** What a station may set for itself. Directory and linking come with the version of Fairlead, and doubts but for their clocks: docs/decisions/0023. */
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
  doubts: z.strictObject({ clocks: clocksSchema }).optional(),
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
  const { doubts, ...named } = parsed.data;
  const rules = { ...base, ...named } as RuleSet;
  if (doubts !== undefined) rules.doubts = withClocks(base.doubts, doubts.clocks);
  const problems = checkRuleSet(rules);
  return problems.length === 0
    ? { ok: true, rules }
    : { ok: false, problems: problems.map(({ path, message }) => ({ path, message })) };
}

function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat("en-US", { timeZone: zone }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

function withClocks(base: RuleSet["doubts"], zones: readonly string[]): RuleSet["doubts"] {
  const added = [...new Set(zones)].filter((zone) => base.clocks.every((clock) => clock.zone !== zone));
  return { ...base, clocks: [...base.clocks, ...added.map(zoneClock)] };
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
