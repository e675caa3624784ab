import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test, { type TestContext } from "node:test";

/** A checkout with one script that prints its arguments, and an npm that writes down that it was called. */
function checkout(t: TestContext, npm: string): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "fairlead-with-node-")));
  t.after(() => rmSync(root, { recursive: true, force: true }));
  mkdirSync(join(root, "tools"));
  mkdirSync(join(root, "bin"));
  cpSync(new URL("./with-node.sh", import.meta.url), join(root, "tools/with-node.sh"));
  writeFileSync(join(root, "package-lock.json"), "{}");
  writeFileSync(
    join(root, "say.mjs"),
    "console.log(JSON.stringify(process.argv.slice(2))); process.exitCode = 3;",
  );
  writeFileSync(join(root, "bin/npm"), `#!/bin/sh\necho "$@" >>calls\n${npm}\n`);
  chmodSync(join(root, "bin/npm"), 0o755);
  return root;
}

const brings = `sleep 0.5; rm -rf node_modules; mkdir -p node_modules/.bin; ln -s ${process.execPath} node_modules/.bin/node`;

function start(root: string, ...args: readonly string[]): ChildProcess {
  return spawn("sh", [join(root, "tools/with-node.sh"), ...args], {
    env: { ...process.env, PATH: `${join(root, "bin")}:${process.env["PATH"]}` },
    stdio: ["ignore", "pipe", "pipe"],
  });
}

async function outcome(child: ChildProcess): Promise<{ code: unknown; out: string; err: string }> {
  const texts = { out: "", err: "" };
  child.stdout?.on("data", (chunk: Buffer) => (texts.out += chunk.toString()));
  child.stderr?.on("data", (chunk: Buffer) => (texts.err += chunk.toString()));
  const [code]: unknown[] = await once(child, "close");
  return { code, ...texts };
}

function calls(root: string): number {
  return existsSync(join(root, "calls"))
    ? readFileSync(join(root, "calls"), "utf8").trim().split("\n").length
    : 0;
}

test("the first run installs, the next asks npm for nothing; arguments and exit code are the script's", async (t) => {
  const root = checkout(t, brings);
  const first = await outcome(start(root, "say.mjs", "--once", "two words", ""));
  assert.deepEqual([first.code, first.out], [3, '["--once","two words",""]\n']);
  const second = await outcome(start(root, "say.mjs"));
  assert.deepEqual([second.code, second.out, second.err], [3, "[]\n", ""]);
  assert.equal(calls(root), 1);
});

test("what Node has translated once is kept beside what is installed, unless somebody says otherwise", async (t) => {
  const root = checkout(t, brings);
  writeFileSync(join(root, "where.mjs"), "console.log(process.env.NODE_COMPILE_CACHE);");
  const where = async (said: string | undefined) => {
    const env = {
      ...process.env,
      NODE_COMPILE_CACHE: said,
      PATH: `${join(root, "bin")}:${process.env["PATH"]}`,
    };
    const child = spawn("sh", [join(root, "tools/with-node.sh"), "where.mjs"], {
      env,
      stdio: ["ignore", "pipe", "pipe"],
    });
    return (await outcome(child)).out.trim();
  };
  assert.equal(await where(undefined), join(root, "node_modules/.cache/node"));
  assert.equal(await where("/nowhere"), "/nowhere");
});

test("a changed lockfile is installed", async (t) => {
  const root = checkout(t, brings);
  await outcome(start(root));
  writeFileSync(join(root, "package-lock.json"), '{ "changed": true }');
  await outcome(start(root));
  assert.equal(calls(root), 2);
});

test("of runs that start together one installs and the others wait for it", async (t) => {
  const root = checkout(t, brings);
  const runs = await Promise.all(Array.from({ length: 6 }, () => outcome(start(root, "say.mjs", "x"))));
  assert.deepEqual(
    runs.map(({ code, out }) => [code, out]),
    Array.from({ length: 6 }, () => [3, `["x"]\n`]),
  );
  assert.equal(calls(root), 1);
});

test("an installation that fails says so, and the next run tries again", async (t) => {
  const root = checkout(t, "[ -e works ] || exit 1; ".concat(brings));
  const failed = await outcome(start(root, "say.mjs"));
  assert.deepEqual([failed.code, failed.out], [1, ""]);
  writeFileSync(join(root, "works"), "");
  assert.equal((await outcome(start(root, "say.mjs"))).code, 3);
  assert.ok(!existsSync(join(root, ".fairlead/install.lock")));
});

test("the lock of an installation that was killed holds nobody up", async (t) => {
  const root = checkout(t, brings);
  const dead = spawn(process.execPath, ["-e", ""]);
  await once(dead, "exit");
  mkdirSync(join(root, ".fairlead/install.lock"), { recursive: true });
  writeFileSync(join(root, ".fairlead/install.lock/pid"), `${dead.pid}\n`);
  const runs = await Promise.all(Array.from({ length: 4 }, () => outcome(start(root, "say.mjs"))));
  assert.deepEqual(
    runs.map(({ code }) => code),
    [3, 3, 3, 3],
  );
  assert.equal(calls(root), 1);
});

test("a run that is interrupted while it installs gives its lock back", async (t) => {
  const root = checkout(t, `sleep 2; ${brings}`);
  const child = start(root, "say.mjs");
  while (!existsSync(join(root, "calls")) && child.exitCode === null)
    await new Promise((resolve) => setTimeout(resolve, 20));
  child.kill("SIGTERM");
  assert.equal((await outcome(child)).code, 143);
  assert.ok(!existsSync(join(root, ".fairlead/install.lock")));
});

test("without a Node from npm the system's own must be new enough", async (t) => {
  const root = checkout(t, "mkdir -p node_modules");
  writeFileSync(join(root, "bin/node"), "#!/bin/sh\necho 20\n");
  chmodSync(join(root, "bin/node"), 0o755);
  const { code, err } = await outcome(start(root, "say.mjs"));
  assert.equal(code, 1);
  assert.match(err, /needs its own Node 24 or newer \(found: 20\)/);
});
