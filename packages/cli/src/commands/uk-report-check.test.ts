import assert from "node:assert/strict";
import { createHash, randomUUID } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { exampleEvent, exampleFile, exampleReport, exampleSuspect } from "@fairlead/assessment/testing";
import type { EvidenceId, Report } from "@fairlead/report";
import { UK_ITEM_IDS, type UkChoices, ukFromReport, type UkReport } from "@fairlead/report/uk-direct";
import { openPackagedTables } from "@fairlead/station";
import { folder, run } from "../testing/command.ts";
import { writeReportFolder } from "../testing/reports.ts";
import { readUkFolder } from "../uk-folder.ts";
import { checkUkFolder } from "../uk-report-check.ts";

interface Item {
  id: string;
  state: string;
  lacks: Array<{ id: string; level: string; lifts: object[] }>;
}
interface Checked {
  wire: string;
  valid: boolean;
  problems: Array<{ path: string; message: string; remedy: string; code: string; file: string }>;
  remarks: Array<{ path: string; code: string; remedy: string }>;
  items?: Item[];
  level?: string;
  tier?: string;
  attributes?: Record<string, string>;
  missing?: { items: Array<{ id: string; field: string }>; whole: string };
}

const PICTURE = "a green hill";
const FILE = randomUUID() as EvidenceId;

/** A document for which everything was looked for, as a provider's own system makes it. */
function document(choices: Partial<UkChoices> = {}, parts: Partial<Report> = {}): UkReport {
  const report = exampleReport({
    references: [{ kind: "this-report", issuer: "Example Platform", value: "case-1" }],
    evidence: [exampleFile({ id: FILE, name: "hills.png", received: undefined })],
    ...parts,
  });
  return ukFromReport(report, {
    madeAt: Date.now(),
    priority: { level: "P3" },
    reporter: { firstName: "Ada", lastName: "Example", email: "ada@example.com" },
    notHeld: Object.fromEntries(UK_ITEM_IDS.map((id) => [id, {}])),
    declaration: true,
    ...choices,
  }).document;
}

async function written(
  dir: string,
  report: unknown,
  files: Readonly<Record<string, string>> = { "hills.png": PICTURE },
): Promise<string> {
  await mkdir(join(dir, "files"), { recursive: true });
  await writeFile(join(dir, "report.json"), typeof report === "string" ? report : JSON.stringify(report));
  for (const [name, text] of Object.entries(files)) await writeFile(join(dir, "files", name), text);
  return dir;
}

const tables = await openPackagedTables();

async function check(path: string): Promise<Checked> {
  const { result, valid, level } = checkUkFolder(await readUkFolder(path), new Date(), tables);
  const checked = JSON.parse(JSON.stringify(result)) as Checked;
  assert.deepEqual([checked.valid, checked.level], [valid, level]);
  return checked;
}

test("a good UK direct report is valid, is graded as the agency's desk would, and each item is said to be held or not", async (t) => {
  for (const name of ["hills.png", FILE]) {
    const result = await check(await written(await folder(t), document(), { [name]: PICTURE }));
    assert.deepEqual([result.valid, result.wire, result.problems], [true, "uk-direct", []]);
    assert.match(result.level ?? "", /^L\d$/);
    assert.deepEqual(Object.keys(result.attributes ?? {}).length, 5);
    assert.deepEqual(
      result.items?.map(({ id }) => id),
      UK_ITEM_IDS,
    );
    assert.equal(result.items?.find(({ id }) => id === "detected-content")?.state, "held");
    assert.equal(result.items?.find(({ id }) => id === "exif")?.state, "not-held");
  }
});

test("what an item lacks is said at the item, with what the level would be", async (t) => {
  const recent = exampleEvent({ kind: "upload", port: undefined });
  const said = document({}, { persons: [exampleSuspect({ events: [recent] })] });
  const result = await check(await written(await folder(t), said));
  assert.equal(result.valid, true);
  assert.ok(result.remarks.some(({ code: found }) => found === "uk.connection.no-port"));
  const port = result.items?.find(({ id }) => id === "upload-port");
  assert.equal(port?.state, "not-held");
  assert.deepEqual(
    port?.lacks.map(({ id }) => id),
    ["event-port"],
  );
  assert.match(port?.lacks[0]?.level ?? "", /^L\d$/);
  const viewed = result.missing?.items.find(({ id }) => id === "file-viewed");
  assert.equal(viewed?.field, "/items/how-detected");
});

