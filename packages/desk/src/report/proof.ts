/** An inclusion proof as C2SP tlog-proof writes it, taken apart. */
export interface ParsedProof {
  index: bigint;
  /** From the leaf's sibling up to the root's child, 32 bytes each. */
  path: Uint8Array<ArrayBuffer>[];
  size: bigint;
  root: Uint8Array<ArrayBuffer>;
  checkpoint: string;
}

const HASH_BYTES = 32;

/**
 * Reads a C2SP tlog-proof: header, optional extra data, index, path, an empty line and the signed checkpoint.
 * @returns `undefined` for a text that is not one
 */
export function parseProof(text: string): ParsedProof | undefined {
  const split = text.indexOf("\n\n");
  const [header, ...lines] = text.slice(0, split).split("\n");
  if (split === -1 || header !== "c2sp.org/tlog-proof@v1") return undefined;
  // "Applications MUST NOT implicitly trust the extra data, as it is not authenticated." Nothing here needs it.
  if (lines[0]?.startsWith("extra ") === true) lines.shift();
  const index = /^index (0|[1-9]\d*)$/.exec(lines.shift() ?? "")?.[1];
  const path = lines.map(hashFrom);
  const checkpoint = text.slice(split + 2);
  const [, size, root] = checkpoint.split("\n");
  const rootHash = hashFrom(root ?? "");
  if (index === undefined || size === undefined || !/^(?:0|[1-9]\d*)$/.test(size) || rootHash === undefined)
    return undefined;
  if (path.includes(undefined)) return undefined;
  return {
    index: BigInt(index),
    path: path.filter((hash) => hash !== undefined),
    size: BigInt(size),
    root: rootHash,
    checkpoint,
  };
}

/**
 * Follows a leaf's path to the root (RFC 9162, 2.1.3.2, which is RFC 6962's tree).
 * @param leaf the leaf's content as it was appended
 * @returns whether the path ends in the root that the checkpoint states
 */
export async function leadsToRoot(leaf: Uint8Array<ArrayBuffer>, proof: ParsedProof): Promise<boolean> {
  // "If leaf_index is greater than or equal to tree_size, then fail the proof verification."
  if (proof.index >= proof.size) return false;
  let node = proof.index;
  let last = proof.size - 1n;
  // RFC 6962, 2.1: a leaf's hash begins with 0x00 and a node's with 0x01, so that neither can pass for the other.
  let hash = await sha256(Uint8Array.of(0), leaf);
  for (const sibling of proof.path) {
    // "If sn is 0, then stop the iteration and fail the proof verification."
    if (last === 0n) return false;
    if (node % 2n === 1n || node === last) {
      hash = await sha256(Uint8Array.of(1), sibling, hash);
      while (node % 2n === 0n && node !== 0n) {
        node >>= 1n;
        last >>= 1n;
      }
    } else {
      hash = await sha256(Uint8Array.of(1), hash, sibling);
    }
    node >>= 1n;
    last >>= 1n;
  }
  return last === 0n && hash.every((byte, at) => byte === proof.root[at]);
}

async function sha256(...parts: Uint8Array<ArrayBuffer>[]): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", await new Blob(parts).arrayBuffer()));
}

function hashFrom(base64: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    return bytes.length === HASH_BYTES ? bytes : undefined;
  } catch {
    return undefined;
  }
}
