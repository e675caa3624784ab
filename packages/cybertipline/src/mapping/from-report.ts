import type { Evidence, Person, Reference, Report, Statement } from "@fairlead/report";
import { encodeDocument } from "../codec/encode.ts";
import type { CyberTiplineReport } from "../document/report.ts";
import { CyberTiplineError } from "../error.ts";
import { FILE_DETAILS, REPORT } from "../schema/documents.ts";
import type { ElementDeclaration } from "../schema/model.ts";
import { kindOfUpload } from "./bundle.ts";
import { type FileDescription, type FileToSend, writeFile } from "./from-evidence.ts";
import { writeInternetDetails, writePolice, writeSummary } from "./from-incident.ts";
import { writeContact, writeRecipient, writeReported, writeReporter, writeVictim } from "./from-people.ts";
import { type Drafts, type PersonStation, placeTexts } from "./from-statements.ts";
import type { Remainder } from "./ledger.ts";
import { leavesOf } from "./leaves.ts";
import { mergeStatements } from "./merge.ts";
import { joined, readStatement } from "./remainder.ts";
import { FILE_ROOT, UPLOAD_NAME } from "./to-evidence.ts";
import { REPORT_ROOT } from "./to-report.ts";
import { type Omission, type Writing, changed, lost, openWriting, saysAnything, sent } from "./writing.ts";

/** A report as the wire can say it. */
export interface WireReport {
  /**
   * For `/submit`. Whether it fits the schema, `encodeReport` says (a report whose time is no time does not); whether it obeys
   * the rules, `checkReport`.
   */
  readonly document: CyberTiplineReport;
  /** For `/upload` and `/fileinfo`, in the order of the report's evidence. */
  readonly files: readonly FileToSend[];
  /** Numbers that the report has had before. A new report gets a new number; these travel on no wire. */
  readonly knownAs: readonly Reference[];
  /** Everything in the report that the documents do not say, or say differently. */
  readonly omissions: readonly Omission[];
}

/** Statements by the document they came from; the others are texts without a place of this wire. */
interface Sorted {
  readonly report: Located[];
  readonly files: Map<string, Located[]>;
  readonly texts: { readonly statement: Statement; readonly index: number }[];
}

/** A value with the statement that brought it. */
interface Located {
  readonly entry: Remainder;
  readonly pointer: string;
}

function sortStatements(report: Report): Sorted {
  const sorted: Sorted = { report: [], files: new Map(), texts: [] };
  for (const [index, statement] of report.statements.entries()) {
    const root = statement.evidence === undefined ? REPORT_ROOT : FILE_ROOT;
    const entries = readStatement(root, statement);
    if (entries === undefined) {
      sorted.texts.push({ statement, index });
      continue;
    }
    const located = entries.map((entry): Located => ({ entry, pointer: `/statements/${String(index)}` }));
    if (statement.evidence === undefined) {
      for (const each of located) sorted.report.push(each);
    } else {
      const known = sorted.files.get(statement.evidence) ?? [];
      for (const each of located) known.push(each);
      sorted.files.set(statement.evidence, known);
    }
  }
  return sorted;
}

function fitsSchema(root: ElementDeclaration, value: unknown): boolean {
  try {
    encodeDocument(root, value);
    return true;
  } catch (error) {
    if (error instanceof CyberTiplineError) return false;
    throw error;
  }
}

/**
 * Puts statements back into a document. Statements of a report that did not come from this wire may contradict it: where the
 * two together fit the schema no more, the document stands alone. What did not get into the document is listed.
 *
 * @param root the document's declaration, and ids that stand in where the document has none yet.
 */
function restore<Document extends object>(
  writing: Writing,
  root: ElementDeclaration,
  standIns: object,
  value: Document,
  located: readonly Located[],
): Document {
  if (located.length === 0) return value;
  const texts = joined(located.map(({ entry }) => entry));
  const merged = mergeStatements(root, value, texts) as Document;
  const fits = fitsSchema(root, { ...merged, ...standIns }) || !fitsSchema(root, { ...value, ...standIns });
  const result = fits ? merged : value;
  const leaves = new Map(leavesOf(root, result, `/${root.name}`).map(({ path, text }) => [path, text]));
  const outside = located.filter(
    ({ entry: [path] }) => !fits || (texts.get(path) ?? undefined) !== leaves.get(path),
  );
  for (const pointer of new Set(outside.map((each) => each.pointer))) {
    lost(
      writing,
      pointer,
      "The wire has no such place, or no such value, or the rest of the report contradicts it.",
    );
  }
  return result;
}

type Role = Person["role"];

function writePeople(writing: Writing) {
  const withRole = (role: Role) =>
    writing.report.persons.flatMap((person, index) =>
      person.role === role ? [{ person, pointer: `/persons/${String(index)}` }] : [],
    );
  const suspects = withRole("suspect");
  const recipients = withRole("recipient");
  const victims = withRole("victim");
  const stations = new Map<string, PersonStation>();
  for (const [index, { person }] of suspects.entries())
    stations.set(person.key, { list: "personOrUserReported", index });
  for (const [index, { person }] of recipients.entries())
    stations.set(person.key, { list: "intendedRecipient", index });
  for (const [index, { person }] of victims.entries()) stations.set(person.key, { list: "victim", index });
  const [reporter] = withRole("reporter");
  const [contact] = withRole("contact");
  return {
    stations,
    people: sent({
      personOrUserReported: suspects.map((at) => writeReported(writing, at)),
      intendedRecipient: recipients.map((at) => writeRecipient(writing, at)),
      victim: victims.map((at) => writeVictim(writing, at)),
    }),
    reporter: sent({
      reportingPerson: reporter === undefined ? {} : writeReporter(writing, reporter),
      contactPerson: contact === undefined ? undefined : writeContact(writing, contact),
    }),
  };
}

