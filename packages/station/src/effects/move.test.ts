import assert from "node:assert/strict";
import { before, test } from "node:test";
import { after, type Effect, type Happening, intended } from "./machine/index.ts";
import { introduce, peerOf } from "../testing/peers.ts";
import { referred } from "../testing/referral.ts";
import { accepted, testFile, testSender } from "../testing/report.ts";
import { endOfFile, startTestStation, type TestStation } from "../testing/station.ts";
import { confirmedColumns, happenTo, stepColumns } from "./index.ts";

const end = endOfFile();
let at: TestStation;
let id: string;
before(async () => {
  at = await startTestStation(end, {
    id: "platform-one",
    profile: "platform",
    config: { roles: ["intake", "desk"] },
  });
  await introduce(at, peerOf({ card: { ...at.card, id: "agency-one" } }));
  id = await referred(at, await accepted(await testSender(at), [testFile()]), "agency-one");
});

async function stored(): Promise<Effect> {
  const row = await at.station.db.kysely
    .selectFrom("referral")
    .select(["stage", "reached", "moved_at", "attempts", "next_attempt_at", "trouble"])
    .where("id", "=", id)
    .executeTakeFirstOrThrow();
  return {
    stage: row.stage,
    reached: Number(row.reached),
    movedAt: Date.parse(row.moved_at),
    attempts: row.attempts,
    nextAt: row.next_attempt_at === null ? null : Date.parse(row.next_attempt_at),
    trouble: row.trouble,
  };
}

async function words(): Promise<string | null | undefined> {
  return (
    await at.station.db.kysely
      .selectFrom("referral")
      .select("last_error")
      .where("id", "=", id)
      .executeTakeFirst()
  )?.last_error;
}

test("the columns that a statement writes for a step are what the machine says, forwards and when an attempt starts afresh", async () => {
  const steps: Array<Extract<Happening, { kind: "step" }>> = [
    { kind: "step", stage: "sent" },
    { kind: "step", stage: "sent" },
    { kind: "step", stage: "named", files: 0 },
    { kind: "step", stage: "named", files: 2 },
    { kind: "step", stage: "sent" },
    { kind: "step", stage: "named", files: 1 },
    { kind: "step", stage: "finishing" },
    { kind: "step", stage: "named", files: 3 },
  ];
  let model = await stored();
  for (const [index, step] of steps.entries()) {
    const now = model.movedAt + (index + 1) * 1000;
    model = after(model, step, now);
    await at.station.db.kysely
      .updateTable("referral")
      .set(stepColumns(step.stage, step.files ?? 0, now))
      .where("id", "=", id)
      .execute();
    assert.deepEqual(await stored(), model, JSON.stringify(step));
  }
});

test("what happens by the machine is stored whole, and nothing where it changes nothing", async () => {
  const { db } = at.station;
  const now = 1_800_000_000_000;
  const lives: Happening[] = [
    { kind: "failed", trouble: "unreachable" },
    { kind: "refused" },
    { kind: "failed", trouble: "fault" },
    { kind: "again" },
    { kind: "elsewhere" },
    { kind: "again" },
  ];
  for (const [index, happening] of lives.entries()) {
    const before = await stored();
    const model = after(before, happening, now + index);
    const moved = await db.transaction((tx) =>
      happenTo(tx, "refer", [id], happening, { at: now + index, words: "Why." }),
    );
    assert.deepEqual(await stored(), model, happening.kind);
    assert.equal(moved.length, model === before ? 0 : 1, happening.kind);
    assert.deepEqual(
      moved.map((each) => [each.before, each.now]),
      model === before ? [] : [[before, model]],
    );
    assert.equal(await words(), "Why.");
  }
  await db.kysely.updateTable("referral").set(confirmedColumns(now)).where("id", "=", id).execute();
  assert.deepEqual(await stored(), { ...after(intended(now), { kind: "confirmed" }, now), attempts: 2 });
});

test("the chain's own word for a referral follows from its stage and cannot be written", async () => {
  await assert.rejects(
    async () => await at.station.db.pool.query("update referral set state = 'delivered' where id = $1", [id]),
    /can only be updated to DEFAULT/,
  );
});
