import { attachmentPart } from "../../src/attachment/part.ts";
import { sealedFile } from "../../src/attachment/streams-testing.ts";
import { encodeRecords } from "../../src/bundle/records.ts";
import { encodeSignedBundle } from "../../src/bundle/sign.ts";
import type { AttachmentDisclosure, ProviderRecords, ReportBundle } from "../../src/bundle/types.ts";
import type { ExternalPart } from "../../src/content/types.ts";
import { hexOf } from "../../src/crypto/bytes.ts";
import { nodeCrypto } from "../../src/crypto/node.ts";
import type { Random } from "../../src/verify/testing/random.ts";
import { type Device, makeWorld, type Said, START, type World } from "../../src/verify/testing/world.ts";
import type { Evidence } from "../second-verifier/input.ts";
import type { Authorities } from "./authorities.ts";
import { stampAll } from "./stamps.ts";

/** A conversation, a report of it, and what a verifier is given: nothing in it is spoilt yet. */
export interface Scene {
  readonly world: World;
  readonly reporter: Device;
  readonly bundle: ReportBundle;
  readonly records: ProviderRecords;
  readonly evidence: Evidence;
}

interface Files {
  readonly ciphertexts: Map<string, Uint8Array>;
  readonly plaintexts: Map<string, Uint8Array>;
  readonly disclosures: Map<number, AttachmentDisclosure[]>;
}

const FILE_SIZES = [0, 1, 5_000, 65_535, 65_536, 65_537, 200_000];
/** Here chunks become larger. */
const LARGE_FILE = 16 * 1024 * 1024;

/** People with one or two devices each, who come and go, write, edit, send files; somebody reports some of it. */
export async function drawScene(random: Random, authorities: Authorities): Promise<Scene> {
  const crypto = { ...nodeCrypto, random: (length: number) => random.bytes(length) };
  const world = await makeWorld(crypto);
  const files: Files = { ciphertexts: new Map(), plaintexts: new Map(), disclosures: new Map() };
  const devices = [await world.join("al"), await world.join("bo")];
  // Somebody who controls an account's name and not its device, now and then (attack 10).
  const framed = { ...(devices[0] as Device), privateKey: random.bytes(32) };
  const count = 2 + random.below(9);
  for (let seq = 1; seq <= count; seq += 1) {
    if (random.below(8) === 0) devices.push(await world.join(random.pick(["al", "bo", "cy"])));
    await write(world, random, random.below(40) === 0 ? framed : random.pick(devices), files);
  }
  // Mostly somebody who was there from the beginning; a newcomer was not a member when the first messages were sent.
  const reporter = random.below(6) === 0 ? random.pick(devices) : (devices[random.below(2)] as Device);
  const bundle = await world.report(reporter, drawChoice(random, count, files));
  const input = await world.input(reporter, bundle);
  const records = drawRecords(random, input.records);
  const [stamped, timestampRoots] = stampAll(random, authorities, records);
  return {
    world,
    reporter,
    bundle,
    records: stamped,
    evidence: {
      reportId: bundle.reportId,
      bundle: encodeSignedBundle(input.signed),
      records: encodeRecords(stamped),
      trust: {
        frankingKeys: records.frankingKeys,
        logKey: random.below(10) === 0 ? null : world.logKey,
        timestampRoots,
      },
      frank: drawAnswer(random, world, count),
      ciphertexts: files.ciphertexts,
      plaintexts: files.plaintexts,
      isRepeated: false,
      now: Number(START) + 3_600_000,
    },
  };
}

async function write(world: World, random: Random, device: Device, files: Files): Promise<void> {
  const seq = world.said.length + 1;
  const words = `Kite number ${seq} is blue.`;
  const earlier = world.said.length === 0 ? null : random.pick(world.said);
  switch (random.below(10)) {
    case 0:
    case 1:
      return await sendFile(world, random, device, files);
    case 2:
    case 3:
      // Somebody else's message as well, now and then: that is no edit.
      await world.say(
        device,
        words,
        earlier === null ? {} : { replaces: editedBy(random, device, earlier, world) },
      );
      return;
    case 4:
      await world.say(device, words, seq === 1 ? {} : { seen: drawSeen(random, world, seq) });
      return;
    default:
      await world.say(device, words);
  }
}

function editedBy(random: Random, device: Device, earlier: Said, { said }: World): Uint8Array {
  const own = said.filter((one) => one.device.uri === device.uri);
  return own.length === 0 || random.below(4) === 0 ? earlier.messageId : random.pick(own).messageId;
}

