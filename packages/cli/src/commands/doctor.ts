import { access, constants, stat, statfs } from "node:fs/promises";
import { join } from "node:path";
import { loadChatKeys, loadKeys, openDatabaseOf, readConfig, type StationConfig } from "@fairlead/station";
import { Command } from "commander";
import { openOutput } from "../output.ts";
import { type Finding, runningFindings } from "./running-station.ts";

/** Below this the vault may fill during one day of large files. */
const FREE_BYTES = 5 * 1024 ** 3;

/** `fairlead doctor`: whether this machine and a station's folder are fit for work, and what waits at one that runs. */
export function doctorCommand(): Command {
  return new Command("doctor")
    .description("check that this machine and a station's folder are fit for work")
    .option("--config <file>", "also check this station")
    .option("--json", "print one JSON line")
    .action(async (options: { config?: string; json?: boolean }) => {
      const findings = [await nodeVersion()];
      if (options.config !== undefined) findings.push(...(await stationFindings(options.config)));
      const ok = findings.every((found) => found.ok);
      openOutput(options.json === true).result({ ok, findings }, [
        ...findings.map((found) => `${found.ok ? "ok " : "BAD"} ${found.check}: ${found.detail}`),
        ok ? "Fit for work." : "Something above must be put right first.",
      ]);
      process.exitCode = ok ? 0 : 1;
    });
}

async function nodeVersion(): Promise<Finding> {
  const major = Number(process.versions.node.split(".", 1)[0]);
  return { check: "Node.js", ok: major >= 24, detail: `${process.versions.node}, 24 or newer is needed` };
}

async function stationFindings(path: string): Promise<Finding[]> {
  const config = await attempt("configuration", async () => {
    const read = await readConfig(path);
    return {
      value: read,
      detail: `${read.station.name} (${read.station.profile}), ${read.peers.length} peers`,
    };
  });
  if (config.value === undefined) return [config.finding];
  const station = config.value;
  return [
    config.finding,
    ...(await Promise.all([
      keys(station),
      folder(station),
      space(station),
      secrets(station),
      database(station),
    ])),
    // After the database is known to open.
    ...(await running(station)),
  ];
}

async function attempt<T>(
  check: string,
  step: () => Promise<{ value: T; detail: string }>,
): Promise<{ finding: Finding; value?: T }> {
  try {
    const { value, detail } = await step();
    return { value, finding: { check, ok: true, detail } };
  } catch (error) {
    return { finding: { check, ok: false, detail: error instanceof Error ? error.message : String(error) } };
  }
}

async function keys(config: StationConfig): Promise<Finding> {
  const { finding } = await attempt("keys", async () => {
    const dir = join(config.dataDir, "keys");
    const loaded = await loadKeys(dir, config.station.id);
    if (config.chat !== undefined) await loadChatKeys(dir, config.chat);
    const open = ((await stat(dir)).mode & 0o077) !== 0;
    if (open) throw new Error(`${dir} can be read by others; run: chmod 700 ${dir}`);
    return {
      value: loaded,
      detail: `vault recipient ${loaded.sealing.recipient.slice(0, 12)}…, log ${loaded.log.name}`,
    };
  });
  return finding;
}

async function folder(config: StationConfig): Promise<Finding> {
  const { finding } = await attempt("data folder", async () => {
    await access(config.dataDir, constants.R_OK | constants.W_OK);
    return { value: true, detail: `${config.dataDir} can be written` };
  });
  return finding;
}

async function space(config: StationConfig): Promise<Finding> {
  const { finding } = await attempt("disk space", async () => {
    const found = await statfs(config.dataDir);
    const free = found.bavail * found.bsize;
    const words = `${Math.floor(free / 1024 ** 3)} GiB free`;
    if (free < FREE_BYTES) throw new Error(`${words}; at least ${FREE_BYTES / 1024 ** 3} GiB is advised`);
    return { value: free, detail: words };
  });
  return finding;
}

async function secrets(config: StationConfig): Promise<Finding> {
  const { finding } = await attempt("secrets", async () => {
    const files = [
      ...config.senders.map((sender) => sender.passwordFile),
      ...config.peers.flatMap((peer) =>
        peer.cybertipline === undefined ? [] : [peer.cybertipline.passwordFile],
      ),
    ];
    for (const file of files) await access(file, constants.R_OK);
    return { value: files, detail: `${files.length} secret files can be read` };
  });
  return finding;
}

async function database(config: StationConfig): Promise<Finding> {
  const { finding } = await attempt("database", async () => {
    await using opened = await openDatabaseOf(config);
    const { rows } = await opened.db.pool.query<{ server_version: string }>("show server_version");
    return { value: true, detail: `PostgreSQL ${rows[0]?.server_version}, tables are up to date` };
  });
  return finding;
}

async function running(config: StationConfig): Promise<Finding[]> {
  const { value, finding } = await attempt("station", async () => ({
    value: await runningFindings(config, Date.now()),
    detail: "",
  }));
  return value ?? [finding];
}
