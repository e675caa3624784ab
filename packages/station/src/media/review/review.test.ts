import assert from "node:assert/strict";
import { before, test } from "node:test";
import type { z } from "zod";
import type { lookSchema, reviewStateSchema } from "../../desk-api/media-contract.ts";
import { deskOf, type TestDesk, until } from "../../testing/desk.ts";
import { bankOf, type MediaPlatform, photograph, startMediaPlatform } from "../../testing/media.ts";
import { problemOf } from "../../testing/problem.ts";
import { measuresOf } from "../../testing/report.ts";
import { endOfFile, startTestStation, type TestStation } from "../../testing/station.ts";

type State = z.infer<typeof reviewStateSchema>;
type Bytes = Uint8Array<ArrayBuffer>;

const end = endOfFile();
let house: TestStation;
let at: MediaPlatform;
let desks: { kim: TestDesk; lee: TestDesk; lead: TestDesk };
let bridge: Bytes;
let turned: Bytes;

before(async () => {
  house = await startTestStation(end, { id: "example-house", profile: "clearinghouse" });
  at = await startMediaPlatform(end, { house });
  const reviewer = async () => await deskOf(at, "reviewer");
  desks = { kim: await reviewer(), lee: await reviewer(), lead: await deskOf(at, "lead") };
  bridge = await photograph("bridge-mods-aaa-orig.jpg");
  turned = await photograph("dih-bridge-3-rotate-180.jpg");
  const md5s = [bridge, await photograph("bridge-mods-shrink-a-little.jpg"), turned];
  await bankOf(
    at,
    "kites",
    md5s.map((bytes) => ({ signals: [md5Of(bytes)] })),
  );
  const graded = await photograph("misc-images-small.jpg");
  await bankOf(
    at,
    "graded",
    [
      { key: "g-1", classification: "A1", signals: [md5Of(graded)] },
      { key: "g-2", signals: [md5Of(await photograph("misc-images-wee.jpg"))] },
    ],
    { trust: "vetted-graded", source: "Example Hash List" },
  );
  const { status } = await desks.lead.request("POST", "/api/review/policies/graded", {
    exact: "report",
    perceptual: "review",
    reason: "Its grades are checked twice.",
  });
  assert.equal(status, 200);
  await untilKnown(graded);
});

/** Until a bank with this file's digest is live. Nothing is posted meanwhile. */
async function untilKnown(bytes: Uint8Array): Promise<void> {
  await until("the bank", async () => {
    const response = await fetch(`${at.url}/door/media/hashes`, {
      method: "POST",
      headers: { authorization: at.authorization, "content-type": "application/json" },
      body: JSON.stringify({ signals: [md5Of(bytes)] }),
    });
    return response.ok && ((await response.json()) as { matches: unknown[] }).matches.length > 0;
  });
}

function md5Of(bytes: Uint8Array) {
  return { kind: "md5" as const, value: measuresOf(bytes).md5 };
}
/** The same picture in other bytes: what follows the end of a JPEG is ignored. */
function again(bytes: Bytes, mark: number): Bytes {
  return new Uint8Array([...bytes, mark]);
}
const ok = async <T>(response: Response): Promise<T> => {
  assert.ok(response.ok, `${response.status} ${response.ok ? "" : await response.clone().text()}`);
  return (await response.json()) as T;
};
const turn = async (desk: TestDesk) => await ok<State>(await desk.request("POST", "/api/review/turns", {}));
const decide = async (desk: TestDesk, sha256: string, body: object) =>
  await desk.request("POST", `/api/review/files/${sha256}/decision`, body);
