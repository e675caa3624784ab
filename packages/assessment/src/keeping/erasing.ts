import { type Hold } from "./hold.ts";
import { type Keeping, letGoProblem, type LetGoProblem } from "./keep-until.ts";

export type ErasingProblem = LetGoProblem | "erasing.undecided" | "erasing.not-over" | "erasing.own-decision";

/**
 * Why a person cannot confirm that a report is erased; `undefined` if they can. Everything that it was kept for is over, somebody decided
 * that it may go and nothing has happened since, and it is another person who confirms.
 * @param decidedBy who decided that it may go; absent where nobody has, or the decision stands no more
 * @param by who would confirm
 */
export function erasingProblem(
  keeping: Pick<Keeping, "content" | "letGo">,
  holds: readonly Hold[],
  { decidedBy, by }: { decidedBy?: string | undefined; by: string },
  now: number,
): ErasingProblem | undefined {
  const problem = letGoProblem(keeping, holds, now);
  if (problem !== undefined) return problem;
  if (keeping.letGo === undefined || decidedBy === undefined) return "erasing.undecided";
  if (keeping.content.state !== "until" || keeping.content.until > now) return "erasing.not-over";
  return decidedBy === by ? "erasing.own-decision" : undefined;
}
