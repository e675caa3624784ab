import { type Assessment, mustPage, URGENCY_RULES } from "@fairlead/assessment";
import { claimSchema } from "@fairlead/report";
import { claimText, sourceText } from "../desk-api/claim-words.ts";

/** One thing that called a person, as it stood when it did. */
export interface PageTrigger {
  /** The rule's id, such as `r1.live-abuse`. */
  code: string;
  text: string;
  /** JSON Pointer into `{ report, claims, context }`. */
  path: string;
  source: string;
  /** What stands in that field, in words. */
  says?: string;
}

/** A page that is to be raised. */
export interface NewPage {
  triggers: PageTrigger[];
  /** Keys of the triggers that no earlier page was about. */
  fresh: string[];
}

const RULE_TIERS = new Map(URGENCY_RULES.map(({ id, tier }) => [id, tier]));

/**
 * The keys of what makes an assessment immediate: the R1 rules that fired; without any, what was lifted to R1 and what lifted it. Empty below
 * R1, and where R1 only stands because no person has lowered it.
 */
export function immediateKeys({ urgency }: Pick<Assessment, "urgency">): string[] {
  if (urgency.tier !== "R1" || urgency.ruledTier !== "R1") return [];
  const tierOf = (key: string) => RULE_TIERS.get(key.slice(0, key.indexOf("@")));
  const immediate = urgency.seen.filter((key) => tierOf(key) === "R1");
  if (immediate.length > 0) return immediate;
  // A modifier lifts by one tier: only what stood at R2 came to R1 by it.
  return urgency.seen.filter((key) => ["R2", undefined].includes(tierOf(key)));
}

/**
 * Whether an assessment calls a person: it has become immediate, or it is so by something that nobody was called for yet. A report that
 * stays R1 does not page again, and one that stood at R1 before there were pages is no news.
 * @param input what was assessed: its fields are what the triggers' paths point into
 * @param last the assessment before
 * @param paged keys that earlier pages of the report were about
 */
export function newPage(
  result: Assessment,
  input: { report: unknown; claims: readonly unknown[] },
  last: Assessment | undefined,
  paged: readonly string[],
): NewPage | undefined {
  const page = mustPage(result);
  if (page === undefined) return undefined;
  // What rises to R1 again after a person lowered it calls a person again, by whatever it rose.
  const isR1Already = last?.urgency.tier === "R1";
  const known = new Set(isR1Already ? [...paged, ...immediateKeys(last)] : []);
  const fresh = immediateKeys(result).filter((key) => !known.has(key));
  if (fresh.length === 0) return undefined;
  const isFresh = new Set(fresh);
  const keyOf = new Map(result.urgency.reasons.map(({ code, path, key }) => [`${code} ${path}`, key]));
  const triggers = page.because.map(({ code, text, path, source }) => {
    const says = wordsAt(input, path);
    return { code, text, path, source: sourceText(source), ...(says === undefined ? {} : { says }) };
  });
  const isOld = ({ code, path }: PageTrigger) => Number(!isFresh.has(keyOf.get(`${code} ${path}`) ?? ""));
  return { triggers: triggers.toSorted((a, b) => isOld(a) - isOld(b)), fresh };
}

/** What stands at a JSON Pointer (RFC 6901): a claim in words, a word as it was sent; nothing for anything larger. */
function wordsAt(input: unknown, pointer: string): string | undefined {
  let found = input;
  for (const part of pointer.split("/").slice(1)) {
    const name = part.replaceAll("~1", "/").replaceAll("~0", "~");
    if (typeof found !== "object" || found === null) return undefined;
    found = (found as Record<string, unknown>)[name];
  }
  if (typeof found === "string") return found;
  const claim = claimSchema.safeParse(found);
  return claim.success ? claimText(claim.data.states) : undefined;
}
