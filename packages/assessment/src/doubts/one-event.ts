import { doubt, type Doubt } from "./doubt.ts";
import type { DoubtRules } from "./rules.ts";
import type { StatedTime } from "./stated-time.ts";

/**
 * Times of one file's upload that disagree: `uploadedAt` and the file's own upload events are two records of one thing. A file
 * that was uploaded more than once agrees when one of its events does.
 */
export function disagreements(times: readonly StatedTime[], rules: DoubtRules): Doubt[] {
  const found: Doubt[] = [];
  for (const upload of times) {
    if (!upload.upload || upload.at === undefined) continue;
    const { at } = upload;
    const apart = (event: StatedTime) => Math.abs((event.at ?? at) - at);
    const events = uploadsOf(upload.owner, times);
    if (events.length === 0 || events.some((event) => apart(event) <= rules.sameEventSeconds * 1000))
      continue;
    const [nearest] = [...events].sort((a, b) => apart(a) - apart(b));
    if (nearest === undefined) continue;
    const how = { apart: inWords(apart(nearest)) };
    found.push(
      doubt(
        "doubt.times-disagree",
        {
          path: upload.path,
          stated: upload.moment.raw,
          couldBe: [nearest.moment.at ?? nearest.moment.raw],
          against: events.map(({ path }) => path),
        },
        how,
      ),
      ...events.map((event) =>
        doubt(
          "doubt.times-disagree",
          {
            path: event.path,
            stated: event.moment.raw,
            couldBe: [upload.moment.at ?? upload.moment.raw],
            against: [upload.path],
          },
          { apart: inWords(apart(event)) },
        ),
      ),
    );
  }
  return found;
}

/** The upload events of a file whose instants are certain. */
function uploadsOf(owner: string, times: readonly StatedTime[]): StatedTime[] {
  return times.filter(
    (time) => time.event?.kind === "upload" && time.at !== undefined && time.owner === owner,
  );
}

/** A stretch of time in its largest whole unit: what is exactly an hour or twelve says what went wrong. */
function inWords(ms: number): string {
  const units: ReadonlyArray<readonly [number, string]> = [
    [86_400_000, "day"],
    [3_600_000, "hour"],
    [60_000, "minute"],
    [1000, "second"],
  ];
  const [size, name] = units.find(([unit]) => ms >= unit && ms % unit === 0) ??
    units.find(([unit]) => ms >= unit) ?? [1000, "second"];
  const count = Math.round((ms / size) * 10) / 10;
  return `${count} ${name}${count === 1 ? "" : "s"}`;
}
