import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { randomBytes } from "node:crypto";
import { before, test } from "node:test";
import { nodeCrypto } from "@fairlead/franking/node";
import { configSchema, parseConfig } from "../config.ts";
import {
  answerOf,
  DOMAIN,
  makeDevice,
  newHandle,
  post,
  register,
  startTestHub,
  type TestHub,
  text,
} from "../testing/chat.ts";
import { clientOf, makeRoom, say, write } from "../testing/chat-rooms.ts";
import { problemOf } from "../testing/problem.ts";
import { endOfFile } from "../testing/station.ts";
import { lastForwarded } from "./connections.ts";
import type { About } from "./contract.ts";

const end = endOfFile();
const YEAR_MS = 365 * 24 * 3_600_000;
let hub: TestHub;
let aheadMs = 0;
const seeds = [randomBytes(32), randomBytes(32)];
before(async () => {
  const files = [];
  for (const seed of seeds) {
    const file = join(tmpdir(), `franking-${randomBytes(6).toString("hex")}.key`);
    await writeFile(file, `${seed.toString("base64url")}\n`, { mode: 0o600 });
    files.push(file);
  }
  const change = new Date(Date.now() + YEAR_MS).toISOString();
  hub = await startTestHub(end, {
    clock: () => Date.now() + aheadMs,
    config: { roles: ["intake", "hub", "desk"] },
    chat: {
      limits: { accountsPerHourAndAddress: 8, messagesPerMinute: 5 },
      signingKeys: [
        { file: files[0], notAfter: change },
        { file: files[1], notBefore: change },
      ],
    },
  });
});

test("what is done too often is refused with the time to wait, for each device by itself", async () => {
  const ann = clientOf(await register(hub));
  const bob = clientOf(await register(hub));
  const [room, bobs] = [await makeRoom(hub, ann), await makeRoom(hub, bob)];
  const written = [];
  for (let n = 0; n < 6; n += 1) written.push(await write(hub, ann, room, `Line ${n}`));
  const send = (body: unknown) => ann.device.request("POST", `/chat/rooms/${room.id}/messages`, body);
  for (const body of written.slice(0, 5)) assert.equal((await send(body)).status, 200);
  const refusal = await send(written[5]);
  const seconds = Number(refusal.headers.get("retry-after"));
  assert.equal((await problemOf(refusal, 429)).code, "rate.limited");
  assert.ok(seconds > 0 && seconds <= 12);
  assert.equal((await say(hub, bob, bobs, "I may")).ext.roomSeq, 1);
  aheadMs += seconds * 1000;
  const taken = await answerOf<{ ext: { roomSeq: number } }>(await send(written[5]));
  assert.equal(taken.ext.roomSeq, 6, "what was refused left no trace");
});

test("one address cannot make accounts without end", async () => {
  const create = async () => {
    const handle = newHandle();
    const { registration } = await makeDevice(hub, handle);
    return await post(hub, "/chat/accounts", { handle, name: "P", birthYear: null, device: registration });
  };
  const statuses = [];
  for (let n = 0; n < 8; n += 1) statuses.push((await create()).status);
  assert.ok(statuses.includes(201));
  assert.equal(statuses.at(-1), 429);
  aheadMs += 3_600_000;
  assert.equal((await create()).status, 201);
});

test("times in a room do not go back, whatever the clock does", async () => {
  aheadMs += 3_600_000;
  const ann = clientOf(await register(hub));
  const room = await makeRoom(hub, ann);
  const first = await say(hub, ann, room, "Now");
  aheadMs -= 60_000;
  const second = await say(hub, ann, room, "A minute before, says the clock");
  assert.equal(second.acceptedAt, first.acceptedAt);
  aheadMs += 60_000;
  const third = await say(hub, ann, room, "And on");
  assert.ok(third.acceptedAt > first.acceptedAt);
});

