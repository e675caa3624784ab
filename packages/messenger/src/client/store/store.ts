import type { Collection, Collections } from "./records.ts";

/**
 * Where a device keeps what it knows. Values are whatever the structured clone algorithm carries (bytes, bigints, maps, plain
 * data); keys sort by their UTF-16 code units. IndexedDB is as safe as the device itself: what is written here is not encrypted
 * a second time, because the key would have to stand beside it.
 */
export interface Store {
  /** undefined if there is none. */
  get<C extends Collection>(collection: C, key: string): Promise<Collections[C] | undefined>;
  list<C extends Collection>(collection: C, range?: Range): Promise<readonly Entry<Collections[C]>[]>;
  /** All of it or nothing, and durable once it resolves. Later changes of one key win over earlier ones. */
  write(changes: readonly Change[]): Promise<void>;
  /** Everything in every collection. */
  clear(): Promise<void>;
  close(): Promise<void>;
}

export interface Entry<T> {
  readonly key: string;
  readonly value: T;
}

/** Both ends count in. `backwards` lists from the last key down. */
export interface Range {
  readonly from?: string;
  readonly to?: string;
  readonly limit?: number;
  readonly backwards?: boolean;
}

export type Change = { [C in Collection]: Put<C> | Delete<C> }[Collection];

interface Put<C extends Collection> {
  readonly in: C;
  readonly key: string;
  readonly put: Collections[C];
}

interface Delete<C extends Collection> {
  readonly in: C;
  readonly key: string;
  readonly put?: never;
}
