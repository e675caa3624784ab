import { z } from "zod";
import { pointer, type Problem } from "@fairlead/report";
import { TIERS } from "../urgency/tier.ts";
import type { RuleSet } from "./rule-set.ts";

const day = z.iso.date("use a day, such as 2027-04-01");
const days = z.int("use whole days").min(0).max(3650);
const hours = z.number().min(0).max(8760);
const words = z.string().min(1, "say something").max(2000);
/** A rule that nobody can look up is an opinion. */
const source = z.string().min(10, "name the law, report or paper, with its section");

const dated = {
  id: z.string().regex(/^[a-z0-9-]+$/, "use lower-case words joined by hyphens"),
  validFrom: day.optional(),
  validTo: day.optional(),
  text: words,
  source,
  reviewBy: day,
};

const ruleSetSchema = z
  .looseObject({
    version: z.string().min(1).max(64),
    reviewBy: day,
    retention: z.array(
      z.strictObject({
        ...dated,
        holder: z.enum(["network", "provider"]),
        country: z.string().regex(/^[A-Z]{2}$/, "use the two capital letters of ISO 3166-1"),
        runsFrom: z.enum(["event", "report"]),
        months: z.int().min(1).max(120),
      }),
    ),
    legalRoutes: z.array(
      z.strictObject({
        ...dated,
        jurisdiction: z.enum(["GB", "US"]),
        answerWithinDays: z.int().min(1).max(366).optional(),
      }),
    ),
    currencyDays: days.min(1),
    independentEventsHours: hours,
    clockToleranceSeconds: z.number().min(0).max(3600),
    preserveBelowDays: days,
    clockModifierDays: days,
    targetDays: z.strictObject({ R1: days, R2: days, R3: days, R4: days, R5: days }),
    safeguardingHours: z.strictObject({ "at-once": hours, harm: hours, help: hours }),
    gradingRoles: z.array(words),
    gradingProfiles: z.array(words),
    directory: z.looseObject({ version: words, reviewBy: day }),
  })
  .superRefine((rules, context) => {
    const refuse = (path: PropertyKey[], message: string) =>
      context.addIssue({ code: "custom", path, message });
    TIERS.forEach((tier, index) => {
      const above = TIERS[index - 1];
      if (above !== undefined && rules.targetDays[tier] < rules.targetDays[above])
        refuse(["targetDays", tier], `${tier} must not be due before ${above}, which is more urgent`);
    });
    if (rules.targetDays.R1 !== 0) refuse(["targetDays", "R1"], "R1 has no queue: it is due at once");
    const { "at-once": atOnce, harm, help } = rules.safeguardingHours;
    if (atOnce !== 0) refuse(["safeguardingHours", "at-once"], "a child at risk now is due at once");
    if (help < harm)
      refuse(["safeguardingHours", "help"], "help must not be due before harm, which is more pressing");
    for (const list of ["retention", "legalRoutes"] as const)
      rules[list].forEach(({ id, validFrom, validTo }, index) => {
        if (validFrom !== undefined && validTo !== undefined && validTo <= validFrom)
          refuse([list, index, "validTo"], "a rule must not end before it begins");
        const again = rules[list].findIndex((other) => other.id === id && other !== rules[list][index]);
        if (again !== -1 && again < index) refuse([list, index, "id"], `"${id}" is the id of another entry`);
      });
  });

/**
 * Checks a rule set before it judges anything: numbers in their ranges, law with its source and review date, tiers in their order.
 * @returns every problem, with a JSON Pointer into the rule set; empty when it may be used
 */
export function checkRuleSet(rules: RuleSet): Problem[] {
  const parsed = ruleSetSchema.safeParse(rules);
  if (parsed.success) return [];
  return parsed.error.issues.map(({ code, path, message }) => ({
    code: `rule-set.${code.replaceAll("_", "-")}`,
    path: pointer(path),
    message: `${pointer(path)} of rule set ${rules.version}: ${message}.`,
    remedy: "Correct the entry and give the rule set a new version; the one in force stays until then.",
  }));
}
