import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { startTestServer } from "../packages/station/src/store/testing.ts";
import { findChromium } from "./browser.ts";
import { root } from "./house.ts";
import { runInGroup } from "./process-group.ts";
import { entryOf, findTestFiles, needsBrowser, spread } from "./test-files.ts";

// npm test [-- PART_OF_A_PATH ...] [-- --test-name-pattern=WORDS ...]: every test, or those of the files whose path
// contains one of the parts. Options go to node:test as they are. One run and one summary, whatever it is spread over.

/** A test that hangs must not hold a machine for a night. The largest package's process takes two minutes. */
const timeoutMs = 15 * 60_000;

const words = process.argv.slice(2);
const options = words.filter((word) => word.startsWith("-"));
const filters = words.filter((word) => !word.startsWith("-"));

process.exitCode = await main();

async function main(): Promise<number> {
  const found = await findTestFiles(filters);
  if (found.length === 0) {
    process.stderr.write(`no test file's path contains ${filters.join(" or ")}\n`);
    return 2;
  }
  const files = await withoutBrowserIfThereIsNone(found);
  if (files === null) return 1;
  if (files.some((file) => file.includes("/e2e/"))) {
    const code = await runInGroup(process.execPath, [join(root, "tools/build.ts")], {
      cwd: root,
      env: process.env,
    });
    if (code !== 0) return code;
  }
  const { together, alone } = spread(files);
  const folder = await mkdtemp(join(tmpdir(), "fairlead-run-"));
  try {
    for (const [name, members] of together)
      await writeFile(
        join(folder, `${name}.mjs`),
        entryOf(members.map((file) => pathToFileURL(join(root, file)).href)),
      );
    const entries = [...together.keys()].map((name) => join(folder, `${name}.mjs`));
    return await run([...entries, ...alone], alone.length > 0);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** One run of node:test over everything, so that its closing lines count everything. */
async function run(files: readonly string[], needsServer: boolean): Promise<number> {
  await using server = needsServer ? await startTestServer() : null;
  const { NODE_TEST_CONTEXT: _outer, ...environment } = process.env;
  return await runInGroup(
    process.execPath,
    [
      "--test",
      `--test-concurrency=${Math.max(2, availableParallelism())}`,
      `--test-timeout=${timeoutMs}`,
      ...(options.some((option) => option.startsWith("--test-reporter")) ? [] : ["--test-reporter=spec"]),
      ...options,
      ...files,
    ],
    { cwd: root, env: { ...environment, ...server?.environment } },
  );
}

/** Without a Chromium a person may run the rest; a build machine must have one, or nobody would notice. */
async function withoutBrowserIfThereIsNone(files: readonly string[]): Promise<readonly string[] | null> {
  if (findChromium(process.env) !== null) return files;
  const kept: string[] = [];
  const left: string[] = [];
  for (const file of files) ((await needsBrowser(file)) ? left : kept).push(file);
  if (left.length === 0) return files;
  process.stderr.write(
    `There is no Chromium for ${left.join(", ")}. Install it (Debian: apt-get install chromium) or set CHROMIUM_PATH.\n`,
  );
  if (process.env["CI"] !== undefined && process.env["CI"] !== "") return null;
  process.stderr.write(`These files are left out of this run.\n`);
  return kept.length > 0 ? kept : null;
}
