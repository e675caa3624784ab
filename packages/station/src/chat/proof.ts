import { LABELS, tlsWriter, verifyWithLabel } from "@fairlead/franking";
import { StationError } from "../errors.ts";
import type { NewDevice } from "./contract.ts";
import type { Hub } from "./hub.ts";

/** What a device signs to show that its key is its own and that it wants into this account (label `CSFDevice`). */
export function deviceProof(domain: string, handle: string, deviceId: Uint8Array): Uint8Array {
  return tlsWriter().text(domain).text(handle).vector(deviceId).bytes();
}

/** @throws StationError `chat.proof-invalid` */
export async function mustOwnItsKey(hub: Hub, handle: string, device: NewDevice): Promise<void> {
  const content = deviceProof(hub.config.domain, handle, device.id);
  if (await verifyWithLabel(hub.crypto, device.publicKey, LABELS.device, content, device.proof)) return;
  throw new StationError("chat.proof-invalid", "The device's proof is not a signature by its key.", {
    remedy: "Sign the hub's domain, the account's handle and the device's id with the device's own key.",
  });
}
