import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { before, test } from "node:test";
import {
  attachmentPart,
  encodeSignedBundle,
  type SealedAttachment,
  sealAttachment,
  sealForVerifier,
} from "@fairlead/franking";
import { ed25519Key, parseProviderCard, verifyAttestation } from "@fairlead/franking/verify";
import { nodeCrypto } from "@fairlead/franking/node";
import { parseVerifyingKey } from "@fairlead/sealing";
import type { About } from "../chat/contract.ts";
import { openLog } from "../log.ts";
import { answerOf, bytesOf, DOMAIN, register, startTestHub, type TestHub, text } from "../testing/chat.ts";
import { reportOf } from "../testing/chat-report.ts";
import { clientOf, hear, makeRoom, say, type TestClient, write } from "../testing/chat-rooms.ts";
import { until } from "../testing/desk.ts";
import { endOfFile } from "../testing/station.ts";
import type { VerifierConfig } from "./config.ts";
import { createVerifierKeys, startVerifier } from "./index.ts";

const CANARY = "The kite over Ulverston is vermilion";
const end = endOfFile();
let dir: string;
let hub: TestHub;
let config: VerifierConfig;

before(async () => {
  dir = await mkdtemp(join(tmpdir(), "fairlead-test-verifier-"));
  end.after(() => rm(dir, { recursive: true, force: true }));
  const made = await createVerifierKeys(join(dir, "keys"), DOMAIN, 202_611);
  const card = { name: "Kite Chat", domain: DOMAIN, keys: [made.attestationKey] };
  hub = await startTestHub(end, {
    config: { roles: ["intake", "hub", "worker", "desk"], verifiers: [card] },
  });
  // The test hub made the key that reports are sealed to.
  await writeFile(join(dir, "keys", "opening-202612.x25519"), text(hub.verifier.privateKey));
  const [account = "", password = ""] = Buffer.from(hub.verifier.authorization.slice(6), "base64")
    .toString()
    .split(":");
  await writeFile(join(dir, "password"), password);
  const about = await answerOf<About>(await fetch(`${hub.url}/chat/about`));
  config = {
    station: { url: hub.url, account, passwordFile: join(dir, "password"), recipient: hub.card.recipient },
    card: parseProviderCard({
      ...card,
      logKey: about.logKey,
      frankingKeys: about.frankingKeys.map(({ suite, publicKey, notBefore, notAfter }) => ({
        suite,
        publicKey,
        notBefore: new Date(notBefore).toISOString(),
        notAfter: notAfter === null ? null : new Date(notAfter).toISOString(),
      })),
    }),
    dataDir: dir,
  };
});

const options = {
  version: { version: "0.1.0", build: "test" },
  log: openLog("verifier", process.env["FAIRLEAD_TEST_LOG"] ?? "silent"),
};

/** Two people talk, the second reports everything. */
async function handedIn(spoil: (sealed: Uint8Array) => Uint8Array = (sealed) => sealed) {
  const ann = clientOf(await register(hub));
  const bob = clientOf(await register(hub));
  const room = await makeRoom(hub, ann, [bob.device.uri]);
  await hear(hub, bob);
  const bobs = bob.rooms.get(room.id);
  assert.ok(bobs !== undefined);
  await say(hub, ann, room, CANARY);
  await say(hub, bob, bobs, "Mine is blue");
  const { said } = await hear(hub, bob);
  const made = await reportOf(hub, bob, bobs, said);
  const sealed = text(spoil(bytesOf(made.sealed)));
  await bob.device.ask("POST", "/chat/reports", { reportId: made.reportId, sealed, holds: [] });
  return { ...made, ann, bob };
}

/** What the reporter's receipt says so far. */
async function stepsOf(by: TestClient, reportId: string): Promise<string[]> {
  const { steps } = await by.device.ask<{ steps: Array<{ what: string }> }>(
    "GET",
    `/chat/reports/${reportId}`,
  );
  return steps.map(({ what }) => what);
}

async function storedReport(reportId: string) {
  const { kysely } = hub.station.db;
  return await kysely
    .selectFrom("report")
    .select(["id", "content", "level"])
    .where("handed_reference", "=", reportId)
    .executeTakeFirst();
}

