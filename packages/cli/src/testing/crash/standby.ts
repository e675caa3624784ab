import { once } from "node:events";
import { flushCompileCache } from "node:module";
import { createInterface } from "node:readline";
import { readConfig, startStation } from "@fairlead/station";

// A station's process that has loaded the program and waits to be told, by one JSON line on its standard input, which station it is.
// Most of what a start costs is loading; so the next one is ready when this one is killed. It ends with the process that started it.

const order = createInterface({ input: process.stdin });
process.stdin.on("error", () => undefined).once("close", () => process.exit(0));
flushCompileCache();
const [line] = (await once(order, "line")) as [string];
const { config, clockOffsetMs } = JSON.parse(line) as { config: string; clockOffsetMs: number };
const running = await startStation(await readConfig(config), {
  logLevel: "warn",
  clock: () => Date.now() + clockOffsetMs,
});
process.stdout.write(`${JSON.stringify({ url: running.url })}\n`);
const stop = async () => {
  await running[Symbol.asyncDispose]();
  process.exit(0);
};
process.once("SIGTERM", () => void stop());
