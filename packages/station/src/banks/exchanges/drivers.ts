import type { Station } from "../../context.ts";
import { readSecret } from "../../seed.ts";
import type { ExchangeConfig } from "../config.ts";
import type { ExchangeDriver } from "./driver.ts";
import { ncmecAfterFailure, ncmecDriver } from "./ncmec.ts";
import { stopNciiAfterFailure, stopNciiDriver } from "./stopncii.ts";

/** Who speaks with the source of a bank. @throws StationError `keys.missing` where a secret cannot be read */
export async function driverOf(
  { fetch, clock }: Pick<Station, "fetch" | "clock">,
  exchange: Exclude<ExchangeConfig, { kind: "directory" }>,
): Promise<ExchangeDriver> {
  switch (exchange.kind) {
    case "ncmec":
      return ncmecDriver({
        base: exchange.base,
        authorization: basic(exchange.username, await readSecret(exchange.passwordFile)),
        since: Date.parse(exchange.since),
        fetch,
        clock,
      });
    case "stopncii":
      return stopNciiDriver({
        base: exchange.base,
        subscriptionKey: await readSecret(exchange.subscriptionKeyFile),
        fetchKey: await readSecret(exchange.fetchKeyFile),
        fetch,
        clock,
      });
  }
}

/** Where to go on when a page could not be had: at the same place, or at less at once. @param attempts that have failed */
export function afterFailure(
  exchange: ExchangeConfig,
  checkpoint: object | null,
  attempts: number,
): object | null {
  switch (exchange.kind) {
    case "ncmec":
      return ncmecAfterFailure(checkpoint, attempts, Date.parse(exchange.since));
    case "stopncii":
      return stopNciiAfterFailure(checkpoint, attempts);
    case "directory":
      return checkpoint;
  }
}

export function basic(username: string, password: string): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
}
