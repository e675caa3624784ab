import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { folder, run } from "../testing/command.ts";
import { REPORT_XML, writeReportFolder } from "../testing/reports.ts";

interface Checked {
  valid: boolean;
  problems: Array<{ path: string; message: string; remedy: string; file: string; line?: number }>;
  level?: string;
  tier?: string;
  attributes?: Record<string, string>;
  binding?: string[];
  networkTables?: string;
  wouldRaise?: Array<{ attribute: string; from: string; to: string; what: string }>;
  missing?: {
    items: Array<{ id: string; field: string; level: string }>;
    next?: { level: string; items: string[] };
    whole: string;
  };
  doubts?: Array<{ code: string; path: string; text: string }>;
}

async function check(
  path: string,
  ...args: string[]
): Promise<{ code: number | null; result: Checked; stderr: string }> {
  const ended = await run(["report", "check", path, "--json", ...args]);
  assert.equal(ended.stdout.trimEnd().split("\n").length, 1, ended.stderr);
  return { code: ended.code, result: JSON.parse(ended.stdout) as Checked, stderr: ended.stderr };
}

test("a good folder is valid, is graded, and hears what would raise it", async (t) => {
  const { code, result } = await check(await writeReportFolder(await folder(t)));
  assert.equal(code, 0);
  assert.equal(result.valid, true);
  assert.deepEqual(result.problems, []);
  assert.match(result.level ?? "", /^L[0-5]$/);
  assert.match(result.tier ?? "", /^R[0-9]$/);
  assert.deepEqual(Object.keys(result.attributes ?? {}).toSorted(), [
    "attribution",
    "integrity",
    "offence",
    "place",
    "time",
  ]);
  for (const value of Object.values(result.attributes ?? {})) assert.match(value, /^[OAPTI]\d$/);
  assert.match(result.networkTables ?? "", /^packaged tables \(countries of \d{4}/);
  assert.ok(Array.isArray(result.binding));
  assert.ok((result.wouldRaise?.length ?? 0) > 0);
  for (const { attribute, from, to, what } of result.wouldRaise ?? []) {
    assert.ok(Object.keys(result.attributes ?? {}).includes(attribute), attribute);
    assert.ok(from < to && what.length > 0);
  }
});

test("a single report.xml is checked as well, and a person reads it in plain lines", async (t) => {
  const path = join(await folder(t), "report.xml");
  await writeFile(path, REPORT_XML);
  const ended = await run(["report", "check", path]);
  assert.equal(ended.code, 0);
  assert.match(ended.stdout, /^Valid: a clearinghouse takes it\.\n/);
  assert.match(ended.stdout, /As a receiving desk would grade it: L\d, R\d/);
  assert.match(ended.stdout, /Addresses were looked up in: packaged tables \(countries of/);
});

test("an address that the packaged tables know raises attribution above A2; one that they do not know never does", async (t) => {
  const recent = `${new Date(Date.now() - 86_400_000).toISOString().slice(0, 19)}Z`;
  const attribution = async (address: string) => {
    const path = join(await folder(t), "report.xml");
    await writeFile(
      path,
      REPORT_XML.replace("192.0.2.1", address)
        .replace(">Login<", ">Upload<")
        .replace("2026-02-28T17:59:00Z", recent),
    );
    return (await check(path)).result.attributes?.["attribution"];
  };
  // A name server of an operator whose network is an access network; nobody's own line.
  assert.equal(await attribution("194.72.9.38"), "A3");
  assert.equal(await attribution("192.0.2.1"), "A2");
});

test("what a sender left out is named by its field with what it would be worth, and CI can insist on a level", async (t) => {
  const recent = `${new Date(Date.now() - 86_400_000).toISOString().slice(0, 19)}Z`;
  const xml = REPORT_XML.replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/g, recent).replace(
    "192.0.2.1",
    "194.72.9.38",
  );
  const path = join(await folder(t), "report.xml");
  await writeFile(path, xml);
  const { result, code } = await check(path, "--min-level", "L1");
  const upload = result.missing?.items.find(({ id }) => id === "event-of-upload");
  assert.match(upload?.field ?? "", /ipCaptureEvent/);
  assert.deepEqual(result.doubts, []);
  assert.ok((result.missing?.whole ?? "") >= (result.level ?? ""));
  assert.equal(code, 0);
  assert.equal((await check(path, "--min-level", "L4")).code, 1);
  const ended = await run(["report", "check", path, "--min-level", "L4"]);
  assert.match(ended.stdout, /ipCaptureEvent with eventName Upload: .*attribution A2 to A3/);
  assert.match(ended.stdout, /Below L4, which was asked for\./);
});

test("the same folder gets the same answer twice", async (t) => {
  const dir = await writeReportFolder(await folder(t));
  assert.deepEqual((await check(dir)).result, (await check(dir)).result);
});

for (const [name, xml, path, words] of [
  ["elements in the wrong order", swapped(), /reporter|incidentSummary/, /'incidentSummary' must stand/],
  [
    "a time of the 12-hour clock",
    REPORT_XML.replace("2026-02-28T17:59:00Z", "2026-02-28 05:59:00 PM"),
    /dateTime/,
    /time/i,
  ],
  [
    "an incident type that does not exist",
    REPORT_XML.replace("Misleading Domain Name", "Other"),
    /incidentType/,
    /./,
  ],
  ["no incident type", REPORT_XML.replace(/ *<incidentType>.*<\/incidentType>\n/, ""), /incident/, /./],
] as const)
  test(`${name}: not valid, with the place, the fault and the remedy`, async (t) => {
    const { code, result } = await check(await writeReportFolder(await folder(t), { xml }));
    assert.equal(code, 1);
    assert.equal(result.valid, false);
    const [problem] = result.problems;
    assert.match(problem?.path ?? "", path);
    assert.match(problem?.message ?? "", words);
    assert.ok((problem?.remedy ?? "").length > 0);
    assert.equal(problem?.file, "report.xml");
  });

for (const [name, xml] of [
  ["text that is not XML", "hills and sea"],
  ["half a document", REPORT_XML.slice(0, 200)],
  ["an empty file", ""],
  ["a document type", REPORT_XML.replace("<report>", '<!DOCTYPE report [<!ENTITY x "y">]><report>')],
  ["another root element", "<picture/>"],
] as const)
  test(`${name} is not a report, and no stack trace`, async (t) => {
    const { code, result, stderr } = await check(await writeReportFolder(await folder(t), { xml }));
    assert.equal(code, 1);
    assert.equal(result.valid, false);
    assert.equal(result.level, undefined, "what cannot be read is not graded");
    assert.ok(result.problems.length > 0);
    assert.doesNotMatch(stderr, /\n\s+at /);
  });

test("a fault in a file's details names that file", async (t) => {
  const dir = await writeReportFolder(await folder(t));
  await writeFile(join(dir, "files", "hills.png.xml"), "<fileDetails><nonsense/></fileDetails>");
  const { code, result } = await check(dir);
  assert.equal(code, 1);
  assert.equal(result.problems[0]?.file, "files/hills.png.xml");
});

test("strict and lenient differ on a reporter without an e-mail address", async (t) => {
  const xml = REPORT_XML.replace(/ *<email>.*<\/email>\n/, "");
  const dir = await writeReportFolder(await folder(t), { xml });
  const strict = await check(dir);
  assert.equal(strict.code, 1);
  assert.match(strict.result.problems[0]?.path ?? "", /reportingPerson/);
  assert.equal((await check(dir, "--mode", "lenient")).code, 0);
});

test("a path that is not there, a folder without a report and a folder as report.xml are said in words", async (t) => {
  const dir = await folder(t);
  for (const path of [join(dir, "nowhere"), dir]) {
    const ended = await run(["report", "check", path, "--json"]);
    assert.equal(ended.code, 1);
    assert.equal(ended.stdout, "");
    assert.match(ended.stderr, /^fairlead: .*(not there|report\.xml)/);
    assert.doesNotMatch(ended.stderr, /\n\s+at |ENOENT|EISDIR/);
  }
});

function swapped(): string {
  const [summary] = /<incidentSummary>[\s\S]*<\/incidentSummary>/.exec(REPORT_XML) ?? [""];
  return REPORT_XML.replace(summary, "").replace("</reporter>", `</reporter>${summary}`);
}
