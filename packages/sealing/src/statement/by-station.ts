import { z } from "zod";
import { parseEnvelope } from "../dsse/envelope.ts";
import type { KeyId, VerifyingKey } from "../dsse/keys.ts";
import { SealingError } from "../errors.ts";
import { type StatementType, verifyStatement } from "./statement.ts";

/** A station's stable name. */
export const stationIdSchema = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/, "is not a station's id");

/** An instant in UTC, RFC 3339 with `Z`. */
export const instantSchema = z.iso.datetime();

/** The station that speaks in a statement, and the key it says it speaks with. */
export const speakerSchema = z.strictObject({
  station: stationIdSchema,
  name: z.string().min(1).max(255),
  signingKeyId: z.string().regex(/^[0-9a-f]{32}$/, "must be 32 lower-case hexadecimal digits"),
});
export type Speaker = z.infer<typeof speakerSchema>;

/** Another station that this one knows, with its pinned keys: more than one while it changes from one to the next. */
export interface Peer {
  readonly station: string;
  readonly keys: readonly VerifyingKey[];
}

/**
 * Verifies a statement that a station makes in its own name: signed once, by a key pinned for that very station, and
 * the key the body names. A peer that signs well but speaks in another's name is refused.
 *
 * @param speakerOf Where in the body the speaker stands.
 * @throws SealingError `envelope-untrusted`, or as `verifyStatement` does.
 */
export function verifyByStation<Body>(
  envelope: unknown,
  peers: readonly Peer[],
  type: StatementType<Body>,
  speakerOf: (body: Body) => Speaker,
): { readonly body: Body; readonly signer: KeyId } {
  // A second signature, or a missing key id, would be a change that anybody can make and nothing vouches for.
  const [only, ...others] = parseEnvelope(envelope).signatures;
  if (only === undefined || others.length > 0 || (only.keyid ?? "") === "") {
    throw new SealingError(
      "envelope-malformed",
      `A ${type.name} bears exactly one signature, its station's, with its key id.`,
    );
  }
  const { body, signers } = verifyStatement(
    envelope,
    peers.flatMap((peer) => peer.keys),
    type,
  );
  const [signer] = signers;
  const speaker = speakerOf(body);
  const own = peers.filter((peer) => peer.station === speaker.station).flatMap((peer) => peer.keys);
  if (signer !== undefined && signer === speaker.signingKeyId && own.some((key) => key.keyId === signer)) {
    return { body, signer };
  }
  throw new SealingError(
    "envelope-untrusted",
    `The ${type.name} speaks for station "${speaker.station}" and names key ${speaker.signingKeyId}, but key ${signer} ` +
      "signed it, which is not pinned for that station. It was not made by who it says; do not act on it.",
  );
}