test("a report from a chat becomes an ordinary one whose bundle is proven, and no word of it is in the database", async () => {
  const reported = await handedIn();
  await using verifier = await startVerifier(config, options);
  assert.ok(verifier);
  await until("the report at the station", async () => (await storedReport(reported.reportId)) !== undefined);
  await until("the result at the hub", async () =>
    (await stepsOf(reported.bob, reported.reportId)).includes("passed-on"),
  );
  assert.deepEqual(await stepsOf(reported.bob, reported.reportId), ["received", "verified", "passed-on"]);
  const stored = await storedReport(reported.reportId);
  assert.deepEqual(
    stored?.content.evidence.map(({ kind, name }) => [kind, name]),
    [
      ["message-bundle", "report-bundle.cbor"],
      ["file", "provider-records.cbor"],
      ["file", "attestation.json"],
    ],
  );
  const suspect = stored?.content.persons.find(({ role }) => role === "suspect");
  assert.equal(suspect?.identifiers[0]?.raw, reported.ann.device.uri);
  const [sending] = suspect?.events ?? [];
  assert.equal(sending?.kind, "send");
  assert.equal(sending?.ip?.address, "127.0.0.1");
  const { kysely } = hub.station.db;
  await until("the claim about the origin", async () => {
    const claims = await kysely
      .selectFrom("claim")
      .selectAll()
      .where("report_id", "=", stored?.id ?? "")
      .execute();
    return claims.some(({ states }) => JSON.stringify(states).includes('"franking"'));
  });
  await until("the assessment of what is proven", async () => {
    const found = await kysely
      .selectFrom("assessment")
      .select("result")
      .where("report_id", "=", stored?.id ?? "")
      .orderBy("id", "desc")
      .executeTakeFirst();
    return /"O[34]"/.test(JSON.stringify(found?.result ?? null));
  });
  for (const table of await kysely.introspection.getTables()) {
    const { rows } = await hub.station.db.pool.query(
      `select t::text as line from "${table.schema ?? "public"}"."${table.name}" t`,
    );
    for (const { line } of rows as Array<{ line: string }>)
      assert.equal(line.includes(CANARY), false, `a text stands in ${table.name}`);
  }
});

test("what the attestation says is what the reporter's device sealed, under the verifier's pinned key", async () => {
  const reported = await handedIn();
  await using verifier = await startVerifier(config, options);
  assert.ok(verifier);
  await until("the report at the station", async () => (await storedReport(reported.reportId)) !== undefined);
  const stored = await storedReport(reported.reportId);
  const attestationId = stored?.content.evidence.find(({ name }) => name === "attestation.json")?.id ?? "";
  const row = await hub.station.db.kysely
    .selectFrom("evidence")
    .select("object_name")
    .where("id", "=", attestationId)
    .executeTakeFirstOrThrow();
  const chunks: Uint8Array[] = [];
  for await (const chunk of hub.station.vault.decrypt(row.object_name ?? "")) chunks.push(chunk);
  const pinned = parseVerifyingKey(config.card.keys[0] ?? "");
  const raw = new Uint8Array(pinned.key.export({ format: "der", type: "spki" }).subarray(12));
  const { attestation } = await verifyAttestation(JSON.parse(Buffer.concat(chunks).toString()), [
    await ed25519Key(nodeCrypto, raw),
  ]);
  const sha256 = Buffer.from(nodeCrypto.sha256(encodeSignedBundle(reported.signed))).toString("hex");
  assert.equal(attestation.subject.bundleSha256, sha256);
  assert.equal(attestation.verdict.verdict, "VERIFIED");
  assert.equal(attestation.reportId, reported.reportId);
});

test("a report that nobody can open is told as such and holds up no other", async () => {
  const broken = await handedIn((sealed) => sealed.with(40, (sealed[40] ?? 0) ^ 1));
  const good = await handedIn();
  await using verifier = await startVerifier(config, options);
  assert.ok(verifier);
  await until("the telling that it cannot be opened", async () =>
    (await stepsOf(broken.bob, broken.reportId)).includes("not-opened"),
  );
  await until(
    "the other report at the station",
    async () => (await storedReport(good.reportId)) !== undefined,
  );
  assert.equal(await storedReport(broken.reportId), undefined);
});

test("a report that does not verify goes on as a statement, with nothing proven", async () => {
  const ann = clientOf(await register(hub));
  const reportId = (await handedIn()).reportId.replace(/.$/, (digit) => (digit === "0" ? "1" : "0"));
  const aad = new TextEncoder().encode(reportId);
  const sealed = await sealForVerifier(hub.verifier.publicKey, new TextEncoder().encode("no bundle"), aad);
  await ann.device.ask("POST", "/chat/reports", { reportId, sealed: text(sealed), holds: [] });
  await using verifier = await startVerifier(config, options);
  assert.ok(verifier);
  await until("the report at the station", async () => (await storedReport(reportId)) !== undefined);
  const stored = await storedReport(reportId);
  assert.equal(stored?.content.evidence[0]?.kind, "message-bundle");
  assert.deepEqual(
    stored?.content.persons.map(({ role }) => role),
    ["reporter"],
  );
  await until("the telling that it did not verify", async () =>
    (await stepsOf(ann, reportId)).includes("unverified"),
  );
});

/** A message that carries a file, as its part describes it. */
function carrying(sealed: SealedAttachment, file: { url: string; filename: string; contentType: string }) {
  const about = { disposition: 1, language: "", expires: 0, description: "", ...file };
  return {
    part: attachmentPart(sealed, about),
    attachments: new Map([[file.url, sealed.commitment]]),
  };
}

