import { Logger } from "graphile-worker";
import type { EventFields, EventLog } from "./log.ts";

/**
 * A logger for graphile-worker that reports events. What it says about one job holds what that job's error said, which
 * can be words of a report, so of these only the kind of job is passed on; a job reports its own failures.
 */
export function workerLogger(log: EventLog): Logger {
  return new Logger(() => (level, message, meta) => {
    const fields =
      "job" in meta ? { task: taskOf(meta["job"]), failed: meta["failure"] === true } : { message };
    report(log, level, fields, "job" in meta ? "worker.job" : "worker.message");
  });
}

function report(log: EventLog, level: string, fields: EventFields, event: string): void {
  switch (level) {
    case "error":
      return log.error(fields, event);
    case "warning":
      return log.warn(fields, event);
    default:
      return log.debug(fields, event);
  }
}

function taskOf(job: unknown): string | null {
  if (typeof job !== "object" || job === null || !("task_identifier" in job)) return null;
  return typeof job.task_identifier === "string" ? job.task_identifier : null;
}
