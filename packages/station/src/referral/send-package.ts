import { createHash } from "node:crypto";
import {
  encodeEnvelope,
  packageSize,
  replaceHeader,
  verifyReceipt,
  writePackage,
  type Envelope,
} from "@fairlead/sealing";
import type { Station } from "../context.ts";
import { StationError } from "../errors.ts";
import { exchange, pinned, type Peer } from "../peers/index.ts";
import type { SealedReferral } from "./seal.ts";

/** Time for a package: a minute, and what its bytes take over a slow line. */
const BASE_TIMEOUT_MS = 60_000;
const SLOW_LINE_BYTES_PER_MS = 128;

/** The package's bytes, the same at every call. */
export function packageBytes(station: Station, sealed: SealedReferral): AsyncIterable<Uint8Array> {
  return writePackage(sealed.envelope, (part) => {
    if (part.kind === "report") return one(Buffer.from(sealed.report, "base64"));
    const evidence = sealed.evidence[part.evidenceId];
    if (evidence === undefined) throw new Error("a sealed package names every part that it holds");
    return replaceHeader(station.vault.sealed(evidence.object), Buffer.from(evidence.header, "base64"));
  });
}

/**
 * Sends a sealed package and verifies the receipt.
 * @returns the receiver's signed receipt
 * @throws StationError `peer.*`; after `peer.unreachable` the package may have arrived, and sending it again is how to find out
 */
export async function sendPackage(station: Station, peer: Peer, sealed: SealedReferral): Promise<Envelope> {
  const length = packageSize(sealed.envelope);
  const answer = await exchange({
    fetch: station.fetch,
    method: "PUT",
    url: `${peer.url}/door/packages/${sealed.packageId}`,
    contentType: "application/vnd.fairlead.package",
    body: ReadableStream.from(packageBytes(station, sealed)),
    length,
    timeoutMs: BASE_TIMEOUT_MS + Math.ceil(length / SLOW_LINE_BYTES_PER_MS),
  });
  const manifestSha256 = createHash("sha256").update(encodeEnvelope(sealed.envelope)).digest("hex");
  try {
    verifyReceipt(answer, [pinned(peer)], { packageId: sealed.packageId, manifestSha256, receiver: peer.id });
  } catch (cause) {
    throw new StationError(
      "peer.answer-invalid",
      "The peer's receipt does not prove that it has the package.",
      {
        audience: "reviewer",
        cause,
      },
    );
  }
  return answer as Envelope;
}

async function* one(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