/** An older place with its own head is honest; a place to come, or another head, is not. */
function drawSeen(random: Random, { said }: World, seq: number): { roomSeq: bigint; head: Uint8Array } {
  const place = 1 + random.below(seq + 1);
  const head = random.below(4) === 0 ? undefined : said[place - 1]?.franked.head;
  return { roomSeq: BigInt(place), head: head ?? random.bytes(32) };
}

/** A file, sometimes with a thumbnail, that the reporter shows, keeps to themselves, or that is gone. */
async function sendFile(world: World, random: Random, device: Device, files: Files): Promise<void> {
  const crypto = { ...nodeCrypto, random: (length: number) => random.bytes(length) };
  const sent = await Promise.all(
    Array.from({ length: 1 + random.below(2) }, async (_, at) => {
      const file = fileOf(random);
      const url = `https://hub.example/chat/blobs/${hexOf(random.bytes(16))}`;
      const { ciphertext, sealed } = await sealedFile(crypto, file);
      const about = { disposition: 6 + 2 * at, language: "", contentType: "image/png", url, expires: 0 };
      const part = attachmentPart(sealed, { ...about, description: "", filename: "kite.png" });
      const { commitment } = sealed;
      const said = random.below(12) === 0 ? { ...commitment, keyCommitment: random.bytes(32) } : commitment;
      return { url, file, ciphertext, part: { ...part, ...drawFalsehood(random) }, commitment: said };
    }),
  );
  const [only, ...more] = sent.map(({ part }) => part);
  if (only === undefined) throw new Error("a file was to be sent");
  const many = { disposition: 1, language: "", kind: "multi", semantics: 2, parts: [only, ...more] } as const;
  const attachments = new Map(sent.map(({ url, commitment }) => [url, commitment]));
  await world.say(device, "", { part: more.length === 0 ? only : many, attachments });
  for (const { url, file, ciphertext } of sent) {
    const kept = random.below(3);
    if (kept === 0) files.ciphertexts.set(url, ciphertext);
    if (kept === 1) files.plaintexts.set(url, file);
  }
  const shown = sent.filter(() => random.below(5) > 0);
  files.disclosures.set(
    world.said.length,
    shown.map(({ commitment: { root } }) => ({ root, mode: random.pick(["full", "full", "hash-only"]) })),
  );
}

/** What a sender may say of a file so that nobody can open it: nothing, as a rule. */
function drawFalsehood(random: Random): Partial<ExternalPart> {
  const none = {};
  if (random.below(5) > 0) return none;
  return random.pick<Partial<ExternalPart>>([
    { encAlg: 1 },
    { key: random.bytes(32) },
    { key: random.bytes(31) },
    { nonce: random.bytes(7) },
    { hashAlg: 2 },
    { contentHash: random.bytes(31) },
    { aad: random.bytes(1) },
    { size: 7n },
  ]);
}

function fileOf(random: Random): Uint8Array {
  const size = random.below(200) === 0 ? LARGE_FILE - random.below(2) : random.pick(FILE_SIZES);
  return new Uint8Array(Buffer.alloc(size, random.bytes(100)));
}

function drawChoice(random: Random, count: number, { disclosures }: Files) {
  const from = random.below(2) === 0 ? 1 : 1 + random.below(count);
  const to = random.below(2) === 0 ? count : from + random.below(count - from + 1);
  const places = Array.from({ length: to - from + 1 }, (_, at) => from + at);
  const selected = [random.pick(places), random.pick(places)];
  const withheld = places.filter((seq) => !selected.includes(seq) && random.below(5) === 0);
  return { selected, from, to, withheld, disclosures };
}

/** As a hub may really have them: not logged yet, or from a peer whose devices sign nothing. */
function drawRecords(random: Random, records: ProviderRecords): ProviderRecords {
  const [isUnlogged, isUnsigned] = [random.below(6) === 0, random.below(6) === 0];
  const items = records.items.map((item) => ({
    ...item,
    ...(isUnlogged && random.below(2) === 0 ? { inclusion: null } : {}),
    ...(isUnsigned && random.below(2) === 0 ? { submit: null } : {}),
  }));
  // A device that was linked anew keeps its id and has another key from then on.
  const devices = records.devices.flatMap((entry) =>
    random.below(4) > 0
      ? [entry]
      : [{ ...entry, publicKey: random.bytes(32), validFrom: 0n, revokedAt: entry.validFrom }, entry],
  );
  return { ...records, items, devices };
}

function drawAnswer(random: Random, { master }: World, count: number): Evidence["frank"] {
  const places = Array.from({ length: count }, (_, at) => String(at + 1));
  switch (random.below(10)) {
    case 0:
      return null;
    case 1:
      return { attested: new Set(places.filter(() => random.below(8) > 0)) };
    case 2:
      return { attested: new Set(places) };
    default:
      return { master };
  }
}
