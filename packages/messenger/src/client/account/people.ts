import { equalBytes, hexOf } from "@fairlead/franking";
import { type Context, handleOf, sessionOf } from "../context.ts";
import type { AccountView } from "../hub/api.ts";
import type { Work } from "../model/work.ts";
import type { PersonRecord } from "../store/records.ts";

/** What this device knows of somebody before it asked. */
export function strangerOf(uri: string): PersonRecord {
  const handle = handleOf(uri);
  return {
    uri,
    handle,
    name: handle,
    young: null,
    blocked: false,
    known: false,
    trusted: false,
    devices: new Map(),
  };
}

export async function changePerson(
  work: Work,
  uri: string,
  change: (person: PersonRecord) => Partial<PersonRecord>,
): Promise<void> {
  const person = (await work.get("people", uri)) ?? strangerOf(uri);
  work.put("people", uri, { ...person, ...change(person) });
}

/** Asks the hub's directory about somebody and keeps the answer; null if nobody has the handle. */
export async function lookUp(context: Context, handle: string): Promise<AccountView | null> {
  const account = await sessionOf(context).account(handle);
  if (account !== null)
    await context.model.change((work) =>
      changePerson(work, account.uri, (person) => fromDirectory(person, account)),
    );
  return account;
}

/** A key that was confirmed once stays: a directory that changes it under us is caught, not followed. */
function fromDirectory(person: PersonRecord, { name, young, devices }: AccountView): Partial<PersonRecord> {
  const known = new Map(person.devices);
  for (const { id, publicKey } of devices) if (!known.has(hexOf(id))) known.set(hexOf(id), publicKey);
  return { name, young: young ?? person.young, devices: known };
}

/** Whether the directory, as far as this device asked it, gives this device of theirs this key. */
export function isConfirmed(
  person: PersonRecord | undefined,
  device: { deviceId: Uint8Array; publicKey: Uint8Array },
): boolean {
  const key = person?.devices.get(hexOf(device.deviceId));
  return key !== undefined && equalBytes(key, device.publicKey);
}
