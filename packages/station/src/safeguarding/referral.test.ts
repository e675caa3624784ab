import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { groundOf } from "../assessment/context.ts";
import { type ChildDesk, childDesk, NATIONAL } from "../testing/child-desk.ts";
import type { TestDesk } from "../testing/desk.ts";
import { problemOf } from "../testing/problem.ts";
import { accepted, type TestSender } from "../testing/report.ts";
import { endOfFile, type TestStation } from "../testing/station.ts";
import { workUp } from "../work-up.ts";

const HOUR_MS = 3_600_000;
const iso = (at: number) => new Date(at).toISOString().replace(".000Z", "Z");
const end = endOfFile();
let now = Date.parse("2026-11-20T10:00:00Z");
let at: TestStation;
let sender: TestSender;
let desk: TestDesk;
let child: ChildDesk["child"];
let reported: ChildDesk["reported"];
let ask: ChildDesk["ask"];
let refer: ChildDesk["refer"];
let counts: ChildDesk["counts"];
before(async () => {
  ({ at, sender, desk, child, reported, ask, refer, counts } = await childDesk(end, () => now));
});

describe("a referral for a child", () => {
  test("goes from a decision to the authority's answer, each step with who and when and a leaf", async () => {
    const id = await reported();
    const [referral] = (await refer(id)).safeguarding?.referrals ?? [];
    assert.equal(referral?.decided.by, "Test reviewer");
    now += HOUR_MS;
    const step = { referral: referral?.id };
    await ask(`${id}/safeguarding`, {
      ...step,
      step: "told",
      how: "telephone",
      takenBy: "Duty desk, R. Example",
      reference: "EX-17",
    });
    now += HOUR_MS;
    const view = await ask(`${id}/safeguarding`, {
      ...step,
      step: "answered",
      answeredBy: "R. Example",
      answer: "They will visit.",
    });
    assert.equal(view.safeguarding?.state, "acknowledged");
    const [done] = view.safeguarding.referrals;
    assert.deepEqual(done?.told, {
      by: "Test reviewer",
      at: iso(now - HOUR_MS),
      how: "telephone",
      takenBy: "Duty desk, R. Example",
      reference: "EX-17",
      late: false,
    });
    assert.equal(done.acknowledged?.answer, "They will visit.");
    assert.deepEqual(
      view.history.map(({ kind }) => kind).filter((kind) => kind.startsWith("safeguarding.")),
      ["safeguarding.decided", "safeguarding.told", "safeguarding.acknowledged"],
    );
    // No word of what people wrote or of the child is in a leaf.
    const { rows } = await at.station.db.pool.query<{ body: object }>(
      "select body from leaf where report_id = $1 and kind like 'safeguarding.%'",
      [id],
    );
    assert.doesNotMatch(JSON.stringify(rows), /Example,|visit|EX-17|help/);
  });

  test("waits for nothing on the arrest side: a closed report's child is referred, and still counts until somebody is told", async () => {
    const id = await reported();
    await ask(`${id}/outcomes`, { kind: "no-further-action", reason: "no-suspect-identified" });
    const before = await counts();
    const view = await refer(id);
    assert.equal(view.entry.status, "closed");
    assert.equal((await counts())?.open, before?.open);
    await ask(`${id}/safeguarding`, {
      step: "told",
      referral: view.safeguarding?.referrals[0]?.id,
      how: "portal",
      takenBy: "Portal",
    });
    assert.equal((await counts())?.open, (before?.open ?? 0) - 1);
  });

  test("is decided once, however often it is asked for at the same time, and again after it was withdrawn", async () => {
    const id = await reported();
    const views = await Promise.all([refer(id), refer(id), refer(id)]);
    assert.equal((await desk.report(id)).safeguarding?.referrals.length, 1);
    const referral = views[0]?.safeguarding?.referrals[0]?.id ?? "";
    const back = await ask(`${id}/safeguarding`, {
      step: "withdraw",
      referral,
      reason: "Decided for the wrong council.",
    });
    assert.equal(back.safeguarding?.state, "undecided");
    assert.equal((await refer(id)).safeguarding?.referrals.length, 2);
    for (let again = 0; again < 6; again += 1) await refer(id);
    assert.equal((await desk.report(id)).safeguarding?.referrals.length, 2);
  });

  test("is as far as the least advanced of a report's two", async () => {
    const id = await reported();
    const first = (await refer(id)).safeguarding?.referrals[0]?.id ?? "";
    await refer(id, NATIONAL.id);
    const view = await ask(`${id}/safeguarding`, {
      step: "told",
      referral: first,
      how: "telephone",
      takenBy: "Duty desk",
    });
    assert.equal(view.safeguarding?.state, "decided");
  });

  test("cannot be told twice, answered before it was told, or taken back from an authority that has it", async () => {
    const id = await reported();
    const referral = (await refer(id)).safeguarding?.referrals[0]?.id ?? "";
    const path = `/api/reports/${id}/safeguarding`;
    const told = { step: "told", referral, how: "telephone", takenBy: "Duty desk" };
    const refused = async (step: string, body: object) =>
      (await problemOf(await desk.request("POST", path, { step, referral, ...body }), 409)).detail;
    assert.match(await refused("answered", { answeredBy: "Duty desk" }), /nobody has told/);
    const both = await Promise.all([1, 2].map(async () => await desk.request("POST", path, told)));
    assert.deepEqual(
      both.map(({ status }) => status).toSorted((a, b) => a - b),
      [200, 409],
    );
    await desk.request("POST", path, { step: "answered", referral, answeredBy: "Duty desk" });
    assert.match(await refused("withdraw", { reason: "The wrong council." }), /acknowledged/);
    await problemOf(await desk.request("POST", `/api/reports/${await reported()}/safeguarding`, told), 404);
  });

  test("goes to no authority that the configuration does not name today", async () => {
    const id = await reported();
    const body = { step: "decide", authority: "nobody", reason: "A child may need help." };
    await problemOf(await desk.request("POST", `/api/reports/${id}/safeguarding`, body), 422);
  });

  test("can be decided before the report has been assessed, and is found again by the assessment", async () => {
    const id = await accepted(sender, [], { persons: [child] });
    await refer(id);
    await workUp(at.station, { reportId: id });
    assert.equal((await desk.report(id)).safeguarding?.state, "decided");
  });

  test("makes every assessment look anew that began before it", async () => {
    const id = await reported();
    const before = await groundOf(at.station, id);
    await refer(id);
    assert.notEqual((await groundOf(at.station, id))?.assessedAt, before?.assessedAt);
  });

  test("stays decided when an assessment began before the decision and ends after it", async () => {
    for (let round = 0; round < 5; round += 1) {
      const id = await reported();
      await Promise.all([
        refer(id),
        ask(`${id}/claims`, {
          about: { kind: "report" },
          states: { kind: "flag", flag: "grooming", value: true },
        }),
        ask(`${id}/claims`, {
          about: { kind: "report" },
          states: { kind: "flag", flag: "coercion", value: true },
        }),
      ]);
      assert.equal((await desk.report(id)).safeguarding?.state, "decided");
    }
  });
});

describe("a decision that no referral is needed", () => {
  test("holds until something new is said of a child", async () => {
    const id = await reported();
    const view = await ask(`${id}/safeguarding`, {
      step: "not-needed",
      reason: "Their school has told the council.",
    });
    assert.deepEqual([view.safeguarding?.state, view.safeguarding?.declined?.holds], ["declined", true]);
    await workUp(at.station, { reportId: id });
    assert.equal((await desk.report(id)).safeguarding?.state, "declined");
    const states = { kind: "flag", flag: "live-abuse", value: true };
    const after = await ask(`${id}/claims`, { about: { kind: "report" }, states });
    assert.deepEqual([after.safeguarding?.state, after.safeguarding?.declined?.holds], ["undecided", false]);
  });

  test("cannot be made while a referral stands", async () => {
    const id = await reported();
    await refer(id);
    const body = { step: "not-needed", reason: "Their school has told the council." };
    await problemOf(await desk.request("POST", `/api/reports/${id}/safeguarding`, body), 409);
  });
});
