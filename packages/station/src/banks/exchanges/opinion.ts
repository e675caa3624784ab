import {
  type FeedbackReason,
  FINGERPRINT_TYPES,
  readFeedbackReasons,
  writeFeedback,
} from "@fairlead/cybertipline";
import type { Station } from "../../context.ts";
import { StationError } from "../../errors.ts";
import { readSecret } from "../../seed.ts";
import type { ExchangeConfig } from "../config.ts";
import type { SaidEntry } from "../entry.ts";
import type { SignalKind } from "../signal.ts";
import { sourcesOwnName } from "../told.ts";
import { ask, unreadable } from "./bounded.ts";
import { basic } from "./drivers.ts";

/** What a source is told about one hash of one of its entries. */
export interface Opinion {
  said: SaidEntry;
  kind: SignalKind;
  value: string;
  opinion: "affirmative" | "negative";
  reasons: readonly string[];
}

/**
 * Tells a source, and is told that it has been taken.
 * @throws StationError `peer.unreachable` (it may or may not have arrived), `peer.refused`, `peer.refused-for-good`
 */
export async function sendOpinion(
  { fetch }: Pick<Station, "fetch">,
  exchange: ExchangeConfig,
  said: Opinion,
): Promise<void> {
  switch (exchange.kind) {
    case "ncmec":
      await toNcmec(fetch, exchange, said);
      return;
    case "stopncii":
      await toStopNcii(fetch, exchange, said);
      return;
    case "directory":
      throw refusedForGood("A directory takes nothing back.");
  }
}

async function toNcmec(
  fetch: typeof globalThis.fetch,
  { base, username, passwordFile }: Extract<ExchangeConfig, { kind: "ncmec" }>,
  { said, kind, opinion, reasons }: Opinion,
): Promise<void> {
  const name = sourcesOwnName(said);
  if (name === undefined) throw refusedForGood("The entry has no name at this source.");
  const path = [name.member, name.entry, typeIn(kind), "feedback"].map(encodeURIComponent);
  await ask({
    fetch,
    method: "PUT",
    url: `${base}/v2/entries/${path.join("/")}`,
    headers: {
      authorization: basic(username, await readSecret(passwordFile)),
      "content-type": "application/xml; charset=utf-8",
    },
    body: writeFeedback(opinion === "affirmative" ? { opinion } : { opinion, reasons }),
  });
}

async function toStopNcii(
  fetch: typeof globalThis.fetch,
  { base, subscriptionKeyFile, feedbackKeyFile }: Extract<ExchangeConfig, { kind: "stopncii" }>,
  { value, opinion, reasons }: Opinion,
): Promise<void> {
  if (feedbackKeyFile === undefined)
    throw refusedForGood("There is no key for what is said back to this source.");
  const feedbackValue = opinion === "affirmative" ? "Blocked" : "NotBlocked";
  await ask({
    fetch,
    method: "POST",
    url: `${base}/SubmitFeedback`,
    headers: {
      "content-type": "application/json",
      "x-functions-key": await readSecret(feedbackKeyFile),
      "Ocp-Apim-Subscription-Key": await readSecret(subscriptionKeyFile),
    },
    body: JSON.stringify({ count: 1, hashFeedbacks: [{ hashValue: value, feedbackValue, tags: reasons }] }),
  });
}

/**
 * The reasons that a source lists for disagreeing about hashes of a kind; none where it asks for none.
 * @throws StationError `peer.unreachable`, `peer.refused`, `peer.answer-invalid`
 */
export async function reasonsOf(
  { fetch }: Pick<Station, "fetch">,
  exchange: ExchangeConfig,
  kind: SignalKind,
): Promise<readonly FeedbackReason[]> {
  if (exchange.kind !== "ncmec") return [];
  const bytes = await ask({
    fetch,
    method: "GET",
    url: `${exchange.base}/v2/feedback/${typeIn(kind)}/reasons`,
    headers: { authorization: basic(exchange.username, await readSecret(exchange.passwordFile)) },
    timeoutMs: 10_000,
  });
  const read = readFeedbackReasons(bytes);
  return read.ok ? read.document : unreadable(`${read.problem.path} ${read.problem.message}`);
}

function typeIn(kind: SignalKind): string {
  if (kind === "sha256") throw refusedForGood("This source knows no SHA-256.");
  return FINGERPRINT_TYPES[kind];
}

function refusedForGood(message: string): StationError {
  return new StationError("peer.refused-for-good", message, { audience: "reviewer" });
}