/** Opens a file, and says what was shown of it. */
async function look(
  desk: TestDesk,
  sha256: string,
  seen?: { seenMs: number; wholeMs: number },
): Promise<Buffer> {
  const { id, content } = await ok<z.infer<typeof lookSchema>>(
    await desk.request("POST", `/api/review/files/${sha256}/looks`),
  );
  const response = await desk.request("GET", content);
  assert.equal(response.headers.get("content-type"), "image/jpeg");
  const bytes = Buffer.from(await response.arrayBuffer());
  if (seen !== undefined) {
    // No viewer has shown more than the time since.
    await at.station.db.pool.query(
      "update media_look set opened_at = opened_at - interval '1 minute' where id = $1",
      [id],
    );
    assert.equal((await desk.request("POST", `/api/review/looks/${id}/seen`, seen)).status, 204);
  }
  return bytes;
}
const emptied = async () => {
  for (;;) {
    const { item } = await turn(desks.kim);
    if (item === undefined) return;
    await ok(await decide(desks.kim, item.sha256, { decision: "leave" }));
  }
};
const reportsOf = async (sha256: string) =>
  (
    await at.station.db.pool.query<{ id: string; status: string }>(
      "select report.id, report.status from report join evidence on evidence.report_id = report.id where evidence.sha256 = $1 order by report.number",
      [Buffer.from(sha256, "hex")],
    )
  ).rows;

test("a distinct file is given to one person, whoever asks and however often at once", async () => {
  const { sha256 } = (await at.answer(bridge)).file;
  const posted = await at.answer(turned);
  const states = await Promise.all([turn(desks.kim), turn(desks.lee), turn(desks.kim), turn(desks.lee)]);
  const [kims, lees, kimsAgain, leesAgain] = states.map(({ item }) => item?.sha256);
  assert.deepEqual(new Set([kims, lees]), new Set([sha256, posted.file.sha256]));
  assert.deepEqual([kimsAgain, leesAgain], [kims, lees]);
  assert.equal((await turn(desks.lead)).item, undefined);
  // Even without a file of their own, nobody opens or decides what is in another's hands.
  const stolen = await desks.lead.request("POST", `/api/review/files/${sha256}/looks`);
  await problemOf(stolen, 409);
  await problemOf(await decide(desks.lead, sha256, { decision: "report" }), 409);
  await emptied();
  for (const item of [kims, lees])
    if (item !== undefined) await decide(desks.lee, item, { decision: "leave" });
});

test("what one has seen and not decided is nobody else's, when the lease is over too, until a lead hands it on", async () => {
  const bytes = again(turned, 1);
  await bankOf(at, "seen", [{ signals: [md5Of(bytes)] }]);
  await until("the bank", async () => (await at.answer(bytes)).action === "review");
  const { item } = await turn(desks.kim);
  assert.equal(item?.shownAt, undefined);
  const sha256 = item?.sha256 ?? "";
  assert.deepEqual(await look(desks.kim, sha256), Buffer.from(bytes));
  await at.station.db.pool.query(
    "update media_file set leased_until = now() - interval '1 hour' where leased_by is not null",
  );
  assert.equal((await turn(desks.lee)).item, undefined);
  const give = await desks.kim.request("POST", `/api/review/files/${sha256}/give-back`);
  await problemOf(give, 409);
  const handOn = async (desk: TestDesk) =>
    await desk.request("POST", `/api/review/files/${sha256}/hand-on`, { reason: "Kim is ill." });
  await problemOf(await handOn(desks.lee), 403);
  const { seen } = await ok<State>(await desks.lead.request("GET", "/api/review"));
  assert.deepEqual(
    seen.map((each) => each.sha256),
    [sha256],
  );
  await ok(await handOn(desks.lead));
  assert.equal((await turn(desks.lee)).item?.sha256, sha256);
  await ok(await decide(desks.lee, sha256, { decision: "leave" }));
});

