import type { Station } from "../context.ts";
import type { NOT_TOLD } from "../desk-api/contract.ts";
import type { ExchangeConfig } from "./config.ts";
import type { SaidEntry } from "./entry.ts";
import type { SignalKind } from "./signal.ts";

export type NotTold = (typeof NOT_TOLD)[number];

export function exchangeOf(config: Station["config"], bankId: string): ExchangeConfig | undefined {
  return config.banks.exchanges.find(({ bank }) => bank === bankId);
}

/** Why the source of a bank can be told nothing at all about its entries; `undefined`: it can. */
export function bankNotTold(config: Station["config"], bankId: string): NotTold | undefined {
  const exchange = exchangeOf(config, bankId);
  switch (exchange?.kind) {
    case undefined:
      return "nobody";
    case "directory":
      return "directory";
    case "stopncii":
      return exchange.feedbackKeyFile === undefined ? "no-key" : undefined;
    case "ncmec":
      return undefined;
  }
}

/**
 * Why its source can be told nothing about this hash of an entry; `undefined`: it can.
 * @param by who put in what the entry says now: a hash that did not come from the source must not go there
 */
export function entryNotTold(
  config: Station["config"],
  bankId: string,
  { said, gone, by }: { said: SaidEntry; gone: boolean; by: string },
  kind: SignalKind,
): NotTold | undefined {
  const whole = bankNotTold(config, bankId);
  if (whole !== undefined) return whole;
  if (gone) return "taken-back";
  if (by !== `exchange:${bankId}`) return "not-the-sources";
  if (exchangeOf(config, bankId)?.kind !== "ncmec") return undefined;
  if (sourcesOwnName(said) === undefined) return "not-the-sources";
  return kind === "sha256" ? "kind-unknown" : undefined;
}

/**
 * What NCMEC's protocol calls an entry of one of its members. An entry that was put into the bank in another way has no name over there,
 * and its own must not leave.
 */
export function sourcesOwnName({ key, member }: SaidEntry): { member: string; entry: string } | undefined {
  if (member === undefined || !key.startsWith(`${member.id}-`)) return undefined;
  const entry = key.slice(member.id.length + 1);
  return entry === "" ? undefined : { member: member.id, entry };
}
