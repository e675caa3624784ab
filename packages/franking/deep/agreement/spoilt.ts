import { encodeRecords } from "../../src/bundle/records.ts";
import { encodeSignedBundle, signBundle } from "../../src/bundle/sign.ts";
import { encodeBundle } from "../../src/bundle/bundle.ts";
import type { BundleItem, LogInclusion, ProviderRecords, ReportBundle } from "../../src/bundle/types.ts";
import { nodeCrypto } from "../../src/crypto/node.ts";
import { FrankingError } from "../../src/error.ts";
import { signHead } from "../../src/hub/chain.ts";
import { OTHER_ROOM, START } from "../../src/verify/testing/world.ts";
import type { Random } from "../../src/verify/testing/random.ts";
import { spoilBundle, spoilBytes, spoilRecords } from "../../src/verify/testing/spoil.ts";
import { LABELS, signWithLabel } from "../../src/wire/sign-with-label.ts";
import type { Evidence } from "../second-verifier/input.ts";
import type { Scene } from "./scene.ts";
import type { Authorities } from "./authorities.ts";
import { checkpointOf, stamp } from "./stamps.ts";
import { spoilTree } from "./spoil-tree.ts";

/** The scene's evidence with one thing wrong in it, or two. What no writer would write is drawn again. */
export async function drawSpoilt(random: Random, scene: Scene, authorities: Authorities): Promise<Evidence> {
  for (;;)
    try {
      return await spoilOnce(random, scene, authorities);
    } catch (error) {
      if (!(error instanceof FrankingError)) throw error;
    }
}

async function spoilOnce(random: Random, scene: Scene, authorities: Authorities): Promise<Evidence> {
  const { evidence, bundle, records } = scene;
  const signedAnew = async (changed: ReportBundle): Promise<Evidence> => ({
    ...evidence,
    bundle: encodeSignedBundle(await signBundle(nodeCrypto, scene.reporter.privateKey, changed)),
  });
  const withRecords = (changed: ProviderRecords): Evidence => ({
    ...evidence,
    records: encodeRecords(changed),
  });
  switch (random.below(20)) {
    case 0:
      return { ...evidence, bundle: spoilBytes(random, evidence.bundle) };
    case 1:
      return { ...evidence, records: spoilBytes(random, evidence.records) };
    case 2:
    case 3:
      return await signedBytes(scene, spoilTree(random, encodeBundle(bundle)));
    case 4:
    case 5:
      return { ...evidence, records: spoilTree(random, evidence.records) };
    case 6:
    case 7:
      return await signedAnew(withContent(random, bundle));
    case 8:
    case 9:
    case 17:
      return withRecords(withInclusion(random, records, (one) => spoilInclusion(random, one, authorities)));
    case 10:
      return random.below(2) === 0
        ? spoilFiles(random, evidence)
        : spoilFiles(random, await signedAnew(withStrangeFile(random, bundle)));
    case 11:
      return spoilTrust(random, evidence);
    case 16:
      return await signedAnew(await withLie(random, scene));
    case 12:
    case 13:
    case 14:
      return withRecords(spoilRecords(random, records));
    case 15:
      return {
        ...(await signedAnew(spoilBundle(random, bundle))),
        records: encodeRecords(spoilRecords(random, records)),
      };
    default:
      return await signedAnew(spoilBundle(random, bundle));
  }
}

/** What a reporter signs who writes no bundle that any of our programs would write. */
async function signedBytes({ evidence, reporter }: Scene, bundle: Uint8Array): Promise<Evidence> {
  const signature = await signWithLabel(nodeCrypto, reporter.privateKey, LABELS.report, bundle);
  return { ...evidence, bundle: encodeSignedBundle({ bundle, signature }) };
}

function withContent(random: Random, bundle: ReportBundle): ReportBundle {
  const at = random.below(bundle.items.length);
  const items = bundle.items.map((item, place) =>
    place === at ? { ...item, content: spoilTree(random, item.content) } : item,
  );
  return { ...bundle, items };
}

/** One false word in a report that is otherwise in good form. */
async function withLie(random: Random, { bundle, world }: Scene): Promise<ReportBundle> {
  const { headAtReport } = bundle.window;
  const at = random.below(bundle.items.length);
  const withItem = (change: (item: BundleItem) => BundleItem): ReportBundle => ({
    ...bundle,
    items: bundle.items.map((item, place) => (place === at ? change(item) : item)),
  });
  const { uri, deviceId } = random.pick(world.devices);
  const minutes = BigInt(random.below(41) - 20) * 60_000n;
  switch (random.below(4)) {
    case 0: {
      const elsewhere = { ...headAtReport, roomUri: OTHER_ROOM };
      const head = await signHead(nodeCrypto, world.keys.signatureKey, elsewhere);
      return { ...bundle, window: { ...bundle.window, headAtReport: head } };
    }
    case 1:
      return withItem((item) => ({ ...item, senderUri: uri, deviceId }));
    case 2:
      return { ...bundle, createdAt: bundle.createdAt + minutes };
    default:
      return withItem((item) => ({ ...item, acceptedAt: item.acceptedAt + minutes }));
  }
}

