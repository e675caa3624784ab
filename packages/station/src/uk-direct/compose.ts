import type { Claim, Report } from "@fairlead/report";
import {
  type Covering,
  directReportDuty,
  type Duty,
  type UkChoices,
  ukFromReport,
  type UkMaking,
} from "@fairlead/report/uk-direct";
import type { Kysely, Transaction } from "kysely";
import type { Principal } from "../access/index.ts";
import type { Station } from "../context.ts";
import { StationError } from "../errors.ts";
import type { Peer } from "../peers/index.ts";
import { claimOf, type Tables } from "../store/tables.ts";

/** What a person says at the form. */
export type FormChoices = Pick<
  UkChoices,
  | "priority"
  | "follows"
  | "links"
  | "declaration"
  | "reporter"
  | "howDetected"
  | "identityDocuments"
  | "notHeld"
>;

/** A report of this station as it would be made directly, and whether it is made so at all. */
export interface Composed extends UkMaking {
  duty: Duty;
  receivedAt: string;
}

/**
 * Makes the UK report of a report that this station holds, with the claims of its own people: they speak for the provider. A file that
 * is not in the vault is described, and nothing says that it was received.
 * @param number under which the provider sends it
 */
export async function composeUkReport(
  station: Station,
  tx: Kysely<Tables> | Transaction<Tables>,
  asked: { reportId: string; peer: Peer; number: string; by: Principal; choices: FormChoices },
): Promise<Composed> {
  const { reportId, peer, number, by, choices } = asked;
  const row = await tx
    .selectFrom("report")
    .select(["content", "received_at"])
    .where("id", "=", reportId)
    .executeTakeFirst();
  if (row === undefined)
    throw new StationError("not-found", "This station has no such report.", {
      remedy: "Go back to the queue.",
    });
  const { established } = accountAt(station, peer);
  const { id, name } = station.config.station;
  const own = row.content.sender.kind === "platform" ? row.content.sender : { id: id as string, name };
  const provider = { id: own.id, name: own.name };
  const report = await withClaims(tx, reportId, await withPresence(tx, reportId, row.content), provider.name);
  const making = ukFromReport(withFirst(report, peer, choices.follows), {
    madeAt: station.clock(),
    provider,
    established,
    reference: { issuer: name, value: number },
    by: { kind: "person", id: by.id, role: by.role },
    ...choices,
  });
  const covering = await coveringOf(tx, reportId, row.content);
  const { links } = making.document;
  return { ...making, duty: directReportDuty({ established, links, covering }), receivedAt: row.received_at };
}

/** As whom this station reports to a peer. @throws StationError `config.invalid` */
export function accountAt(station: Station, peer: Pick<Peer, "id">) {
  const account = station.config.peers.find(({ id }) => id === peer.id)?.ukDirect;
  if (account !== undefined) return account;
  throw new StationError(
    "config.invalid",
    `The configuration has no account for direct reports to ${peer.id}.`,
    {
      audience: "operator",
      remedy: "Give the peer `ukDirect` with username, passwordFile and established.",
    },
  );
}

/** The schedule asks for the agency's reference of an earlier report. */
function withFirst(report: Report, peer: Peer, follows: string | undefined): Report {
  if (follows === undefined) return report;
  const known = report.references.some(({ kind, value }) => kind === "prior-report" && value === follows);
  if (known) return report;
  return {
    ...report,
    references: [...report.references, { kind: "prior-report", issuer: peer.name, value: follows }],
  };
}

async function withPresence(tx: Kysely<Tables>, reportId: string, report: Report): Promise<Report> {
  const rows = await tx
    .selectFrom("evidence")
    .select("id")
    .where("report_id", "=", reportId)
    .where("object_name", "is not", null)
    .execute();
  const present = new Set(rows.map(({ id }) => id));
  const evidence = report.evidence.map((item) => {
    if (present.has(item.id)) return item;
    const { received: _received, ...described } = item;
    return described;
  });
  return { ...report, evidence };
}

async function withClaims(
  tx: Kysely<Tables>,
  reportId: string,
  report: Report,
  provider: string,
): Promise<Report> {
  const rows = await tx
    .selectFrom("claim")
    .selectAll()
    .where("report_id", "=", reportId)
    .where("made_by", "is not", null)
    .orderBy("position")
    .execute();
  const ours = rows.map((row): Claim => {
    const { about, states } = claimOf(row);
    return { about, states, source: { kind: "sender", name: provider } };
  });
  return { ...report, claims: [...report.claims, ...ours] };
}

/**
 * How else the same report has gone or is going: filed with a clearinghouse from here, or, by its sender's own words, by the sender
 * with a clearinghouse that this station knows.
 */
async function coveringOf(tx: Kysely<Tables>, reportId: string, report: Report): Promise<Covering[]> {
  const filed = await tx
    .selectFrom("referral")
    .innerJoin("peer", "peer.id", "referral.peer_id")
    .select(["peer.name", "referral.remote_reference"])
    .where("referral.report_id", "=", reportId)
    .where("peer.wire", "=", "cybertipline")
    // What was refused can still be corrected, and what was done elsewhere is done.
    .where("referral.stage", "<>", "lapsed")
    .execute();
  const known = await tx
    .selectFrom("peer")
    .select(["id", "name"])
    .where("wire", "=", "cybertipline")
    .execute();
  const issuers = new Set(known.flatMap(({ id, name }) => [plain(id), plain(name)]));
  const byOthers = report.references.filter(
    ({ issuer }) => issuers.has(plain(issuer)) || plain(issuer) === "ncmec",
  );
  return [
    ...filed.map((row) => ({ by: row.name, reference: row.remote_reference ?? undefined })),
    ...byOthers.map(({ issuer, value }) => ({ by: issuer, reference: value })),
  ].map((found) => ({ ...found, arrangement: "foreign-agency" as const }));
}

function plain(name: string): string {
  return name.normalize("NFKC").trim().toLowerCase();
}
