import { addPerson } from "../access/index.ts";
import type { Station } from "../context.ts";
import { confirmErasing, eraseReport } from "../erasing/index.ts";
import { decideKeeping } from "../keeping/index.ts";

const REASON = "Nobody needs it any more.";

/**
 * A report whose keeping is over and that a lead, who is nobody else's, decided may go.
 * @param erased another lead has confirmed it, and it is gone
 */
export async function mayGo(station: Station, reportId: string, erased = false): Promise<void> {
  const { kysely } = station.db;
  const lead = async (name: string) => await addPerson(kysely, name, "lead", station.clock());
  const by = await lead("A lead before");
  const over = new Date(station.clock() - 86_400_000).toISOString();
  await kysely
    .insertInto("keeping_decision")
    .values({
      id: crypto.randomUUID(),
      report_id: reportId,
      kind: "longer",
      reason: "Until it was looked at.",
      last_day: over.slice(0, 10),
      zone: "UTC",
      until: over,
      decided_by: by.id,
      decided_at: over,
    })
    .execute();
  await decideKeeping(station, reportId, { kind: "let-go", reason: REASON }, by);
  if (!erased) return;
  const number = await confirmErasing(station, reportId, { reason: REASON }, await lead("A lead after"));
  await eraseReport(station, { number });
}
