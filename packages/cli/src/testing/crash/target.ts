import { setTimeout as sleep } from "node:timers/promises";
import type { ProfileId } from "@fairlead/station";
import type { StationProcess, Starter } from "./crash-station.ts";
import { reportSending, ukSending } from "./form-sending.ts";
import type { LedgerEntry } from "./ledger.ts";
import { makePlace, type Place } from "./place.ts";
import { packageSending } from "./package-sending.ts";
import { type FileSizes, type Sending, SMALL_AND_LARGE } from "./sending.ts";
import { tipSending } from "./tip-sending.ts";
import { uploadSending } from "./upload-sending.ts";

/** A door, the kind of station that has it, and how a report is sent to it. */
export const DOORS = {
  cybertipline: { profile: "clearinghouse", sending: tipSending },
  report: { profile: "platform", sending: reportSending },
  "uk-direct": { profile: "national-agency", sending: ukSending },
  upload: { profile: "platform", sending: uploadSending },
  package: { profile: "national-agency", sending: packageSending },
} as const satisfies Record<
  string,
  { profile: ProfileId; sending: (place: Place, mark: string, sizes: FileSizes) => Sending }
>;
export type DoorName = keyof typeof DOORS;
export const DOOR_NAMES = Object.keys(DOORS) as DoorName[];

/** A station with one door under test, which is started again whenever it is down, and the ledger of all that was sent to it. */
export interface Target extends AsyncDisposable {
  readonly door: DoorName;
  readonly place: Place;
  /** For short-lived files. */
  readonly folder: string;
  readonly entries: readonly LedgerEntry[];
  /** The running station; started first if it does not run. */
  up(): Promise<StationProcess>;
  /** Its clock is off by so much from its next start on. */
  setClock(offsetMs: number): void;
  /** The running station, if it runs. */
  running(): StationProcess | undefined;
  /** Another report to send; with a small and a large file unless told otherwise. */
  next(sizes?: FileSizes): Sending;
  note(entry: LedgerEntry): void;
  starts(): number;
}

/** A database that was just killed keeps a station from starting for a moment. */
const STARTS = 3;
const AGAIN_MS = 500;

export async function openTarget(options: {
  door: DoorName;
  dir: string;
  folder: string;
  databaseUrl: string;
  /** By which the station reaches it. */
  stationsUrl: string;
  starter: Starter;
  seed: string;
}): Promise<Target> {
  const { door, dir, folder, databaseUrl, stationsUrl, starter, seed } = options;
  const { profile, sending } = DOORS[door];
  const place = await makePlace({ dir, id: `crash-${door}`, profile, databaseUrl, stationsUrl });
  const entries: LedgerEntry[] = [];
  let process: StationProcess | undefined;
  let starting: Promise<StationProcess> | undefined;
  let clockOffsetMs = 0;
  let count = 0;
  let starts = 0;
  const start = async () => {
    for (let tries = 1; ; tries += 1) {
      try {
        process = await starter.start(place.config, clockOffsetMs);
        starts += 1;
        return process;
      } catch (error) {
        if (tries === STARTS) throw error;
        await sleep(AGAIN_MS);
      }
    }
  };
  return {
    door,
    place,
    folder,
    entries,
    async up() {
      if (process?.isAlive() === true) return process;
      starting ??= start().finally(() => {
        starting = undefined;
      });
      return await starting;
    },
    setClock(offsetMs) {
      clockOffsetMs = offsetMs;
    },
    running: () => (process?.isAlive() === true ? process : undefined),
    next(sizes = SMALL_AND_LARGE) {
      count += 1;
      return sending(place, `${door}-${seed}-${String(count).padStart(6, "0")}`, sizes);
    },
    note(entry) {
      entries.push(entry);
    },
    starts: () => starts,
    async [Symbol.asyncDispose]() {
      await starting?.catch(() => undefined);
      await process?.stop();
      await place[Symbol.asyncDispose]();
    },
  };
}