function isSendable(writing: Writing, evidence: Evidence, pointer: string): boolean {
  if (evidence.kind === "wire-document") {
    lost(writing, pointer, "A document of a wire is not sent as a file: this wire has documents of its own.");
    return false;
  }
  if (evidence.received === undefined) {
    lost(writing, pointer, "There are no bytes to upload, and the wire describes only what was uploaded.");
    return false;
  }
  if (evidence.kind === "message-bundle" && kindOfUpload(evidence.name, evidence.mediaType) === "file")
    changed(writing, `${pointer}/kind`, "The wire takes every upload for a file.");
  return true;
}

/** Ids that only stand in while a description is checked against the schema. */
const STAND_IN = { reportId: "0", fileId: "0" };

function listRest(writing: Writing): void {
  const { report, carried, usedReferences, writtenPersons } = writing;
  for (const [index, { source }] of report.claims.entries()) {
    if (carried.has(index)) continue;
    const own = source.kind === "sender" && source.name === report.sender.name;
    const message = own
      ? "The wire has no place for this claim."
      : "The wire states everything in its sender's name, and this is another's claim.";
    lost(writing, `/claims/${String(index)}`, message);
  }
  for (const [index, { kind }] of report.references.entries()) {
    if (kind !== "this-report" && !usedReferences.has(index)) {
      lost(writing, `/references/${String(index)}`, "The wire has no place for this reference.");
    }
  }
  for (const [index, { key }] of report.persons.entries()) {
    if (!writtenPersons.has(key))
      lost(writing, `/persons/${String(index)}`, "The wire has no place for this person.");
  }
}

/**
 * Writes a report as documents of the wire.
 *
 * A report that `toReport` made comes out exactly as it came in. Of any other report the wire may not be able to say
 * everything: what it cannot say is listed, never dropped in silence.
 *
 * @param options.issuer whose numbers prior reports must have to be named: the clearinghouse that the report goes to.
 */
export function fromReport(report: Report, options: { readonly issuer: string }): WireReport {
  const writing = openWriting(report, options.issuer);
  const sorted = sortStatements(report);
  const { stations, people, reporter } = writePeople(writing);
  const agency = sorted.report.some(
    ({ entry: [path] }) => path === `${REPORT_ROOT}/lawEnforcement/agencyName`,
  );
  const batched = writing.ownClaims.get("report")?.find((index) => {
    const { states } = report.claims[index] ?? {};
    return states?.kind === "flag" && states.flag === "batched" && states.value;
  });
  if (batched !== undefined) writing.carried.add(batched);
  const structured: CyberTiplineReport = sent({
    batchedReport: batched === undefined ? undefined : ({ reason: "VIRAL_POTENTIAL_MEME" } as const),
    incidentSummary: writeSummary(writing),
    internetDetails: writeInternetDetails(writing),
    lawEnforcement: writePolice(writing, agency),
    reporter,
    ...people,
  });
  const sendable = [...report.evidence.entries()].filter(([index, evidence]) =>
    isSendable(writing, evidence, `/evidence/${String(index)}`),
  );
  const uploadNames = new Map<string, string>();
  const descriptions = new Map<string, FileDescription>();
  for (const [index, evidence] of sendable) {
    const located = sorted.files.get(evidence.id) ?? [];
    const inDocument = located.filter(({ entry: [path] }) => path !== UPLOAD_NAME);
    for (const { entry } of located)
      if (entry[0] === UPLOAD_NAME && entry[1] !== null) uploadNames.set(evidence.id, entry[1]);
    const paths = new Set(inDocument.map(({ entry: [path] }) => path));
    const description = writeFile(writing, evidence, `/evidence/${String(index)}`, paths);
    descriptions.set(evidence.id, restore(writing, FILE_DETAILS, STAND_IN, description, inDocument));
  }
  for (const [id, located] of sorted.files) {
    if (descriptions.has(id)) continue;
    for (const pointer of new Set(located.map((each) => each.pointer))) {
      lost(writing, pointer, "The file that this is about is not sent.");
    }
  }
  const restored = restore(writing, REPORT, {}, structured, sorted.report);
  const drafts: Drafts = { document: { ...restored }, descriptions, stations };
  placeTexts(writing, drafts, sorted.texts);
  listRest(writing);
  const files = sendable.map(([, { id, name, mediaType }]): FileToSend => {
    const description = descriptions.get(id) ?? {};
    return sent({
      evidenceId: id,
      fileName: uploadNames.get(id) ?? name,
      mediaType,
      description: saysAnything(description) ? description : undefined,
    });
  });
  return {
    document: drafts.document,
    files,
    knownAs: report.references.filter(({ kind }) => kind === "this-report"),
    omissions: writing.omissions,
  };
}
