import { decodeGroupState, encodeGroupState, type ClientState } from "ts-mls/clientState.js";
import { FrankingError } from "../error.ts";
import { clientConfig } from "./profile.ts";

/** First byte of every state; another layout gets another number. */
const version = 1;

/**
 * States by the bytes that stand for them. Whoever protects or receives in a row hands back the bytes that the last call gave
 * and need not wait for them to be read again.
 *
 * A state that is about to change leaves the map: its used keys are zeroed, and a second call with the same bytes has to start
 * from the bytes, where they still stand.
 */
export class States {
  readonly #known = new WeakMap<Uint8Array, ClientState>();

  /** For looking: nobody may change what this gives. */
  look(bytes: Uint8Array): ClientState {
    const known = this.#known.get(bytes) ?? read(bytes);
    this.#known.set(bytes, known);
    return known;
  }

  /** For a step that uses keys up. It is the caller's alone until `give` or `keep`. */
  take(bytes: Uint8Array): ClientState {
    const known = this.#known.get(bytes) ?? read(bytes);
    this.#known.delete(bytes);
    return known;
  }

  /** Puts back what was taken and did not change. */
  giveBack(bytes: Uint8Array, state: ClientState): void {
    this.#known.set(bytes, state);
  }

  /** The bytes of a new state, known from now on. */
  keep(state: ClientState): Uint8Array {
    const bytes = write(state);
    this.#known.set(bytes, state);
    return bytes;
  }
}

/**
 * Reads a state. It shares nothing with `bytes`: its keys can be zeroed.
 *
 * @throws FrankingError `mls.state` if these are not the bytes of a state of this version
 */
export function read(bytes: Uint8Array): ClientState {
  if (bytes[0] !== version)
    throw new FrankingError("mls.state", `this is no group state of version ${version}`);
  let decoded: ReturnType<typeof decodeGroupState>;
  try {
    decoded = decodeGroupState(bytes.slice(1), 0);
  } catch (cause) {
    throw new FrankingError("mls.state", "this group state is damaged", { cause });
  }
  if (decoded === undefined || decoded[1] !== bytes.length - 1)
    throw new FrankingError("mls.state", "this group state is damaged");
  return { ...decoded[0], clientConfig };
}

export function write(state: ClientState): Uint8Array {
  const body = encodeGroupState(state);
  const bytes = new Uint8Array(body.length + 1);
  bytes[0] = version;
  bytes.set(body, 1);
  return bytes;
}
