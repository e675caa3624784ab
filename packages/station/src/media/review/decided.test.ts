import assert from "node:assert/strict";
import { before, test } from "node:test";
import type { z } from "zod";
import type { BankFeedbackView, decidedListSchema, reviewStateSchema } from "../../desk-api/contract.ts";
import { deskOf, type TestDesk, until } from "../../testing/desk.ts";
import { squares } from "../../testing/media.ts";
import { problemOf } from "../../testing/problem.ts";
import { measuresOf } from "../../testing/report.ts";
import { type SharedKites, startSharedKites } from "../../testing/shared-kites.ts";
import { endOfFile } from "../../testing/station.ts";

type DecidedList = z.infer<typeof decidedListSchema>;
const FILES = 12;

const end = endOfFile();
let at: SharedKites;
let kim: TestDesk;
let lee: TestDesk;
before(async () => {
  const files = Array.from({ length: FILES }, (_, seed) => squares(seed + 1));
  at = await startSharedKites(
    end,
    files.map((bytes) => ({ signals: [{ kind: "md5" as const, value: measuresOf(bytes).md5 }] })),
  );
  await until("a match", async () => (await at.platform.answer(squares(1))).action === "review");
  for (const bytes of files) await at.platform.answer(bytes);
  kim = await deskOf(at.platform, "reviewer");
  lee = await deskOf(at.platform, "lead");
});

const ok = async <T>(response: Response): Promise<T> => {
  assert.ok(response.ok, await response.clone().text());
  return (await response.json()) as T;
};
const decided = async (desk: TestDesk, after?: string) =>
  await ok<DecidedList>(
    await desk.request("GET", `/api/review/decided${after === undefined ? "" : `?after=${after}`}`),
  );

test("what a person has decided stands on their own list with what it matched, and its source is told from there", async () => {
  const order: string[] = [];
  for (let n = 0; n < FILES; n += 1) {
    const { item } = await ok<z.infer<typeof reviewStateSchema>>(
      await kim.request("POST", "/api/review/turns", {}),
    );
    assert.ok(item !== undefined);
    order.unshift(item.sha256);
    await ok(await kim.request("POST", `/api/review/files/${item.sha256}/decision`, { decision: "leave" }));
  }
  const first = await decided(kim);
  const second = await decided(kim, first.next);
  assert.deepEqual(
    [...first.files, ...second.files].map(({ sha256 }) => sha256),
    order,
  );
  assert.equal(second.next, undefined);
  assert.deepEqual((await decided(lee)).files, []);
  const [match] = first.files[0]?.matches ?? [];
  assert.ok(match?.feedback !== undefined);
  const { entry, protocol, notTold, said } = match.feedback;
  assert.deepEqual([protocol, notTold, said, match.found.kind], ["ncmec", undefined, undefined, "md5"]);

  const path = `/api/banks/kites/entries/${entry}/feedback`;
  const { reasons } = await ok<{ reasons: Array<{ id: string; name: string }> }>(
    await kim.request("GET", `${path}/reasons?kind=md5`),
  );
  const [reason] = reasons;
  assert.ok(reason !== undefined);
  const wrong = { kind: "md5", opinion: "negative", note: "Plain squares." };
  await problemOf(await kim.request("POST", path, { ...wrong, reasons: [] }), 422);
  await problemOf(await kim.request("POST", path, { ...wrong, reasons: ["Plain squares"] }), 422);
  await ok(await kim.request("POST", path, { ...wrong, reasons: [reason.id] }));
  await problemOf(await kim.request("POST", path, { ...wrong, reasons: [reason.id] }), 409);
  await until("its delivery", async () => {
    const view = await ok<BankFeedbackView>(await kim.request("GET", path));
    return view.said[0]?.delivery.state === "delivered";
  });
  const { rows } = await at.house.station.db.pool.query<{ opinion: string; reasons: string[] }>(
    "select opinion, reasons from bank_opinion",
  );
  assert.deepEqual(rows, [{ opinion: "negative", reasons: [reason.id] }]);
  const now = (await decided(kim)).files[0]?.matches[0]?.feedback;
  assert.deepEqual(
    [now?.said?.opinion, now?.said?.reasons, now?.said?.by, now?.said?.delivery.state],
    ["negative", [reason.name], "Test reviewer", "delivered"],
  );
});

test("an auditor sees what was said and says nothing; a stranger sees nothing", async () => {
  const [file] = (await decided(kim)).files;
  const path = `/api/banks/kites/entries/${file?.matches[0]?.feedback?.entry}/feedback`;
  const body = { kind: "md5", opinion: "affirmative", note: "It is one." };
  const auditor = await deskOf(at.platform, "auditor");
  await ok(await auditor.request("GET", path));
  await problemOf(await auditor.request("POST", path, body), 403);
  await problemOf(await auditor.request("GET", "/api/review/decided"), 403);
  const stranger = await deskOf(at.platform, "stranger");
  await problemOf(await stranger.request("GET", path), 403);
  await problemOf(await stranger.request("POST", path, body), 403);
});
