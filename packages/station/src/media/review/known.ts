import type { Principal } from "../../access/index.ts";
import type { Station } from "../../context.ts";
import { StationError } from "../../errors.ts";
import { decideReferral } from "../../referral/index.ts";

/** The most reports that one act files. */
export const MOST_AT_ONCE = 100;

/** A report of posted files that nobody has filed yet: what is in it was decided before, or by a list that is trusted. */
export interface KnownReport {
  report: string;
  number: string;
  at: string;
  files: number;
}

/** Reports of posted files that wait for somebody to file them, the oldest first. */
export async function knownReports(station: Station): Promise<KnownReport[]> {
  const rows = await station.db.kysely
    .selectFrom("media_incident")
    .innerJoin("report", "report.id", "media_incident.report_id")
    .select(["report.id", "report.number", "report.received_at"])
    .select((eb) =>
      eb
        .selectFrom("evidence")
        .whereRef("evidence.report_id", "=", "report.id")
        .select((each) => each.fn.countAll<string>().as("files"))
        .as("files"),
    )
    .where("report.status", "=", "new")
    .where((eb) =>
      eb.not(
        eb.exists(
          eb.selectFrom("referral").select("referral.id").whereRef("referral.report_id", "=", "report.id"),
        ),
      ),
    )
    .orderBy("report.received_at")
    .limit(MOST_AT_ONCE)
    .execute();
  return rows.map(({ id, number, received_at, files }) => ({
    report: id,
    number,
    at: received_at,
    files: Number(files ?? 0),
  }));
}

/**
 * A person files reports of known files without opening any of them: each is a decision of its own, with its leaf (law 7).
 * @throws StationError `conflict` where no peer is configured to file with, or one of them is none of those that wait
 */
export async function fileKnown(
  station: Station,
  { reports, reason }: { reports: readonly string[]; reason: string },
  by: Principal,
): Promise<void> {
  const peer = station.config.media?.fileWith;
  if (peer === undefined)
    throw new StationError("conflict", "This station is not told with whom it files what was posted.", {
      audience: "reviewer",
      remedy: "Refer each report from its own page, or have `media.fileWith` set.",
    });
  const waiting = new Set((await knownReports(station)).map(({ report }) => report));
  if (!reports.every((report) => waiting.has(report)))
    throw new StationError("conflict", "One of these reports does not wait to be filed any more.", {
      audience: "reviewer",
      remedy: "Look at the page again. Nothing was filed.",
    });
  for (const report of reports) await decideReferral(station, report, { peer, reason }, by);
}