/** Names a file that the message never had, beside those that it has. */
function withStrangeFile(random: Random, bundle: ReportBundle): ReportBundle {
  const strange = { root: random.bytes(32), mode: "hash-only" } as const;
  const items = bundle.items.map((item) =>
    item.attachments.length === 0 ? item : { ...item, attachments: [...item.attachments, strange] },
  );
  return { ...bundle, items };
}

function withInclusion(
  random: Random,
  records: ProviderRecords,
  change: (inclusion: LogInclusion) => LogInclusion,
): ProviderRecords {
  const at = random.below(records.items.length);
  const items = records.items.map((item, place) =>
    place === at && item.inclusion !== null ? { ...item, inclusion: change(item.inclusion) } : item,
  );
  return { ...records, items };
}

function spoilInclusion(random: Random, one: LogInclusion, authorities: Authorities): LogInclusion {
  const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
  const proof = new TextEncoder().encode(one.proof);
  const [token] = one.tokens;
  const withToken = (changed: Uint8Array): LogInclusion => ({ ...one, tokens: one.tokens.with(0, changed) });
  const spoils: ReadonlyArray<() => LogInclusion> = [
    () => ({ ...one, batchIndex: one.batchIndex + BigInt(random.below(3)) }),
    () => ({ ...one, batchSize: one.batchSize + BigInt(random.below(3)) }),
    () => ({ ...one, batchRoot: random.bytes(32) }),
    () => ({ ...one, batchPath: [...one.batchPath, random.bytes(32)] }),
    () => ({ ...one, batchPath: one.batchPath.slice(1) }),
    () => ({ ...one, leafBody: spoilBytes(random, one.leafBody) }),
    () => ({ ...one, leafSalt: spoilBytes(random, one.leafSalt) }),
    () => ({ ...one, proof: text(spoilBytes(random, proof)) }),
    () => ({ ...one, proof: text(spoilBytes(random, proof)) }),
    () => ({ ...one, proof: one.proof.replaceAll("\n", random.pick(["\r\n", "\n\n", " \n"])) }),
    () => ({
      ...one,
      proof: `${one.proof}${random.pick(["\n", "x", "\u2014 a.example/b AAAAAAA=\n", "\u2014 a b\n"])}`,
    }),
    () => ({ ...one, tokens: [...one.tokens, random.bytes(40)] }),
    () => ({ ...one, tokens: [...one.tokens, stamp(random, random.pick(authorities.good), "Kites")] }),
    () => ({
      ...one,
      tokens: [...one.tokens, stamp(random, random.pick(authorities.good), checkpointOf(one.proof) ?? "")],
    }),
    ...Array.from(
      { length: 4 },
      () => () => (token === undefined ? one : withToken(spoilBytes(random, token))),
    ),
  ];
  return random.pick(spoils)();
}

function spoilFiles(random: Random, evidence: Evidence): Evidence {
  const spoilAll = (files: ReadonlyMap<string, Uint8Array>) =>
    new Map(Array.from(files, ([url, file]) => [url, spoilBytes(random, file)]));
  return {
    ...evidence,
    ciphertexts: spoilAll(evidence.ciphertexts),
    plaintexts: spoilAll(evidence.plaintexts),
  };
}

function spoilTrust(random: Random, evidence: Evidence): Evidence {
  const { trust } = evidence;
  const withKeys = (change: Partial<Evidence["trust"]["frankingKeys"][number]>): Evidence => ({
    ...evidence,
    trust: { ...trust, frankingKeys: trust.frankingKeys.map((key) => ({ ...key, ...change })) },
  });
  const minute = START + BigInt(random.below(10)) * 60_000n;
  const spoils: ReadonlyArray<() => Evidence> = [
    () => withKeys({ suite: random.below(4) }),
    () => withKeys({ notAfter: minute - BigInt(random.below(2)) }),
    () => withKeys({ notBefore: minute }),
    () => withKeys({ publicKey: random.bytes(32) }),
    () => ({ ...evidence, trust: { ...trust, timestampRoots: [] } }),
    () => ({ ...evidence, frank: { master: random.bytes(32) } }),
    () => ({ ...evidence, isRepeated: true }),
    () => ({ ...evidence, reportId: "01990000-0000-7000-8000-000000000002" }),
    () => ({ ...evidence, now: Number(START) + random.below(15) * 60_000 - 300_000 }),
  ];
  return random.pick(spoils)();
}
