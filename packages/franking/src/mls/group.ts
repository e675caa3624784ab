import { createGroup, type ClientState } from "ts-mls/clientState.js";
import { agentOf, groupExtensions } from "./agent.ts";
import type { FrankingAgent, MlsDevice, MlsView } from "./engine.ts";
import { makeKeyPackage } from "./key-package.ts";
import { membersOf } from "./members.ts";
import { clientConfig } from "./profile.ts";
import type { Suite } from "./suite.ts";

/** A group of one at epoch 0. */
export async function create(
  suite: Suite,
  device: MlsDevice,
  groupId: Uint8Array,
  agent: FrankingAgent,
): Promise<ClientState> {
  const { keyPackage, secret } = await makeKeyPackage(suite, device, null);
  return createGroup(groupId.slice(), keyPackage, secret, groupExtensions(agent), suite, clientConfig);
}

/** What can be seen of a group from inside. Whoever was removed sees the last epoch that it was in, without itself. */
export function view(state: ClientState): MlsView {
  const { groupId, epoch, extensions } = state.groupContext;
  const { leafIndex } = state.privatePath;
  const isActive = state.groupActiveState.kind === "active";
  return {
    groupId: groupId.slice(),
    epoch,
    ownLeaf: leafIndex,
    members: membersOf(state.ratchetTree).filter(({ leaf }) => isActive || leaf !== leafIndex),
    agent: agentOf(extensions),
  };
}
