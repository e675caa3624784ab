import { LedgerError, newVerifier, verifyProof } from "@fairlead/ledger";
import { decodeRecords } from "../../src/bundle/records.ts";
import { decodeSignedBundle } from "../../src/bundle/sign.ts";
import { nodeCrypto } from "../../src/crypto/node.ts";
import { FrankingError } from "../../src/error.ts";
import { checkServerFrank } from "../../src/hub/frank.ts";
import { openHubKeys } from "../../src/hub/keys.ts";
import type { BundleVerdict, FetchFile, VerifyInput } from "../../src/verify/types.ts";
import { verifyBundle } from "../../src/verify/verify-bundle.ts";
import type { Evidence } from "../second-verifier/input.ts";

/** What the verifier of the package says of the same bytes; null where its readers refuse the files. */
export async function firstOpinion(evidence: Evidence): Promise<BundleVerdict | null> {
  const files = readFiles(evidence);
  if (files === null) return null;
  const { reportId, trust, frank, isRepeated, now } = evidence;
  const { logKey, frankingKeys, timestampRoots } = trust;
  return await verifyBundle({
    ...files,
    reportId,
    trust: {
      frankingKeys,
      timestampRoots,
      ...(logKey === null ? {} : { openLogProof: (leaf, proof) => textOf(leaf, proof, logKey) }),
    },
    crypto: nodeCrypto,
    ...answersOf(frank),
    fetchCiphertext: sourceOf(evidence.ciphertexts),
    plaintextOf: sourceOf(evidence.plaintexts),
    isRepeated,
    now,
  });
}

function readFiles({ bundle, records }: Evidence): Pick<VerifyInput, "signed" | "records"> | null {
  try {
    return { signed: decodeSignedBundle(bundle), records: decodeRecords(records) };
  } catch (error) {
    if (error instanceof FrankingError) return null;
    throw error;
  }
}

function answersOf(frank: Evidence["frank"]): Pick<VerifyInput, "checkFrank" | "frankAttested"> {
  if (frank === null) return {};
  if ("attested" in frank) return { frankAttested: frank.attested };
  const keys = openHubKeys(nodeCrypto, frank.master, new Uint8Array(32));
  return { checkFrank: (question) => checkServerFrank(nodeCrypto, keys, question) };
}

function textOf(leaf: Uint8Array, proof: string, logKey: string): string | null {
  try {
    const { checkpoint } = verifyProof(leaf, new TextEncoder().encode(proof), newVerifier(logKey));
    return `${new TextDecoder().decode(checkpoint.bytes).split("\n\n", 1)[0]}\n`;
  } catch (error) {
    if (error instanceof LedgerError) return null;
    throw error;
  }
}

function sourceOf(files: ReadonlyMap<string, Uint8Array>): FetchFile {
  return ({ url }) => {
    const file = files.get(url);
    return file === undefined ? null : portions(file);
  };
}

async function* portions(file: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < file.length; at += 100_000) yield file.subarray(at, at + 100_000);
}
