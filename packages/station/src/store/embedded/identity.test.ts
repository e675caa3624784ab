import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import test from "node:test";
import { fileURLToPath } from "node:url";
import { findBinaries } from "./binaries.ts";
import { candidateIdentities } from "./identity.ts";
import { dataFolder, lastFirst, launch, onSession, started, untilGone } from "./launch.testing.ts";

const isRoot = process.getuid?.() === 0;
const asRoot = isRoot ? {} : { skip: "only root can become other users" };

/** A user that every Linux has beside root and nobody. */
const daemon = { uid: 1, gid: 1 };
const asDaemon = ["setpriv", "--reuid", "1", "--regid", "1", "--clear-groups"];

const source = fileURLToPath(new URL(".", import.meta.url));
const othersCanRead =
  isRoot && spawnSync("setpriv", [...asDaemon.slice(1), "test", "-r", join(source, "start.ts")]).status === 0;
const asOther = othersCanRead ? {} : { skip: "needs root, and a checkout that other users can read" };

test("who is not root runs PostgreSQL directly, and root never does", () => {
  const root = { uid: 0, gid: 0 };
  assert.deepEqual(
    candidateIdentities(root, root).map(({ name }) => name),
    ["user-namespace", "nobody"],
  );
  assert.deepEqual(
    candidateIdentities(root, daemon).map(({ name }) => name),
    ["owner", "user-namespace", "nobody"],
  );
  assert.equal(candidateIdentities({ uid: 12_345, gid: 12_345 }, root).at(-1)?.name, "user-namespace");
});

/** How the launcher found out to run. */
async function identityOf(launcher: ReturnType<typeof launch>): Promise<unknown> {
  return (await launcher.event("postgres.starting"))["identity"];
}

/** A PATH on which user namespaces are forbidden, as in most containers. */
function withoutNamespaces(folder: string): NodeJS.ProcessEnv {
  const programs = join(folder, "programs");
  mkdirSync(programs);
  chmodSync(programs, 0o755);
  writeFileSync(
    join(programs, "unshare"),
    '#!/bin/sh\necho "unshare: Operation not permitted" >&2\nexit 1\n',
    { mode: 0o755 },
  );
  return { PATH: `${programs}${delimiter}${process.env["PATH"] ?? ""}` };
}

test("root: programs and data below a home directory of mode 700 work", asRoot, async (t) => {
  const hook = lastFirst(t);
  const home = dataFolder(hook, "/root");
  chmodSync(home, 0o700);
  const { initdb, native } = findBinaries(process.env["FAIRLEAD_POSTGRES_BIN"]);
  const programs = join(home, "checkout");
  cpSync(native ?? dirname(dirname(initdb)), programs, { recursive: true });
  const options = { dataDir: join(home, "data"), binaries: join(programs, "bin") };
  const launcher = launch(hook, options);
  const { url, pid } = await started(launcher);
  assert.equal(await identityOf(launcher), "user-namespace");
  assert.equal(
    existsSync(`/proc/${pid}`) && execFileSync("readlink", [`/proc/${pid}/exe`], { encoding: "utf8" }).trim(),
    join(programs, "bin", "postgres"),
  );
  await onSession(url, (client) => client.query("create table shape (id integer)"));
  launcher.process.kill("SIGKILL");
  await untilGone(options.dataDir);
  const { url: again } = await started(launch(hook, options));
  await onSession(again, (client) => client.query("select * from shape"));
});

test(
  "root where user namespaces are forbidden: PostgreSQL runs as nobody, and only we can log in",
  asOther,
  async (t) => {
    const hook = lastFirst(t);
    const dataDir = dataFolder(hook);
    const env = withoutNamespaces(dataDir);
    const launcher = launch(hook, { dataDir }, [], env);
    const { url, pid } = await started(launcher);
    assert.equal(await identityOf(launcher), "nobody");
    assert.equal(statSync(`/proc/${pid}`).uid, 65_534);
    assert.equal(statSync(dataDir).uid, 0);
    await onSession(url, (client) => client.query("create table shape (id integer)"));
    const script = `
    import { Client } from ${JSON.stringify(import.meta.resolve("pg"))};
    const client = new Client({ connectionString: process.argv[1] });
    await client.connect().catch((error) => console.log(error.code));
    await client.end();`;
    const nobody = ["--reuid", "65534", "--regid", "65534", "--clear-groups"];
    const other = execFileSync(
      "setpriv",
      [...nobody, process.execPath, "--input-type=module", "--eval", script, url],
      { encoding: "utf8" },
    );
    // 28000: the kernel says that the caller is nobody, and pg_ident.conf has no such line.
    assert.equal(other.trim(), "28000");
    await launcher.event("started");
    launcher.process.kill("SIGKILL");
    await untilGone(dataDir);
  },
);

