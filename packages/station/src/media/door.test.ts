import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { request } from "node:http";
import { before, test } from "node:test";
import { deskOf, until } from "../testing/desk.ts";
import {
  bankOf,
  mediaForm,
  type MediaPlatform,
  mediaPost,
  photograph,
  squares,
  startMediaPlatform,
} from "../testing/media.ts";
import { problemOf } from "../testing/problem.ts";
import { measuresOf, testSender } from "../testing/report.ts";
import { endOfFile } from "../testing/station.ts";
import { sweepAnswers } from "./sweep.ts";

const end = endOfFile();
let at: MediaPlatform;
let bridge: Uint8Array<ArrayBuffer>;
before(async () => {
  at = await startMediaPlatform(end, { roles: ["intake", "desk"] });
  bridge = await photograph("bridge-mods-aaa-orig.jpg");
  const seen = await at.answer(bridge);
  const hash = seen.pdq?.full.hash ?? "";
  await bankOf(at, "likenesses", [{ key: "bridge", signals: [{ kind: "pdq", value: hash }] }], {
    semantics: "pdq/full",
  });
  await until("the bank", async () => (await at.answer(bridge)).matches.length > 0);
});
const count = async (table: string) =>
  Number((await at.station.db.pool.query(`select count(*) as n from ${table}`)).rows[0].n);
const objects = async () => {
  let found = 0;
  for await (const _ of at.station.vault.objects.list()) found += 1;
  return found;
};

test("a picture that matches nothing is answered with its hashes, and no copy of it and nothing of its context stays", async () => {
  const before_ = [await objects(), await count("media_file"), await count("vault_object")];
  const other = squares(1);
  const answer = await at.answer(other);
  assert.equal(answer.action, "nothing");
  assert.deepEqual(answer.matches, []);
  assert.equal(answer.file.sha256, measuresOf(other).sha256);
  assert.equal(answer.file.format, "png");
  assert.deepEqual([await objects(), await count("media_file"), await count("vault_object")], before_);
  const { rows } = await at.station.db.pool.query(
    "select context, object_name from media_post where id = $1",
    [answer.id],
  );
  assert.deepEqual(rows, [{ context: null, object_name: null }]);
  const stays = async () =>
    (await at.station.db.pool.query("select from media_post where id = $1", [answer.id])).rows.length;
  await sweepAnswers(at.station);
  assert.equal(await stays(), 1);
  await at.station.db.pool.query("update media_post set at = at - interval '31 days' where id = $1", [
    answer.id,
  ]);
  await sweepAnswers(at.station);
  assert.equal(await stays(), 0);
});

test("an edited copy is found by its likeness, and waits for a person whatever the policy says", async () => {
  const answer = await at.answer(await photograph("bridge-mods-shrink-a-little.jpg"));
  assert.equal(answer.action, "review");
  const [found] = answer.matches;
  assert.equal(found?.match, "perceptual");
  assert.equal(found?.entry, "bridge");
  assert.equal(found?.bank, "likenesses");
  assert.equal(found?.source, "Example Kite Society");
  assert.equal(found?.semantics, "pdq/full");
  assert.ok((found?.distance ?? 99) <= 31);
});

test("the same post again has the same answer and is kept once; its number for something else is refused", async () => {
  const post = mediaPost();
  const send = async (bytes: Uint8Array<ArrayBuffer>, body = post) =>
    await fetch(`${at.url}/door/media`, {
      method: "POST",
      headers: { authorization: at.authorization },
      body: mediaForm(body, bytes),
    });
  const all = await Promise.all([send(bridge), send(bridge), send(bridge)]);
  assert.equal(all.filter(({ status }) => status === 201).length, 1);
  assert.equal(all.filter(({ status }) => status === 200).length, 2);
  const [first, ...others] = await Promise.all(all.map(async (each) => await each.json()));
  for (const other of others) assert.deepEqual(other, first);
  const held = await objects();
  assert.equal(held, await count("vault_object"));
  for (const response of [
    await send(await photograph("misc-images-small.jpg")),
    await send(bridge, { ...post, where: "elsewhere" }),
  ])
    assert.equal((await problemOf(response, 409)).code, "conflict");
  assert.equal(await objects(), held);
});

test("what cannot be decoded is told so, and is matched by its digests", async () => {
  const broken = new Uint8Array(bridge.slice(0, 2000));
  const cases: Array<[Uint8Array<ArrayBuffer>, string]> = [
    [broken, "media.broken"],
    [new Uint8Array(randomBytes(500)), "media.format-unknown"],
  ];
  await bankOf(
    at,
    "digests",
    cases.map(([bytes]) => ({ signals: [{ kind: "md5" as const, value: measuresOf(bytes).md5 }] })),
  );
  await until("the bank", async () =>
    (await at.answer(broken)).matches.some(({ bank }) => bank === "digests"),
  );
  for (const [bytes, code] of cases) {
    const answer = await at.answer(bytes);
    assert.equal(answer.refused?.code, code);
    assert.ok(answer.refused.remedy.length > 0);
    assert.deepEqual(
      answer.matches.map(({ match, kind }) => [match, kind]),
      [["exact", "md5"]],
    );
    assert.equal(answer.action, "review");
  }
});

