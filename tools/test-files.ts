import { readFile } from "node:fs/promises";
import { glob } from "node:fs/promises";
import { dirname, join } from "node:path/posix";
import { isPureFile, packageOf, root } from "./house.ts";
import { importsOf } from "./imports.ts";

/** Where tests are: beside the source, at a program's end-to-end folder, and here. */
const places = ["packages/*/src/**/*.test.ts", "packages/*/e2e/**/*.test.ts", "tools/*.test.ts"];

/**
 * The test files whose path contains one of `filters`, or all without a filter, sorted.
 *
 * @returns paths from the repository's folder
 */
export async function findTestFiles(filters: readonly string[]): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const path of glob(places, { cwd: root }))
    if (
      !path.includes("node_modules") &&
      (filters.length === 0 || filters.some((part) => path.includes(part)))
    )
      found.push(path);
  return found.toSorted();
}

/** How the files of a run are spread over processes. */
export interface Processes {
  /** One process for all of these, by package: they share nothing but the module cache. */
  readonly together: ReadonlyMap<string, readonly string[]>;
  /** A process for each of these: they use sockets, databases, signals or a browser. */
  readonly alone: readonly string[];
}

/**
 * Pure packages run in one process each: without I/O of their own their files cannot disturb each other, and most of the
 * time of a small test file is starting Node.
 */
export function spread(files: readonly string[]): Processes {
  const together = new Map<string, string[]>();
  const alone: string[] = [];
  for (const file of files) {
    const name = packageOf(file);
    if (name !== null && isPureFile(file)) together.set(name, [...(together.get(name) ?? []), file]);
    else alone.push(file);
  }
  return { together, alone };
}

/**
 * A module that loads the test files of one package. A file that cannot be loaded is a failing test of its own, so that the
 * others still run.
 *
 * @param urls addresses of the files
 */
export function entryOf(urls: readonly string[]): string {
  return `import test from "node:test";
for (const url of ${JSON.stringify(urls)})
  try {
    await import(url);
  } catch (error) {
    test("loads " + url, () => { throw error; });
  }
`;
}

/** Whether a test file drives a browser: it imports playwright, itself or through the files beside it. */
export async function needsBrowser(file: string, seen = new Set<string>()): Promise<boolean> {
  if (seen.has(file)) return false;
  seen.add(file);
  const text = await readFile(join(root, file), "utf8");
  for (const { specifier, isType } of importsOf(file, text)) {
    if (isType) continue;
    if (specifier.startsWith("playwright-core") || specifier.startsWith("@axe-core/")) return true;
    // Only what belongs to the tests is followed: no program drives a browser.
    const target = specifier.startsWith(".") ? join(dirname(file), specifier) : null;
    if (target?.includes("/e2e/") === true && target.endsWith(".ts") && (await needsBrowser(target, seen)))
      return true;
  }
  return false;
}
