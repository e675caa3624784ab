import { createHash } from "node:crypto";
import {
  Accuracy,
  PKIStatus,
  PKIStatusInfo,
  TimeStampReq,
  TimeStampReqVersion,
  TSTInfo,
} from "@peculiar/asn1-tsp";
import { FrankingError } from "../error.ts";
import { SHA256 } from "./algorithms.ts";
import type { TimestampAuthority } from "./authority.ts";
import { encodeDer, parseAs, serialise, TAG, unsignedInteger } from "./der.ts";
import { failureInfo, type TimestampFailure } from "./failure.ts";
import { DIGEST_BYTES } from "./request.ts";
import { signToken } from "./sign-token.ts";

/** The policy of an authority of one's own: a UUID as an OID (ITU-T X.667), for nobody else's policy is followed. */
const POLICY = "2.25.329800735698586629295641978511506172918";
/** A machine's clock under NTP is closer than this; an authority that knows better says so in its own program. */
const ACCURACY_SECONDS = 1;

/**
 * Answers a timestamp request (RFC 3161, section 2.4).
 *
 * @param request TimeStampReq, DER, as it came in.
 * @param at Milliseconds since 1970: the time that is stated.
 * @returns TimeStampResp, DER: with a token, or with a refusal and its reason
 */
export function issueTimestamp(authority: TimestampAuthority, request: Uint8Array, at: number): Uint8Array {
  const asked = readRequest(request);
  if (typeof asked === "string") return refusal(asked);
  const info = new TSTInfo({
    policy: POLICY,
    messageImprint: asked.messageImprint,
    serialNumber: unsignedInteger(serialOf(request, at)),
    genTime: new Date(at),
    accuracy: new Accuracy({ seconds: ACCURACY_SECONDS }),
    // "nonce … MUST be present if the similar field was present in TimeStampReq. In that case it MUST have the same value."
    ...(asked.nonce === undefined ? {} : { nonce: asked.nonce }),
  });
  const token = signToken(authority, serialise(info), asked.certReq);
  return encodeDer(TAG.sequence, serialise(new PKIStatusInfo({ status: PKIStatus.granted })), token);
}

function readRequest(request: Uint8Array): TimeStampReq | TimestampFailure {
  let asked: TimeStampReq;
  try {
    asked = parseAs(request, TimeStampReq, "timestamp request");
  } catch (error) {
    if (error instanceof FrankingError) return "badDataFormat";
    throw error;
  }
  const { hashAlgorithm, hashedMessage } = asked.messageImprint;
  if (asked.version !== TimeStampReqVersion.v1) return "badRequest";
  if (hashAlgorithm.algorithm !== SHA256) return "badAlg";
  if (hashedMessage.byteLength !== DIGEST_BYTES) return "badDataFormat";
  if (asked.reqPolicy !== undefined) return "unacceptedPolicy";
  return asked.extensions === undefined ? asked : "unacceptedExtension";
}

/** Unique because nobody asks the same with the same nonce in the same millisecond; and if so, it is the same token. */
function serialOf(request: Uint8Array, at: number): Uint8Array {
  return createHash("sha256").update(`${at}/`).update(request).digest().subarray(0, 16);
}

function refusal(failure: TimestampFailure): Uint8Array {
  const status = new PKIStatusInfo({ status: PKIStatus.rejection, failInfo: failureInfo(failure) });
  return encodeDer(TAG.sequence, serialise(status));
}