test("no name or kind of a file keeps a report from coming through, and a file shown twice comes once", async () => {
  const ann = clientOf(await register(hub));
  const bob = clientOf(await register(hub));
  const room = await makeRoom(hub, ann, [bob.device.uri]);
  await hear(hub, bob);
  const bobs = bob.rooms.get(room.id);
  assert.ok(bobs !== undefined);
  const picture = Buffer.from("pretend that this is a picture of a kite");
  const sealing = sealAttachment(nodeCrypto, ReadableStream.from([picture]), picture.length);
  const ciphertext = await buffer(sealing.ciphertext);
  const { id, url } = await answerOf<{ id: string; url: string }>(
    await fetch(`${hub.url}/chat/blobs`, {
      method: "POST",
      headers: { authorization: `Bearer ${ann.device.token}`, "content-type": "application/octet-stream" },
      body: ciphertext,
    }),
  );
  const file = {
    url,
    filename: `kite\u0000${"🪁".repeat(2000)}`,
    contentType: `image/${"x".repeat(300)}`,
  };
  const written = await write(hub, ann, room, "", carrying(sealing.sealed(), file));
  await ann.device.ask("POST", `/chat/rooms/${room.id}/messages`, written);
  const { said } = await hear(hub, bob);
  const { bundle } = await reportOf(hub, bob, bobs, said);
  const { root } = sealing.sealed().commitment;
  const shown = [{ root, mode: "full" as const }];
  const items = bundle.items.map((item) => ({ ...item, attachments: [...shown, ...shown] }));
  const { reportId, sealed } = await reportOf(hub, bob, bobs, said, { items });
  await bob.device.ask("POST", "/chat/reports", { reportId, sealed, holds: [id] });
  await using verifier = await startVerifier(config, options);
  assert.ok(verifier);
  await until("the report at the station", async () => (await storedReport(reportId)) !== undefined);
  const files = (await storedReport(reportId))?.content.evidence.slice(3) ?? [];
  assert.equal(files.length, 1);
  assert.equal(files[0]?.received?.sha256, Buffer.from(nodeCrypto.sha256(picture)).toString("hex"));
  assert.match(files[0]?.name ?? "", /^kite🪁+$/u);
});

/** Whether a call names this report in what it sends. */
function isAbout(init: RequestInit | undefined, reportId: string): boolean {
  return typeof init?.body === "string" && init.body.includes(reportId);
}

test("a report that fails is tried again ever later, and the next one waits for nothing", async () => {
  const bad = await handedIn();
  let tries = 0;
  let isBroken = true;
  const failing: typeof fetch = async (input, init) => {
    if (isBroken && isAbout(init, bad.reportId)) {
      tries += 1;
      throw new TypeError("this one fails");
    }
    return await fetch(input, init);
  };
  let now = Date.now();
  await using verifier = await startVerifier(config, { ...options, fetch: failing, clock: () => now });
  assert.ok(verifier);
  await until("the first failure", async () => tries > 0);
  const good = await handedIn();
  await until("the other at the station", async () => (await storedReport(good.reportId)) !== undefined);
  // No time has passed by the verifier's clock.
  assert.equal(tries, 1);
  isBroken = false;
  now += 60_000;
  await until("the first at the station", async () => (await storedReport(bad.reportId)) !== undefined);
});

test("a verifier that is stopped opens no further report", async () => {
  const waiting = [await handedIn(), await handedIn()];
  const logSize = async () =>
    Number((await readFile(join(dir, "custody", "checkpoint"), "utf8")).split("\n")[1]);
  const before = await logSize();
  let isOpened = false;
  const hanging: typeof fetch = async (input, init) => {
    if (!waiting.some(({ reportId }) => isAbout(init, reportId))) return await fetch(input, init);
    isOpened = true;
    return await new Promise((_resolve, reject) => {
      init?.signal?.addEventListener("abort", () => reject(new TypeError("stopped")));
    });
  };
  {
    await using verifier = await startVerifier(config, { ...options, fetch: hanging });
    assert.ok(verifier);
    await until("the first report to be open", async () => isOpened);
  }
  assert.equal(await logSize(), before + 1);
});

test("a verifier that is stopped in the middle hands in the same report once, and keeps nothing plain on its disk", async () => {
  const reported = await handedIn();
  let doorIsShut = true;
  const shut: typeof fetch = async (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    if (doorIsShut && url.endsWith("/door/reports")) throw new TypeError("the door is shut");
    return await fetch(input, init);
  };
  {
    await using first = await startVerifier(config, { ...options, fetch: shut });
    assert.ok(first);
    await until("the finished work", async () =>
      (await readdir(join(dir, "work"))).includes(reported.reportId),
    );
  }
  const kept = join(dir, "work", reported.reportId);
  for (const name of await readdir(kept))
    assert.equal((await readFile(join(kept, name))).includes("vermilion"), false, name);
  doorIsShut = false;
  {
    await using second = await startVerifier(config, { ...options, fetch: shut });
    assert.ok(second);
    await until(
      "the handing in",
      async () => !(await readdir(join(dir, "work"))).includes(reported.reportId),
    );
  }
  const rows = await hub.station.db.kysely
    .selectFrom("report")
    .select("id")
    .where("handed_reference", "=", reported.reportId)
    .execute();
  assert.equal(rows.length, 1);
});
