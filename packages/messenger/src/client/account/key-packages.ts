import { hexOf } from "@fairlead/franking";
import { type Context, deviceOf, sessionOf } from "../context.ts";

/** So many people can invite this device before it is seen again. */
const STOCK = 20;

/** A key package is good for 90 days (franking's MLS); a welcome that was made on the last of them may still be under way. */
const KEPT_MS = 120 * 86_400_000;

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
  const madeAt = context.clock.now();
  await model.change(async (work) => {
    for (const { key, value } of await work.list("keyPackages"))
      if (value.madeAt < madeAt - KEPT_MS) work.remove("keyPackages", key);
    for (const [key, one] of named) work.put("keyPackages", key, { ...one, madeAt });
  });
  await sessionOf(context).putKeyPackages(made.map(({ keyPackage }) => keyPackage));
}
