import { concatBytes } from "@fairlead/franking";
import { type Context, deviceOf } from "../context.ts";
import type { Work } from "../model/work.ts";
import { dueKey, linesOf, messageKey } from "../store/keys.ts";
import type { MessageRecord, Opening } from "../store/records.ts";

const NONCE_BYTES = 12;

/** e2ee.md 7.4, rule R4: how long a message that disappeared can still be reported from this device. */
export function reportableHours(young: boolean): number {
  return young ? 7 * 24 : 24;
}

/** Starts a disappearing message's clock, once. */
export async function startClock(work: Work, key: string, line: MessageRecord, now: number): Promise<void> {
  if (line.expiry === null || line.expiry.startedAt !== null || line.opening.state !== "open") return;
  work.put("lines", key, { ...line, expiry: { ...line.expiry, startedAt: now } });
  work.put("due", dueKey(now + line.expiry.seconds * 1000, key), { line: key, what: "disappear" });
}

/**
 * Closes the openings of a message and of everything that changed it: nothing shows them any more, and only a report opens them
 * until their time is up. Deletions keep theirs: they say nothing.
 */
export async function closeOpenings(
  context: Context,
  work: Work,
  target: MessageRecord,
  why: "disappeared" | "deleted",
): Promise<void> {
  const until = context.clock.now() + reportableHours(deviceOf(context).young) * 3_600_000;
  const { from, to } = linesOf(target.roomId, target.seq);
  for (const { key, value } of await work.list("lines", { from, to })) {
    if (value.kind !== "message" || value.opening.state !== "open") continue;
    const isIt = value.messageId === target.messageId;
    if (!isIt && (value.about !== target.messageId || value.senderUri !== target.senderUri)) continue;
    const box = await seal(context, key, value.opening.content);
    work.put("lines", key, { ...value, opening: { state: "sealed", box, until, why } });
    work.put("due", dueKey(until, key), { line: key, what: "forget" });
  }
}

/** The content of a message, also of one that disappeared; null once it is gone. For reports, and for nothing else. */
export async function openOpening(
  { model, crypto }: Pick<Context, "model" | "crypto">,
  record: MessageRecord,
): Promise<Uint8Array | null> {
  const { opening } = record;
  if (opening.state === "open") return opening.content;
  const key = model.fact("sealing")?.key;
  if (opening.state === "gone" || key === undefined) return null;
  const { box } = opening;
  const aad = aadOf(messageKey(record.roomId, record.seq));
  return await crypto.open(key, box.subarray(0, NONCE_BYTES), aad, box.subarray(NONCE_BYTES));
}

/** A message whose reporting time is up too. */
export function forgotten({ opening }: MessageRecord): Opening {
  return { state: "gone", why: opening.state === "open" ? "disappeared" : opening.why };
}

async function seal({ model, crypto }: Context, key: string, content: Uint8Array): Promise<Uint8Array> {
  const sealing = model.fact("sealing");
  // Made with the account; without one nothing could ever have been received.
  if (sealing === undefined) throw new Error("the device has no key for sealed openings");
  const nonce = crypto.random(NONCE_BYTES);
  return concatBytes(nonce, await crypto.seal(sealing.key, nonce, aadOf(key), content));
}

function aadOf(key: string): Uint8Array {
  return new TextEncoder().encode(key);
}
