import { hexOf } from "@fairlead/franking";
import { type Context, deviceOf, sessionOf } from "../context.ts";

/** So many people can invite this device before it is seen again. */
const STOCK = 20;

/**
 * Gives the hub enough key packages to invite this device with. Their secrets are stored before the hub can hand them out.
 *
 * @param have how many the hub still has
 */
export async function stockKeyPackages(context: Context, have: number): Promise<void> {
  const { mls, crypto, model } = context;
  const { uri, deviceId, privateKey, publicKey } = deviceOf(context);
  const made: { keyPackage: Uint8Array; secret: Uint8Array }[] = [];
  for (let count = have; count < STOCK; count++)
    made.push(await mls.createKeyPackage({ uri, deviceId, privateKey, publicKey }));
  if (made.length === 0) return;
  const named = await Promise.all(
    made.map(async (one) => [hexOf(await crypto.sha256(one.keyPackage)), one] as const),
  );
  await model.change((work) => {
    for (const [key, one] of named) work.put("keyPackages", key, one);
  });
  await sessionOf(context).putKeyPackages(made.map(({ keyPackage }) => keyPackage));
}
