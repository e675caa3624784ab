import { parseVerifyingKey, SealingError, type StatementType, verifyStatement } from "@fairlead/sealing";
import { z } from "zod";
import type { Station } from "../context.ts";
import { StationError } from "../errors.ts";
import { findPeer, type Peer } from "./peers.ts";

const payloadSchema = z.object({ payload: z.string() });
const fromSchema = z.object({ from: z.string().max(64) });

/**
 * A message that came to a door, verified to be a peer's to this station.
 * @throws StationError `peer.unknown`; `request.invalid` for what is not signed by that peer's key, or addressed to another
 */
export async function signedByPeer<Body extends { from: string; to: string }>(
  station: Station,
  envelope: unknown,
  type: StatementType<Body>,
): Promise<{ body: Body; peer: Peer }> {
  const peer = await findPeer(station.db.kysely, claimedSender(envelope, type.name));
  try {
    const { body } = verifyStatement(envelope, [parseVerifyingKey(peer.verify_key)], type);
    if (body.from === peer.id && body.to === station.config.station.id) return { body, peer };
  } catch (cause) {
    if (!(cause instanceof SealingError)) throw cause;
    throw new StationError("request.invalid", cause.message, {
      remedy: "Sign with the key whose card this station has pinned.",
      cause,
    });
  }
  throw new StationError("request.invalid", `The ${type.name} is addressed to another station.`, {
    remedy: "Send it to the station that it names, signed by the one that sends it.",
  });
}

/** Who the message says it is from: only to find the key that must have signed it. */
function claimedSender(envelope: unknown, name: string): string {
  try {
    const { payload } = payloadSchema.parse(envelope);
    const claimed: unknown = JSON.parse(Buffer.from(payload, "base64").toString("utf8"));
    const { from } = fromSchema.parse(claimed);
    // The database cannot hold such a name, so nobody has it.
    if (!from.includes("\u0000")) return from;
  } catch (cause) {
    throw new StationError("request.invalid", `The body is not a signed ${name}.`, {
      remedy: `Send a DSSE envelope over a ${name}.`,
      cause,
    });
  }
  throw new StationError("request.invalid", `The body is not a signed ${name}.`, {
    remedy: "Name the sending station as its card does.",
  });
}
