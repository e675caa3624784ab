import { makeCommit } from "./commit.ts";
import type { MlsEngine } from "./engine.ts";
import { followCommit } from "./follow.ts";
import { makeGroupInfo, readGroupInfo } from "./group-info.ts";
import { create, view } from "./group.ts";
import { join } from "./join.ts";
import {
  makeKeyPackage,
  ownerOf,
  readKeyPackage,
  writeKeyPackage,
  writeSecret,
  type Clock,
} from "./key-package.ts";
import { protect } from "./protect.ts";
import { receive } from "./receive.ts";
import { readState, writeState } from "./state-codec.ts";
import { States } from "./state.ts";
import type { Suite } from "./suite.ts";

export interface MlsOptions {
  /**
   * What time it is. Key packages are made for 90 days from then and refused outside of their lifetime. Without a clock they
   * are made without an end, and only who commits an Add has the lifetime checked, by the library with the system's clock.
   */
  readonly clock?: Clock;
}

/** The engine over one driver of suite 1. */
export function engineOn(suite: Suite, options: MlsOptions): MlsEngine {
  const clock = options.clock ?? null;
  const states = new States();
  return {
    createDevice: async () => {
      const { signKey, publicKey } = await suite.signature.keygen();
      return { privateKey: signKey, publicKey };
    },
    createKeyPackage: async (device) => {
      const { keyPackage, secret } = await makeKeyPackage(suite, device, clock);
      return { keyPackage: writeKeyPackage(keyPackage), secret: writeSecret(secret) };
    },
    createGroup: async (device, groupId, agent) => states.keep(await create(suite, device, groupId, agent)),
    groupInfo: async (state) => makeGroupInfo(suite, states.look(state)),
    // A commit's state stands beside the one that it was made from until the hub has decided, and that one is used meanwhile: the
    // two share no key, or a key that the one used up would be missing in the other.
    commit: async (state, change) => {
      const made = await makeCommit(suite, readState(state), change, clock);
      return { ...made, state: writeState(made.state) };
    },
    join: async (welcome, keyPackage, secret) => states.keep(await join(suite, welcome, keyPackage, secret)),
    protect: async (state, plaintext, authenticatedData) => {
      const { state: after, message } = await states.take(state, (before) =>
        protect(suite, before, plaintext, authenticatedData),
      );
      return { state: states.keep(after), message };
    },
    receive: async (state, message) => {
      const { said, state: after } = await states.take(state, (before) => receive(suite, before, message));
      return { ...said, state: states.keep(after) };
    },
    inspect: (state) => view(states.look(state)),
    readGroupInfo: (groupInfo) => readGroupInfo(suite, groupInfo),
    followCommit: (before, commit, after) => followCommit(suite, before, commit, after),
    readKeyPackage: async (keyPackage) => ownerOf(await readKeyPackage(suite, keyPackage, clock)),
  };
}
