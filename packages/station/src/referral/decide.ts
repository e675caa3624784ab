import { sql } from "kysely";
import { insertLeaves, newLeaf } from "../audit/index.ts";
import type { Principal } from "../access/index.ts";
import type { Station } from "../context.ts";
import { StationError } from "../errors.ts";
import { jobCall } from "../jobs.ts";
import { findPeer, type Peer } from "../peers/index.ts";
import { newId } from "../store/index.ts";

export interface NewReferral {
  peer: string;
  agency?: string | undefined;
  reason: string;
}

/**
 * A person's decision to refer a report (law 7): the referral, its leaf and its job in one statement. Deciding the same twice is
 * one decision.
 * @throws StationError `peer.unknown`, `conflict` when the report is already on its way to another agency of that peer
 */
export async function decideReferral(
  station: Station,
  reportId: string,
  decision: NewReferral,
  by: Principal,
): Promise<string> {
  const now = station.clock();
  const peer = await findPeer(station.db.kysely, decision.peer);
  if (peer.wire === "uk-direct")
    throw new StationError(
      "request.invalid",
      `A report to ${peer.name} is made by the form for UK direct reports.`,
      {
        remedy: "Open the form from the report's page: the law asks for more than a reason.",
        problems: [{ path: "/peer", message: "takes UK direct reports only" }],
      },
    );
  const agency = decision.agency ?? null;
  if (agency !== null && !peer.agencies.includes(agency))
    throw new StationError("request.invalid", `${peer.name} takes no post for the agency ${agency}.`, {
      remedy: "Choose one of the destinations that the report's page offers.",
      problems: [{ path: "/agency", message: "is not an agency of this peer" }],
    });
  const id = newId(now);
  const leaf = newLeaf({
    kind: "referral.decided",
    at: now,
    actor: `person:${by.id}`,
    reportId,
    body: { referral: id, peer: peer.id, agency },
  });
  const inserted = await station.db.kysely
    .with("inserted", (db) =>
      db
        .insertInto("referral")
        .values({
          id,
          report_id: reportId,
          peer_id: peer.id,
          agency,
          reason: decision.reason,
          decided_by: by.id,
          decided_at: new Date(now).toISOString(),
          as_of: new Date(now).toISOString(),
          moved_at: new Date(now).toISOString(),
          journal: null,
          lease_owner: null,
          lease_until: null,
          next_attempt_at: new Date(now).toISOString(),
          remote_reference: null,
          receipt: null,
          delivered_at: null,
        })
        .onConflict((conflict) => conflict.columns(["report_id", "peer_id", "sequence"]).doNothing())
        .returning("id"),
    )
    .with("marked", (db) =>
      db
        .updateTable("report")
        .set({ status: "referred" })
        .where("id", "=", reportId)
        .where(sql<boolean>`exists (select from inserted)`),
    )
    .with("recorded", (db) => insertLeaves(db, [leaf], sql`exists (select from inserted)`))
    .selectFrom("inserted")
    .select([
      "id",
      jobCall("advance-referral", { referralId: id }, id).as("job"),
      (station.deconfliction.size === 0 ? sql`null` : jobCall("note-interests", { reportId }, reportId)).as(
        "interests",
      ),
    ])
    .executeTakeFirst();
  return inserted?.id ?? (await decidedBefore(station, reportId, peer, agency));
}

async function decidedBefore(
  station: Station,
  reportId: string,
  peer: Peer,
  agency: string | null,
): Promise<string> {
  const earlier = await station.db.kysely
    .selectFrom("referral")
    .select(["id", "agency"])
    .where("report_id", "=", reportId)
    .where("peer_id", "=", peer.id)
    .executeTakeFirstOrThrow();
  if (earlier.agency === agency) return earlier.id;
  throw new StationError(
    "conflict",
    `This report has been referred to ${peer.name} already, for another agency.`,
    {
      remedy: "Tell that agency directly, or refer to another peer.",
    },
  );
}
