import { ALARMS_AFTER_MS } from "../effects/index.ts";
import type { Station } from "../context.ts";
import type { HealthView } from "../desk-api/contract.ts";
import { sqlFile } from "../sql-file.ts";
import { hasOutward } from "./outward.ts";
import { STAGES } from "./stage.ts";

const HEALTH = sqlFile(import.meta.url, "./health.sql");
/** A call that still waits after this long is stuck, whether the channel fails or no worker runs. */
const STUCK_MS = 60_000;

interface Row {
  unanswered: number;
  unanswered_since: string | null;
  stuck: number;
  stuck_since: string | null;
  last_error: string | null;
  overdue: number;
  overdue_since: string | null;
  standing: number;
  standing_since: string | null;
}

/** Whether something at this station leaves a child waiting: red is for a person to see to now. */
export async function healthOf(station: Pick<Station, "clock" | "config" | "db">): Promise<HealthView> {
  const now = station.clock();
  const everybodyAfter = STAGES.at(-1)?.afterMs ?? 0;
  const { rows } = await station.db.pool.query<Row>(HEALTH, [
    new Date(now - everybodyAfter).toISOString(),
    new Date(now - STUCK_MS).toISOString(),
    new Date(now).toISOString(),
    new Date(now - ALARMS_AFTER_MS[1]).toISOString(),
  ]);
  const [row] = rows;
  if (row === undefined) throw new Error("a statement without a from has one row");
  const { paging, safeguarding } = station.config;
  const check = (
    id: HealthView["checks"][number]["id"],
    configured: boolean,
    count: number,
    since: string | null,
    detail: string | null = null,
  ): HealthView["checks"][number] => ({
    id,
    state: !configured ? "not-configured" : count > 0 ? "red" : "well",
    count: configured ? count : 0,
    ...(configured && since !== null ? { since } : {}),
    ...(configured && detail !== null ? { detail } : {}),
  });
  const checks = [
    check("pages-unanswered", true, row.unanswered, row.unanswered_since),
    check("outward-channel", hasOutward(paging), row.stuck, row.stuck_since, row.last_error),
    check("effects-standing", true, row.standing, row.standing_since),
    check("safeguarding-overdue", safeguarding.authorities.length > 0, row.overdue, row.overdue_since),
  ];
  return { state: checks.some(({ state }) => state === "red") ? "red" : "well", checks };
}
