import { parentPort, workerData } from "node:worker_threads";
import { type Attack, type Attacked, attack } from "./attack.ts";
import type { Target } from "./case.ts";
import { hostileCorpus } from "./corpus.ts";

/** What the attacker's thread is told. */
export interface Orders {
  readonly stations: Readonly<Record<Target, Attacked>>;
  readonly kind: string | undefined;
  readonly every: number;
  /** How long a station may take over a case, on a machine with other work. */
  readonly doneAfterMs: number;
}

/** What it reports: each kind of attack when it is over. */
export type AttackOfKind = Attack & { readonly kind: string };

const { stations, kind: wanted, every, doneAfterMs } = workerData as Orders;
const cases = hostileCorpus().filter(
  ({ kind }, at) => at % every === 0 && (wanted === undefined || kind.startsWith(wanted)),
);
for (const [kind, of] of Map.groupBy(cases, (one) => one.kind)) {
  const report: AttackOfKind = { kind, ...(await attack(of, stations, doneAfterMs)) };
  parentPort?.postMessage(report, []);
}
