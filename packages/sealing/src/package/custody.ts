import { z } from "zod";
import { SealingError } from "../errors.ts";
import {
  instantSchema,
  type Peer,
  speakerSchema,
  stationIdSchema,
  verifyByStation,
} from "../statement/by-station.ts";
import type { Envelope } from "../dsse/envelope.ts";
import type { Signer } from "../dsse/keys.ts";
import { signStatement, type StatementType } from "../statement/statement.ts";
import {
  digestSchema,
  evidenceDigestSchema,
  itemIdSchema,
  type Manifest,
  type ManifestEvidence,
  sha256Schema,
} from "./manifest.ts";

const custodySchema = z.strictObject({
  version: z.literal(1),
  /** Who states this. */
  from: speakerSchema,
  /** To whom the report was handed on. */
  to: z.strictObject({ station: stationIdSchema, name: z.string().min(1).max(255) }),
  /** When, and in which package. */
  at: instantSchema,
  packageId: itemIdSchema,
  /** How it had come to `from`: a station's id, or what the sender is called, and when. */
  received: z.strictObject({ from: z.string().min(1).max(255), at: instantSchema }).optional(),
  report: z.strictObject({ reportId: itemIdSchema, plaintext: digestSchema }),
  evidence: z.array(
    z.strictObject({
      evidenceId: itemIdSchema,
      payloadSha256: sha256Schema,
      plaintext: evidenceDigestSchema,
    }),
  ),
});

/** One station's word that it handed one report on, unchanged, to one other station. About one report, so that the next
 * hop can show it without showing what else was in the package. */
export type Custody = z.infer<typeof custodySchema>;

/** Signed as `application/vnd.fairlead.custody+json;version=1`. */
export const custodyType: StatementType<Custody> = { name: "custody", version: 1, schema: custodySchema };

/** What became of one custody statement when it was checked. */
export interface CustodyFinding {
  readonly station: string;
  /** `unknown`: no key of that station is pinned here, so its signature stands for whoever has one. */
  readonly verdict: "pass" | "fail" | "unknown";
  readonly detail: string;
  /** The statement; only what `pass` says of it may be relied on. */
  readonly statement?: Custody;
}

/** Signs a custody statement for {@link Manifest.custody}. */
export async function signCustody(custody: Custody, signer: Signer): Promise<Envelope> {
  if (signer.keyId === custody.from.signingKeyId) return signStatement(custodyType, custody, [signer]);
  throw new SealingError(
    "statement-invalid",
    `The custody statement names another key than ${signer.keyId}.`,
  );
}

/**
 * Checks every custody statement of a manifest by itself: signed by the station it names, made before the package, and
 * saying of the package's own evidence what the manifest says. Shows who vouches for what; a hop without a statement is
 * no failure here, for reports also arrive by wires that sign nothing.
 */
export function checkCustody(manifest: Manifest, peers: readonly Peer[]): readonly CustodyFinding[] {
  const evidence = new Map(manifest.evidence.map((each) => [each.evidenceId, each]));
  const reports = new Set(manifest.reports.map(({ plaintext }) => plaintext.sha256));
  const here: Contents = { createdAt: manifest.createdAt, evidence, reports };
  return manifest.custody.map(({ station, statement }) => checkStatement(here, peers, station, statement));
}

/** What a statement is compared with. */
interface Contents {
  readonly createdAt: string;
  readonly evidence: ReadonlyMap<string, ManifestEvidence>;
  /** SHA-256 of each report. */
  readonly reports: ReadonlySet<string>;
}

function checkStatement(
  here: Contents,
  peers: readonly Peer[],
  station: string,
  envelope: Envelope,
): CustodyFinding {
  if (!peers.some((peer) => peer.station === station && peer.keys.length > 0)) {
    return { station, verdict: "unknown", detail: `no key of station "${station}" is pinned here` };
  }
  try {
    const { body } = verifyByStation(envelope, peers, custodyType, (custody) => custody.from);
    const objection = objectionTo(body, station, here);
    if (objection !== null) return { station, verdict: "fail", detail: objection, statement: body };
    const anew = sealedAnew(body, here);
    const how = anew.length === 0 ? "" : `, opened and sealed anew since: ${anew.join(", ")}`;
    const detail = `handed on to "${body.to.station}" at ${body.at}, the same bytes${how}`;
    return { station, verdict: "pass", detail, statement: body };
  } catch (error) {
    if (!(error instanceof SealingError)) throw error;
    return { station, verdict: "fail", detail: error.message };
  }
}

function objectionTo(custody: Custody, station: string, here: Contents): string | null {
  if (custody.from.station !== station) return `it is the statement of "${custody.from.station}"`;
  if (Date.parse(custody.at) > Date.parse(here.createdAt))
    return `it is dated ${custody.at}, after this package`;
  let about = here.reports.has(custody.report.plaintext.sha256);
  for (const { evidenceId, plaintext } of custody.evidence) {
    const item = here.evidence.get(evidenceId);
    if (item === undefined) continue;
    about = true;
    if (item.plaintext.sha256 !== plaintext.sha256 || item.plaintext.size !== plaintext.size) {
      return `it states another SHA-256 or size for evidence ${evidenceId}: the bytes changed between hops`;
    }
  }
  return about ? null : "it says nothing about this package's reports or evidence";
}

/** Evidence whose plaintext is the same but whose encrypted payload is not: a station between had it open. */
function sealedAnew(custody: Custody, here: Contents): readonly string[] {
  const changed = custody.evidence.filter(({ evidenceId, payloadSha256 }) => {
    const item = here.evidence.get(evidenceId);
    return item !== undefined && item.payloadSha256 !== payloadSha256;
  });
  return changed.map(({ evidenceId }) => evidenceId);
}
