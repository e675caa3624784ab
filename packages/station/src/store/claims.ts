import type { Claim } from "@fairlead/report";
import { type QueryCreator, sql } from "kysely";
import { isoFromJson } from "./column-types.ts";
import { newId } from "./ids.ts";
import { claimOf, type Tables } from "./tables.ts";

/** The claims that were added to the report at hand, in their order, as a part of a statement over `report`: one value, a JSON list. */
export const CLAIMS_OF_REPORT = `select coalesce(json_agg(json_build_object(
    'about', claim.about, 'source', claim.source, 'states', claim.states, 'made_at', claim.made_at
  ) order by claim.position), '[]')
  from claim where claim.report_id = report.id`;

/** One entry of that list. */
export type ClaimJson = Parameters<typeof claimOf>[0];

export function claimsFromJson(list: readonly ClaimJson[]): Claim[] {
  return list.map((claim) => claimOf({ ...claim, made_at: isoFromJson(claim.made_at) }));
}

/** Since when a station knows claims, for those that say no time of their own, and from whom. */
interface Arrival {
  /** Milliseconds since 1970. */
  at: number;
  /** The peer that passed them on. */
  fromPeer?: string | undefined;
}

/** Adds claims to a report, in their order. A statement to be executed, or a part of a larger one. */
export function insertClaims(
  db: QueryCreator<Tables>,
  reportId: string,
  claims: readonly Claim[],
  { at, fromPeer }: Arrival,
) {
  return insertClaimsOf(
    db,
    claims.map((claim) => ({ reportId, claim, at, fromPeer })),
  );
}

/**
 * Adds claims to reports, in their order. Each column is one array: a value for each cell could be more than the 65535 that a
 * statement may have.
 */
export function insertClaimsOf(
  db: QueryCreator<Tables>,
  stated: ReadonlyArray<{ reportId: string; claim: Claim } & Arrival>,
) {
  return db
    .insertInto("claim")
    .columns(["report_id", "from_peer", "id", "about", "source", "states", "made_at"])
    .expression(
      sql`select claim.*
        from unnest(
          ${stated.map(({ reportId }) => reportId)}::uuid[],
          ${stated.map(({ fromPeer }) => fromPeer ?? null)}::text[],
          ${stated.map(({ at }) => newId(at))}::uuid[],
          ${stated.map(({ claim }) => JSON.stringify(claim.about))}::jsonb[],
          ${stated.map(({ claim }) => JSON.stringify(claim.source))}::jsonb[],
          ${stated.map(({ claim }) => JSON.stringify(claim.states))}::jsonb[],
          ${stated.map(({ claim, at }) => claim.madeAt ?? new Date(at).toISOString())}::timestamptz[]
        ) as claim`,
    );
}
