import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { before, test } from "node:test";
import type { z } from "zod";
import { type SaidEntry, saidEntrySchema } from "../banks/entry.ts";
import { openMatcher } from "../banks/index.ts";
import { bankSettingsSchema, makeBank } from "../banks/settings.ts";
import { writeEntries } from "../banks/write-entries.ts";
import { silentLog } from "../store/index.ts";
import { deskOf, type TestDesk } from "../testing/desk.ts";
import { problemOf } from "../testing/problem.ts";
import { endOfFile, startTestStation, type TestStation } from "../testing/station.ts";
import type {
  BankEntryView,
  BankList,
  bankLookupAnswerSchema,
  bankPartsSchema,
  BankView,
} from "./bank-contract.ts";

const end = endOfFile();
let now = Date.parse("2026-11-22T12:00:00Z");
let at: TestStation;
let desks: Record<"reviewer" | "lead" | "auditor" | "stranger", TestDesk>;
before(async () => {
  at = await startTestStation(end, {
    id: "platform-one",
    profile: "platform",
    clock: () => now,
    config: { roles: ["desk"], banks: { accounts: [{ username: "example-chat", curates: ["own"] }] } },
  });
  const [reviewer, lead, auditor, stranger] = await Promise.all(
    ["reviewer", "lead", "auditor", "stranger"].map(async (role) => await deskOf(at, role)),
  );
  assert.ok(reviewer && lead && auditor && stranger);
  desks = { reviewer, lead, auditor, stranger };
});

const hex = (bytes: number) => randomBytes(bytes).toString("hex");
const entry = (more: Partial<SaidEntry> = {}): SaidEntry =>
  saidEntrySchema.parse({ key: hex(8), signals: [{ kind: "md5", value: hex(16) }], ...more });
async function bank(id: string, more: object = {}): Promise<string> {
  const settings = bankSettingsSchema.parse({ name: id, source: "Example Kite Society", ...more });
  await at.station.db.transaction(async (tx) => await makeBank(tx, id, settings, "operator", now));
  return id;
}
const say = async (id: string, entries: readonly SaidEntry[], removed: readonly string[] = []) =>
  await at.station.db.transaction(
    async (tx) => await writeEntries(tx, id, { entries, removed }, "operator", () => now),
  );
async function got<T>(desk: TestDesk, path: string): Promise<T> {
  const response = await desk.request("GET", path);
  assert.equal(response.status, 200, await response.clone().text());
  return (await response.json()) as T;
}
const bankOf = async (id: string) => await got<BankView>(desks.lead, `/api/banks/${id}`);
const change = async (id: string, body: object, desk = desks.lead) =>
  await desk.request("POST", `/api/banks/${id}/changes`, {
    seen: (await bankOf(id)).seen,
    reason: "As agreed with them.",
    ...body,
  });
const lookUp = async (value: string, desk = desks.reviewer) => {
  const response = await desk.request("POST", "/api/banks/lookup", { value });
  assert.equal(response.status, 200, await response.clone().text());
  return (await response.json()) as z.infer<typeof bankLookupAnswerSchema>;
};
const leaves = async () =>
  (
    await at.station.db.pool.query<{ kind: string; actor: string; body: Record<string, unknown> }>(
      "select kind, actor, body from leaf where kind like 'bank.%' order by id",
    )
  ).rows;

test("banks are listed by name a page at a time, with what is in each and how its fetching stands", async () => {
  await bank("aa-empty");
  await bank("ab-failing");
  await say("ab-failing", [entry(), entry({ key: "kite-1" })]);
  await say("ab-failing", [], ["kite-1"]);
  await at.station.db.pool.query(
    `insert into bank_exchange (bank_id, kind, failing_since, trouble, last_error, attempts)
     values ('ab-failing', 'ncmec', now(), 'unreachable', 'The source answered 503.', 4)`,
  );
  for (let n = 10; n < 70; n += 1) await bank(`b-${n}`);
  const first = await got<BankList>(desks.reviewer, "/api/banks");
  assert.equal(first.banks.length, 50);
  const [empty, failing] = first.banks;
  assert.deepEqual(
    [empty?.id, empty?.live, empty?.changedAt, empty?.exchange],
    ["aa-empty", 0, undefined, undefined],
  );
  assert.deepEqual([failing?.live, failing?.gone, failing?.matches], [1, 1, "on"]);
  assert.deepEqual([failing?.exchange?.runs, failing?.exchange?.fetchedAt], [false, undefined]);
  assert.equal(failing?.exchange?.failing?.words, "The source answered 503.");
  const second = await got<BankList>(desks.reviewer, `/api/banks?after=${first.next}`);
  const ids = [...first.banks, ...second.banks].map(({ id }) => id);
  assert.deepEqual(ids, ids.toSorted());
  assert.equal(ids.length, 62);
  assert.equal(second.next, undefined);
});

