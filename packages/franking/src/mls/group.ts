import type { CiphersuiteImpl } from "ts-mls";
import { createGroup, joinGroup, type ClientState } from "ts-mls/clientState.js";
import { emptyPskIndex } from "ts-mls/pskIndex.js";
import { FrankingError } from "../error.ts";
import { agentOf, groupExtensions } from "./agent.ts";
import type { FrankingAgent, MlsDevice, MlsView } from "./engine.ts";
import { guarded } from "./failure.ts";
import { makeKeyPackage, readSecret } from "./key-package.ts";
import { membersOf } from "./members.ts";
import { clientConfig } from "./profile.ts";
import { readMessageOf } from "./wire.ts";

/** A group of one at epoch 0. */
export async function create(
  suite: CiphersuiteImpl,
  device: MlsDevice,
  groupId: Uint8Array,
  agent: FrankingAgent,
): Promise<ClientState> {
  const { keyPackage, secret } = await makeKeyPackage(suite, device, null);
  return createGroup(groupId.slice(), keyPackage, secret, groupExtensions(agent), suite, clientConfig);
}

/**
 * Enters a group by its welcome.
 *
 * @throws FrankingError `mls.malformed`, `mls.key-package`, `mls.welcome` or `mls.profile`
 */
export async function join(
  suite: CiphersuiteImpl,
  welcomeBytes: Uint8Array,
  keyPackageBytes: Uint8Array,
  secretBytes: Uint8Array,
): Promise<ClientState> {
  const { welcome } = readMessageOf("mls_welcome", welcomeBytes);
  const { keyPackage } = readMessageOf("mls_key_package", keyPackageBytes);
  const secret = readSecret(secretBytes);
  const state = await guarded("mls.welcome", "a welcome", () =>
    joinGroup(welcome, keyPackage, secret, emptyPskIndex, suite, undefined, undefined, clientConfig),
  );
  if (agentOf(state.groupContext.extensions) === null)
    throw new FrankingError("mls.profile", "this group names no franking agent in the way that ours do");
  return state;
}

/** What can be seen of a group from inside. */
export function view(state: ClientState): MlsView {
  const { groupId, epoch, extensions } = state.groupContext;
  return {
    groupId: groupId.slice(),
    epoch,
    ownLeaf: state.privatePath.leafIndex,
    members: membersOf(state.ratchetTree),
    agent: agentOf(extensions),
  };
}
