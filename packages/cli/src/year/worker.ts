import { parentPort, workerData } from "node:worker_threads";
import { simulateYear } from "@fairlead/simulator";
import { makePart } from "./make-part.ts";
import { makingOf } from "./making.ts";
import { partFiles } from "./part-files.ts";
import type { Part, YearPlan } from "./year-plan.ts";

// A thread that makes parts: each message is a part, each answer says that its file is there.

const { folder, plan } = workerData as { folder: string; plan: YearPlan };
const making = makingOf();
const files = partFiles(folder);

parentPort?.on("message", (part: Part) => {
  void make(part);
});

async function make({ number, from, to }: Part): Promise<void> {
  const { year, seed, total } = plan;
  const cpu = process.threadCpuUsage();
  const columns = makePart(simulateYear({ year, seed, total, from, to }), making);
  await files.write(number, columns);
  const { user, system } = process.threadCpuUsage(cpu);
  parentPort?.postMessage({ number, cpuMs: (user + system) / 1000 }, []);
}
