import { keepingOf, letGoProblem, type LetGoProblem } from "@fairlead/assessment";
import type { Principal } from "../access/index.ts";
import { recordLeaf } from "../audit/index.ts";
import type { Station } from "../context.ts";
import { StationError } from "../errors.ts";
import { newId } from "../store/index.ts";
import { countKeeping } from "./count.ts";
import { factsOf, lawsOf, readKeeping } from "./facts.ts";
import { type LastDay, untilOf } from "./last-day.ts";

export type NewKeepingDecision =
  | { kind: "longer"; reason: string; lastDay: LastDay }
  | { kind: "let-go"; reason: string };

/**
 * A person decides what happens at the end of a report's keeping: it is kept longer, or it may go. Nothing is erased by it: the decision
 * is noted and dated, and whatever is news afterwards (a hold, another filing) ends it.
 * @throws StationError `not-found`; `conflict` where it may not go, or would not be kept longer; `request.invalid`
 */
export async function decideKeeping(
  station: Station,
  reportId: string,
  decision: NewKeepingDecision,
  by: Principal,
): Promise<string> {
  const now = station.clock();
  const id = newId(now);
  const said = untilOf(decision.kind === "longer" ? decision.lastDay : undefined);
  await station.db.transaction(async (tx) => {
    // The row is the lock: a hold that is being placed is seen, or waits.
    await countKeeping(station, tx, reportId);
    const facts = factsOf(await readKeeping(tx, reportId));
    const laws = lawsOf(station);
    if (decision.kind === "let-go") {
      const problem = letGoProblem(keepingOf(facts, laws), facts.holds, now);
      if (problem !== undefined) throw new StationError("conflict", ...refusal(problem));
    } else {
      const without = keepingOf({ ...facts, decisions: [] }, laws).content;
      const until = Date.parse(said.until ?? "");
      if (without.state === "no-end" || until <= Math.max(now, without.state === "until" ? without.until : 0))
        throw new StationError("conflict", "That is not longer than it must be kept anyway.", {
          remedy: "Choose a last day after every end that the report's page shows.",
        });
    }
    await tx
      .insertInto("keeping_decision")
      .values({
        id,
        report_id: reportId,
        kind: decision.kind,
        reason: decision.reason,
        ...said,
        decided_by: by.id,
        decided_at: new Date(now).toISOString(),
      })
      .execute();
    await recordLeaf(tx, {
      kind: `keeping.${decision.kind}`,
      at: now,
      actor: `person:${by.id}`,
      reportId,
      body: { decision: id, ...(said.until === null ? {} : { until: said.until }) },
    });
    await countKeeping(station, tx, reportId);
  });
  return id;
}

const REFUSALS: Record<LetGoProblem, [message: string, remedy: string]> = {
  "keeping.held": [
    "A hold stands on this report: nothing of it may go.",
    "Wait for its end, or have it released.",
  ],
  "keeping.no-end": [
    "A hold without an end stands on this report: nothing of it may go.",
    "Have it released.",
  ],
  "keeping.none": [
    "No clock runs for this report, so nothing says that it may go.",
    "Decide to keep it until a day that your own rules give; what happens then is decided at its end.",
  ],
  "keeping.too-early": [
    "It must be kept for more than 30 days still.",
    "Decide in the last 30 days: until then much can happen.",
  ],
};

function refusal(problem: LetGoProblem): [string, { remedy: string }] {
  const [message, remedy] = REFUSALS[problem];
  return [message, { remedy }];
}