test("root: data moves between a place with user namespaces and one without", asOther, async (t) => {
  const hook = lastFirst(t);
  const dataDir = dataFolder(hook);
  const forbidden = withoutNamespaces(dataDir);
  const environments: readonly [NodeJS.ProcessEnv, string][] = [
    [{}, "user-namespace"],
    [forbidden, "nobody"],
    [{}, "owner"],
  ];
  for (const [index, [env, identity]] of environments.entries()) {
    const launcher = launch(hook, { dataDir }, [], env);
    const { url } = await started(launcher);
    assert.equal(await identityOf(launcher), identity);
    await onSession(url, async (client) => {
      await client.query("create table if not exists shape (id integer)");
      const { rows } = await client.query(
        "insert into shape values (1) returning (select count(*)::int from shape) as before",
      );
      assert.deepEqual(rows, [{ before: index }]);
    });
    launcher.process.stdin?.end();
    await untilGone(dataDir);
  }
});

test("data in somebody else's folder stays theirs, whoever starts it first", asOther, async (t) => {
  for (const turns of [
    ["them", "root", "them"],
    ["root", "them", "root"],
  ]) {
    const hook = lastFirst(t);
    const dataDir = dataFolder(hook);
    chownSync(dataDir, daemon.uid, daemon.gid);
    for (const turn of turns) {
      const launcher = launch(hook, { dataDir }, turn === "root" ? [] : asDaemon);
      const { pid } = await started(launcher);
      assert.equal(await identityOf(launcher), turn === "root" ? "owner" : "direct");
      assert.equal(statSync(`/proc/${pid}`).uid, daemon.uid);
      launcher.process.kill("SIGKILL");
      await untilGone(dataDir);
    }
  }
});

test(
  "a user without a name, as in a container with any uid, gets one from a user namespace",
  asOther,
  async (t) => {
    const hook = lastFirst(t);
    const dataDir = dataFolder(hook);
    chownSync(dataDir, 54_321, 54_321);
    const nameless = ["setpriv", "--reuid", "54321", "--regid", "54321", "--clear-groups"];
    const launcher = launch(hook, { dataDir }, nameless);
    const { url } = await started(launcher);
    assert.equal(await identityOf(launcher), "user-namespace");
    assert.match(url, /user=fairlead/);
  },
);

test("a package folder that is read-only and somebody else's does", asOther, async (t) => {
  const hook = lastFirst(t);
  const dataDir = dataFolder(hook);
  chownSync(dataDir, daemon.uid, daemon.gid);
  await started(launch(hook, { dataDir }, asDaemon));
  const { native } = findBinaries(process.env["FAIRLEAD_POSTGRES_BIN"]);
  // A system's own PostgreSQL has its libraries where the loader finds them.
  assert.equal(existsSync(join(dataDir, "libraries", "libpq.so.5")), native !== null);
});

test("when nobody can be found to run it, every way that was tried is named", asRoot, async (t) => {
  const hook = lastFirst(t);
  const programs = dataFolder(hook);
  const home = mkdtempSync(join(tmpdir(), "fairlead-embedded-"));
  hook.after(async () => rmSync(home, { recursive: true, force: true }));
  chmodSync(home, 0o700);
  const outcome = await launch(hook, { dataDir: join(home, "data") }, [], withoutNamespaces(programs))
    .outcome;
  assert.equal(outcome.event === "failed" && outcome.reason, "postgres-identity");
  assert.match(
    outcome.event === "failed" ? outcome.message : "",
    /unshare --user.*not permitted.*setpriv --reuid 65534.*can't cd to/is,
  );
});