test("a lead switches a bank off and on and in part, each with a reason, and matching and the page follow", async () => {
  const id = await bank("kites");
  const delta = entry({ categories: ["delta"], tags: ["red"], member: { id: "7", name: "Example Harbour" } });
  await say(id, [delta, entry({ categories: ["box"] })]);
  const [signal] = delta.signals;
  assert.ok(signal !== undefined);
  const matcher = openMatcher({ db: at.station.db, log: silentLog }, { follows: false });
  end.after(async () => await matcher[Symbol.asyncDispose]());
  const found = async () => {
    await matcher.catchUp();
    return (await matcher.lookup([signal], 10)).flatMap(({ matches }) => matches).length;
  };
  assert.equal(await found(), 1);
  const parts = await got<z.infer<typeof bankPartsSchema>>(desks.lead, `/api/banks/${id}/parts?sort=member`);
  assert.deepEqual(parts.parts, [{ value: "7", name: "Example Harbour", live: 1 }]);
  assert.equal((await change(id, { categories: ["box"] })).status, 200);
  assert.equal(await found(), 0);
  assert.equal((await lookUp(signal.value)).entries[0]?.matches, "part-off");
  assert.equal((await change(id, { categories: ["delta"], tags: ["red"], members: ["7"] })).status, 200);
  assert.equal(await found(), 1);
  assert.equal((await change(id, { enabled: false })).status, 200);
  assert.equal(await found(), 0);
  assert.equal((await lookUp(signal.value)).entries[0]?.matches, "bank-off");
  const { changes, matches, settings } = await bankOf(id);
  assert.deepEqual([matches, settings.categories], ["off", ["delta"]]);
  assert.deepEqual(
    changes.map(({ changed, by, way, reason }) => [changed, by, way, reason]),
    [
      [["enabled"], "Test lead", "person", "As agreed with them."],
      [["categories", "tags", "members"], "Test lead", "person", "As agreed with them."],
      [["categories"], "Test lead", "person", "As agreed with them."],
      [[], undefined, "operator", undefined],
    ],
  );
  assert.deepEqual([changes[2]?.was?.categories, changes[2]?.is.categories], [null, ["box"]]);
  const changed = (await leaves()).filter(({ kind, body }) => kind === "bank.changed" && body["bank"] === id);
  assert.equal(changed.length, 3);
  assert.ok(changed.every(({ actor }) => actor.startsWith("person:")));
});

test("who has not seen the newest settings changes nothing, and neither does a change to what is there", async () => {
  const id = await bank("two-leads");
  const { seen } = await bankOf(id);
  assert.equal((await change(id, { seen, enabled: false })).status, 200);
  await problemOf(await change(id, { seen, trust: "vetted" }), 409);
  await problemOf(await change(id, { enabled: false }), 409);
  await problemOf(await change(id, { trust: "vetted", reason: "Short" }), 422);
  await problemOf(await change(id, { categories: [] }), 422);
  await problemOf(await change(id, { source: "Somebody else" }), 422);
  const { settings, changes } = await bankOf(id);
  assert.deepEqual([settings.trust, settings.enabled, changes.length], ["unvetted", false, 2]);
});

test("only a lead changes a bank, and nobody without work here sees that a hash is known", async () => {
  const id = await bank("guarded");
  const known = entry();
  await say(id, [known]);
  for (const desk of [desks.reviewer, desks.auditor, desks.stranger])
    await problemOf(await change(id, { enabled: false }, desk), 403);
  assert.equal((await bankOf(id)).matches, "on");
  const before = (await leaves()).length;
  const value = known.signals[0]?.value ?? "";
  await problemOf(await desks.stranger.request("POST", "/api/banks/lookup", { value }), 403);
  for (const path of ["/api/banks", `/api/banks/${id}`, `/api/banks/${id}/parts?sort=tag`])
    await problemOf(await desks.stranger.request("GET", path), 403);
  assert.equal((await leaves()).length, before, "a refused look is none");
});

