import {
  answerFrankAudit,
  hexOf,
  LABELS,
  openHubKeys,
  tlsWriter,
  verifyWithLabel,
  type FrankingCrypto,
} from "@fairlead/franking";
import type { MlsEngine } from "@fairlead/franking/mls";
import type { Clock } from "../clock.ts";
import { accountUri, handleOf } from "../context.ts";
import type { About, HubApi, HubSession, NewDevice, SignIn } from "../hub/api.ts";
import { roomCalls } from "./hub-rooms.ts";
import {
  accountOf,
  devicesOf,
  mustBeSignedIn,
  refuse,
  tell,
  type TestDevice,
  type TestHubState,
} from "./hub-state.ts";

/** A hub in memory that marks and chains messages with franking's own functions, for tests that need many. */
export interface TestHub {
  readonly api: HubApi;
  readonly state: TestHubState;
  readonly about: About;
}

export async function makeTestHub(ports: {
  crypto: FrankingCrypto;
  mls: MlsEngine;
  clock: Clock;
  verifierKey: Uint8Array;
}): Promise<TestHub> {
  const { crypto, mls, clock, verifierKey } = ports;
  const domain = "hub.example";
  const signatureKey = new Uint8Array(32).fill(7);
  const keys = openHubKeys(crypto, new Uint8Array(32).fill(0x42), signatureKey);
  const state: TestHubState = {
    domain,
    crypto,
    mls,
    clock,
    keys,
    markKeys: keys,
    hubPublicKey: await crypto.publicKeyOf(signatureKey),
    accounts: new Map(),
    devices: new Map(),
    rooms: new Map(),
    codes: new Map(),
    blobs: new Map(),
    reports: [],
    cursor: 0,
  };
  const about: About = {
    domain,
    name: "Test hub",
    serverTime: clock.now(),
    frankingKeys: [{ suite: 1, publicKey: state.hubPublicKey, notBefore: 0n, notAfter: null }],
    verifierKey,
    limits: { blobBytes: 1024 * 1024 },
    retentionDays: 30,
    help: [],
  };
  return {
    state,
    about,
    api: {
      about: async () => about,
      async createAccount({ handle, name, birthYear, device }) {
        await mustOwnKey(state, handle, device);
        const known = state.devices.get(hexOf(device.id));
        if (state.accounts.has(handle) && known?.handle !== handle) refuse("chat.handle-taken");
        const young = birthYear !== null && new Date(clock.now()).getUTCFullYear() - birthYear < 18;
        if (known === undefined)
          state.accounts.set(handle, {
            handle,
            uri: accountUri(domain, handle),
            name,
            young,
            blocks: new Set(),
            connected: new Set(),
            askedBy: new Map(),
            safety: { actions: [], requestsADay: 2, appeal: null, notices: [] },
            backup: null,
          });
        return letIn(state, handle, device);
      },
      async addDevice(code, device) {
        const handle = state.codes.get(code) ?? refuse("chat.code-invalid");
        await mustOwnKey(state, handle, device);
        state.codes.delete(code);
        const others = devicesOf(state, handle);
        const signIn = letIn(state, handle, device);
        const notice = { code: "device-added", deviceId: device.id, uri: null, at: clock.now() };
        for (const one of others) tell(state, one, { kind: "notice", ...notice });
        return signIn;
      },
      signedIn({ token }) {
        const device = [...state.devices.values()].find((one) => one.token === token) ?? refuse("no-device");
        return guarded(device, {
          ...accountCalls(state, device),
          ...roomCalls(state, device),
          ...otherCalls(state, device),
        });
      },
    },
  };
}

/** Every call of a device that was removed is turned away, as its sign-in is. */
function guarded(device: TestDevice, session: HubSession): HubSession {
  return new Proxy(session, {
    get(target, name, receiver) {
      const call: unknown = Reflect.get(target, name, receiver);
      if (typeof call !== "function") return call;
      return async (...args: unknown[]): Promise<unknown> => {
        mustBeSignedIn(device);
        return await (call as (...all: unknown[]) => Promise<unknown>)(...args);
      };
    },
  });
}

async function mustOwnKey(state: TestHubState, handle: string, device: NewDevice): Promise<void> {
  const proven = tlsWriter().text(state.domain).text(handle).vector(device.id).bytes();
  const isOwn = await verifyWithLabel(state.crypto, device.publicKey, LABELS.device, proven, device.proof);
  if (!isOwn) refuse("chat.proof-invalid");
}

function letIn(state: TestHubState, handle: string, { id, name, publicKey }: NewDevice): SignIn {
  const account = accountOf(state, handle);
  const token = `token-${hexOf(id)}`;
  if (!state.devices.has(hexOf(id)))
    state.devices.set(hexOf(id), {
      handle,
      id,
      name,
      publicKey,
      token,
      validFrom: state.clock.now(),
      revokedAt: null,
      keyPackages: [],
      inbox: [],
      acked: state.cursor,
      waiting: new Set(),
    });
  return { uri: account.uri, token, young: account.young };
}

