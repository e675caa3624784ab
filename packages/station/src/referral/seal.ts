import type { AnswerRecord } from "@fairlead/assessment";
import { canonicalJson, type Report } from "@fairlead/report";
import {
  type Custody,
  digestOf,
  type Envelope,
  evidenceEntryName,
  type Manifest,
  manifestIn,
  measureSealed,
  replaceHeader,
  reportEntryName,
  rewrapHeader,
  sealStream,
  signCustody,
  signManifest,
  type Speaker,
} from "@fairlead/sealing";
import type { Selectable } from "kysely";
import type { Station } from "../context.ts";
import type { Peer } from "../peers/index.ts";
import { sqlFile } from "../sql-file.ts";
import {
  ANSWERS_OF_REPORT,
  type ClaimJson,
  CLAIMS_OF_REPORT,
  claimsFromJson,
  newId,
} from "../store/index.ts";
import type { ReferralTable } from "../store/tables.ts";
import type { ReferredReport } from "./referred-report.ts";

const CONTENTS = sqlFile(import.meta.url, "./sealing.sql")
  .replace("/*claims*/", CLAIMS_OF_REPORT)
  .replace("/*answers*/", ANSWERS_OF_REPORT);

/**
 * A package, sealed once and sent as often as needed: with the envelope, the report's ciphertext and each evidence's new age
 * header, every try writes the same bytes. The evidence itself stays in the vault and is never decrypted.
 */
export interface SealedReferral {
  packageId: string;
  envelope: Envelope;
  /** Ciphertext of the report, base64. */
  report: string;
  /** By evidence id: the vault's object and its age header for the receiver, base64. */
  evidence: Record<string, { object: string; header: string }>;
}

/** The name and key with which this station speaks in what it signs. */
export function speaker(station: Station): Speaker {
  const { id, name } = station.config.station;
  return { station: id, name, signingKeyId: station.keys.signing.keyId };
}

/** Seals one report to the peer that it is referred to. */
export async function sealReferral(
  station: Station,
  referral: Selectable<ReferralTable>,
  peer: Peer,
): Promise<SealedReferral> {
  const report = await readContents(station, referral.report_id);
  const now = new Date(station.clock()).toISOString();
  const packageId = newId(station.clock());
  const plaintext = Buffer.from(canonicalJson(referredReport(station, report)));
  const plain = await digest(plaintext);
  const ciphertext = await collect(sealStream(chunks(plaintext), [peer.recipient]));
  const evidence = await rewrapEvidence(station, report, peer);
  const custody = await ownCustody(station, report, peer, { packageId, at: now, plain, evidence });
  const manifest: Manifest = {
    version: 1,
    packageId,
    createdAt: now,
    from: speaker(station),
    to: { station: peer.id, name: peer.name, recipient: peer.recipient },
    ...(referral.agency === null ? {} : { agency: referral.agency }),
    purpose: referral.reason,
    reports: [
      {
        reportId: report.id,
        entry: reportEntryName(report.id),
        ciphertext: await digest(ciphertext),
        plaintext: plain,
      },
    ],
    evidence: evidence.map((item) => item.entry),
    custody: [...(report.envelope === null ? [] : manifestIn(report.envelope).custody), custody],
  };
  return {
    packageId,
    envelope: await signManifest(manifest, station.keys.signing),
    report: ciphertext.toString("base64"),
    evidence: Object.fromEntries(
      evidence.map(({ entry, object, header }) => [entry.evidenceId, { object, header }]),
    ),
  };
}

interface Contents {
  id: string;
  content: Report;
  number: string;
  handed_by: string;
  received_at: string;
  /** Of the package that the report came in. */
  envelope: Envelope | null;
  claims: ClaimJson[];
  answers: AnswerRecord[];
  evidence: Array<{
    id: string;
    object: string;
    sha256: string;
    md5: string | null;
    size: number;
    media_type: string | null;
  }>;
}

async function readContents(station: Station, reportId: string): Promise<Contents> {
  const { rows } = await station.db.pool.query<Contents>(CONTENTS, [reportId]);
  const found = rows[0];
  if (found === undefined) throw new Error("a referral is of a report that is here");
  return found;
}

function referredReport(station: Station, report: Contents): ReferredReport {
  return {
    version: 1,
    report: report.content,
    claims: claimsFromJson(report.claims),
    ...(report.answers.length === 0 ? {} : { answers: report.answers }),
    numbers: [{ station: station.config.station.name, number: report.number }],
  };
}

interface RewrappedEvidence {
  entry: Manifest["evidence"][number];
  object: string;
  header: string;
}

async function rewrapEvidence(station: Station, report: Contents, peer: Peer): Promise<RewrappedEvidence[]> {
  const rewrapped: RewrappedEvidence[] = [];
  for (const { object, ...row } of report.evidence) {
    const header = await rewrapHeader(
      station.vault.sealed(object),
      [station.keys.sealing.identity],
      [peer.recipient],
    );
    const { ciphertext, payloadSha256 } = await measureSealed(
      replaceHeader(station.vault.sealed(object), header),
    );
    rewrapped.push({
      object,
      header: Buffer.from(header).toString("base64"),
      entry: {
        evidenceId: row.id,
        reportId: report.id,
        entry: evidenceEntryName(row.id),
        ...(row.media_type === null ? {} : { mediaType: row.media_type }),
        ciphertext,
        payloadSha256,
        plaintext: {
          sha256: row.sha256,
          size: row.size,
          ...(row.md5 === null ? {} : { md5: row.md5 }),
        },
      },
    });
  }
  return rewrapped;
}

/** This station's own word that it hands the report on; the next one shows it to the one after. */
async function ownCustody(
  station: Station,
  report: Contents,
  peer: Peer,
  facts: {
    packageId: string;
    at: string;
    plain: { sha256: string; size: number };
    evidence: RewrappedEvidence[];
  },
): Promise<Manifest["custody"][number]> {
  const custody: Custody = {
    version: 1,
    from: speaker(station),
    to: { station: peer.id, name: peer.name },
    at: facts.at,
    packageId: facts.packageId,
    received: { from: report.handed_by, at: new Date(report.received_at).toISOString() },
    report: { reportId: report.id, plaintext: facts.plain },
    evidence: facts.evidence.map(({ entry }) => ({
      evidenceId: entry.evidenceId,
      payloadSha256: entry.payloadSha256,
      plaintext: entry.plaintext,
    })),
  };
  return { station: station.config.station.id, statement: await signCustody(custody, station.keys.signing) };
}

async function digest(bytes: Uint8Array): Promise<{ sha256: string; size: number }> {
  const found = await digestOf(chunks(bytes));
  return { sha256: found.sha256, size: found.size };
}

async function* chunks(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

async function collect(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of source) parts.push(part);
  return Buffer.concat(parts);
}