test("a hash is found in every bank that has it or had it, with the source's claims and all that it ever said", async () => {
  const value = hex(32);
  const [first, second] = [await bank("hold-one"), await bank("hold-two")];
  const held = entry({ key: "kite-9", classification: "K1", signals: [{ kind: "sha256", value }] });
  await say(first, [held]);
  await say(second, [entry({ signals: [{ kind: "pdq", value, quality: 20 }], tags: ["blue"] })]);
  now += 1000;
  await say(first, [{ ...held, classification: "K2", categories: ["delta"] }]);
  now += 1000;
  await say(first, [], ["kite-9"]);
  const { kinds, entries } = await lookUp(` ${value.toUpperCase().slice(0, 32)} ${value.slice(32)}\n`);
  assert.deepEqual(kinds, ["sha256", "pdq"]);
  assert.deepEqual(
    entries.map((each) => [each.bank, each.kind, each.stands, each.matches]),
    [
      ["hold-one", "sha256", false, "taken-back"],
      ["hold-two", "pdq", true, "yes"],
    ],
  );
  assert.deepEqual(entries[1]?.claims.tags, ["blue"]);
  const page = await got<BankEntryView>(desks.auditor, `/api/banks/hold-one/entries/${entries[0]?.id}`);
  assert.deepEqual(
    page.changes.map(({ what, claims, hashes }) => [what, claims.classification, claims.categories, hashes]),
    [
      ["removed", "K2", ["delta"], 1],
      ["changed", "K2", ["delta"], 1],
      ["added", "K1", [], 1],
    ],
  );
  assert.deepEqual(page.signals, [{ kind: "sha256", value, stands: false, good: true }]);
  const other = await got<BankEntryView>(desks.reviewer, `/api/banks/hold-two/entries/${entries[1]?.id}`);
  assert.deepEqual(other.signals, [
    { kind: "pdq", value, semantics: "unlabelled", quality: 20, stands: true, good: false },
  ]);
  await problemOf(await desks.lead.request("GET", `/api/banks/hold-two/entries/${entries[0]?.id}`), 404);
  await problemOf(await desks.lead.request("POST", "/api/banks/lookup", { value: "no hash" }), 422);
});

test("a hash in more entries than a page has comes page by page, each entry once", async () => {
  const id = await bank("crowded");
  const value = hex(16);
  await say(
    id,
    Array.from({ length: 120 }, () => entry({ signals: [{ kind: "md5", value }] })),
  );
  const seen: string[] = [];
  for (let after: string | undefined; ; ) {
    const response = await desks.reviewer.request("POST", "/api/banks/lookup", {
      value,
      ...(after === undefined ? {} : { after }),
    });
    const { entries, next } = (await response.json()) as z.infer<typeof bankLookupAnswerSchema>;
    seen.push(...entries.map((each) => each.id));
    if (next === undefined) break;
    after = next;
  }
  assert.equal(seen.length, 120);
  assert.equal(new Set(seen).size, 120);
});

test("each look leaves a leaf that says who looked at what", async () => {
  const id = await bank("watched");
  await say(id, [entry({ key: "w" })]);
  const before = (await leaves()).length;
  const value = hex(20);
  await got(desks.reviewer, "/api/banks");
  await lookUp(value);
  await got(desks.reviewer, `/api/banks/${id}`);
  await got(desks.reviewer, `/api/banks/${id}/parts?sort=category`);
  const looks = (await leaves()).slice(before);
  assert.deepEqual(
    looks.map(({ kind, body }) => [kind, body]),
    [
      ["bank.looked-at", { what: "list" }],
      ["bank.looked-at", { what: "hash", value, kinds: ["sha1"], found: 0 }],
      ["bank.looked-at", { what: "bank", bank: id }],
      ["bank.looked-at", { what: "parts", bank: id }],
    ],
  );
  assert.equal(new Set(looks.map(({ actor }) => actor)).size, 1);
});
