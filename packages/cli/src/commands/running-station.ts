import { openDatabaseOf, type OperatorHealth, operatorHealth, type StationConfig } from "@fairlead/station";

/** One thing that was looked at: whether it is well, and in plain words what is wrong and what to do. */
export interface Finding {
  check: string;
  ok: boolean;
  detail: string;
}

const ANSWER_MS = 5000;
/** Work that is due begins within a second; five minutes are an outage, not a burst. */
const STUCK_MS = 5 * 60_000;
/** Ranges of addresses change hands; after half a year too many do for a table to be trusted with a door. */
const TABLES_DAYS = 183;

/** Whether a station runs and, if it does, whether anything there waits that should not. */
export async function runningFindings(config: StationConfig, now: number): Promise<Finding[]> {
  const url = addressOf(config);
  if (!(await answers(url)))
    return [
      {
        check: "station",
        ok: true,
        detail: `does not run: nothing answers at ${url}; start it with fairlead serve`,
      },
    ];
  await using opened = await openDatabaseOf(config);
  const health = await operatorHealth({ config, db: opened.db, clock: () => now });
  return [{ check: "station", ok: true, detail: `runs and answers at ${url}` }, ...findingsOf(health, now)];
}

function addressOf({ listen, publicUrl }: StationConfig): string {
  const host = listen.host.includes(":") ? `[${listen.host}]` : listen.host;
  return listen.port === 0 ? publicUrl : `http://${host}:${listen.port}`;
}

/** That nobody is signed in is an answer as well: it runs. */
async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/api/health`, { signal: AbortSignal.timeout(ANSWER_MS) });
    await response.body?.cancel();
    return true;
  } catch {
    return false;
  }
}

/** What an operator does about each check of the desk that is red. */
const DESK_REMEDIES: Record<OperatorHealth["desk"]["checks"][number]["id"], [string, string]> = {
  "pages-unanswered": [
    "calls that nobody has answered for 15 minutes",
    "telephone somebody on duty: a child may be in danger now",
  ],
  "outward-channel": [
    "calls that have not left the station",
    "see that the command or the webhook under `paging` works",
  ],
  "effects-standing": [
    "deliveries, replies or calls that stand still",
    "see the peers page of the desk for which, and whether those on the other side answer",
  ],
  "safeguarding-overdue": [
    "children of whom nobody has told an authority in time",
    "telephone a lead, who decides at the desk",
  ],
};

/** A station's health as findings, each with what to do. @param now milliseconds since 1970 */
export function findingsOf(health: OperatorHealth, now: number): Finding[] {
  const { oldestDue, tablesAgeDays } = health;
  const waits = oldestDue === undefined ? 0 : now - Date.parse(oldestDue);
  const minutes = Math.floor(waits / 60_000);
  return [
    finding(
      "workers",
      health.workers > 0,
      `processes at work: ${health.workers}`,
      () => "nobody works: start a process with the role `worker`, or see the log of the one that should run",
    ),
    finding(
      "work",
      waits < STUCK_MS,
      `${health.due} jobs are due, the oldest for ${minutes} minutes`,
      () => "work is stuck: restart the workers; if it stays so, look for `worker.` in their log",
    ),
    finding(
      "failing work",
      health.failing === 0,
      `${health.failing} jobs failed more than three times`,
      () => `they are tried again; the last said "${health.lastError ?? "nothing"}"`,
    ),
    ...health.desk.checks
      .filter(({ state }) => state !== "not-configured")
      .map(({ id, state, count, since, detail }) => {
        const [what, remedy] = DESK_REMEDIES[id];
        const when = since === undefined ? "" : `, the oldest since ${since}`;
        return finding(id, state === "well", `${count} ${what}${when}`, () =>
          detail === undefined ? remedy : `${remedy} (${detail})`,
        );
      }),
    finding(
      "rules",
      health.overdueReviews.length === 0,
      health.overdueReviews.length === 0
        ? "no review is overdue"
        : `the review is overdue of ${health.overdueReviews.join(", ")}`,
      () => "the law may have moved on: have them checked, then set a new review date under a new version",
    ),
    ...(tablesAgeDays === undefined
      ? []
      : [
          finding(
            "network tables",
            tablesAgeDays <= TABLES_DAYS,
            `made ${tablesAgeDays} days ago`,
            () => "addresses have changed hands since: install a newer version of Fairlead",
          ),
        ]),
  ];
}

function finding(check: string, ok: boolean, state: string, remedy: () => string): Finding {
  return { check, ok, detail: ok ? state : `${state}; ${remedy()}` };
}
