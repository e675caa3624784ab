import { type EmbeddedOptions, startEmbedded } from "./index.ts";

/**
 * A process of its own that starts an embedded PostgreSQL, for tests that kill it. Takes the options as JSON, prints one
 * line of JSON for each event and for what it has started, and lives until it is killed or its input ends.
 */
function print(event: string, fields: object): void {
  process.stdout.write(`${JSON.stringify({ event, ...fields })}\n`);
}

const options = JSON.parse(process.argv[2] ?? "") as EmbeddedOptions;
const report = (fields: object, event: string): void => print(event, fields);
const log = { debug: report, info: report, warn: report, error: report };
try {
  const server = await startEmbedded({ ...options, log });
  print("started", { url: server.url, pid: server.pid, launcher: process.pid });
  process.stdin.resume().once("end", () => void server.stop());
} catch (error) {
  print("failed", {
    reason: error instanceof Error && "reason" in error ? error.reason : null,
    message: String(error),
  });
}
