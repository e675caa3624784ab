import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import test, { type TestContext } from "node:test";
import { runInGroup } from "./process-group.ts";

const door = JSON.stringify(new URL("./process-group.ts", import.meta.url).href);
const here = { cwd: import.meta.dirname, env: process.env };

/** A grandchild that would live on for a minute, and says its number first. */
const sleeper = `const child = require("node:child_process").spawn(process.execPath,
  ["-e", "setTimeout(() => {}, 60000)"], { stdio: "ignore" }); console.log("pid " + child.pid);`;

test("the exit code of the program is the run's", async () => {
  assert.equal(await runInGroup(process.execPath, ["-e", "process.exit(0)"], here), 0);
  assert.equal(await runInGroup(process.execPath, ["-e", "process.exit(7)"], here), 7);
  assert.equal(await runInGroup(process.execPath, ["-e", "process.kill(process.pid, 'SIGKILL')"], here), 137);
});

test("a program that does not exist is an error, not a success", async () => {
  await assert.rejects(runInGroup("/no/such/program", [], here), { code: "ENOENT" });
});

test("what a program leaves running is ended with it", async (t) => {
  const { runner, pid } = await startRunner(t, `${sleeper} child.unref(); setTimeout(() => {}, 300)`);
  const [code]: unknown[] = await once(runner, "exit");
  assert.equal(code, 0);
  assert.equal(isThere(pid), false);
});

for (const [signal, expected] of [
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const)
  test(`${signal} reaches the whole group and nothing of it stays`, async (t) => {
    const { runner, pid } = await startRunner(t, `${sleeper} setTimeout(() => {}, 60000)`);
    runner.kill(signal);
    const [code]: unknown[] = await once(runner, "exit");
    assert.equal(code, expected);
    assert.equal(isThere(pid), false);
  });

test("who ignores a signal is killed at the second", async (t) => {
  const stubborn = `process.on("SIGINT", () => {}); ${sleeper} setTimeout(() => {}, 60000)`;
  const { runner, pid } = await startRunner(t, stubborn);
  runner.kill("SIGINT");
  // Signals that arrive together are one: the second is sent once the first has been seen.
  const second = setInterval(() => runner.kill("SIGINT"), 200);
  const [code]: unknown[] = await once(runner, "exit");
  clearInterval(second);
  assert.equal(code, 130);
  assert.equal(isThere(pid), false);
});

test("a runner that fails takes the group with it", async (t) => {
  const script = `${sleeper} setTimeout(() => {}, 60000)`;
  const { runner, pid } = await startRunner(
    t,
    script,
    "setTimeout(() => { throw new Error('on purpose'); }, 500);",
  );
  const [code]: unknown[] = await once(runner, "exit");
  assert.equal(code, 1);
  await gone(pid);
});

/** Runs a script in a group, from a process that can be signalled as a terminal would. */
async function startRunner(
  t: TestContext,
  script: string,
  more = "",
): Promise<{ runner: ChildProcess; pid: number }> {
  const text = `import { runInGroup } from ${door}; ${more}
    process.exitCode = await runInGroup(process.execPath, ["-e", ${JSON.stringify(script)}],
      { cwd: process.cwd(), env: process.env });`;
  const runner = spawn(process.execPath, ["--input-type=module", "-e", text], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  t.after(() => runner.kill("SIGKILL"));
  for await (const chunk of runner.stdout.iterator({ destroyOnReturn: false })) {
    const pid = /pid (\d+)/.exec(String(chunk))?.[1];
    if (pid !== undefined) return { runner, pid: Number(pid) };
  }
  throw new Error("the runner ended before it had started anything");
}

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function gone(pid: number): Promise<void> {
  while (isThere(pid)) await new Promise((resolve) => setTimeout(resolve, 20));
}
