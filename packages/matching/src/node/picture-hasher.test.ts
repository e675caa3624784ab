import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import test from "node:test";
import fc from "fast-check";
import sharp from "sharp";
import { distance, hashFromHex } from "../pdq/hash.ts";
import { type PictureHasher, openPictureHasher } from "./picture-hasher.ts";

const data = new URL("../../data/pdq/", import.meta.url);
const named = async (name: string): Promise<Buffer> => await readFile(new URL(`images/${name}`, data));
const photograph = await named("bridge-mods-aaa-orig.jpg");
const small = await sharp(photograph).resize(160).jpeg().toBuffer();

function bitsBetween(a: string, b: string): number {
  return distance(hashFromHex(a) ?? new Uint8Array(32), hashFromHex(b) ?? new Uint8Array(32));
}

async function hasher(t: { after: (end: () => void) => void }, options = {}): Promise<PictureHasher> {
  const made = await openPictureHasher(options);
  t.after(() => made.close());
  return made;
}

test("pictures are hashed outside this process as the reference hashes them", async (t) => {
  const pictures = await hasher(t, { processes: 2 });
  const rows = (await readFile(new URL("expected.csv", data), "utf8")).trim().split("\n").slice(1);
  assert.ok(rows.length > 15);
  const wrong = await Promise.all(
    rows.map(async (row) => {
      const [name = "", full, quality, nn512, nnQuality] = row.split(",");
      const answer = await pictures.hash(await named(name));
      if (answer.kind === "refused") return `${name}: ${answer.message}`;
      const [frame] = answer.hashed;
      const said = [frame?.full.hash, frame?.full.quality, frame?.nn512.hash, frame?.nn512.quality].join();
      const exact = frame?.full.exact === true && frame.nn512.exact;
      return exact && said !== [full, quality, nn512, nnQuality].join() ? `${name}: ${said}` : null;
    }),
  );
  assert.deepEqual(
    wrong.filter((one) => one !== null),
    [],
  );
});

test("in haste a JPEG is hashed without its pixels, nearly as exactly, and says so", async (t) => {
  const pictures = await hasher(t);
  const [slow, quick] = [await pictures.hash(photograph), await pictures.hash(photograph, { quick: true })];
  assert.ok(slow.kind === "picture" && quick.kind === "picture");
  const [exactly, nearly] = [slow.hashed[0], quick.hashed[0]];
  assert.ok(exactly !== undefined && nearly !== undefined);
  for (const semantics of ["full", "nn512"] as const) {
    assert.deepEqual([exactly[semantics].exact, nearly[semantics].exact], [true, false]);
    assert.ok(bitsBetween(exactly[semantics].hash, nearly[semantics].hash) <= 4);
  }
  assert.deepEqual([nearly.width, nearly.height], [exactly.width, exactly.height]);
  const inks = await pictures.hash(await named("misc-images-modes-CMYK.jpg"), { quick: true });
  assert.ok(inks.kind === "picture" && inks.hashed[0]?.full.exact === true, "inks need pixels");
  const cut = await pictures.hash(photograph.subarray(0, 60_000), { quick: true });
  assert.ok(cut.kind === "refused" && cut.code === "media.broken");
});

test("deep, a cropped and a mirrored copy are found by a probe that says how", async (t) => {
  const pictures = await hasher(t);
  const known = await pictures.hash(photograph);
  assert.ok(known.kind === "picture");
  const bank = known.hashed[0]?.full.hash ?? "";
  const probesNear = async (copy: Buffer) => {
    const answer = await pictures.hash(copy, { deep: true });
    assert.ok(answer.kind === "picture");
    const [frame] = answer.hashed;
    assert.equal(frame?.probes.length, 175);
    return frame.probes.filter(({ hash }) => bitsBetween(hash, bank) <= 31).map(({ name }) => name);
  };
  const [left, top, width, height] = [40, 25, 1520, 954];
  const cropped = await sharp(photograph).extract({ left, top, width, height }).jpeg().toBuffer();
  assert.ok((await probesNear(cropped)).includes("pad-2.6"));
  assert.ok((await probesNear(await sharp(photograph).flop().jpeg().toBuffer())).includes("flipy"));
});

