import { processorSeconds, residentBytes } from "./processes.ts";
import { closedLoop } from "./load.ts";
import { rounded } from "./percentile.ts";
import type { BenchStation } from "./station.ts";

/** Where the station's memory is read, in reports. */
const STOPS = [1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000, 1_000_000];
/** What grows with reports grows with their number, not with their bytes; small ones let many of them come in an hour. */
const ATTACHED = { files: 1, fileBytes: 1000 };

/**
 * Sends reports and reads how much memory the station's process holds on the way: the least of ten readings, a second apart, after each
 * stop's last report, for between two collections it swings by a tenth.
 * @param to how many reports in all
 */
export async function measureGrowth(
  station: BenchStation,
  options: { to: number; lanes: number; senders: number; next: () => number; say: (line: string) => void },
) {
  const { to, lanes, senders, next, say } = options;
  const readings: Array<{ reports: number; residentMiB: number; stationMsPerCycle?: number }> = [];
  let sent = 0;
  for (const stop of [...STOPS.filter((one) => one < to), to]) {
    const count = stop - sent;
    let left = count;
    const before = await processorSeconds(station.pid);
    await closedLoop(station, { lanes, senders, next, attached: ATTACHED, goOn: () => (left -= 1) >= 0 });
    const after = await processorSeconds(station.pid);
    sent = stop;
    const residentMiB = await least(station.pid);
    readings.push({
      reports: stop,
      residentMiB,
      ...(before === undefined || after === undefined
        ? {}
        : { stationMsPerCycle: rounded(((after.own - before.own) * 1000) / count) }),
    });
    say(`${stop} reports: ${residentMiB} MiB`);
  }
  return { ...ATTACHED, readings };
}

async function least(pid: number): Promise<number> {
  const found: number[] = [];
  for (let n = 0; n < 10; n += 1) {
    await new Promise((resolve) => setTimeout(resolve, 1000));
    found.push(((await residentBytes(pid)) ?? 0) / 2 ** 20);
  }
  return Math.round(Math.min(...found));
}
