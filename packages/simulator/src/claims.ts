import type { Claim, ClaimStatement, ClaimTarget, Evidence, Flag, Report } from "@fairlead/report";
import type { Writing } from "./compose.ts";
import { CONDUCT, type Draft, type DraftFile } from "./draft.ts";
import { where, type SenderClock } from "./clock.ts";
import { chance, pick } from "./draw.ts";
import { HOUR } from "./time.ts";
import { ESCALATIONS } from "./words.ts";

/** What the platform says about its report, by its habit; each a claim in its own name, true or not. */
export function claimsOf(draft: Draft, report: Report, writing: Writing, clock: SenderClock): Claim[] {
  const random = writing.random("claims");
  const claims: Claim[] = [];
  const say = (about: ClaimTarget, states: ClaimStatement) =>
    claims.push({ about, source: { kind: "sender", name: draft.platform.name }, states });
  report.evidence.forEach((item, index) => {
    const file = draft.files[index];
    if (file === undefined) return;
    const about: ClaimTarget = { kind: "evidence", id: item.id };
    for (const states of aboutFile(draft, item, file, index, writing)) say(about, states);
    if (chance(random, 0.1)) say(about, yes("publicly-available"));
  });
  const whole: ClaimTarget = { kind: "report" };
  if (draft.person.intent === "teen-peer") say(whole, yes("minor-to-minor"));
  if (draft.person.intent === "spam") say(whole, yes("spam"));
  if (draft.incident === "enticement") say(whole, yes("solicitation"));
  if (draft.urgentFlag !== undefined) say(whole, yes(draft.urgentFlag));
  else if (draft.urgentBy === "escalation")
    say(whole, { kind: "escalation", text: pick(random, ESCALATIONS) });
  if (draft.urgentBy === "flag") {
    const first = report.evidence.find((item) => item.relevance === "reported");
    if (first === undefined || CONDUCT.has(draft.incident)) say(whole, yes("sadistic"));
    else say({ kind: "evidence", id: first.id }, yes("infant"));
  }
  const suspect = report.persons[0];
  if (suspect === undefined) return claims;
  const about: ClaimTarget = { kind: "person", key: suspect.key };
  if (draft.habit === "behaviour-only")
    say(about, {
      kind: "classifier",
      model: "example-conduct-1",
      score: 0.5 + Math.floor(random.unit() * 50) / 100,
    });
  if (chance(random, 0.25) && !draft.nameless)
    say(about, {
      kind: "account-disabled",
      permanent: true,
      value: true,
      // Within minutes, for which the youngest incident (0.01 days) leaves room.
      ...where("disabledAt", clock.state(draft.at + Math.floor(random.unit() * 0.2 * HOUR), "closed")),
    });
  return claims;
}

function aboutFile(
  draft: Draft,
  item: Evidence,
  file: DraftFile,
  index: number,
  writing: Writing,
): ClaimStatement[] {
  const random = writing.random(`claims-${index}`);
  const { habit } = draft;
  if (habit === "hash-only")
    return [{ kind: "hash-match", list: "Example Open List", match: "exact", vetted: false }];
  const states: ClaimStatement[] = [];
  const viewed = viewedAsStated(draft, file, index, writing);
  if (viewed !== undefined) states.push({ kind: "flag", flag: "viewed-in-full", value: viewed });
  if (item.relevance === "reported" && habit !== "never-ticks-meme" && file.item.viral) {
    states.push(yes("viral"));
    if (draft.person.intent === "viral-or-outrage" && chance(random, 0.5)) states.push(yes("potential-meme"));
  }
  if (chance(random, writing.listedShare)) {
    const listed = { kind: "hash-match" as const, list: "Example Shared List", vetted: true };
    if (file.novelty === "repeat" || file.novelty === "viral")
      states.push({ ...listed, match: "exact", grade: "B2" });
    if (file.novelty === "near-duplicate") states.push({ ...listed, match: "perceptual" });
  }
  return states;
}

/** What the platform says about whether a person saw the whole file; undefined where it says nothing. */
export function viewedAsStated(
  draft: Draft,
  file: DraftFile,
  index: number,
  { review }: Pick<Writing, "review">,
): boolean | undefined {
  if (draft.habit === "over-ticks-viewed") return true;
  if (index === 0 && draft.errors.includes("viewed-mis-set") && !file.viewed) return true;
  // Where people view at the station, "viewed" comes from what they really opened there.
  return review === "planned" ? undefined : file.viewed;
}

function yes(flag: Flag): ClaimStatement {
  return { kind: "flag", flag, value: true };
}