test("a decision of a person who has viewed the file is filed, with the view as that person's claim, the bank's as its own", async () => {
  const bytes = again(bridge, 2);
  await bankOf(at, "filed", [{ key: "k-7", signals: [md5Of(bytes)] }]);
  await untilKnown(bytes);
  assert.equal((await at.answer(bytes, { reference: "filed-1", incident: "m-1" })).action, "review");
  await at.answer(bytes, { incident: "m-2", account: { id: "771" } });
  const { item } = await turn(desks.kim);
  const sha256 = item?.sha256 ?? "";
  await look(desks.kim, sha256, { seenMs: 4000, wholeMs: 3000 });
  await ok(await decide(desks.kim, sha256, { decision: "report", grade: "B2" }));
  const reports = await until("the reports", async () => {
    const found = await reportsOf(sha256);
    return found.length >= 2 && found.every(({ status }) => status === "referred") && found;
  });
  const view = await desks.lead.report(reports[0]?.id ?? "");
  const claims = [...view.report.claims, ...view.claims].map(({ source, states }) => [
    source.kind,
    states.kind,
  ]);
  assert.ok(claims.some(([source, kind]) => source === "list" && kind === "hash-match"));
  const viewed = view.claims.find(({ states }) => states.kind === "flag" && states.flag === "viewed-in-full");
  assert.equal(viewed?.source.kind, "person");
  assert.ok(claims.some(([source, kind]) => source === "person" && kind === "industry-grade"));
  const offence = await until("the grade", async () =>
    (await desks.lead.report(reports[0]?.id ?? "")).assessment?.attributes.find(
      ({ attribute }) => attribute === "offence",
    ),
  );
  assert.equal(offence.value, "O3");
  const [person] = view.report.persons;
  assert.equal(person?.events[0]?.port, 40_123);
  assert.equal(person?.events[0]?.moment?.at, "2026-11-20T13:03:07Z");
  const arrived = await until("the filing", async () => {
    const { rows } = await house.station.db.pool.query<{ details: Buffer }>(
      "select tip_file.details from tip_file join tip on tip.number = tip_file.tip_number where tip_file.sha256 = $1 and tip.state = 'finished'",
      [Buffer.from(sha256, "hex")],
    );
    return rows.length >= 2 && rows;
  });
  for (const { details } of arrived) {
    const xml = details.toString("utf8");
    assert.match(xml, /<fileViewedByEsp>true<\/fileViewedByEsp>/);
    assert.match(xml, /<originalFileHash hashType="MD5">/);
    assert.match(xml, /<industryClassification>B2</);
    assert.match(xml, /Match: Bank filed/);
    assert.match(xml, /Example Kite Society/);
  }
  // Whoever posts it from now on: nobody looks again, and a person files it.
  const later = await at.answer(bytes, { account: { id: "772" } });
  assert.equal(later.decided, "report");
  const known = await until("the report of known files", async () => {
    const { known: found } = await ok<State>(await desks.lead.request("GET", "/api/review"));
    return found.length > 0 && found;
  });
  assert.equal((await turn(desks.lee)).item, undefined);
  await ok(
    await desks.lee.request("POST", "/api/review/known", {
      reports: known.map(({ report }) => report),
      reason: "Known, and viewed by a colleague.",
    }),
  );
  assert.deepEqual((await ok<State>(await desks.lead.request("GET", "/api/review"))).known, []);
});

test("a glimpse is no view in full, and nothing more is believed of a viewer than the time that has passed", async () => {
  const [glimpse, boast] = [again(bridge, 3), again(turned, 4)];
  await bankOf(
    at,
    "glimpses",
    [glimpse, boast].map((bytes) => ({ signals: [md5Of(bytes)] })),
  );
  await until(
    "the bank",
    async () => (await at.answer(boast, { account: { id: "880" } })).action === "review",
  );
  await at.answer(glimpse, { account: { id: "881" } });
  for (const _ of [1, 2]) {
    const { item } = await turn(desks.kim);
    const sha256 = item?.sha256 ?? "";
    if (sha256 === measuresOf(glimpse).sha256) await look(desks.kim, sha256, { seenMs: 4000, wholeMs: 400 });
    else {
      const { id, content } = await ok<z.infer<typeof lookSchema>>(
        await desks.kim.request("POST", `/api/review/files/${sha256}/looks`),
      );
      const early = await desks.kim.request("POST", `/api/review/looks/${id}/seen`, {
        seenMs: 9000,
        wholeMs: 9000,
      });
      await problemOf(early, 403);
      await (await desks.kim.request("GET", content)).arrayBuffer();
      await at.station.db.pool.query(
        "update media_look set opened_at = now() + interval '1 second' where id = $1",
        [id],
      );
      await desks.kim.request("POST", `/api/review/looks/${id}/seen`, {
        seenMs: 3_000_000,
        wholeMs: 3_000_000,
      });
    }
    await ok(await decide(desks.kim, sha256, { decision: "report" }));
  }
  for (const bytes of [glimpse, boast]) {
    const [report] = await until("its report", async () => {
      const found = await reportsOf(measuresOf(bytes).sha256);
      return found.length > 0 && found;
    });
    const { claims } = await desks.lead.report(report?.id ?? "");
    assert.equal(
      claims.some(({ states }) => states.kind === "flag" && states.flag === "viewed-in-full"),
      false,
    );
  }
});

