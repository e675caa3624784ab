import { setTimeout as sleep } from "node:timers/promises";
import type { AfterHook } from "../../../station/src/store/testing/database.ts";
import { bankOf, type MediaPlatform, startMediaPlatform } from "../../../station/src/testing/media.ts";
import type { ListEntry } from "../../src/media-stream/bank-list.ts";

/** How a platform's station looks: by the pixels, by coefficients, by the probes of deep hashing. */
export const LOOKS = {
  plain: {},
  quick: { quick: true },
  deep: { deep: true },
} as const;
export type Look = keyof typeof LOOKS;

/** A running station of a platform with this bank in its memory. */
export async function platformWith(
  hook: AfterHook,
  look: Look,
  entries: readonly ListEntry[],
): Promise<MediaPlatform> {
  const at = await startMediaPlatform(hook, { roles: ["intake"], media: LOOKS[look] });
  await bankOf(at, "known", entries as Parameters<typeof bankOf>[2], {
    trust: "vetted-graded",
    semantics: "pdq/full",
  });
  const last = entries.at(-1)?.signals[0];
  if (last === undefined) throw new Error("a bank without an entry is none");
  for (let tries = 0; !(await isKnown(at, last)); tries += 1) {
    if (tries > 600) throw new Error("the station has not read its bank");
    await sleep(100);
  }
  return at;
}

async function isKnown(at: MediaPlatform, signal: { kind: string; value: string }): Promise<boolean> {
  const response = await fetch(`${at.url}/door/media/hashes`, {
    method: "POST",
    headers: { authorization: at.authorization, "content-type": "application/json" },
    body: JSON.stringify({ signals: [{ kind: signal.kind, value: signal.value }] }),
  });
  const said = (await response.json()) as { matches?: unknown[] };
  return (said.matches ?? []).length > 0;
}
