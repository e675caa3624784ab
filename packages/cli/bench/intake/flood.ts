import { parentPort, workerData } from "node:worker_threads";
import { openLoop, type Pace } from "./load.ts";

/** One sender's flood, told to a thread of its own. */
export interface Flood {
  readonly port: number;
  readonly authorization: string;
  readonly pace: Pace;
  readonly seconds: number;
  /** The number of its first report. */
  readonly first: number;
}

const { port, authorization, pace, seconds, first } = workerData as Flood;
let n = first;
const [seen] = await openLoop({ port, authorization: () => authorization }, [pace], {
  seconds,
  next: () => (n += 1),
});
parentPort?.postMessage(seen, []);
