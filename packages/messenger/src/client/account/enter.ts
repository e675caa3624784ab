import { LABELS, signWithLabel, tlsWriter } from "@fairlead/franking";
import { accountUri, type Context } from "../context.ts";
import { MessengerError } from "../error.ts";
import type { About, NewDevice, SignIn } from "../hub/api.ts";
import { isRefusal } from "../room/commit.ts";
import type { DeviceRecord, PendingDevice } from "../store/records.ts";

const DEVICE_ID_BYTES = 16;
const SEALING_KEY_BYTES = 32;
const HANDLE = /^[a-z0-9][a-z0-9-]{0,30}[a-z0-9]$/;

/**
 * Makes an account with this device as its first. The device's key is stored before the hub hears of it: if the answer is lost, the
 * same device asks again and is known.
 */
export async function register(
  context: Context,
  person: { handle: string; name: string; birthYear: number | null; deviceName: string },
): Promise<void> {
  const { handle, name, birthYear, deviceName } = person;
  if (!HANDLE.test(handle))
    throw new MessengerError(
      "account.handle-invalid",
      "A handle is 2 to 32 lower-case letters, digits and hyphens.",
    );
  const about = await enterable(context);
  const { pending, device } = await newDevice(context, about, handle, deviceName);
  const signIn = await asked(
    () => context.hub.createAccount({ handle, name: name.trim(), birthYear, device }),
    "account.handle-taken",
  );
  await enter(context, { about, pending, signIn, name: name.trim() });
}

/** @param code as `makeLinkCode` showed it: the handle, a slash and the hub's code */
export async function linkThisDevice(context: Context, code: string, deviceName: string): Promise<void> {
  const [handle = "", secret = "", ...more] = code.trim().split("/");
  if (!HANDLE.test(handle) || secret === "" || more.length > 0)
    throw new MessengerError("account.code-invalid", "This is not a code that another device showed.");
  const about = await enterable(context);
  const { pending, device } = await newDevice(context, about, handle, deviceName);
  const signIn = await asked(() => context.hub.addDevice(secret, device), "account.code-invalid");
  await enter(context, { about, pending, signIn, name: handle });
}

async function enterable({ hub, model }: Context): Promise<About> {
  if (model.all("device").has("self"))
    throw new MessengerError("account.exists", "This device belongs to an account already.");
  return await hub.about();
}

async function newDevice(
  context: Context,
  { domain }: About,
  handle: string,
  deviceName: string,
): Promise<{ pending: PendingDevice; device: NewDevice }> {
  const { model, mls, crypto } = context;
  const known = model.fact("pending");
  const pending: PendingDevice =
    known?.handle === handle
      ? { ...known, deviceName: deviceName.trim() }
      : {
          handle,
          deviceName: deviceName.trim(),
          deviceId: crypto.random(DEVICE_ID_BYTES),
          ...(await mls.createDevice()),
        };
  await model.change((work) => work.put("facts", "pending", pending));
  const { deviceId, publicKey, privateKey } = pending;
  const proven = tlsWriter().text(domain).text(handle).vector(deviceId).bytes();
  return {
    pending,
    device: {
      id: deviceId,
      name: pending.deviceName,
      publicKey,
      proof: await signWithLabel(crypto, privateKey, LABELS.device, proven),
    },
  };
}

async function asked<T>(
  ask: () => Promise<T>,
  refusal: "account.handle-taken" | "account.code-invalid",
): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (!isRefusal(error)) throw error;
    const detail = error instanceof MessengerError ? error.detail : null;
    if (detail === "chat.registration-closed")
      throw new MessengerError("account.registration-closed", "The hub takes no new accounts.", {
        cause: error,
      });
    // The hub's other refusals are about what this program sends, not about what the person chose.
    if (detail === "chat.handle-taken" || refusal === "account.code-invalid")
      throw new MessengerError(refusal, "The hub refused this handle or code.", { cause: error, detail });
    throw error;
  }
}

async function enter(
  { model, crypto, clock }: Context,
  entry: { about: About; pending: PendingDevice; signIn: SignIn; name: string },
): Promise<void> {
  const { about, pending, signIn, name } = entry;
  const { handle, deviceId, deviceName, privateKey, publicKey } = pending;
  // Everything that this device will ever say is under this name; a hub that gives another one is not asked further.
  if (signIn.uri !== accountUri(about.domain, handle))
    throw new MessengerError("hub.broken", "The hub calls this account by another name.");
  const now = clock.now();
  const device: DeviceRecord = {
    domain: about.domain,
    uri: signIn.uri,
    handle,
    name,
    young: signIn.young,
    deviceId,
    deviceName,
    privateKey,
    publicKey,
    token: signIn.token,
    devices: [{ id: deviceId, name: deviceName, since: now, isReady: false }],
    createdAt: now,
    removed: false,
  };
  await model.change((work) => {
    work.put("device", "self", device);
    work.put("facts", "about", about);
    work.put("facts", "settings", { blurPictures: signIn.young, safetyNotices: signIn.young });
    work.put("facts", "sealing", { key: crypto.random(SEALING_KEY_BYTES) });
    work.remove("facts", "pending");
  });
}
