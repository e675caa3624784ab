import type { Report, Sender, Statement } from "@fairlead/report";
import type { CyberTiplineReport } from "../document/report.ts";
import type { ReportNumber } from "../document/scalars.ts";
import { REPORT } from "../schema/documents.ts";
import { leavesOf } from "./leaves.ts";
import { openLedger } from "./ledger.ts";
import type { Mapping } from "./mapping.ts";
import { remainingStatements } from "./remainder.ts";
import { type ReceivedFile, toEvidence } from "./to-evidence.ts";
import { addPolice, addReportClaims, toIncident } from "./to-incident.ts";
import { addPeople } from "./to-people.ts";

/** A finished report of the wire, and who handed it to us. */
export interface FiledReport {
  readonly document: CyberTiplineReport;
  /** The number that the report was given. */
  readonly number?: ReportNumber;
  /** Who gives numbers on this wire: the clearinghouse, or the station that serves the wire. */
  readonly issuer: string;
  readonly sender: Sender;
  /** In the order of their uploads. */
  readonly files: readonly ReceivedFile[];
}

export const REPORT_ROOT = "/report";

/** Of the 10 000 statements that a report may hold, some are kept free for the blocks of exact forms. */
const MOST_READABLE = 4000;

/** The person whose element is the nearest around a path. */
function ownerOf({ owners }: Mapping, path: string): Pick<Statement, "person"> {
  for (let at = path; at !== ""; at = at.slice(0, at.lastIndexOf("/"))) {
    const person = owners.get(at);
    if (person !== undefined) return { person };
  }
  return {};
}

/**
 * Makes the wire-independent report from a CyberTipline report.
 *
 * Nothing that was sent is lost: what the report has no place for becomes a statement with its path, and `fromReport` gives
 * back the very documents that came in. Nothing is added, either: a flag becomes a claim of the sender, and what was not sent
 * stays unknown.
 *
 * @param filed documents that fit the schema, as `decodeReport` and `decodeFileDetails` give them.
 */
export function toReport(filed: FiledReport): { readonly report: Report } {
  const { document, number, issuer, sender } = filed;
  const mapping: Mapping = {
    ledger: openLedger(leavesOf(REPORT, document, REPORT_ROOT)),
    sender,
    issuer,
    persons: [],
    claims: [],
    references: number === undefined ? [] : [{ kind: "this-report", issuer, value: number }],
    owners: new Map(),
    roles: new Map(),
  };
  const incident = toIncident(mapping, document);
  addReportClaims(mapping, document);
  addPolice(mapping, document);
  addPeople(mapping, document);
  const about = (path: string): Pick<Statement, "person"> => ownerOf(mapping, path);
  const statements: Statement[] = [
    ...remainingStatements(REPORT_ROOT, mapping.ledger.balance(), about, MOST_READABLE),
  ];
  const evidence = filed.files.map((file) => {
    const described = toEvidence(mapping, file, Math.max(0, MOST_READABLE - statements.length));
    statements.push(...described.statements);
    return described.evidence;
  });
  const { persons, claims, references } = mapping;
  return { report: { version: 1, sender, references, incident, persons, evidence, claims, statements } };
}