test("an item that nobody has looked for is not taken for one that is not held", async (t) => {
  const result = await check(await written(await folder(t), document({ notHeld: {} })));
  assert.equal(result.valid, false);
  assert.equal(result.items?.find(({ id }) => id === "exif")?.state, "not-asked");
  assert.ok(result.problems.some((found) => found.path === "/items/exif" && found.remedy.length > 0));
  assert.match(result.level ?? "", /^L\d$/, "it is graded all the same");
});

for (const [name, change, path, code] of [
  [
    "a priority without a reason",
    (doc) => ({ ...doc, priority: { level: "P1" } }),
    "/priority/why",
    "uk.priority.no-reason",
  ],
  [
    "a provider elsewhere without a link",
    (doc) => ({ ...doc, provider: { ...doc.provider, established: "elsewhere" } }),
    "/links",
    "uk.link.none",
  ],
  [
    "a field that the profile does not have",
    (doc) => ({ ...doc, kite: 1 }),
    "",
    "uk.shape.unrecognized-keys",
  ],
  ["no declaration", (doc) => ({ ...doc, declaration: false }), "/declaration", "uk.declaration.missing"],
] as const satisfies ReadonlyArray<readonly [string, (doc: UkReport) => object, string, string]>)
  test(`${name}: not valid, with the place, the fault and the remedy`, async (t) => {
    const result = await check(await written(await folder(t), change(document())));
    assert.equal(result.valid, false);
    const found = result.problems.find((problem) => problem.code === code);
    assert.equal(found?.path, path, JSON.stringify(result.problems));
    assert.ok((found?.remedy ?? "").length > 0 && found?.file === "report.json");
  });

test("files and document must agree as at the door, and all that is wrong is said at once", async (t) => {
  const wrong = { size: 1, sha256: "0".repeat(64), sha1: "0".repeat(40), md5: "0".repeat(32) };
  const stated = document({ declaration: false });
  const content = stated.items["detected-content"];
  assert.ok(content.state === "held");
  for (const file of content.value.files) file.received = wrong;
  const result = await check(
    await written(await folder(t), stated, { "hills.png": PICTURE, "kite.png": "a kite" }),
  );
  assert.equal(result.valid, false);
  const sha256 = createHash("sha256").update(PICTURE).digest("hex");
  const messages = result.problems.map(({ message }) => message).join("\n");
  assert.match(messages, new RegExp(sha256));
  assert.match(messages, /kite\.png, which the report does not describe/);
  assert.match(messages, /does not declare/);
});

for (const [name, text] of [
  ["text that is no JSON", "hills and sea"],
  ["half a document", JSON.stringify(document()).slice(0, 300)],
  ["an empty file", ""],
  ["bytes that are no UTF-8", "\u00ff"],
  ["another document", "[1]"],
  ["null", "null"],
  ["a document whose prototype is set", '{"__proto__":{"version":1}}'],
] as const)
  test(`${name} is not a report, and is not graded`, async (t) => {
    const dir = await written(await folder(t), text);
    if (name.startsWith("bytes")) await writeFile(join(dir, "report.json"), Buffer.from([0xff, 0x22]));
    const result = await check(dir);
    assert.equal(result.valid, false);
    assert.equal(result.level, undefined);
    assert.ok(result.problems.length > 0);
  });

test("a document longer than the door takes is refused for that", async (t) => {
  const result = await check(
    await written(await folder(t), `${JSON.stringify(document())}${" ".repeat(4 * 1024 * 1024)}`),
  );
  assert.deepEqual(
    result.problems.map(({ code }) => code),
    ["uk.document.too-large"],
  );
});

test("a person reads it in plain lines, CI reads one line of JSON and can insist on a level, and a folder with both wires is refused", async (t) => {
  const dir = await written(await folder(t), document());
  const ended = await run(["report", "check", join(dir, "report.json")]);
  assert.equal(ended.code, 0);
  assert.match(ended.stdout, /^Valid: the agency's door takes it\.$/m);
  assert.match(ended.stdout, /^Held \(\d+ of 22\): reporting-person, detected-content/m);
  assert.match(ended.stdout, /^Not held \(\d+ of 22\): /m);
  assert.match(ended.stdout, /As a receiving desk would grade it: L\d, R\d/);
  assert.match(ended.stdout, /\/items\/detected-content: the file itself/);
  const forCi = await run(["report", "check", dir, "--json", "--min-level", "L4"]);
  assert.equal(forCi.code, 1);
  assert.equal((JSON.parse(forCi.stdout) as Checked).valid, true);
  await writeReportFolder(dir);
  const both = await run(["report", "check", dir]);
  assert.equal(both.code, 1);
  assert.match(both.stderr, /both a report\.xml and a report\.json/);
});