function accountCalls(state: TestHubState, device: TestDevice) {
  const own = () => accountOf(state, device.handle);
  return {
    async me() {
      const rooms = [...state.rooms.values()].filter(({ members }) =>
        members.some(({ deviceId }) => hexOf(deviceId) === hexOf(device.id)),
      );
      return {
        name: own().name,
        young: own().young,
        devices: [...state.devices.values()]
          .filter(({ handle }) => handle === device.handle)
          .map((one) => ({ ...one, keyPackages: one.keyPackages.length })),
        rooms: rooms.map(({ id, epoch, seq, members }) => ({ roomId: id, epoch, seq, members })),
        blocks: [...own().blocks].map((handle) => accountUri(state.domain, handle)),
      };
    },
    async makeDeviceCode() {
      const code = hexOf(state.crypto.random(6));
      state.codes.set(code, device.handle);
      return { code, expiresAt: state.clock.now() + 600_000 };
    },
    async revokeDevice(deviceId) {
      const other = state.devices.get(hexOf(deviceId));
      if (other?.handle !== device.handle) return refuse("not-found");
      other.revokedAt = state.clock.now();
      for (const ring of other.waiting) ring();
      const member = { uri: own().uri, deviceId };
      for (const room of state.rooms.values())
        if (room.members.some((one) => hexOf(one.deviceId) === hexOf(deviceId)))
          for (const one of room.members) {
            const told = state.devices.get(hexOf(one.deviceId));
            const leave = { roomId: room.id, member, why: "revoked", at: state.clock.now() } as const;
            if (told !== undefined) tell(state, told, { kind: "leave", ...leave });
          }
    },
    async account(handle) {
      const account = state.accounts.get(handle);
      if (account === undefined) return null;
      const { uri, name, young } = account;
      const devices = [...state.devices.values()].filter((one) => one.handle === handle);
      return { uri, name, young: null, askFirst: young, devices };
    },
    async putKeyPackages(keyPackages) {
      device.keyPackages.push(...keyPackages);
    },
    async takeKeyPackages(uri) {
      const account = accountOf(state, handleOf(uri));
      if (account.blocks.has(device.handle)) refuse("chat.refused");
      const isOwn = account.handle === device.handle;
      if (account.young && !isOwn && !account.connected.has(device.handle)) refuse("chat.ask-first");
      own().connected.add(account.handle);
      const devices = devicesOf(state, account.handle).filter((one) => one !== device);
      const taken = devices.map((one) => one.keyPackages.shift());
      return {
        keyPackages: taken.filter((one) => one !== undefined),
        missing: taken.filter((one) => one === undefined).length,
      };
    },
    async ask(uri) {
      const account = accountOf(state, handleOf(uri));
      if (account.connected.has(device.handle)) return "accepted";
      account.askedBy.set(device.handle, state.clock.now());
      const notice = { code: "request", uri: own().uri, deviceId: null, at: state.clock.now() };
      for (const one of devicesOf(state, account.handle)) tell(state, one, { kind: "notice", ...notice });
      return "pending";
    },
    async asks() {
      const received = [...own().askedBy].map(([handle, at]) => {
        const { uri, name } = accountOf(state, handle);
        return { uri, name, at };
      });
      const asked = [...state.accounts.values()].filter(
        (one) => one.young && one.connected.has(device.handle),
      );
      return { received, sent: asked.map(({ uri }) => ({ uri, accepted: true })) };
    },
    async answerAsk(handle, accept) {
      own().askedBy.delete(handle);
      if (accept) own().connected.add(handle);
      const code = accept ? "request-accepted" : "request-refused";
      const notice = { code, uri: own().uri, deviceId: null, at: state.clock.now() };
      for (const one of devicesOf(state, handle)) tell(state, one, { kind: "notice", ...notice });
    },
  } satisfies Partial<HubSession>;
}

function otherCalls(state: TestHubState, device: TestDevice) {
  const own = () => accountOf(state, device.handle);
  return {
    async uploadBlob(ciphertext) {
      const id = hexOf(state.crypto.random(16));
      state.blobs.set(id, ciphertext);
      return { id, url: `https://${state.domain}/chat/blobs/${id}` };
    },
    downloadBlob: async (id) => state.blobs.get(id) ?? null,
    async putBackup(box) {
      own().backup = box;
    },
    getBackup: async () => own().backup,
    safety: async () => own().safety,
    async appeal() {
      if (own().safety.actions.length === 0) refuse("conflict");
      own().safety = { ...own().safety, appeal: { madeAt: state.clock.now(), decidedAt: null } };
    },
    async sayFine(handle) {
      const notices = own().safety.notices.filter(({ uri }) => handleOf(uri) !== handle);
      own().safety = { ...own().safety, notices };
    },
    async block(uri) {
      own().blocks.add(handleOf(uri));
      const notices = own().safety.notices.filter((notice) => notice.uri !== uri);
      own().safety = { ...own().safety, notices };
    },
    async unblock(handle) {
      own().blocks.delete(handle);
    },
    auditFrank: async ({ tag, frank, context }) =>
      await answerFrankAudit(state.crypto, state.keys, {
        tag,
        frank,
        context: { ...context, acceptedAt: BigInt(context.acceptedAt) },
      }),
    async sendReport({ reportId, sealed, holds }) {
      const known = state.reports.find((one) => one.reportId === reportId);
      if (known === undefined) {
        const steps = [{ at: state.clock.now(), what: "received" }];
        state.reports.push({ reportId, sealed, holds, reporter: own().uri, state: "received", steps });
      }
      return { receipt: `receipt of ${reportId}` };
    },
    reports: async () => state.reports.filter(({ reporter }) => reporter === own().uri),
  } satisfies Partial<HubSession>;
}
