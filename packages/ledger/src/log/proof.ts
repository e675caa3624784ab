import { fromBase64, fromDecimal, toBase64 } from "../bytes.ts";
import { LedgerError } from "../error.ts";
import { HASH_BYTES, leafHash } from "../merkle/hash.ts";
import { verifyInclusion } from "../merkle/verify.ts";
import { openCheckpoint, type SignedCheckpoint } from "../note/checkpoint.ts";
import type { Verifier } from "../note/keys.ts";

/**
 * What a `.tlog-proof` file holds (C2SP tlog-proof): all that is needed to verify offline that a leaf was logged,
 * except the leaf and the log's public key.
 */
export interface TlogProof {
  readonly index: number;
  /** From the leaf's sibling up to the root's child. */
  readonly hashes: readonly Uint8Array[];
  /** The signed checkpoint, verbatim, with whatever cosignatures it carries. */
  readonly checkpoint: Uint8Array;
  /** "Applications MUST NOT implicitly trust the extra data, as it is not authenticated." */
  readonly extra?: Uint8Array;
}

const HEADER = "c2sp.org/tlog-proof@v1";
const MAX_HASHES = 63;
const MAX_EXTRA_BYTES = 0xffff;

/** Writes a proof in the text format of C2SP tlog-proof. */
export function formatProof({ index, hashes, checkpoint, extra }: TlogProof): Uint8Array {
  const lines = [
    HEADER,
    ...(extra === undefined ? [] : [`extra ${toBase64(extra)}`]),
    `index ${index}`,
    ...hashes.map(toBase64),
    "",
    "",
  ];
  return new Uint8Array(Buffer.concat([Buffer.from(lines.join("\n"), "utf8"), checkpoint]));
}

/**
 * Parses a proof, strictly. Nothing in it is verified yet: use `verifyProof`.
 *
 * @throws LedgerError `malformed`
 */
export function parseProof(bytes: Uint8Array): TlogProof {
  const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const split = source.indexOf("\n\n");
  if (split === -1) throw malformed("no empty line separates the hashes from the checkpoint");
  // Every line of the head is ASCII; anything else fails at the line it stands in.
  const [header, ...lines] = source.toString("latin1", 0, split).split("\n");
  if (header !== HEADER) throw malformed(`it does not begin with ${HEADER}`);

  const extra = lines[0]?.startsWith("extra ") ? parseExtra(lines.shift() ?? "") : undefined;
  const indexLine = lines.shift() ?? "";
  const index = indexLine.startsWith("index ") ? fromDecimal(indexLine.slice(6)) : undefined;
  if (index === undefined)
    throw malformed("its index line is not: index, space, decimal without leading zeroes");
  if (lines.length > MAX_HASHES) throw malformed(`it has more than ${MAX_HASHES} hashes`);
  const hashes = lines.map((line) => {
    const hash = fromBase64(line);
    if (hash?.length !== HASH_BYTES) throw malformed("a proof line is not the base64 of 32 bytes");
    return hash;
  });
  const checkpoint = bytes.slice(split + 2);
  return extra === undefined ? { index, hashes, checkpoint } : { index, hashes, checkpoint, extra };
}

/**
 * Verifies offline that a log holds a leaf: the checkpoint's signature by the log (and by the given witnesses, as far
 * as they signed), then the path from the leaf to the signed root.
 *
 * @param leaf the content of the leaf as it was appended
 * @param proof the bytes of a `.tlog-proof` file
 * @param log the log's public key, known beforehand and not taken from the proof
 * @returns where the leaf stands, and the checkpoint that covers it
 * @throws LedgerError `malformed`, `unverified` or `proof-mismatch`
 */
export function verifyProof(
  leaf: Uint8Array,
  proof: Uint8Array,
  log: Verifier,
  witnesses: readonly Verifier[] = [],
): { index: number; checkpoint: SignedCheckpoint } {
  const { index, hashes, checkpoint: signed } = parseProof(proof);
  const checkpoint = openCheckpoint(signed, log, witnesses);
  verifyInclusion({
    index,
    size: checkpoint.size,
    leafHash: leafHash(leaf),
    proof: hashes,
    root: checkpoint.root,
  });
  return { index, checkpoint };
}

function parseExtra(line: string): Uint8Array {
  const extra = fromBase64(line.slice("extra ".length));
  // "If no extra data is present, this line is omitted."
  if (extra === undefined || extra.length === 0 || extra.length > MAX_EXTRA_BYTES) {
    throw malformed(`its extra data is not the base64 of 1 to ${MAX_EXTRA_BYTES} bytes`);
  }
  return extra;
}

function malformed(why: string): LedgerError {
  return new LedgerError("malformed", `The proof is malformed: ${why}.`);
}