test("files that clients are slow to send fill no more of the memory than they may; another post hears when to come back", async (t) => {
  const small = await startMediaPlatform(t, { roles: ["intake"], media: { holdMebibytes: 64 } });
  const before_ = (await small.station.db.pool.query("select count(*) as n from vault_object")).rows[0].n;
  const boundary = "slow";
  const part = (head: string) => `--${boundary}\r\nContent-Disposition: form-data; ${head}\r\n\r\n`;
  const slow = request(`${small.url}/door/media`, {
    method: "POST",
    headers: {
      authorization: small.authorization,
      "content-type": `multipart/form-data; boundary=${boundary}`,
    },
  });
  slow.on("error", () => undefined);
  slow.write(`${part('name="post"')}${JSON.stringify(mediaPost())}\r\n`);
  slow.write(part('name="file"; filename="slow.bin"'));
  const large = new Uint8Array(randomBytes(40 * 2 ** 20));
  await new Promise((resolve) => slow.write(large, resolve));
  const refused = await small.post(large);
  assert.equal((await problemOf(refused, 503)).code, "intake.busy");
  assert.ok(Number(refused.headers.get("retry-after")) > 0);
  assert.ok((await small.post(bridge)).ok, "a smaller one has room");
  slow.destroy();
  await until("room again", async () => (await small.post(large)).status === 201);
  const { rows } = await small.station.db.pool.query("select count(*) as n from vault_object");
  assert.equal(rows[0].n, before_);
});

test("hashes alone are answered with what is known of them, and nothing of them is kept", async () => {
  const held = await count("media_post");
  const hash = (await at.answer(bridge)).pdq?.full.hash;
  const ask = async (signals: unknown) =>
    await fetch(`${at.url}/door/media/hashes`, {
      method: "POST",
      headers: { authorization: at.authorization, "content-type": "application/json" },
      body: JSON.stringify({ signals }),
    });
  const response = await ask([
    { kind: "pdq", value: hash, semantics: "pdq/full" },
    { kind: "md5", value: "0".repeat(32) },
  ]);
  const known = (await response.json()) as { action: string; matches: unknown[] };
  assert.equal(known.action, "review");
  assert.equal(known.matches.length, 1);
  assert.equal((await ask([{ kind: "md5", value: "kite" }])).status, 422);
  assert.equal(await count("media_post"), held + 1);
});

test("a time without its zone, one ahead of the clock, a second file and a form cut off are refused, and nothing is kept", async () => {
  const held = [await objects(), await count("media_post")];
  const refusal = async (parts: object) => {
    const response = await fetch(`${at.url}/door/media`, {
      method: "POST",
      headers: { authorization: at.authorization },
      body: mediaForm({ ...mediaPost(), ...parts }, bridge),
    });
    return (await problemOf(response, 422)).problems?.map(({ path }) => path);
  };
  assert.deepEqual(await refusal({ at: "2026-11-20T14:03:07" }), ["/at"]);
  assert.deepEqual(await refusal({ at: "2126-11-20T14:03:07Z" }), ["/at"]);
  assert.deepEqual(await refusal({ account: undefined }), ["/account"]);
  assert.deepEqual(await refusal({ port: 0 }), ["/port"]);
  const twice = mediaForm(mediaPost(), bridge);
  twice.append("file", new Blob([bridge]), "two.jpg");
  const headers = { authorization: at.authorization };
  assert.equal(
    (await fetch(`${at.url}/door/media`, { method: "POST", headers, body: twice })).status >= 400,
    true,
  );
  const cut = await fetch(`${at.url}/door/media`, {
    method: "POST",
    headers: { ...headers, "content-type": "multipart/form-data; boundary=xx" },
    body: '--xx\r\ncontent-disposition: form-data; name="post"\r\n\r\n{}',
  });
  assert.equal(cut.status, 422);
  assert.deepEqual([await objects(), await count("media_post")], held);
});

test("only an account that the configuration names may post, at most as many files as agreed", async () => {
  const stranger = await testSender(at);
  const form = () => mediaForm(mediaPost(), bridge);
  const send = async (authorization: string) =>
    await fetch(`${at.url}/door/media`, { method: "POST", headers: { authorization }, body: form() });
  assert.equal((await problemOf(await send(stranger.authorization), 403)).code, "permission.refused");
  assert.equal((await send("Basic bm9ib2R5Og==")).status, 401);
  const slow = await startMediaPlatform(end, {
    roles: ["intake"],
    media: { accounts: [{ username: "example-chat-media", filesPerHour: 60 }] },
  });
  const statuses: number[] = [];
  for (let sent = 0; sent < 12; sent += 1) statuses.push((await slow.post(bridge)).status);
  assert.deepEqual(statuses.filter((status) => status === 201).length, 10);
  assert.equal(statuses.at(-1), 429);
});

test("a lead alone decides what a bank's matches do, and no policy lets a likeness or an ungraded list be reported unseen", async () => {
  const [lead, reviewer] = [await deskOf(at, "lead"), await deskOf(at, "reviewer")];
  const decide = async (desk: typeof lead, bank: string, exact: string, perceptual = "review") =>
    (await desk.request("POST", `/api/review/policies/${bank}`, { exact, perceptual, reason: "As agreed." }))
      .status;
  assert.equal(await decide(reviewer, "digests", "nothing"), 403);
  assert.equal(await decide(lead, "digests", "report"), 409);
  assert.equal(await decide(lead, "likenesses", "nothing", "report"), 422);
  assert.equal(await decide(lead, "no-such-bank", "nothing"), 404);
  assert.equal(await decide(lead, "likenesses", "nothing", "nothing"), 200);
  assert.equal((await at.answer(bridge)).action, "nothing");
  assert.equal(await decide(lead, "likenesses", "review"), 200);
  assert.equal((await at.answer(bridge)).action, "review");
});

test("the door describes itself", async () => {
  const described = (await (await fetch(`${at.url}/door/media/openapi.json`)).json()) as {
    openapi: string;
    paths: object;
  };
  assert.equal(described.openapi, "3.1.0");
  assert.deepEqual(Object.keys(described.paths), ["/door/media", "/door/media/hashes"]);
});
