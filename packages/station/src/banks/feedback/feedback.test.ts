import assert from "node:assert/strict";
import { before, test } from "node:test";
import { addPerson, type Principal } from "../../access/index.ts";
import { startHashSharing } from "../../testing/hash-sharing.ts";
import { endOfFile, type TestStation } from "../../testing/station.ts";
import { saidEntrySchema } from "../entry.ts";
import { fetchHashes } from "../exchanges/fetch.ts";
import { reasonsOf } from "../exchanges/opinion.ts";
import { decideFeedback } from "./decide.ts";
import { listedReasons } from "./reasons.ts";
import { entryFeedback } from "./view.ts";
import { sendFeedback } from "./send.ts";
import { writeEntries } from "../write-entries.ts";

const end = endOfFile();
const START = Date.parse("2026-11-22T12:00:00Z");
let now = START;
let server: TestStation;
let client: TestStation;
let lead: Principal;
before(async () => {
  ({ server, client } = await startHashSharing(end, () => now));
  lead = await addPerson(client.station.db.kysely, "Lee Example", "lead", now);
});

/** An entry that the one station shares and the other has fetched. */
async function sharedEntry(key: string): Promise<string> {
  const entry = saidEntrySchema.parse({
    key,
    media: "image",
    signals: [{ kind: "md5", value: key.repeat(4) }],
    member: { id: "9", name: "Example Harbour" },
  });
  await server.station.db.transaction(
    async (tx) => await writeEntries(tx, "boats", { entries: [entry], removed: [] }, "operator", () => now),
  );
  now += 60_000;
  await fetchHashes(client.station, { bankId: "boats" });
  const { rows } = await client.station.db.pool.query<{ id: string }>(
    `select entry.id from bank_entry entry join bank_signal signal on signal.entry_id = entry.id
      where signal.value = decode($1, 'hex') and entry.bank_id = 'boats'`,
    [key.repeat(4)],
  );
  assert.ok(rows[0] !== undefined, "the entry came over");
  return rows[0].id;
}

async function opinions(key: string) {
  const { rows } = await server.station.db.pool.query(
    `select opinion.username, opinion.kind, opinion.opinion, opinion.reasons from bank_opinion opinion
      join bank_entry entry on entry.id = opinion.entry_id where entry.key = $1`,
    [key],
  );
  return rows;
}

async function stages(entryId: string) {
  const { rows } = await client.station.db.pool.query<{ stage: string }>(
    "select stage from bank_feedback where entry_id = $1 order by decided_at, id",
    [entryId],
  );
  return rows.map(({ stage }) => stage);
}

const leaves = async () =>
  (
    await client.station.db.pool.query<{ kind: string }>(
      "select kind from leaf where kind like 'bank.feedback%' order by id",
    )
  ).rows.map(({ kind }) => kind);

test("what a person says of a hash is stored before it leaves, and reaches the one who shared it", async () => {
  const entry = await sharedEntry("aaaa0001");
  const note = "The picture is of a harbour.";
  await decideFeedback(
    client.station,
    { bank: "boats", entry },
    { kind: "md5", opinion: "affirmative", reasons: [], note },
    lead,
  );
  assert.deepEqual(await opinions("aaaa0001"), [], "nothing has left yet");
  assert.deepEqual(await stages(entry), ["intended"]);
  await sendFeedback(client.station, { bankId: "boats" });
  assert.deepEqual(await opinions("aaaa0001"), [
    { username: "platform-one", kind: "md5", opinion: "affirmative", reasons: [] },
  ]);
  assert.deepEqual(await stages(entry), ["confirmed"]);
  assert.deepEqual(await leaves(), ["bank.feedback-decided", "bank.feedback-sent"]);
});

test("a negative word names reasons that the source lists, and takes the place of what was said before", async () => {
  const entry = await sharedEntry("aaaa0002");
  const [exchange] = client.station.config.banks.exchanges;
  assert.ok(exchange !== undefined);
  const [reason] = await reasonsOf(client.station, exchange, "md5");
  assert.ok(reason !== undefined);
  const say = async (opinion: "affirmative" | "negative", reasons: readonly string[]) =>
    await decideFeedback(
      client.station,
      { bank: "boats", entry },
      { kind: "md5", opinion, reasons, note: "Looked at." },
      lead,
    );
  await assert.rejects(say("negative", []), { code: "request.invalid" });
  await say("affirmative", []);
  await sendFeedback(client.station, { bankId: "boats" });
  now += 1000;
  await say("negative", [reason.guid]);
  await sendFeedback(client.station, { bankId: "boats" });
  assert.deepEqual(await opinions("aaaa0002"), [
    { username: "platform-one", kind: "md5", opinion: "negative", reasons: [reason.guid] },
  ]);
});

