import type { ClientState } from "ts-mls/clientState.js";
import { createApplicationMessage } from "ts-mls/createMessage.js";
import { checkActive } from "./commit.ts";
import { guarded } from "./failure.ts";
import { writeMessage } from "./wire.ts";
import type { Suite } from "./suite.ts";

/**
 * Encrypts an application message.
 *
 * @returns `used` are keys that the new state has no more; zero them
 * @throws FrankingError `mls.removed` or `mls.protect`
 */
export async function protect(
  suite: Suite,
  state: ClientState,
  plaintext: Uint8Array,
  authenticatedData: Uint8Array,
): Promise<{ state: ClientState; message: Uint8Array; used: readonly Uint8Array[] }> {
  checkActive(state);
  const { newState, privateMessage, consumed } = await guarded("mls.protect", "to encrypt", () =>
    createApplicationMessage(state, plaintext, suite, authenticatedData),
  );
  return {
    state: newState,
    message: writeMessage({ version: "mls10", wireformat: "mls_private_message", privateMessage }),
    used: consumed,
  };
}
