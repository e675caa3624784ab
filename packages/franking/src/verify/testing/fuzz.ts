import { decodeRecords, encodeRecords } from "../../bundle/records.ts";
import { decodeSignedBundle, encodeSignedBundle, signBundle } from "../../bundle/sign.ts";
import type { ReportBundle, SignedBundle } from "../../bundle/types.ts";
import { equalBytes } from "../../crypto/bytes.ts";
import { nodeCrypto } from "../../crypto/node.ts";
import { FrankingError } from "../../error.ts";
import { decodeBundle } from "../../bundle/bundle.ts";
import type { BundleVerdict, VerifyInput } from "../types.ts";
import { verifyBundle } from "../verify-bundle.ts";
import { type Random, seeded } from "./random.ts";
import { spoilBundle, spoilBytes, spoilRecords } from "./spoil.ts";
import { type Device, makeWorld, type World } from "./world.ts";

/** What came of spoiling reports. Everything but `cases` and `refused` should be empty. */
export interface FuzzResult {
  cases: number;
  /** Not verified, or not even read. */
  refused: number;
  /** Verified although spoilt: what is said in them is true all the same (a note, a message kept back in the open). */
  stillTrue: number;
  /** Verified, and not what was said. Each with its number, so that the seed shows it again. */
  falseAccepts: number[];
  /** Anything but a verdict or a FrankingError. */
  crashes: Array<{ at: number; what: string }>;
}

const WORLD_CASES = 2_000;

/** Spoils reports and records in every way there is, and holds each verdict against what was really said. */
export async function fuzzBundles(
  cases: number,
  seed: number,
  progress?: (done: FuzzResult) => void,
): Promise<FuzzResult> {
  const result: FuzzResult = { cases: 0, refused: 0, stillTrue: 0, falseAccepts: [], crashes: [] };
  while (result.cases < cases) {
    const random = seeded(seed + result.cases);
    const scene = await makeScene(random);
    const until = Math.min(cases, result.cases + WORLD_CASES);
    for (; result.cases < until; result.cases += 1) await spoilOnce(scene, random, result);
    progress?.(result);
  }
  return result;
}

interface Scene {
  readonly world: World;
  readonly reporter: Device;
  readonly bundle: ReportBundle;
  readonly honest: VerifyInput;
}

async function makeScene(random: Random): Promise<Scene> {
  const world = await makeWorld({ ...nodeCrypto, random: (length) => random.bytes(length) });
  const al = await world.join("al");
  const bo = await world.join("bo");
  for (let count = 0; count < 4; count += 1)
    await world.say(random.pick([al, bo]), `Kite number ${count} is blue.`);
  const bundle = await world.report(bo, { selected: [2, 3], withheld: [1] });
  const honest = await world.input(bo, bundle);
  return { world, reporter: bo, bundle, honest };
}

async function spoilOnce(scene: Scene, random: Random, result: FuzzResult): Promise<void> {
  try {
    const input = await spoilt(scene, random);
    const verdict = await verifyBundle(input);
    if (!isTrue(scene, input.signed, verdict)) result.falseAccepts.push(result.cases);
    else if (verdict.verdict === "UNVERIFIED") result.refused += 1;
    else result.stillTrue += 1;
  } catch (error) {
    if (error instanceof FrankingError) result.refused += 1;
    else result.crashes.push({ at: result.cases, what: String(error).slice(0, 200) });
  }
}

async function spoilt({ honest, bundle, reporter }: Scene, random: Random): Promise<VerifyInput> {
  // The log's proof is checked in a tenth of the cases: it costs as much as all the rest.
  const { openLogProof, ...trust } = honest.trust;
  const input = random.below(10) === 0 || openLogProof === undefined ? honest : { ...honest, trust };
  const signAnew = async (changed: ReportBundle): Promise<VerifyInput> => ({
    ...input,
    signed: await signBundle(nodeCrypto, reporter.privateKey, changed),
  });
  switch (random.below(6)) {
    case 0:
      return { ...input, signed: decodeSignedBundle(spoilBytes(random, encodeSignedBundle(input.signed))) };
    case 1:
      return { ...input, signed: { ...input.signed, bundle: spoilBytes(random, input.signed.bundle) } };
    case 2:
      return { ...input, records: decodeRecords(spoilBytes(random, encodeRecords(input.records))) };
    case 3:
      return { ...input, records: spoilRecords(random, input.records) };
    case 4:
      return {
        ...(await signAnew(spoilBundle(random, bundle))),
        records: spoilRecords(random, input.records),
      };
    default:
      return await signAnew(spoilBundle(random, bundle));
  }
}

/**
 * Whether every message that counts as proven is one that was said, in its place; and, where the report counts as proven, whether
 * whatever is kept back is what stands there.
 */
function isTrue({ world, reporter }: Scene, signed: SignedBundle, verdict: BundleVerdict): boolean {
  const proven = verdict.items.filter((item) => item.verdict !== "UNVERIFIED");
  if (proven.length === 0) return verdict.verdict === "UNVERIFIED";
  const bundle = decodeBundle(signed.bundle);
  const isReporter = bundle.reporter.uri === reporter.uri;
  const kept = bundle.withheld.every(({ roomSeq, recHash, prevHead }) => {
    const said = world.said[Number(roomSeq) - 1]?.franked.ext;
    return said !== undefined && equalBytes(said.recHash, recHash) && equalBytes(said.prevHead, prevHead);
  });
  const shown = proven.every(({ index, roomSeq }) => {
    const item = bundle.items[index];
    const said = world.said[Number(roomSeq) - 1];
    return (
      item !== undefined &&
      said !== undefined &&
      equalBytes(item.content, said.content) &&
      item.senderUri === said.device.uri &&
      equalBytes(item.deviceId, said.device.deviceId) &&
      item.acceptedAt === said.context.acceptedAt &&
      item.epoch === said.epoch
    );
  });
  return shown && (verdict.verdict === "UNVERIFIED" || (isReporter && kept));
}
