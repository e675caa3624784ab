import assert from "node:assert/strict";
import { FrankingError, type FrankingErrorCode } from "../../error.ts";
import type { MlsDevice, MlsEngine, MlsReceived } from "../engine.ts";
import type { MlsOptions } from "../open.ts";

export type Open = (options?: MlsOptions) => Promise<MlsEngine>;

export const groupId = new Uint8Array(16).fill(7);
export const agent = { publicKey: new Uint8Array(32).fill(9), domain: "hub.example" };

/** A group as each of its devices holds it, and the hub beside them, who follows every commit. */
export class Room {
  readonly mls: MlsEngine;
  readonly #states = new Map<string, Uint8Array>();
  readonly #persist: (state: Uint8Array) => Uint8Array;
  #groupInfo: Uint8Array = new Uint8Array();

  /** @param persist what becomes of a state between two steps; by default nothing, so that the engine knows it again */
  constructor(mls: MlsEngine, persist = (state: Uint8Array) => state) {
    this.mls = mls;
    this.#persist = persist;
  }

  /** A room of `names`, the first of whom invited the others. */
  static async of(
    mls: MlsEngine,
    names: readonly string[],
    persist?: (state: Uint8Array) => Uint8Array,
  ): Promise<Room> {
    const room = new Room(mls, persist);
    const [first, ...others] = names;
    assert.ok(first !== undefined);
    room.put(first, await mls.createGroup(await device(mls, first), groupId, agent));
    room.#groupInfo = await mls.groupInfo(room.state(first));
    const roster = await mls.readGroupInfo(room.#groupInfo);
    assert.deepEqual(roster.agent, agent);
    assert.equal(roster.members.length, 1);
    if (others.length > 0) await room.add(first, others);
    return room;
  }

  get names(): readonly string[] {
    return Array.from(this.#states.keys());
  }

  state(name: string): Uint8Array {
    const state = this.#states.get(name);
    assert.ok(state !== undefined, `${name} is in the room`);
    return state;
  }

  put(name: string, state: Uint8Array): void {
    this.#states.set(name, this.#persist(state));
  }

  /** What the hub last saw. */
  get groupInfo(): Uint8Array {
    return this.#groupInfo;
  }

  leafOf(name: string): number {
    return this.mls.inspect(this.state(name)).ownLeaf;
  }

  /** `by` commits; everyone else in the room receives it, the removed ones leave, the new ones join. */
  async commit(by: string, add: readonly string[], remove: readonly string[]): Promise<void> {
    const devices = await Promise.all(add.map((name) => device(this.mls, name)));
    const invited = await Promise.all(devices.map((one) => this.mls.createKeyPackage(one)));
    const made = await this.mls.commit(this.state(by), {
      add: invited.map(({ keyPackage }) => keyPackage),
      remove: remove.map((name) => this.leafOf(name)),
    });
    const followed = await this.mls.followCommit(this.#groupInfo, made.commit, made.groupInfo);
    assert.equal(followed.sender.leaf, this.leafOf(by));
    assert.deepEqual(followed.added.map(({ uri }) => uri).sort(), add.map(uriOf).sort());
    assert.deepEqual(followed.removed.map(({ uri }) => uri).sort(), remove.map(uriOf).sort());
    this.#groupInfo = made.groupInfo;
    for (const name of this.names) {
      if (name === by) continue;
      const received = await this.mls.receive(this.state(name), made.commit);
      assert.ok(received.kind === "commit");
      assert.equal(received.removedUs, remove.includes(name));
      assert.equal(received.sender.leaf, this.leafOf(by));
      this.put(name, received.state);
    }
    this.put(by, made.state);
    for (const name of remove) this.#states.delete(name);
    for (const [index, name] of add.entries()) {
      const own = invited[index];
      assert.ok(own !== undefined && made.welcome !== null);
      this.put(name, await this.mls.join(made.welcome, own.keyPackage, own.secret));
    }
    for (const name of this.names) {
      const { epoch, members } = this.mls.inspect(this.state(name));
      assert.equal(epoch, followed.epoch);
      assert.deepEqual(members, followed.members);
    }
  }

  async add(by: string, names: readonly string[]): Promise<void> {
    await this.commit(by, names, []);
  }

  async remove(by: string, names: readonly string[]): Promise<void> {
    await this.commit(by, [], names);
  }

  async say(name: string, text: string): Promise<Uint8Array> {
    const { state, message } = await this.mls.protect(this.state(name), bytes(text), aad);
    this.put(name, state);
    return message;
  }

  async hear(name: string, message: Uint8Array): Promise<Extract<MlsReceived, { kind: "application" }>> {
    const received = await this.mls.receive(this.state(name), message);
    assert.ok(received.kind === "application");
    this.put(name, received.state);
    return received;
  }

  /** Everyone says something, and everyone else reads it as said by them. */
  async talk(): Promise<void> {
    for (const speaker of this.names) {
      const message = await this.say(speaker, `the kite of ${speaker} is blue`);
      for (const listener of this.names) {
        if (listener === speaker) continue;
        const heard = await this.hear(listener, message);
        assert.equal(text(heard.plaintext), `the kite of ${speaker} is blue`);
        assert.deepEqual(heard.authenticatedData, aad);
        assert.equal(heard.sender.uri, uriOf(speaker));
        assert.equal(heard.sender.leaf, this.leafOf(speaker));
      }
    }
  }
}

export const aad = Uint8Array.from({ length: 36 }, (_, index) => index);

/** A new device; `name` is `account` or `account/device`. */
export async function device(mls: MlsEngine, name: string): Promise<MlsDevice> {
  const id = new Uint8Array(16);
  id.set(bytes(name).subarray(0, 16));
  return { uri: uriOf(name), deviceId: id, ...(await mls.createDevice()) };
}

export function uriOf(name: string): string {
  return `mimi://hub.example/u/${name.split("/", 1)[0]}`;
}

export function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

export function text(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

export async function refuses(code: FrankingErrorCode, step: () => Promise<unknown>): Promise<void> {
  await assert.rejects(step, (error) => {
    assert.ok(error instanceof FrankingError, `a FrankingError, not ${String(error)}`);
    assert.equal(error.code, code, error.message);
    return true;
  });
}