test("a word whose answer was lost is sent again, and is one word over there", async () => {
  const entry = await sharedEntry("aaaa0003");
  await decideFeedback(
    client.station,
    { bank: "boats", entry },
    { kind: "md5", opinion: "affirmative", reasons: [], note: "Looked at." },
    lead,
  );
  const unheard: typeof fetch = async (...args) => {
    await fetch(...args);
    throw new TypeError("fetch failed");
  };
  await sendFeedback({ ...client.station, fetch: unheard }, { bankId: "boats" });
  assert.deepEqual(await stages(entry), ["sent"]);
  now += 24 * 3_600_000;
  await sendFeedback(client.station, { bankId: "boats" });
  assert.deepEqual(await stages(entry), ["confirmed"]);
  assert.equal((await opinions("aaaa0003")).length, 1);
});

test("only reasons that the source lists leave, and no word of our own in their place", async () => {
  const entry = await sharedEntry("aaaa0006");
  const before = await leaves();
  const note = "Seen at 192.0.2.7 by Robin.";
  for (const reasons of [["It is Robin's picture"], [note], ["5c1b6f0a-2f3e-4d0b-9a55-0d6f4f2a1b01", note]])
    await assert.rejects(
      decideFeedback(
        client.station,
        { bank: "boats", entry },
        { kind: "md5", opinion: "negative", reasons, note },
        lead,
      ),
      { code: "request.invalid" },
    );
  assert.deepEqual(await leaves(), before);
  assert.deepEqual(await stages(entry), []);
});

test("what leaves is the entry's own name at its source, the opinion and listed reasons, and nothing else", async () => {
  const entry = await sharedEntry("aaaa0007");
  const reasons = ["5c1b6f0a-2f3e-4d0b-9a55-0d6f4f2a1b02"];
  const note = "Robin saw it in report 1041.";
  await decideFeedback(
    client.station,
    { bank: "boats", entry },
    { kind: "md5", opinion: "negative", reasons, note },
    lead,
  );
  const sent: Request[] = [];
  const listening: typeof fetch = async (...args) => {
    sent.push(new Request(...args));
    return await fetch(...args);
  };
  await sendFeedback({ ...client.station, fetch: listening }, { bankId: "boats" });
  assert.equal(sent.length, 1);
  const [request] = sent;
  assert.ok(request !== undefined);
  const { rows } = await server.station.db.pool.query<{ id: string }>(
    "select id from bank_entry where key = 'aaaa0007'",
  );
  assert.equal(request.method, "PUT");
  assert.equal(new URL(request.url).pathname, `/hashsharing/v2/entries/9/${rows[0]?.id}/MD5/feedback`);
  assert.equal(new URL(request.url).search, "");
  assert.deepEqual([...request.headers.keys()].toSorted(), ["authorization", "content-type"]);
  assert.match(
    (await request.text()).replaceAll(/\s+/g, " "),
    /^(?:<\?xml[^>]*\?> ?)?<feedbackSubmission xmlns="https:\/\/hashsharing\.ncmec\.org\/hashsharing\/v2"> ?<negative> ?<reasonIds> ?<guid>5c1b6f0a-2f3e-4d0b-9a55-0d6f4f2a1b02<\/guid> ?<\/reasonIds> ?<\/negative> ?<\/feedbackSubmission> ?$/,
  );
});

test("about an entry that did not come from the source, the source is told nothing", async () => {
  const value = "ab".repeat(16);
  const own = saidEntrySchema.parse({
    key: "9-our-own-name",
    signals: [{ kind: "md5", value }],
    member: { id: "9" },
  });
  await client.station.db.transaction(
    async (tx) => await writeEntries(tx, "boats", { entries: [own], removed: [] }, "operator", () => now),
  );
  const { rows } = await client.station.db.pool.query<{ id: string }>(
    "select id from bank_entry where key = '9-our-own-name'",
  );
  const ids = { bank: "boats", entry: rows[0]?.id ?? "" };
  await assert.rejects(
    decideFeedback(
      client.station,
      ids,
      { kind: "md5", opinion: "affirmative", reasons: [], note: "Ours." },
      lead,
    ),
    { code: "conflict" },
  );
  assert.deepEqual((await entryFeedback(client.station, ids)).tells, [
    { kind: "md5", notTold: "not-the-sources" },
  ]);
});

