import { agencyName, type KnownPeer } from "../assessment/index.ts";
import type { Station } from "../context.ts";
import {
  outcomeStatementSchema,
  type OutcomeStatement,
  type OutcomeView,
  type ReferralView,
} from "./contract.ts";
import type { OutcomeRow, ReferralRow } from "./report-page.ts";

/** Where the report was referred to, and how far each referral got. */
export function referralViews(
  station: Station,
  rows: readonly ReferralRow[],
  peers: readonly KnownPeer[],
): ReferralView[] {
  return rows.map((row) => ({
    id: row.id,
    peer: row.peer,
    peerName: row.peer_name,
    ...(row.agency === null ? {} : { agency: row.agency, agencyName: agencyName(station, row.agency) }),
    reason: row.reason,
    decidedBy: row.person_name,
    decidedAt: row.decided_at,
    state: row.state,
    attempts: row.attempts,
    ...(row.last_error === null ? {} : { lastError: row.last_error }),
    ...(row.next_attempt_at === null ? {} : { nextAttemptAt: row.next_attempt_at }),
    ...(row.delivered_at === null ? {} : { deliveredAt: row.delivered_at }),
    ...(row.remote_reference === null ? {} : { remoteReference: row.remote_reference }),
    ...abroadOf(station, peers.find(({ id }) => id === row.peer)?.countries ?? []),
  }));
}

/** A peer that takes in other countries' reports and not this station's own. */
function abroadOf(station: Station, countries: readonly string[]): Pick<ReferralView, "abroad"> {
  const { country: home } = station.config.station;
  return home === undefined || countries.length === 0 || countries.includes(home)
    ? {}
    : { abroad: [...countries] };
}

/** What came of the report, and whether each outcome has travelled back to whoever handed the report to us. */
export function outcomeViews(rows: readonly OutcomeRow[]): OutcomeView[] {
  return rows.map((row) => {
    const statement = outcomeStatementSchema.parse({ kind: row.kind, ...row.detail });
    return {
      id: row.id,
      statement,
      text: outcomeText(statement),
      recordedAt: row.recorded_at,
      by: row.person_name ?? row.origin.name,
      returned: row.state === null ? "nowhere" : row.state === "intended" ? "waiting" : row.state,
      ...(row.peer_name === null ? {} : { returnedTo: row.peer_name }),
      ...(row.last_error === null ? {} : { lastError: row.last_error }),
    };
  });
}

/** An outcome in plain English. */
export function outcomeText(statement: OutcomeStatement): string {
  switch (statement.kind) {
    case "arrest":
      return statement.arrests === 1 ? "1 arrest" : `${statement.arrests} arrests`;
    case "charge":
      return statement.charges === 1 ? "1 charge" : `${statement.charges} charges`;
    case "children-safeguarded":
      return statement.children === 1 ? "1 child safeguarded" : `${statement.children} children safeguarded`;
    case "no-further-action":
      return `No further action: ${statement.reason.replaceAll("-", " ")}`;
    case "useless":
      return `Could not be used: ${statement.reason.replaceAll("-", " ")}`;
    case "duplicate":
      return `Repeats report ${statement.of}`;
  }
}
