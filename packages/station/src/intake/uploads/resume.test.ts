import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { before, test } from "node:test";
import fc from "fast-check";
import { dyingStation } from "../../testing/dying.ts";
import { testSender } from "../../testing/report.ts";
import { endOfFile, startTestStation, type TestStation } from "../../testing/station.ts";
import { idOf, type TestUploads, testUploads } from "../../testing/upload.ts";
import { receiveBytes } from "./receive.ts";
import { findUpload } from "./store.ts";
import { openJoiner } from "./whole.ts";

const end = endOfFile();
let at: TestStation;
let uploads: TestUploads;
let account: string;
before(async () => {
  at = await startTestStation(end, {
    id: "platform-one",
    profile: "platform",
    config: { roles: ["intake"] },
  });
  const sender = await testSender(at);
  account = sender.username;
  uploads = testUploads(at, sender);
});

const kinds = ["patch", "checked", "mistaken", "break", "kill", "head"] as const;
const step = fc.record({
  kind: fc.constantFrom(...kinds),
  bytes: fc.nat({ max: 90_000 }),
  survives: fc.nat({ max: 6 }),
});

async function rowOf(url: string) {
  const row = await findUpload(at.station.db.kysely, account, idOf(url));
  assert.ok(row !== undefined);
  return row;
}

test("whatever breaks on the way, bytes that were counted stay, and the file ends as the bytes that were sent", async () => {
  const mostBytes = 200_000;
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: mostBytes }), fc.array(step, { maxLength: 12 }), async (size, steps) => {
      const bytes = randomBytes(size);
      const url = await uploads.begin(size);
      let least = 0;
      for (const { kind, bytes: wanted, survives } of steps) {
        const offset = await uploads.offset(url);
        assert.ok(offset >= least, "an offset that was said is never taken back");
        least = offset;
        const piece = bytes.subarray(offset, offset + wanted);
        const left = size - offset;
        if (kind === "head" || left === 0) continue;
        if (kind === "break") await uploads.broken(url, offset, piece.subarray(0, left - 1), left);
        else if (kind === "kill") await killedAfter(survives, url, piece);
        else {
          const of = kind === "mistaken" ? randomBytes(piece.length + 1) : piece;
          const checksum = `sha256 ${createHash("sha256").update(of).digest("base64")}`;
          const response = await uploads.patch(
            url,
            offset,
            piece,
            kind === "patch" ? {} : { "upload-checksum": checksum },
          );
          // A broken connection's last bytes may be counted after HEAD was answered.
          assert.ok(
            [204, 409, kind === "mistaken" ? 460 : 204].includes(response.status),
            String(response.status),
          );
        }
      }
      for (let offset = await uploads.offset(url); offset < size; offset = await uploads.offset(url)) {
        const { status } = await uploads.patch(url, offset, bytes.subarray(offset));
        assert.ok(status === 204 || status === 409, String(status));
      }
      const whole = await openJoiner(at.station)(await rowOf(url));
      assert.equal(whole?.sha256.toString("hex"), createHash("sha256").update(bytes).digest("hex"));
      assert.equal(whole?.md5.toString("hex"), createHash("md5").update(bytes).digest("hex"));
      const kept: Uint8Array[] = [];
      for await (const part of at.station.vault.decrypt(whole?.object_name ?? "")) kept.push(part);
      assert.ok(Buffer.concat(kept).equals(bytes));
    }),
    { numRuns: 25 },
  );
});

/** Another process of the station takes bytes in, and dies before so many statements and one have reached the database. */
async function killedAfter(survives: number, url: string, bytes: Uint8Array): Promise<void> {
  const upload = await rowOf(url);
  await using dying = dyingStation(at.station, survives);
  await receiveBytes(dying.station, upload, body(bytes), undefined).catch((error: unknown) => {
    if (!dying.isDead() && !/offset/.test(String(error))) throw error;
  });
}

async function* body(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 20_000) yield bytes.subarray(at, at + 20_000);
}

/** What a kill between the last part's commit and the join leaves. */
async function unjoined(bytes: Uint8Array) {
  const url = await uploads.begin(bytes.length + 1, { body: bytes });
  await at.station.db.kysely
    .updateTable("upload")
    .set({ length: bytes.length })
    .where("id", "=", idOf(url))
    .execute();
  return await rowOf(url);
}

test("a join that dies at any statement leaves an upload that joins the next time", async () => {
  const bytes = randomBytes(100_000);
  for (let survives = 0, died = true; died; survives += 1) {
    const upload = await unjoined(bytes);
    await using dying = dyingStation(at.station, survives);
    await openJoiner(dying.station)(upload).catch((error: unknown) => {
      if (!dying.isDead()) throw error;
    });
    died = dying.isDead();
    const whole = await openJoiner(at.station)(await rowOf(upload.id));
    assert.equal(whole?.sha256.toString("hex"), createHash("sha256").update(bytes).digest("hex"));
  }
});

test("two processes that join one upload at once agree on one object, and the other goes", async () => {
  const bytes = randomBytes(100_000);
  const upload = await unjoined(bytes);
  const unknown = async () => {
    const known = await at.station.db.kysely.selectFrom("vault_object").select("name").execute();
    const names = new Set(known.map(({ name }) => name));
    let count = 0;
    for await (const { name } of at.station.vault.objects.list()) if (!names.has(name)) count += 1;
    return count;
  };
  const earlier = await unknown();
  const [one, two] = await Promise.all([openJoiner(at.station)(upload), openJoiner(at.station)(upload)]);
  assert.ok(one?.object_name !== null && one?.object_name === two?.object_name);
  assert.equal(await unknown(), earlier);
});

test("who asks for a whole that is being made waits for it, and it is not made twice", async () => {
  const { vault } = at.station;
  let joins = 0;
  const join = openJoiner({
    ...at.station,
    vault: {
      ...vault,
      join: async (names) => {
        joins += 1;
        return await vault.join(names);
      },
    },
  });
  const upload = await unjoined(randomBytes(50_000));
  await Promise.all([join(upload), join(upload), join(upload)]);
  assert.equal(joins, 1);
});
