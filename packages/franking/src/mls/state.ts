import type { ClientState } from "ts-mls/clientState.js";
import { readState, writeState } from "./state-codec.ts";

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
    const known = this.#known.get(bytes) ?? readState(bytes);
    this.#known.set(bytes, known);
    return known;
  }

  /**
   * For a step that uses keys up: it has the state for itself, and the keys that it names are zeroed once it is done. After a
   * step that fails, the state is what it was.
   */
  async take<T extends { readonly used: readonly Uint8Array[] }>(
    bytes: Uint8Array,
    step: (state: ClientState) => Promise<T>,
  ): Promise<T> {
    const state = this.#known.get(bytes) ?? readState(bytes);
    this.#known.delete(bytes);
    let done: T;
    try {
      done = await step(state);
    } catch (error) {
      this.#known.set(bytes, state);
      throw error;
    }
    for (const key of done.used) key.fill(0);
    return done;
  }

  /** The bytes of a new state, known from now on. */
  keep(state: ClientState): Uint8Array {
    const bytes = writeState(state);
    this.#known.set(bytes, state);
    return bytes;
  }
}

/** The message keys of epochs that a new state no longer holds; the library forgets them but does not name them. */
export function droppedSecrets(before: ClientState, after: ClientState): readonly Uint8Array[] {
  return Array.from(before.historicalReceiverData).flatMap(([epoch, { secretTree, senderDataSecret }]) =>
    after.historicalReceiverData.has(epoch)
      ? []
      : [
          senderDataSecret,
          ...secretTree.flatMap(({ handshake, application }) => [
            handshake.secret,
            application.secret,
            ...Object.values(application.unusedGenerations),
          ]),
        ],
  );
}
