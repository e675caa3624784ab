import { type Held, heldBytes, type HeldSignal, holdAll } from "./held.ts";
import type { SignalKind } from "./signal.ts";

/** So many of one bank and kind are put into its index together: building with more takes a process longer than it may be silent. */
const MOST = 2_000_000;
const FIRST = 1024;

interface Gathered {
  count: number;
  ids: Uint32Array;
  values: Uint8Array;
}

/** Collects hashes of a bank that is being read, since many at once are many times faster than one by one. */
export interface Gathering {
  add(signal: HeldSignal): void;
  /** Puts in what has not been put in yet. */
  end(): void;
}

export function gatherFor(held: Held): Gathering {
  const kinds = new Map<SignalKind, Gathered>();
  const empty = (kind: SignalKind, room: number): Gathered => ({
    count: 0,
    ids: new Uint32Array(room),
    values: new Uint8Array(room * heldBytes(kind)),
  });
  const put = (kind: SignalKind, { count, ids, values }: Gathered) => {
    if (count > 0) holdAll(held, kind, ids.subarray(0, count), values.subarray(0, count * heldBytes(kind)));
  };
  return {
    add({ id, kind, value }) {
      let all = kinds.get(kind) ?? empty(kind, FIRST);
      if (all.count === MOST) {
        put(kind, all);
        all = empty(kind, FIRST);
      }
      if (all.count === all.ids.length) {
        const wider = empty(kind, Math.min(MOST, all.count * 2));
        wider.ids.set(all.ids);
        wider.values.set(all.values);
        all = { ...wider, count: all.count };
      }
      const bytes = heldBytes(kind);
      all.ids[all.count] = id;
      all.values.set(value.subarray(0, bytes), all.count * bytes);
      all.count += 1;
      kinds.set(kind, all);
    },
    end() {
      for (const [kind, all] of kinds) put(kind, all);
      kinds.clear();
    },
  };
}
