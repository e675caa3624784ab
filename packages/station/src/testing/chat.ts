import { randomBytes } from "node:crypto";
import {
  base64urlOf,
  bytesOfBase64url,
  generateVerifierKey,
  LABELS,
  signWithLabel,
  tlsWriter,
} from "@fairlead/franking";
import type { FrankingAgent, MlsDevice, MlsEngine } from "@fairlead/franking/mls";
import { openNodeMls } from "@fairlead/franking/mls/node";
import { nodeCrypto } from "@fairlead/franking/node";
import { prepareStation, secretFile, startTestStation, type TestStation } from "./station.ts";
import type { AfterHook } from "../store/testing/database.ts";

export const DOMAIN = "hub.example";
export const text = base64urlOf;

export function bytesOf(value: string): Uint8Array {
  const bytes = bytesOfBase64url(value);
  if (bytes === null) throw new Error("the hub answers in base64url");
  return bytes;
}

/** A platform's station with a hub, and what its verifier has. */
export interface TestHub extends TestStation {
  verifier: { account: string; authorization: string; privateKey: Uint8Array; publicKey: Uint8Array };
  mls: MlsEngine;
  /** Starts it anew on the same database, folder and keys. The caller has stopped the one before. */
  again(): Promise<TestHub>;
}

export interface TestHubOptions {
  /** More of `chat` in the configuration. */
  chat?: Record<string, unknown>;
  config?: Record<string, unknown>;
  clock?: () => number;
}

export async function startTestHub(hook: AfterHook, options: TestHubOptions = {}): Promise<TestHub> {
  const secret = await secretFile(hook);
  const keys = await generateVerifierKey();
  const account = "verifier";
  const stationOptions = {
    id: "platform-one",
    profile: "platform" as const,
    ...(options.clock === undefined ? {} : { clock: options.clock }),
    config: {
      roles: ["intake", "hub"],
      senders: [
        { username: account, name: "Verifier", kind: "platform", passwordFile: secret.path, seals: true },
      ],
      chat: {
        domain: DOMAIN,
        verifier: { account, publicKey: text(keys.publicKey) },
        limits: { accountsPerHourAndAddress: 1000, messagesPerMinute: 100_000 },
        ...options.chat,
      },
      ...options.config,
    },
  };
  const prepared = await prepareStation(hook, stationOptions);
  const authorization = `Basic ${Buffer.from(`${account}:${secret.secret}`).toString("base64")}`;
  const mls = await openNodeMls();
  const around = async (station: TestStation): Promise<TestHub> => ({
    ...station,
    verifier: { account, authorization, ...keys },
    mls,
    again: async () =>
      around(
        await startTestStation(
          hook,
          {
            ...stationOptions,
            config: { ...stationOptions.config, databaseUrl: station.config.databaseUrl },
          },
          prepared,
        ),
      ),
  });
  return await around(await startTestStation(hook, stationOptions, prepared));
}

/** A device as its messenger has it. */
export interface TestDevice extends MlsDevice {
  handle: string;
  token: string;
  /** Secrets of its key packages, by the package. */
  secrets: Map<string, Uint8Array>;
  request(method: string, path: string, body?: unknown): Promise<Response>;
  /** The same for what must go well. */
  ask<T>(method: string, path: string, body?: unknown): Promise<T>;
}

let people = 0;

/** A handle that nobody has. */
export function newHandle(): string {
  people += 1;
  return `person-${people}`;
}

export interface NewPerson {
  handle?: string;
  name?: string;
  birthYear?: number | null;
}

/** A person's first device, with key packages at the hub. */
export async function register(hub: TestHub, person: NewPerson = {}): Promise<TestDevice> {
  const handle = person.handle ?? newHandle();
  const made = await makeDevice(hub, handle);
  const { token } = await answerOf<{ token: string }>(
    await post(hub, "/chat/accounts", {
      handle,
      name: person.name ?? `Person ${handle}`,
      birthYear: person.birthYear ?? null,
      device: made.registration,
    }),
  );
  return await signIn(hub, handle, made.device, token);
}

/** Another device of the same account. */
export async function addDevice(hub: TestHub, to: TestDevice): Promise<TestDevice> {
  const { code } = await to.ask<{ code: string }>("POST", "/chat/device-codes");
  const made = await makeDevice(hub, to.handle);
  const { token } = await answerOf<{ token: string }>(
    await post(hub, "/chat/devices", { code, device: made.registration }),
  );
  return await signIn(hub, to.handle, made.device, token);
}

/** A device's keys, and how it asks to be let in. */
export async function makeDevice(hub: TestHub, handle: string) {
  const keys = await hub.mls.createDevice();
  const deviceId = new Uint8Array(randomBytes(16));
  const device: MlsDevice = { uri: `mimi://${DOMAIN}/u/${handle}`, deviceId, ...keys };
  const proof = await signWithLabel(
    nodeCrypto,
    keys.privateKey,
    LABELS.device,
    tlsWriter().text(DOMAIN).text(handle).vector(deviceId).bytes(),
  );
  const registration = {
    id: text(deviceId),
    name: "Telephone",
    publicKey: text(keys.publicKey),
    proof: text(proof),
  };
  return { device, registration };
}

async function signIn(hub: TestHub, handle: string, device: MlsDevice, token: string): Promise<TestDevice> {
  const request = (method: string, path: string, body?: unknown) =>
    fetch(`${hub.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const signedIn: TestDevice = {
    ...device,
    handle,
    token,
    secrets: new Map(),
    request,
    ask: async <T>(method: string, path: string, body?: unknown) =>
      await answerOf<T>(await request(method, path, body)),
  };
  await leaveKeyPackages(hub, signedIn, 3);
  return signedIn;
}

/** Makes key packages and gives them to the hub. */
export async function leaveKeyPackages(hub: TestHub, device: TestDevice, count: number): Promise<void> {
  const keyPackages = [];
  for (let n = 0; n < count; n += 1) {
    const { keyPackage, secret } = await hub.mls.createKeyPackage(device);
    device.secrets.set(text(keyPackage), secret);
    keyPackages.push(text(keyPackage));
  }
  await device.ask("PUT", "/chat/key-packages", { keyPackages });
}

/** The franking agent that the hub wants in a group's context. */
export async function agentOf(hub: TestHub): Promise<FrankingAgent> {
  const about = await answerOf<{ frankingKeys: Array<{ publicKey: string }> }>(
    await fetch(`${hub.url}/chat/about`),
  );
  return { publicKey: bytesOf(about.frankingKeys[0]?.publicKey ?? ""), domain: DOMAIN };
}

export async function post(hub: TestHub, path: string, body: unknown): Promise<Response> {
  return await fetch(`${hub.url}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
}

export async function answerOf<T>(response: Response): Promise<T> {
  const body = await response.text();
  if (!response.ok) throw new Error(`the hub answered ${response.status}: ${body}`);
  return (body === "" ? undefined : JSON.parse(body)) as T;
}
