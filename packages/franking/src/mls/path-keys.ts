import type { RatchetTree } from "ts-mls";
import type { ClientState } from "ts-mls/clientState.js";
import { pathToRoot } from "ts-mls/pathSecrets.js";
import { toPrivateKeyPath } from "ts-mls/privateKeyPath.js";
import { getHpkePublicKey } from "ts-mls/ratchetTree.js";
import { directPath, leafToNodeIndex, leafWidth, toLeafIndex } from "ts-mls/treemath.js";
import { FrankingError } from "../error.ts";
import { guarded } from "./failure.ts";
import { isSame } from "./profile.ts";
import type { Suite } from "./suite.ts";

/**
 * The private keys that a joiner gets from its welcome's path secret: those of the lowest node above itself and the committer,
 * and of every node above that one.
 *
 * @throws FrankingError `mls.welcome`
 */
export async function pathKeys(
  suite: Suite,
  tree: RatchetTree,
  { ownLeaf, signer, pathSecret }: { ownLeaf: number; signer: number; pathSecret: Uint8Array },
): Promise<Readonly<Record<number, Uint8Array>>> {
  const width = leafWidth(tree.length);
  const aboveSigner = directPath(leafToNodeIndex(toLeafIndex(signer)), width);
  const common = directPath(leafToNodeIndex(toLeafIndex(ownLeaf)), width).find((node) =>
    aboveSigner.includes(node),
  );
  if (common === undefined || tree[common] === undefined)
    throw new FrankingError("mls.welcome", "a welcome has a path secret where there is no path");
  const { privateKeys } = await guarded("mls.welcome", "a welcome's path", async () =>
    toPrivateKeyPath(await pathToRoot(tree, common, pathSecret, suite.kdf), ownLeaf, suite),
  );
  await checkPathKeys(suite, tree, privateKeys);
  return privateKeys;
}

/**
 * "Verify that the derived public keys are the same as the corresponding public keys sent in the UpdatePath" (RFC 9420, section
 * 7.5, and in other words 12.4.3.1). The library does not: whoever commits could hand us keys that open nothing later.
 *
 * @throws FrankingError `mls.path`
 */
export async function checkPathKeys(
  suite: Suite,
  tree: RatchetTree,
  privateKeys: Readonly<Record<number, Uint8Array>>,
): Promise<void> {
  for (const [index, privateKey] of Object.entries(privateKeys)) {
    const node = tree[Number(index)];
    if (node === undefined || !isSame(await suite.x25519PublicOf(privateKey), getHpkePublicKey(node)))
      throw new FrankingError("mls.path", "a commit gave us other keys than it gave the tree");
  }
}

/** A state without the private keys of nodes that are blank now: the library keeps them, and they open only what was sent before. */
export function withPathOnly(state: ClientState): ClientState {
  const { leafIndex, privateKeys } = state.privatePath;
  const kept = Object.entries(privateKeys).filter(
    ([index]) => state.ratchetTree[Number(index)] !== undefined,
  );
  return { ...state, privatePath: { leafIndex, privateKeys: Object.fromEntries(kept) } };
}
