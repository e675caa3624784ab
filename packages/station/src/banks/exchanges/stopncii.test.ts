import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { mkdtemp, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { before, beforeEach, test } from "node:test";
import { watchEffects } from "../../tasks/index.ts";
import { deskOf } from "../../testing/desk.ts";
import { endOfFile, secretFile, startTestStation, type TestStation } from "../../testing/station.ts";
import { bankSettingsSchema } from "../settings.ts";
import { fetchHashes } from "./fetch.ts";

const end = endOfFile();
const settings = bankSettingsSchema.parse({ name: "Shells", source: "Example Shell Society" });
let now = Date.parse("2026-11-22T12:00:00Z");
let at: TestStation;
let directory: string;
before(async () => {
  const key = await secretFile(end);
  directory = await mkdtemp(join(tmpdir(), "fairlead-test-lists-"));
  end.after(() => rm(directory, { recursive: true, force: true }));
  at = await startTestStation(end, {
    id: "platform-one",
    profile: "platform",
    clock: () => now,
    config: {
      roles: ["desk"],
      banks: {
        exchanges: [
          {
            kind: "stopncii",
            bank: "shells",
            settings,
            base: "https://shells.example/v1",
            subscriptionKeyFile: key.path,
            fetchKeyFile: key.path,
          },
          { kind: "directory", bank: "lists", settings, directory },
        ],
      },
    },
  });
  at.station.fetch = async (input, init) => {
    const answer = answers.shift();
    asked.push(new URL(input).searchParams);
    assert.equal(new URL(input).pathname, "/v1/FetchHashes");
    assert.equal(new Headers(init?.headers).get("x-functions-key"), key.secret);
    return new Response(answer ?? "", { status: answer === undefined ? 500 : 200 });
  };
});
let answers: string[] = [];
let asked: URLSearchParams[] = [];
beforeEach(() => {
  answers = [];
  asked = [];
});

const hex = (bytes: number) => randomBytes(bytes).toString("hex");
const record = (more: object = {}) => ({
  lastModtimestamp: 100,
  signalType: "ImagePDQ",
  hashValue: hex(32),
  hashStatus: "Active",
  caseNumbers: { "0b7f": "Active" },
  CSPFeedbacks: [{ source: "Example Platform", feedbackValue: "Blocked", tags: ["shell"] }],
  hashRegions: ["EU"],
  ...more,
});
const pageOf = (hashRecords: readonly object[], more: object = {}) =>
  JSON.stringify({
    count: hashRecords.length,
    nextPageToken: "",
    nextSetTimestamp: 200,
    hasMoreRecords: false,
    hashRecords,
    ...more,
  });
const fetched = async (bankId: string) => await fetchHashes(at.station, { bankId });
const exchangeOf = async (bank: string) =>
  (
    await at.station.db.pool.query<{
      trouble: string | null;
      last_error: string | null;
      checkpoint: Record<string, unknown> | null;
      received: string;
    }>("select trouble, last_error, checkpoint, received from bank_exchange where bank_id = $1", [bank])
  ).rows[0];
const standing = async (bank: string) =>
  (
    await at.station.db.pool.query<{
      key: string;
      said: { tags: string[]; unread: string[]; signals: object[] };
    }>("select key, said from bank_entry where bank_id = $1 and not gone order by key", [bank])
  ).rows;

test("a page that is cut off is asked for again at the same place with less on it; after three failures the set begins anew", async () => {
  const [one, two, video] = [record(), record(), record({ signalType: "VideoMD5", hashValue: hex(16) })];
  const first = pageOf([one], { hasMoreRecords: true, nextPageToken: "token-1" });
  const last = pageOf([two, video]);
  answers = [first, last.slice(0, -20)];
  await fetched("shells");
  assert.deepEqual((await standing("shells")).length, 1, "the page before is kept");
  assert.match((await exchangeOf("shells"))?.last_error ?? "", /not whole JSON/);
  answers = [last.slice(0, 40)];
  await fetched("shells");
  answers = ["null"];
  await fetched("shells");
  assert.deepEqual(
    asked.map((each) => [each.get("nextPageToken"), each.get("pageSize")]),
    [
      [null, "800"],
      ["token-1", "800"],
      ["token-1", "400"],
      ["token-1", "200"],
    ],
  );
  answers = [first, last];
  await fetched("shells");
  assert.deepEqual([asked.at(-2)?.get("nextPageToken"), asked.at(-2)?.get("startTimestamp")], [null, "10"]);
  assert.equal((await standing("shells")).length, 3);
  assert.deepEqual(await exchangeOf("shells"), {
    trouble: null,
    last_error: null,
    checkpoint: { start: 200, pageSize: 800 },
    received: "4",
  });
});

test("what was withdrawn leaves a tombstone; who said what about a hash stands with it; what has no form here is named", async () => {
  const gone = record();
  const unknown = record({ signalType: "VideoTMK", hashValue: "QUJD", CSPFeedbacks: null });
  answers = [pageOf([gone, unknown, record({ hashValue: "zz" })])];
  await fetched("shells");
  const said = new Map((await standing("shells")).map((row) => [row.key, row.said]));
  assert.deepEqual(said.get(`ImagePDQ:${gone.hashValue}`)?.tags, ["Example Platform: Blocked", "shell"]);
  assert.deepEqual(said.get("VideoTMK:qujd")?.unread, ["VideoTMK"]);
  assert.match(said.get("ImagePDQ:zz")?.unread[0] ?? "", /64 hexadecimal digits/);
  answers = [pageOf([{ ...gone, hashStatus: "Withdrawn" }])];
  await fetched("shells");
  assert.equal(
    (await standing("shells")).some(({ key }) => key === `ImagePDQ:${gone.hashValue}`),
    false,
  );
});

test("answers of a wrong type are refused with the field that is wrong", async () => {
  for (const [wrong, words] of [
    [pageOf([record({ hashValue: 7 })]), /hashRecords\.0\.hashValue/],
    [pageOf([], { hasMoreRecords: "yes" }), /hasMoreRecords/],
    [pageOf([], { hasMoreRecords: true }), /not where/],
    ["[]", /expected object/],
  ] as const) {
    answers = [wrong];
    await fetched("shells");
    const { trouble, last_error: error } = (await exchangeOf("shells")) ?? {};
    assert.equal(trouble, "answer-invalid");
    assert.match(error ?? "", words);
  }
});

test("a directory is the whole bank: what leaves its lists is taken back, a wrong list changes nothing, and an empty directory is a mistake", async () => {
  await fetched("lists");
  assert.match((await exchangeOf("lists"))?.last_error ?? "", /holds no list/);
  const [one, two] = [hex(16), hex(16)];
  const path = join(directory, "shells.csv");
  await writeFile(path, `key,md5\na,${one}\nb,${two}\n`);
  await fetched("lists");
  assert.deepEqual(
    (await standing("lists")).map(({ key }) => key),
    ["a", "b"],
  );
  await writeFile(path, `key,md5\na,${one}\nb,not a hash\n`);
  await fetched("lists");
  assert.match((await exchangeOf("lists"))?.last_error ?? "", /line 3/);
  assert.equal((await standing("lists")).length, 2);
  await writeFile(path, `key,md5\na,${one}\n`);
  await utimes(path, 1, 1);
  await fetched("lists");
  assert.deepEqual(
    (await standing("lists")).map(({ key }) => key),
    ["a"],
  );
  assert.equal((await exchangeOf("lists"))?.trouble, null);
});

test("a source that is away for a quarter of an hour is a task that somebody has, and ends when it is back", async () => {
  const desk = await deskOf(at, "lead");
  await fetched("shells");
  now += 16 * 60_000;
  await watchEffects(at.station);
  const open = async () =>
    ((await (await desk.request("GET", "/api/tasks")).json()) as { tasks: Array<Record<string, unknown>> })
      .tasks;
  const [task] = await open();
  assert.deepEqual(
    [task?.["kind"], task?.["bank"], task?.["text"], task?.["mine"]],
    ["fetch-hashes", "shells", "Hashes of Shells do not come any more.", true],
  );
  answers = [pageOf([])];
  await fetched("shells");
  await watchEffects(at.station);
  assert.deepEqual(await open(), []);
});
