import { PKIStatus, PKIStatusInfo } from "@peculiar/asn1-tsp";
import { FrankingError } from "../error.ts";
import { failuresIn } from "./failure.ts";
import { malformed, parseAs, readDer, unsignedInteger } from "./der.ts";
import { readToken } from "./token.ts";

const WHAT = "answer of the timestamp authority";

/**
 * Takes the token out of an authority's answer (`application/timestamp-reply`, RFC 3161, section 2.4.2) and checks that it
 * answers this request. The token is not verified by this: that is `verifyTimestamp`'s.
 *
 * @param response DER, as the authority sent it.
 * @param asked The digest and the nonce that the request was made with.
 * @returns TimeStampToken, DER
 * @throws FrankingError `timestamp.malformed`, `timestamp.refused` if the authority said no, `timestamp.other-request`
 */
export function readTimestampResponse(
  response: Uint8Array,
  asked: { readonly digest: Uint8Array; readonly nonce: Uint8Array },
): Uint8Array {
  const [status, token, ...more] = readDer(response, WHAT).children;
  if (status === undefined || more.length > 0) throw malformed(WHAT, "it has no status");
  const said = parseAs(status.bytes, PKIStatusInfo, WHAT);
  // "When the status contains the value zero or one, a TimeStampToken MUST be present. … otherwise [it] MUST NOT be present."
  if (said.status !== PKIStatus.granted && said.status !== PKIStatus.grantedWithMods)
    throw new FrankingError(
      "timestamp.refused",
      `The timestamp authority refused: ${PKIStatus[said.status] ?? "status unknown"} (${failuresIn(said.failInfo).join(", ") || "no reason given"}).`,
    );
  if (token === undefined) throw malformed(WHAT, "it grants a timestamp and brings none");
  const { info } = readToken(token.bytes);
  // "The requesting entity SHALL then verify that … the data that is time-stamped … [and the nonce] match"
  const isOurs =
    isSame(new Uint8Array(info.messageImprint.hashedMessage.buffer), asked.digest) &&
    isSame(new Uint8Array(info.nonce ?? new ArrayBuffer(0)), new Uint8Array(unsignedInteger(asked.nonce)));
  if (!isOurs)
    throw new FrankingError(
      "timestamp.other-request",
      "The timestamp authority answered another request: digest or nonce differ.",
    );
  return token.bytes;
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}
