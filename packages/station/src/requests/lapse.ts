import { stateAt, step } from "@fairlead/assessment";
import type { Station } from "../context.ts";
import { addJob } from "../jobs.ts";
import { holdRequest, moveRequest, stepTime } from "./move.ts";

const CLOCKS_APART_MS = 1000;

/**
 * Records that a request can no longer be answered, once that is so: a job runs at the time itself. What was answered, ended or
 * has lapsed already stays as it is; a job that comes too early by this process's clock comes again.
 */
export async function lapseRequest(station: Station, { requestId }: { requestId: string }): Promise<void> {
  const now = station.clock();
  await station.db.transaction(async (tx) => {
    const { record } = await holdRequest(tx, requestId, undefined);
    const last = record.steps.at(-1)?.to;
    if (stateAt(record, now) === "lapsed" && last !== "lapsed") {
      const by = { kind: "station" as const, id: station.config.station.id };
      await moveRequest(tx, record, step("lapsed", stepTime(record, now), by));
      return;
    }
    const waits = last === "drafted" || last === "sent" || last === "answered-in-part";
    if (waits && record.answerableUntil !== undefined) {
      const at = Math.max(Date.parse(record.answerableUntil), now + CLOCKS_APART_MS);
      await addJob(tx, "lapse-request", { requestId }, requestId, at);
    }
  });
}
