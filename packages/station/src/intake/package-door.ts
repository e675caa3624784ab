import {
  openStream,
  type PackagePart,
  type Peer as PinnedPeer,
  readPackage,
  SealingError,
  signReceipt,
  type VerifiedManifest,
} from "@fairlead/sealing";
import { contradictionsIn, unstorableTexts } from "@fairlead/report";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Station } from "../context.ts";
import { StationError } from "../errors.ts";
import { pinned } from "../peers/index.ts";
import { referredReportSchema, type ReferredReport, speaker } from "../referral/index.ts";
import { type LeafEvent, recordLeaves } from "../audit/index.ts";
import type { VaultObject } from "../vault/index.ts";
import { enterAll } from "./accept.ts";

/** A report's own JSON, sealed; evidence has no limit of this kind, because it streams. */
const REPORT_BYTES = 16 * 1024 * 1024;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const KEPT_NOTHING = "Nothing of the package was kept. Correct the report and seal it into a new one.";

/**
 * The door for sealed packages: `PUT /door/packages/:id`. Who sealed it is proven by its signature, so the sender needs no
 * account. The same package is acknowledged once: sending it again gets the same receipt.
 */
export function packageDoor(app: FastifyInstance, station: Station): void {
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("application/vnd.fairlead.package", (_request, payload, done) =>
      done(null, payload),
    );
    scope.put(
      "/door/packages/:id",
      { schema: { hide: true }, bodyLimit: Number.MAX_SAFE_INTEGER },
      async (request) => receive(station, request),
    );
  });
}

async function receive(station: Station, request: FastifyRequest): Promise<object> {
  const { id } = request.params as { id: string };
  const { peers, earlier } = await knownBefore(station, id);
  const taken: Taken = { evidence: new Map(), reports: [] };
  try {
    const verified = await readPackage(
      request.body as AsyncIterable<Uint8Array>,
      { peers, receiver: receiverOf(station) },
      {
        manifest({ manifest }) {
          if (manifest.packageId !== id)
            throw refused("The package has another id than the address it was sent to.");
        },
        part: (part, bytes) => takePart(station, part, bytes, taken, earlier !== undefined),
      },
    );
    if (earlier !== undefined) return sameOrConflict(earlier, verified);
    return await acknowledge(station, verified, taken);
  } catch (cause) {
    if (!(cause instanceof SealingError)) throw cause;
    throw new StationError("request.invalid", cause.message, {
      remedy:
        "Nothing of the package was kept. Seal it anew to this station's card, with the key that it has pinned for you.",
      cause,
    });
  } finally {
    for (const object of taken.evidence.values()) await station.vault.remove(object.name);
  }
}

interface Taken {
  evidence: Map<string, VaultObject>;
  reports: Array<{ id: string; content: ReferredReport }>;
}

function receiverOf(station: Station) {
  return { station: station.config.station.id, recipients: [station.keys.sealing.recipient] };
}

async function takePart(
  station: Station,
  part: PackagePart,
  bytes: AsyncIterable<Uint8Array>,
  taken: Taken,
  known: boolean,
): Promise<void> {
  if (known) {
    // A package that is here already is only read to its end, so that its sender gets the receipt it missed.
    for await (const _ of bytes);
    return;
  }
  if (part.kind === "evidence") {
    taken.evidence.set(part.evidenceId, await station.vault.keep(bytes));
    return;
  }
  const plaintext = await collect(openStream(bytes, [station.keys.sealing.identity]));
  taken.reports.push({ id: part.reportId, content: readReferred(station, plaintext, part.entry) });
}