test("when the hub's franking key changes, rooms of the old one are made anew, and nothing else is refused", async () => {
  aheadMs += 3_600_000;
  const ann = clientOf(await register(hub));
  const room = await makeRoom(hub, ann);
  await say(hub, ann, room, "Under the old key");
  const about = await answerOf<About>(await fetch(`${hub.url}/chat/about`));
  assert.deepEqual(
    about.frankingKeys.map(({ publicKey }) => publicKey),
    seeds.map((seed) => text(nodeCrypto.publicKeyOf(seed))),
    "the next key is announced before it begins",
  );
  aheadMs += YEAR_MS;
  const late = await write(hub, ann, room, "Too late");
  const refusal = await ann.device.request("POST", `/chat/rooms/${room.id}/messages`, late);
  assert.equal((await problemOf(refusal, 409)).code, "chat.key-retired");
  await assert.rejects(makeRoom(hub, ann), /chat\.key-retired/);
  // What was said is still handed out, under a head of the old key.
  const inbox = await ann.device.ask<{ heads: unknown[] }>("GET", "/chat/inbox?after=0");
  assert.equal(inbox.heads.length, 1);
});

test("the desk's document says nothing of the chats", async () => {
  const document = await answerOf<{ paths: object }>(await fetch(`${hub.url}/openapi.json`));
  const paths = Object.keys(document.paths);
  assert.ok(paths.length > 5);
  assert.deepEqual(
    paths.filter((path) => path.includes("chat")),
    [],
  );
});

test("a configuration whose chats cannot work is refused with the place", () => {
  const config = (change: object, profile = "platform") => ({
    station: { id: "one", name: "One", profile },
    listen: { port: 0 },
    publicUrl: "https://one.example",
    dataDir: ".",
    senders: [{ username: "verifier", name: "V", kind: "platform", passwordFile: "secret" }],
    chat: { domain: DOMAIN, verifier: { account: "verifier", publicKey: "AAAA" }, ...change },
  });
  assert.equal(configSchema.safeParse(config({})).success, true);
  for (const [value, place] of [
    [config({}, "police-force"), "chat"],
    [config({ verifier: { account: "nobody", publicKey: "AAAA" } }), "chat.verifier.account"],
    [config({ domain: "Hub/example" }), "chat.domain"],
    [config({ retentionDays: { records: 0 } }), "chat.retentionDays.records"],
    [config({ signingKeys: [] }), "chat.signingKeys"],
  ] as const) {
    const parsed = configSchema.safeParse(value);
    assert.deepEqual(
      parsed.error?.issues.map(({ path }) => path.join(".")),
      [place],
    );
  }
});

test("the paths of a configuration's files start at its own folder", () => {
  const { chat } = parseConfig(
    {
      station: { id: "one", name: "One", profile: "platform" },
      listen: { port: 0 },
      publicUrl: "https://one.example",
      dataDir: ".",
      senders: [{ username: "verifier", name: "V", kind: "platform", passwordFile: "secret" }],
      chat: {
        domain: DOMAIN,
        verifier: { account: "verifier", publicKey: "AAAA" },
        masterKeyFile: "keys/master.key",
        signingKeys: [{ file: "../signing.key" }],
        timestampAuthorities: [{ name: "T", url: "https://tsa.example", certificateFile: "tsa.pem" }],
      },
    },
    "/etc/one/station.json",
  );
  assert.deepEqual(
    [chat?.masterKeyFile, chat?.signingKeys?.[0]?.file, chat?.timestampAuthorities[0]?.certificateFile],
    ["/etc/one/keys/master.key", "/etc/signing.key", "/etc/one/tsa.pem"],
  );
});

test("a proxy's word about where a request came from is read as RFC 7239 has it, the last one counts", () => {
  assert.deepEqual(lastForwarded('for="192.0.2.60:4711"'), { ip: "192.0.2.60", port: 4711 });
  assert.deepEqual(lastForwarded("for=192.0.2.60"), { ip: "192.0.2.60", port: 0 });
  assert.deepEqual(lastForwarded('for=198.51.100.1, proto=https;For="[2001:db8::17]:443";by=192.0.2.1'), {
    ip: "2001:db8::17",
    port: 443,
  });
  assert.deepEqual(lastForwarded("for=192.0.2.60:99999"), { ip: "192.0.2.60", port: 0 });
  assert.equal(lastForwarded("for=999.1.1.1:80"), undefined);
  assert.equal(lastForwarded("for=unknown"), undefined);
  assert.equal(lastForwarded("for=_hidden"), undefined);
  assert.equal(lastForwarded(""), undefined);
});
