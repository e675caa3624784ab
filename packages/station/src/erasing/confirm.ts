import { keepingOf } from "@fairlead/assessment";
import type { Principal } from "../access/index.ts";
import { recordLeaf } from "../audit/index.ts";
import type { Station } from "../context.ts";
import { watchFrom } from "../effects/index.ts";
import { StationError } from "../errors.ts";
import { addJob } from "../jobs.ts";
import { countKeeping, factsOf, lawsOf, readKeeping } from "../keeping/index.ts";
import { REFUSALS, standingOf, whyNot } from "./problem.ts";

/**
 * The second person's word that a report is erased. It is stored as an intent with its leaf before anything is touched; a job carries it
 * out, and looks again whether anything has happened meanwhile.
 * @returns the number of the certificate that will stand for it
 * @throws StationError `not-found`; `conflict` with the reason why it is not erased
 */
export async function confirmErasing(
  station: Station,
  reportId: string,
  { reason }: { reason: string },
  by: Principal,
): Promise<string> {
  const now = station.clock();
  return await station.db.transaction(async (tx) => {
    // The row is the lock: a hold that is being placed is seen, or waits.
    await countKeeping(station, tx, reportId);
    const facts = factsOf(await readKeeping(tx, reportId));
    const keeping = keepingOf(facts, lawsOf(station));
    const standing = await standingOf(tx, reportId, keeping.letGo?.id);
    const problem = whyNot({ keeping, holds: facts.holds, standing, by: by.id, now });
    const decision = keeping.letGo?.id;
    if (problem !== undefined || decision === undefined) {
      const [message, remedy] = REFUSALS[problem ?? "erasing.undecided"];
      throw new StationError("conflict", message, { remedy });
    }
    const { number } = await tx
      .insertInto("erasure")
      .values({
        report_id: reportId,
        decision,
        reason,
        confirmed_by: by.id,
        confirmed_at: new Date(now).toISOString(),
        stage: "confirmed",
      })
      .returning("number")
      .executeTakeFirstOrThrow();
    await recordLeaf(tx, {
      kind: "erasure.confirmed",
      at: now,
      actor: `person:${by.id}`,
      reportId,
      body: { erasure: number, decision },
    });
    await watchFrom(tx, now);
    await addJob(tx, "erase-report", { number }, number);
    return number;
  });
}
