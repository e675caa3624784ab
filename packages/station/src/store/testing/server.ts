import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { livingHolder } from "../embedded/data-lock.ts";
import { type EmbeddedPostgres, type ServerSettings, startEmbedded } from "../embedded/index.ts";

/** Carries the connection string of a run's shared server from the runner to each test file's process. */
export const testServerVariable = "FAIRLEAD_TEST_POSTGRES";

/** Nothing of a test has to outlive a power failure. Tests of durability start a server of their own. */
const throwAway: ServerSettings = {
  fsync: "off",
  full_page_writes: "off",
  synchronous_commit: "off",
  wal_level: "minimal",
  max_wal_senders: "0",
  // A run's files work at the same time, each with a few pools.
  max_connections: "200",
};

const folderPrefix = "fairlead-test-postgres-";

/** A folder that a killed run left behind is removed by a later one, when it is surely nobody's any more. */
const abandonedMs = 3_600_000;

/** The server of one run of tests. */
export interface TestServer extends AsyncDisposable {
  /** What the processes of the test files need in their environment to use it. */
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * For a runner that starts many test files: one server for all, gone when it is disposed or the runner dies. If
 * `DATABASE_URL` names a server, that one is used and none is started.
 */
export async function startTestServer(): Promise<TestServer> {
  if (givenServer() !== null) return { environment: {}, [Symbol.asyncDispose]: async () => undefined };
  const own = await startThrowAway();
  return { environment: { [testServerVariable]: own.server.url }, [Symbol.asyncDispose]: own.stop };
}

/** The server of this process when its runner has not given it one: started at the first need, stopped at the end. */
const ownServer: { started: Promise<string> | null } = { started: null };

/** The connection string of a role that may create databases. */
export async function testServerUrl(): Promise<string> {
  const given = givenServer();
  if (given !== null) return given;
  ownServer.started ??= startUntilEnd();
  return await ownServer.started;
}

function givenServer(): string | null {
  const url = process.env["DATABASE_URL"] ?? process.env[testServerVariable];
  return url === undefined || url === "" ? null : url;
}

/** Many tests share the process's server, and none knows which is the last: the end of all work does. */
async function startUntilEnd(): Promise<string> {
  const { server, stop } = await startThrowAway();
  server.unref();
  process.once("beforeExit", () => void stop());
  return server.url;
}

async function startThrowAway(): Promise<{ server: EmbeddedPostgres; stop: () => Promise<void> }> {
  removeAbandoned();
  const dataDir = mkdtempSync(join(tmpdir(), folderPrefix));
  const server = await startEmbedded({ dataDir, settings: throwAway });
  const stop = async (): Promise<void> => {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  return { server, stop };
}

function removeAbandoned(): void {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(folderPrefix))) {
    const folder = join(tmpdir(), name);
    try {
      const isOld = Date.now() - statSync(folder).mtimeMs > abandonedMs;
      if (isOld && livingHolder(join(folder, "lock")) === null)
        rmSync(folder, { recursive: true, force: true });
    } catch {
      // Somebody else's, or removed at this moment by another run.
    }
  }
}