test("a picture with frames is hashed at some of them, the first and the last among them", async (t) => {
  const pictures = await hasher(t);
  const frames = Array.from({ length: 40 }, (_, at) => Buffer.alloc(20 * 20 * 3, (at * 37) % 251));
  const raw = { width: 20, height: 20 * 40, channels: 3, pageHeight: 20 } as const;
  const gif = await sharp(Buffer.concat(frames), { raw }).gif({ effort: 1 }).toBuffer();
  const answer = await pictures.hash(gif);
  assert.ok(answer.kind === "picture", JSON.stringify(answer));
  assert.equal(answer.frames, 40);
  const taken = answer.hashed.map(({ frame }) => frame);
  assert.equal(taken.length, 32);
  assert.deepEqual([taken[0], taken.at(-1)], [0, 39]);
  assert.ok(answer.hashed.every(({ height }) => height === 20));
});

test("what is too large, of no known format, or cut off is refused by name, and the next one is answered", async (t) => {
  const pictures = await hasher(t, { maxPixels: 4_000_000, maxBytes: 2_000_000 });
  const bomb = await sharp({ create: { width: 3000, height: 3000, channels: 3, background: "#123" } })
    .png()
    .toBuffer();
  const refused = async (file: Uint8Array) => {
    const answer = await pictures.hash(file);
    return answer.kind === "refused" ? answer.code : answer.kind;
  };
  assert.equal(await refused(bomb), "media.too-many-pixels");
  assert.equal(
    await refused(Buffer.alloc(2_000_001, Buffer.from([0xff, 0xd8, 0xff]))),
    "media.too-many-bytes",
  );
  assert.equal(
    await refused(Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>")),
    "media.format-unknown",
  );
  assert.equal(await refused(photograph.subarray(0, photograph.length / 2)), "media.broken");
  assert.equal(await refused(Buffer.from([0xff, 0xd8, 0xff])), "media.broken");
  assert.equal(await refused(small), "picture");
});

test("no spoilt file leaves a question unanswered", async (t) => {
  const pictures = await hasher(t, { maxPixels: 4_000_000 });
  const [png, webp, gif] = await Promise.all([
    sharp(small).png().toBuffer(),
    sharp(small).webp().toBuffer(),
    sharp(small).gif({ effort: 1 }).toBuffer(),
  ]);
  const spots = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(small, png, webp, gif), spots, fc.nat(), async (file, places, end) => {
      const spoilt = Buffer.from(file.subarray(0, end % 5 === 0 ? end % file.length : undefined));
      for (const [at, value] of places) if (spoilt.length > 0) spoilt[at % spoilt.length] = value;
      const answer = await pictures.hash(spoilt);
      assert.ok(answer.kind === "picture" || answer.code.startsWith("media."));
    }),
    { numRuns: 120 },
  );
});

test("a decoder that is too slow or is killed is replaced", async (t) => {
  const slow = await hasher(t, { milliseconds: 1 });
  const late = await slow.hash(photograph);
  assert.ok(late.kind === "refused" && late.code === "media.too-slow");
  const pictures = await hasher(t);
  await pictures.hash(small);
  const asked = pictures.hash(photograph);
  execFileSync("pkill", ["-9", "-P", String(process.pid), "-f", "picture-decoder"]);
  const lost = await asked;
  assert.ok(lost.kind === "refused" && lost.code === "media.broken", JSON.stringify(lost));
  assert.match(lost.message, /SIGKILL/);
  assert.equal((await pictures.hash(small)).kind, "picture");
});

test("what waits when it is closed is refused", async () => {
  const pictures = await openPictureHasher();
  const answers = [pictures.hash(small), pictures.hash(small)];
  pictures.close();
  for (const answer of await Promise.all(answers)) assert.equal(answer.kind, "refused");
});
