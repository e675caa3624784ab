import type { Claim } from "@fairlead/report";
import { sql, type Transaction } from "kysely";
import type { Station } from "../context.ts";
import type { Tables } from "../store/tables.ts";
import { claimsAbout } from "./networks.ts";

/**
 * What this station's table says of addresses that came with an answer. Those that it has spoken of already in this report are left
 * out: one table's word counts once.
 * @param now milliseconds since 1970
 */
export async function networkClaimsFor(
  { config: { networks } }: Station,
  tx: Transaction<Tables>,
  reportId: string,
  addresses: readonly string[],
  now: number,
): Promise<Claim[]> {
  if (addresses.length === 0) return [];
  const { rows } = await sql<{ address: string | null }>`select about ->> 'address' as address from claim
    where report_id = ${reportId}::uuid and about ->> 'kind' = 'ip' and source ->> 'name' = ${networks.name}`.execute(
    tx,
  );
  const known = new Set(rows.map(({ address }) => address));
  const fresh = new Set(addresses.filter((address) => !known.has(address)));
  return claimsAbout(fresh, networks, new Date(now).toISOString());
}