async function collect(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of source) {
    size += part.length;
    if (size > REPORT_BYTES) throw refused(`A report is longer than ${REPORT_BYTES} bytes.`);
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function readReferred(station: Station, plaintext: Buffer, entry: string): ReferredReport {
  let value: unknown;
  try {
    value = JSON.parse(plaintext.toString("utf8"));
  } catch {
    throw refused(`${entry} is not JSON.`);
  }
  const parsed = referredReportSchema.safeParse(value);
  if (!parsed.success)
    throw new StationError("request.invalid", `${entry} is not a referred report.`, {
      remedy: KEPT_NOTHING,
      problems: parsed.error.issues.slice(0, 50).map((issue) => ({
        path: `${entry}#/${issue.path.join("/")}`,
        message: issue.message,
      })),
    });
  const { report, claims, answers = [] } = parsed.data;
  const contradictions = contradictionsIn(report, station.clock());
  const beside = unstorableTexts({ claims, answers }, []);
  if (beside.length > 0)
    throw new StationError("request.invalid", `What stands beside the report in ${entry} cannot be kept.`, {
      remedy: KEPT_NOTHING,
      problems: beside.map((found) => ({ ...found, path: `${entry}#${found.path}` })),
    });
  if (contradictions.length === 0) return parsed.data;
  throw new StationError("request.invalid", `The report in ${entry} contradicts itself.`, {
    remedy: KEPT_NOTHING,
    problems: contradictions.map((found) => ({ ...found, path: `${entry}#/report${found.path}` })),
  });
}

async function acknowledge(station: Station, verified: VerifiedManifest, taken: Taken): Promise<object> {
  const now = station.clock();
  const { manifest, manifestSha256, envelope } = verified;
  checkAgainstReports(verified, taken);
  const receipt = await signReceipt(
    {
      version: 1,
      packageId: manifest.packageId,
      manifestSha256,
      receivedAt: new Date(now).toISOString(),
      receiver: speaker(station),
    },
    station.keys.signing,
  );
  const evidence = new Map(taken.evidence);
  // The outcome of the transaction may be unknown to us from here on: objects are left to the orphan sweep, never removed.
  taken.evidence.clear();
  // The objects that nothing rests on: none if all reports are new, all (undefined) if the package was here already.
  const unused = await station.db.transaction(async (tx) => {
    const inserted = await tx
      .insertInto("inbound_package")
      .values({
        id: manifest.packageId,
        peer_id: manifest.from.station,
        agency: manifest.agency ?? null,
        manifest_sha256: Buffer.from(manifestSha256, "hex"),
        envelope: JSON.stringify(envelope),
        receipt: JSON.stringify(receipt),
        received_at: new Date(now).toISOString(),
      })
      .onConflict((conflict) => conflict.column("id").doNothing())
      .returning("id")
      .executeTakeFirst();
    if (inserted === undefined) return undefined;
    const leaves: LeafEvent[] = [
      {
        kind: "package.accepted",
        at: now,
        actor: `peer:${manifest.from.station}`,
        body: { package: manifest.packageId, manifestSha256, agency: manifest.agency ?? null },
      },
    ];
    const leftOver: VaultObject[] = [];
    const reports = taken.reports.map(({ id, content }) => {
      const objects = new Map(
        manifest.evidence
          .filter((item) => item.reportId === id)
          .flatMap((item) => {
            const object = evidence.get(item.evidenceId);
            return object === undefined ? [] : [[item.evidenceId, object] as const];
          }),
      );
      return {
        door: "package" as const,
        handedBy: manifest.from.station,
        handedReference: id,
        returnTo: manifest.from.station,
        inboundPackage: manifest.packageId,
        report: content.report,
        claims: content.claims,
        answers: content.answers ?? [],
        fromPeer: manifest.from.station,
        objects,
        newObjects: [...objects.values()],
        at: now,
      };
    });
    for (const [at, entry] of (await enterAll(tx, reports)).entries()) {
      // The same report in a second package is the same report: it was acknowledged then.
      if (entry.repeated) leftOver.push(...(reports[at]?.newObjects ?? []));
      else leaves.push(entry.leaf);
    }
    await recordLeaves(tx, leaves);
    return leftOver;
  });
  for (const object of unused ?? evidence.values()) await station.vault.remove(object.name);
  if (unused !== undefined) return receipt;
  const { earlier } = await knownBefore(station, manifest.packageId);
  if (earlier === undefined) throw new Error("a package that conflicts is there");
  return sameOrConflict(earlier, verified);
}

/** What the sealed report says of its evidence and what the signed manifest says must be one. */
function checkAgainstReports({ manifest }: VerifiedManifest, taken: Taken): void {
  for (const item of manifest.evidence) {
    const report = taken.reports.find((found) => found.id === item.reportId);
    const described = report?.content.report.evidence.find((found) => found.id === item.evidenceId);
    if (described?.received?.sha256 === item.plaintext.sha256) continue;
    throw refused(
      `The manifest holds evidence ${item.evidenceId}, which its report does not describe with that SHA-256.`,
    );
  }
}

interface EarlierReceipt {
  manifestSha256: string;
  receipt: object;
}

/** Whose signatures count, and the receipt of the package of this id if it is here already. */
async function knownBefore(
  station: Station,
  packageId: string,
): Promise<{ peers: PinnedPeer[]; earlier: EarlierReceipt | undefined }> {
  if (!UUID.test(packageId)) throw refused("A package's id is a UUID.");
  const rows = await station.db.kysely
    .selectFrom("peer")
    .leftJoin("inbound_package", (join) => join.on("inbound_package.id", "=", packageId))
    .select(["peer.id", "verify_key", "manifest_sha256", "receipt"])
    .where("valid_to", "is", null)
    .execute();
  const { manifest_sha256: manifestSha256 = null, receipt = null } = rows[0] ?? {};
  return {
    peers: rows.map(pinned),
    earlier:
      manifestSha256 === null || receipt === null
        ? undefined
        : { manifestSha256: manifestSha256.toString("hex"), receipt },
  };
}

function sameOrConflict(earlier: EarlierReceipt, verified: VerifiedManifest): object {
  if (earlier.manifestSha256 === verified.manifestSha256) return earlier.receipt;
  throw new StationError("conflict", "Another package with this id was accepted before.", {
    remedy: "Seal the reports into a package with an id of its own.",
  });
}

function refused(message: string): StationError {
  return new StationError("request.invalid", message, { remedy: KEPT_NOTHING });
}
