import type { Proposal } from "ts-mls";
import type { ClientState } from "ts-mls/clientState.js";
import { createCommit } from "ts-mls/createCommit.js";
import { FrankingError } from "../error.ts";
import { guarded } from "./failure.ts";
import { makeGroupInfo } from "./group-info.ts";
import { readKeyPackage, type Clock } from "./key-package.ts";
import { leafAt } from "./members.ts";
import { maxMembers } from "./profile.ts";
import { withPathOnly } from "./path-keys.ts";
import { checkUnique } from "./tree.ts";
import { writeMessage } from "./wire.ts";
import type { Suite } from "./suite.ts";

/** Who comes (key packages) and who goes (leaves) in one commit. Neither: the committer's own keys are renewed. */
export interface Change {
  readonly add: readonly Uint8Array[];
  readonly remove: readonly number[];
}

/**
 * Makes a commit as a PublicMessage, so that the hub sees its epoch, sender and changes.
 *
 * @throws FrankingError `mls.removed`, `mls.member`, `mls.group-full`, `mls.commit`, or what `readKeyPackage` throws
 */
export async function makeCommit(
  suite: Suite,
  state: ClientState,
  { add, remove }: Change,
  clock: Clock | null,
): Promise<{
  state: ClientState;
  commit: Uint8Array;
  welcome: Uint8Array | null;
  groupInfo: Uint8Array;
}> {
  checkActive(state);
  checkRemovals(state, remove);
  const members = state.ratchetTree.filter((node) => node?.nodeType === "leaf").length;
  if (members + add.length - remove.length > maxMembers)
    throw new FrankingError("mls.group-full", `a group has at most ${maxMembers} devices`);
  const keyPackages = await Promise.all(add.map((bytes) => readKeyPackage(suite, bytes, clock)));
  const proposals: Proposal[] = [
    ...remove.map((removed): Proposal => ({ proposalType: "remove", remove: { removed } })),
    ...keyPackages.map((keyPackage): Proposal => ({ proposalType: "add", add: { keyPackage } })),
  ];
  const made = await guarded("mls.commit", "to commit this", () =>
    createCommit(
      { state, cipherSuite: suite },
      { wireAsPublicMessage: true, extraProposals: proposals, ratchetTreeExtension: true },
    ),
  );
  const { commit, welcome } = made;
  checkUnique(made.newState.ratchetTree);
  const newState = withPathOnly(made.newState);
  return {
    state: newState,
    commit: writeMessage(commit),
    welcome:
      welcome === undefined ? null : writeMessage({ version: "mls10", wireformat: "mls_welcome", welcome }),
    groupInfo: await makeGroupInfo(suite, newState),
  };
}

/** @throws FrankingError `mls.removed` once somebody took this device out of the group */
export function checkActive(state: ClientState): void {
  if (state.groupActiveState.kind !== "active")
    throw new FrankingError("mls.removed", "this device was removed from the group and can only look back");
}

function checkRemovals(state: ClientState, remove: readonly number[]): void {
  for (const leaf of remove)
    if (leafAt(state.ratchetTree, leaf) === null)
      throw new FrankingError("mls.member", `nobody is at leaf ${leaf}`);
  if (remove.includes(state.privatePath.leafIndex))
    throw new FrankingError("mls.member", "a device cannot remove itself; another one has to");
  if (new Set(remove).size < remove.length)
    throw new FrankingError("mls.member", "a leaf is removed at most once in a commit");
}
