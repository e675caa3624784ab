import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { openPolicy } from "./access/index.ts";
import { wakeNoteArrivals } from "./arrivals/index.ts";
import { wakeStale } from "./assessment/index.ts";
import { openAuditLog } from "./audit/index.ts";
import { bankRoutes, openMatcher, openPictures } from "./banks/index.ts";
import { chatRoutes, openHub, startHubWork } from "./chat/index.ts";
import type { StationConfig } from "./config.ts";
import type { Station } from "./context.ts";
import { deconflictionRoutes, openPairs, renewInterests, startKeyRenewal } from "./deconfliction/index.ts";
import { deskRoutes } from "./desk-api/index.ts";
import { watchFrom } from "./effects/index.ts";
import { wakeErasures } from "./erasing/index.ts";
import { makeApp } from "./http/app.ts";
import { mediaDoor, openMediaEyes, startMediaSweep } from "./media/index.ts";
import {
  type Doorkeeper,
  intakeRoutes,
  intakeWires,
  openDoorkeeper,
  startCallCounts,
  startIntakeSweeps,
} from "./intake/index.ts";
import { ensureSubjects } from "./linking/index.ts";
import { loadKeys } from "./keys.ts";
import { openPackagedTables } from "./linking/index.ts";
import { openLog } from "./log.ts";
import { EMBEDDED_FOLDER, noteDatabaseUrl } from "./open-database.ts";
import { outcomeRoutes } from "./outcomes/index.ts";
import { recheckProofs } from "./proof/index.ts";
import { catchUpSafeguarding } from "./safeguarding/index.ts";
import { readRules } from "./rules/index.ts";
import { startScoring } from "./senders/index.ts";
import { seedFromConfig } from "./seed.ts";
import { assertDurable, migrate, openDatabase, retryWhileDown, startEmbedded } from "./store/index.ts";
import { openFileStore, openVault } from "./vault/index.ts";
import { applicationName } from "./worker-recovery.ts";
import { startWorker } from "./worker.ts";

/**
 * Connections of one process: four are held for the job queue's and the log's own use. Work waits for the disk, not for processors,
 * so a few more than cores are worth it, and no more: each has to learn our statements, at 100 ms of processor in all.
 */
const POOL_SIZE = 11;
const DATABASE_PATIENCE_MS = 60_000;

export interface StartOptions {
  clock?: () => number;
  logLevel?: string;
  /** For tests only: take a database that may lose what it acknowledged. */
  dataIsThrowAway?: boolean;
}

/** A station that runs. */
export interface RunningStation extends AsyncDisposable {
  station: Station;
  /** Who lets calls in, with what came of them since it was last written down. */
  doorkeeper: Doorkeeper;
  /** Where it listens, with the port that the system gave if the configuration said 0. */
  url: string;
}

/**
 * Builds everything from typed configuration, in the one order that is safe: database, migrations, keys, vault, log, work,
 * and only then the doors.
 */
export async function startStation(
  config: StationConfig,
  options: StartOptions = {},
): Promise<RunningStation> {
  await using stack = new AsyncDisposableStack();
  const clock = options.clock ?? Date.now;
  const processId = randomBytes(6).toString("hex");
  const log = openLog(config.station.id, options.logLevel ?? "info");
  // Before anything is started: a table that cannot be used stops the station with words, and nothing has happened yet.
  const networks = config.networks.tables === "packaged" ? await openPackagedTables() : undefined;
  const deconfliction = await openPairs(config.peers, clock());
  const databaseUrl =
    config.databaseUrl ??
    stack.use(await startEmbedded({ dataDir: join(config.dataDir, EMBEDDED_FOLDER), log })).url;
  await noteDatabaseUrl(config, databaseUrl);
  const db = stack.use(
    openDatabase({ url: databaseUrl, applicationName: applicationName(processId), poolSize: POOL_SIZE, log }),
  );
  // A database that is just being restarted is no reason to give up. Each of these may be done twice.
  const patiently = <T>(work: () => Promise<T>) => retryWhileDown(work, { forMs: DATABASE_PATIENCE_MS, log });
  await patiently(() => assertDurable(db, { dataIsThrowAway: options.dataIsThrowAway === true }));
  await patiently(() => migrate({ url: databaseUrl, log }));
  const keys = await loadKeys(join(config.dataDir, "keys"), config.station.id);
  const vault = openVault(await openFileStore(join(config.dataDir, "vault")), keys.sealing);
  const audit = stack.use(
    await openAuditLog({ db, root: join(config.dataDir, "log"), signer: keys.log, clock, log }),
  );
  const station: Station = {
    config,
    keys,
    db,
    vault,
    audit,
    policy: openPolicy(config.station.profile),
    rules: await readRules(config.rules),
    networks,
    deconfliction,
    log,
    processId,
    clock,
    fetch: globalThis.fetch,
  };
  await patiently(() => seedFromConfig(station));
  await patiently(() => ensureSubjects(station));
  await patiently(() => recheckProofs(station));
  await patiently(() => wakeNoteArrivals(station));
  await patiently(() => wakeStale(station));
  await patiently(() => catchUpSafeguarding(station));
  await patiently(() => renewInterests(station));
  await patiently(() => wakeErasures(station));
  await patiently(() => watchFrom(db.kysely, clock()));
  stack.use(startKeyRenewal(station));
  if (config.roles.includes("worker")) {
    stack.use(await patiently(() => startWorker(station)));
    stack.use(startScoring(station));
  }
  const doorkeeper = openDoorkeeper(station);
  const app = await makeApp(
    station,
    config.roles.includes("intake") ? intakeWires(station, doorkeeper) : new Map(),
  );
  if (config.roles.includes("intake")) {
    await app.register(async (scope) => intakeRoutes(scope, station, doorkeeper));
    await app.register(async (scope) => outcomeRoutes(scope, station));
    await app.register(async (scope) => deconflictionRoutes(scope, station));
    const matcher = stack.use(
      openMatcher(station, { follows: true, snapshots: join(config.dataDir, "banks") }),
    );
    const pictures = openPictures();
    stack.defer(async () => await pictures.close());
    await app.register(async (scope) =>
      bankRoutes(scope, station, { doorkeeper, matcher, pictures: pictures.open }),
    );
    const { media } = config;
    if (media !== undefined) {
      const eyes = stack.adopt(await openMediaEyes(matcher, media), ({ hasher }) => hasher.close());
      await app.register(async (scope) => mediaDoor(scope, station, media, { doorkeeper, eyes }));
      stack.use(startMediaSweep(station));
    }
    stack.use(startIntakeSweeps(station));
    stack.use(startCallCounts(station, doorkeeper.counts));
  }
  if (config.roles.includes("hub") && config.chat !== undefined) {
    const hub = stack.use(await openHub(station, config.chat));
    stack.use(startHubWork(hub));
    await app.register(async (scope) => chatRoutes(scope, hub));
  }
  if (config.roles.includes("desk")) await app.register(async (scope) => deskRoutes(scope, station));
  stack.defer(async () => {
    app.server.closeAllConnections();
    await app.close();
  });
  const url = await app.listen({ host: config.listen.host, port: config.listen.port });
  log.info({ url, profile: config.station.profile }, "station.listening");
  const resources = stack.move();
  return { station, doorkeeper, url, [Symbol.asyncDispose]: () => resources.disposeAsync() };
}