test("a newer word takes the place of an older one that has not arrived, and the same word is not said twice", async () => {
  const entry = await sharedEntry("aaaa0008");
  const say = async (opinion: "affirmative" | "negative") =>
    await decideFeedback(
      client.station,
      { bank: "boats", entry },
      {
        kind: "md5",
        opinion,
        reasons: opinion === "negative" ? ["5c1b6f0a-2f3e-4d0b-9a55-0d6f4f2a1b01"] : [],
        note: "Looked at.",
      },
      lead,
    );
  const away: typeof fetch = async () => await Promise.reject(new TypeError("fetch failed"));
  await say("affirmative");
  await sendFeedback({ ...client.station, fetch: away }, { bankId: "boats" });
  const waiting = await entryFeedback(client.station, { bank: "boats", entry });
  assert.deepEqual(
    waiting.said.map(({ opinion, by, delivery }) => [opinion, by, delivery.state, delivery.attempts]),
    [["affirmative", "Lee Example", "failing", 1]],
  );
  await assert.rejects(say("affirmative"), { code: "conflict" });
  now += 1000;
  await say("negative");
  now += 24 * 3_600_000;
  await sendFeedback(client.station, { bankId: "boats" });
  assert.deepEqual(await opinions("aaaa0008"), [
    {
      username: "platform-one",
      kind: "md5",
      opinion: "negative",
      reasons: ["5c1b6f0a-2f3e-4d0b-9a55-0d6f4f2a1b01"],
    },
  ]);
  const view = await entryFeedback(client.station, { bank: "boats", entry });
  assert.deepEqual(
    view.said.map(({ opinion, delivery }) => [opinion, delivery.state]),
    [
      ["negative", "delivered"],
      ["affirmative", "replaced"],
    ],
  );
  assert.deepEqual(view.said[0]?.reasons, ["The hash is of something else than the source says"]);
  const shared = await server.station.db.pool.query<{ id: string }>(
    "select id from bank_entry where key = 'aaaa0008'",
  );
  const there = await entryFeedback(server.station, { bank: "boats", entry: shared.rows[0]?.id ?? "" });
  assert.deepEqual(
    there.others.map(({ account, opinion, reasons }) => [account, opinion, reasons]),
    [["platform-one", "negative", ["The hash is of something else than the source says"]]],
  );
  assert.deepEqual(there.tells, [{ kind: "md5", notTold: "nobody" }]);
});

test("while the source does not answer, the reasons that it listed last are offered, and none where it never did", async () => {
  const away: typeof fetch = async () => await Promise.reject(new TypeError("fetch failed"));
  const listed = await listedReasons(client.station, "boats", "md5");
  assert.equal(listed.reasons.length, 3);
  now += 3_600_000;
  const later = await listedReasons({ ...client.station, fetch: away }, "boats", "md5");
  assert.deepEqual(later, listed);
  await assert.rejects(listedReasons({ ...client.station, fetch: away }, "boats", "pdq"), {
    code: "peer.unreachable",
  });
});

test("a hash that is not there, and one of a kind that the source does not know, are refused before anything is stored", async () => {
  const entry = await sharedEntry("aaaa0004");
  const before = await leaves();
  for (const kind of ["pdq", "sha256"] as const)
    await assert.rejects(
      decideFeedback(
        client.station,
        { bank: "boats", entry },
        { kind, opinion: "affirmative", reasons: [], note: "" },
        lead,
      ),
      { code: "not-found" },
    );
  assert.deepEqual(await stages(entry), []);
  assert.deepEqual(await leaves(), before);
});

test("who shares a hash takes words about what is there, from those whom it shares with", async () => {
  await sharedEntry("aaaa0005");
  const { rows } = await server.station.db.pool.query<{ id: string }>(
    "select id from bank_entry where key = 'aaaa0005'",
  );
  const put = async (type: string, authorization?: string) =>
    await fetch(`${server.url}/hashsharing/v2/entries/9/${rows[0]?.id}/${type}/feedback`, {
      method: "PUT",
      headers: { "content-type": "application/xml", ...(authorization !== undefined && { authorization }) },
      body: "<feedbackSubmission xmlns='https://hashsharing.ncmec.org/hashsharing/v2'><affirmative/></feedbackSubmission>",
    });
  assert.equal((await put("MD5")).status, 401);
  assert.deepEqual(await opinions("aaaa0005"), []);
});