test("one look decides for near copies that the person names, which claim no view", async () => {
  const copies = [again(bridge, 5), again(bridge, 6), again(bridge, 7)];
  await bankOf(
    at,
    "near",
    copies.map((bytes) => ({ signals: [md5Of(bytes)] })),
  );
  await until(
    "the bank",
    async () => (await at.answer(copies[0] ?? bridge, { account: { id: "990" } })).action === "review",
  );
  for (const bytes of copies.slice(1)) await at.answer(bytes, { account: { id: "990" } });
  const { item } = await turn(desks.kim);
  const near = item?.near.map(({ sha256 }) => sha256) ?? [];
  assert.equal(near.length, 2);
  await look(desks.kim, item?.sha256 ?? "", { seenMs: 2000, wholeMs: 2000 });
  const strange = await decide(desks.kim, item?.sha256 ?? "", {
    decision: "report",
    alsoFor: ["0".repeat(64)],
  });
  await problemOf(strange, 409);
  await ok(await decide(desks.kim, item?.sha256 ?? "", { decision: "report", alsoFor: near }));
  assert.equal((await turn(desks.lee)).item, undefined);
  const [report, ...others] = await until("the report", async () => {
    const found = await reportsOf(near[0] ?? "");
    return found.length > 0 && found;
  });
  assert.deepEqual(others, []);
  const view = await desks.lead.report(report?.id ?? "");
  assert.equal(view.report.evidence.length, 3);
  const viewed = view.claims.filter(
    ({ states }) => states.kind === "flag" && states.flag === "viewed-in-full",
  );
  assert.equal(viewed.length, 1);
  assert.deepEqual(viewed[0]?.about, {
    kind: "evidence",
    id: view.report.evidence.find(({ received }) => received?.sha256 === item?.sha256)?.id,
  });
});

test("an exact match with a vetted graded list becomes a report that nobody has looked at, and a person files it; an ungraded one waits", async () => {
  const [graded, ungraded] = [
    await photograph("misc-images-small.jpg"),
    await photograph("misc-images-wee.jpg"),
  ];
  const answer = await at.answer(graded, { account: { id: "1200" } });
  assert.equal(answer.action, "report");
  const [report] = await until("the report", async () => {
    const found = await reportsOf(answer.file.sha256);
    return found.length > 0 && found;
  });
  const view = await until("its grade", async () => {
    const found = await desks.lead.report(report?.id ?? "");
    return found.assessment !== undefined && found;
  });
  assert.equal(view.assessment?.attributes.find(({ attribute }) => attribute === "offence")?.value, "O3");
  assert.equal(view.entry.status, "new");
  assert.deepEqual(view.referrals, []);
  const { known } = await ok<State>(await desks.kim.request("GET", "/api/review"));
  assert.deepEqual(
    known.map((each) => each.report),
    [report?.id],
  );
  const { rows } = await at.station.db.pool.query(
    "select from leaf where kind = 'evidence.opening' and report_id = $1",
    [report?.id],
  );
  assert.deepEqual(rows, []);
  assert.equal((await at.answer(ungraded)).action, "review");
  await emptied();
});

test("what a person leaves is kept nowhere, and whoever posts it again is told so without another look", async () => {
  const bytes = again(bridge, 8);
  await bankOf(at, "left", [{ signals: [md5Of(bytes)] }]);
  await until("the bank", async () => (await at.answer(bytes)).action === "review");
  const { item } = await turn(desks.kim);
  const held = async () =>
    (
      await at.station.db.pool.query("select from media_post where sha256 = $1 and object_name is not null", [
        Buffer.from(item?.sha256 ?? "", "hex"),
      ])
    ).rows.length;
  assert.equal(await held(), 1);
  await ok(await decide(desks.kim, item?.sha256 ?? "", { decision: "leave", note: "A bridge." }));
  assert.equal(await held(), 0);
  assert.equal((await at.answer(bytes)).decided, "leave");
  assert.equal((await turn(desks.lee)).item, undefined);
  assert.deepEqual(await reportsOf(item?.sha256 ?? ""), []);
});
