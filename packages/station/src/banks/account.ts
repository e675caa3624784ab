import type { FastifyRequest } from "fastify";
import type { Station } from "../context.ts";
import { StationError } from "../errors.ts";
import { senderOf } from "../intake/index.ts";
import type { BanksConfig } from "./config.ts";

export type BankAccount = BanksConfig["accounts"][number];

/**
 * The account that asks, with what it may do here.
 * @throws StationError `session.missing`; `permission.refused` for one that the configuration gives no part in the banks
 */
export async function bankAccountOf(station: Station, request: FastifyRequest): Promise<BankAccount> {
  const { username } = await senderOf(station, request);
  const account = station.config.banks.accounts.find((each) => each.username === username);
  if (account !== undefined) return account;
  throw new StationError("permission.refused", "This account has no part in the banks of hashes.", {
    remedy: "Ask this station's operator to name it under `banks.accounts`.",
  });
}

/** @throws StationError `permission.refused` */
export function mustMatch({ matches }: BankAccount): void {
  if (matches) return;
  throw new StationError("permission.refused", "This account may not ask whether a hash is known.", {
    remedy: "Ask this station's operator to set `matches` for it.",
  });
}

/** @throws StationError `permission.refused` */
export function mustCurate({ curates }: BankAccount, bank: string): void {
  if (curates.includes(bank)) return;
  throw new StationError("permission.refused", "This account may not change that bank.", {
    remedy: "Ask this station's operator to name the bank under the account's `curates`.",
  });
}
