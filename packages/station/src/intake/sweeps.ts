import type { Station } from "../context.ts";
import { profiles } from "../profile.ts";
import { repeatedly } from "../repeatedly.ts";
import { sweepOrphans } from "../vault/index.ts";
import { tipStore } from "./tip-store.ts";
import { sweepUploads } from "./uploads/index.ts";

const EVERY_MS = 60_000;
const TIPS_AT_ONCE = 200;

/** Deletes what was never finished: reports that expired at the CyberTipline door, uploads, and objects that no report claimed. */
export function startIntakeSweeps(station: Station): AsyncDisposable {
  return repeatedly(station, "intake sweep", EVERY_MS, sweep);
}

async function sweep(station: Station): Promise<void> {
  if (profiles[station.config.station.profile].doors.includes("cybertipline")) {
    const store = tipStore(station);
    while ((await store.expire(station.clock(), TIPS_AT_ONCE)).length === TIPS_AT_ONCE);
  }
  await sweepUploads(station);
  await sweepOrphans(station.db.kysely, station.vault, station.clock());
}
