import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { glob, readdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import test from "node:test";
import { pathToFileURL } from "node:url";
import { checkFileDetails, checkReport, decodeFileDetails, decodeReport } from "@fairlead/cybertipline";
import { configSchema } from "@fairlead/station";
import { root } from "./house.ts";

const read = (path: string): string => readFileSync(join(root, path), "utf8");

async function markdown(): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const path of glob(["*.md", "docs/**/*.md", "packages/**/*.md"], { cwd: root }))
    if (!path.includes("node_modules")) found.push(path);
  return found.toSorted();
}

/** The text without code, in which brackets are brackets. */
function prose(text: string): string {
  return text.replaceAll(/```.*?```/gs, "").replaceAll(/`[^`\n]*`/g, "");
}

/** How a heading is addressed: as the hosts of repositories do it. */
function anchors(text: string): ReadonlySet<string> {
  const headings = text.replaceAll(/```.*?```/gs, "").matchAll(/^#+ (.*)$/gm);
  return new Set(
    [...headings].map(([, words = ""]) =>
      words
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
        .replaceAll(" ", "-"),
    ),
  );
}

test("every link to another page leads somewhere", async () => {
  const broken: string[] = [];
  for (const path of await markdown())
    for (const [, target = ""] of prose(read(path)).matchAll(/\]\(([^)]+)\)/g)) {
      if (/^https?:/.test(target)) continue;
      const [file = "", anchor] = target.split("#", 2);
      const place = file === "" ? path : join(dirname(path), file);
      if (!existsSync(join(root, place))) broken.push(`${path}: ${target}`);
      else if (anchor !== undefined && !anchors(read(place)).has(anchor)) broken.push(`${path}: ${target}`);
    }
  assert.deepEqual(broken, []);
});

test("every decision is in the index, and says what would change our mind", async () => {
  const index = read("docs/decisions/README.md");
  for (const name of await readdir(join(root, "docs/decisions"))) {
    if (!/^\d{4}-/.test(name)) continue;
    assert.ok(index.includes(`(${name})`), `${name} is not in docs/decisions/README.md`);
    const text = read(`docs/decisions/${name}`);
    assert.match(text, new RegExp(`^# ${name.slice(0, 4)}\\. `));
    for (const part of ["Context", "Decision", "Consequences", "What would change our mind"])
      assert.ok(text.includes(`\n## ${part}\n`), `${name} has no "${part}"`);
  }
});

test("no page names a place on somebody's machine", async () => {
  for (const path of await markdown())
    assert.doesNotMatch(read(path), /(?:^|[\s"'`(=])\/(?:work|root|home|farm|Users)\//m, path);
});

test("the reference has every command and every option of fairlead, and no other command", async () => {
  const page = read("docs/reference/commands.md");
  const known = new Set<string>();
  for (const file of await readdir(join(root, "packages/cli/src/commands"))) {
    if (file.endsWith(".test.ts")) continue;
    const module = (await import(
      pathToFileURL(join(root, "packages/cli/src/commands", file)).href
    )) as Record<string, unknown>;
    for (const [name, make] of Object.entries(module)) {
      if (!name.endsWith("Command") || typeof make !== "function") continue;
      assert.deepEqual(undocumented((make as () => CommandLike)(), "", page, known), []);
    }
  }
  for (const [, name = ""] of page.matchAll(/^### `fairlead ([a-z]+)/gm))
    assert.ok(known.has(name), `docs/reference/commands.md has "${name}", which fairlead does not`);
});

/** What is used of a command of the library that cli brings along. */
interface CommandLike {
  name(): string;
  readonly options: ReadonlyArray<{ readonly long?: string | null; readonly hidden: boolean }>;
  readonly commands: readonly CommandLike[];
}

/** What the page does not say of a command, its options and its commands below. */
function undocumented(
  command: CommandLike,
  above: string,
  page: string,
  known: Set<string>,
): readonly string[] {
  const name = `${above}${command.name()}`;
  known.add(name);
  const words = above === "" ? `### \`fairlead ${name}` : command.name();
  const missing = page.includes(words) ? [] : [`docs/reference/commands.md does not have "${name}"`];
  for (const { long, hidden } of command.options)
    if (!hidden && typeof long === "string" && !page.includes(long))
      missing.push(`docs/reference/commands.md does not have ${long} of "${name}"`);
  return [...missing, ...command.commands.flatMap((each) => undocumented(each, `${name} `, page, known))];
}

test("the reference has every field of a station's configuration", () => {
  const page = read("docs/reference/configuration.md");
  for (const field of Object.keys(configSchema.shape))
    assert.ok(page.includes(`\`${field}`), `docs/reference/configuration.md does not have ${field}`);
});

test("the report that the pages use as an example is valid, strictly", () => {
  const now = new Date("2026-12-01T00:00:00Z");
  const report = decodeReport(readFileSync(join(root, "docs/examples/report/report.xml")));
  assert.ok(report.ok);
  assert.deepEqual(checkReport(report.value, { mode: "strict", now, places: report.places }), []);
  const details = decodeFileDetails(readFileSync(join(root, "docs/examples/report/files/circle.png.xml")));
  assert.ok(details.ok);
  assert.deepEqual(checkFileDetails(details.value, { mode: "strict", now, batched: false }), []);
});
