import type { Claim } from "@fairlead/report";
import { sql, type Transaction } from "kysely";
import type { Station } from "../context.ts";
import type { Tables } from "../store/tables.ts";
import { claimsAbout, sourcesOf } from "./networks.ts";

/**
 * What this station's tables say of addresses that came with an answer. What a table has said already in this report is left out: one
 * table's word counts once.
 * @param now milliseconds since 1970
 */
export async function networkClaimsFor(
  station: Station,
  tx: Transaction<Tables>,
  reportId: string,
  addresses: readonly string[],
  now: number,
): Promise<Claim[]> {
  if (addresses.length === 0) return [];
  const { rows } = await sql<{ address: string; name: string }>`select about ->> 'address' as address,
    source ->> 'name' as name from claim
    where report_id = ${reportId}::uuid and about ->> 'kind' = 'ip' and source ->> 'kind' = 'list'`.execute(
    tx,
  );
  const known = new Set(rows.map(({ name, address }) => JSON.stringify([name, address])));
  const claims = claimsAbout(new Set(addresses), sourcesOf(station), new Date(now).toISOString());
  return claims.filter(
    ({ source, about }) =>
      !(
        source.kind === "list" &&
        about.kind === "ip" &&
        known.has(JSON.stringify([source.name, about.address]))
      ),
  );
}
